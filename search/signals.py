"""Events of Wagtail and Django -> outbox. Each receiver decides whether it matters, and hands over to a verb.

Saving is listened to, not publishing: ``post_save`` runs in the transaction that changes the page, ``page_published``
after it, and a process that dies in between would leave a published page that nobody knows of (decision 0020).
Publishing, unpublishing, expiry, scheduled publishing, imports and ``add_child`` all save.
"""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_slug_changed, post_page_move

from cms.models import SiteDocument, Theme
from search import curation, document_texts, indexing, log, synonyms, withdrawals
from search.attachments import documents_in
from search.models import HiddenQuery, Promotion, SynonymGroup
from search.themes import forget_theme_names
from search.visibility import searchable_models

# What saving a draft beside a live page writes: nothing that visitors see.
DRAFT_FIELDS = frozenset({"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"})


def page_was_saved(
    sender: type[Page], instance: Page, created: bool, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    """A page was published, unpublished, imported; not: a draft was saved, an alias followed its page."""
    if not (_is_draft_only(instance, created, update_fields) or instance.alias_of_id):
        indexing.page_changed(instance, reason="saved")
        _forget_what_is_shown()


def page_was_deleted(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Fired for every page of a deleted subtree."""
    if not instance.alias_of_id:
        indexing.page_changed(instance, reason="deleted")
        _forget_what_is_shown()


def page_was_moved(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Fired for the top page only; address and privacy of everything below it may be others now."""
    indexing.subtree_changed(instance, reason="moved")
    _forget_what_is_shown()


def slug_was_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Fired for the page only; the addresses below it changed too."""
    indexing.subtree_changed(instance, reason="slug")
    _forget_what_is_shown()


def privacy_was_changed(sender: type[PageViewRestriction], instance: PageViewRestriction, **kwargs: Any) -> None:
    """A restriction was set, changed or lifted; it holds for everything below the page."""
    indexing.subtree_changed(instance.page, reason="privacy")
    _forget_what_is_shown()


def site_was_changed(sender: type[Site] | type[Locale], instance: Site | Locale, **kwargs: Any) -> None:
    """What is under a site's root, and in which language, decides about every page."""
    # Wagtail forgets the old roots in a receiver after this one; outside a transaction pages are read before that.
    Site.clear_site_root_paths_cache()
    indexing.everything_changed(reason=sender.__name__.lower())
    _forget_what_is_shown()


def document_was_saved(
    sender: type[SiteDocument],
    instance: SiteDocument,
    created: bool,
    update_fields: frozenset[str] | None,
    **kwargs: Any,
) -> None:
    """A document was added, renamed, moved to another collection, or its file replaced."""
    if update_fields is None or "file" in update_fields:
        document_texts.ask(instance)
    if not created:
        indexing.documents_changed(lambda: [instance.pk])


def document_was_deleted(sender: type[SiteDocument], instance: SiteDocument, **kwargs: Any) -> None:
    """Pages may still link to it, in rich text; its text and title are gone."""
    document_id = instance.pk
    indexing.documents_changed(lambda: [document_id])


def collection_was_changed(
    sender: type[Collection] | type[CollectionViewRestriction],
    instance: Collection | CollectionViewRestriction,
    **kwargs: Any,
) -> None:
    """A collection was restricted, opened, or moved; it holds for everything below it.

    Moving sends no signal. Wagtail's admin saves the collection in the same transaction.
    """
    collection_id = instance.pk if isinstance(instance, Collection) else instance.collection_id
    indexing.documents_changed(lambda: documents_in(collection_id))


def promotion_was_changed(sender: type[Promotion], **kwargs: Any) -> None:
    """An editor recommends something else."""
    curation.promotions_changed()


def hidden_query_was_changed(sender: type[HiddenQuery], **kwargs: Any) -> None:
    """An editor hid a query, or showed it again."""
    log.forget_most_sought()


def theme_was_changed(sender: type[Theme], **kwargs: Any) -> None:
    """A theme has other names, which its pages are found by and suggestions offer."""
    transaction.on_commit(forget_theme_names)
    indexing.everything_changed(reason="theme")


def synonyms_were_changed(sender: type[SynonymGroup], **kwargs: Any) -> None:
    """An editor says of other words that they mean the same."""
    synonyms.groups_changed()


def _forget_what_is_shown() -> None:
    """A page may no longer be what is kept of it by those who name it beside results and other pages."""
    curation.promotions_changed()
    withdrawals.pages_changed()


def connect() -> None:
    """Listen. Each signal has a sender, or is Wagtail's own."""
    # Scheduled expiry, moves and conversions save plain pages; a deletion names the plain page beside its own type.
    for model in (Page, *searchable_models()):
        post_save.connect(page_was_saved, sender=model, dispatch_uid=f"search-saved-{model._meta.label}")
    post_delete.connect(page_was_deleted, sender=Page, dispatch_uid="search-deleted")
    post_page_move.connect(page_was_moved, dispatch_uid="search-moved")
    page_slug_changed.connect(slug_was_changed, dispatch_uid="search-slug")
    post_save.connect(document_was_saved, sender=SiteDocument, dispatch_uid="search-document-saved")
    post_delete.connect(document_was_deleted, sender=SiteDocument, dispatch_uid="search-document-deleted")
    post_save.connect(collection_was_changed, sender=Collection, dispatch_uid="search-collection-saved")
    for signal in (post_save, post_delete):
        signal.connect(collection_was_changed, sender=CollectionViewRestriction, dispatch_uid="search-collection")
        signal.connect(privacy_was_changed, sender=PageViewRestriction, dispatch_uid="search-privacy")
        signal.connect(site_was_changed, sender=Site, dispatch_uid="search-site")
        signal.connect(site_was_changed, sender=Locale, dispatch_uid="search-locale")
        signal.connect(promotion_was_changed, sender=Promotion, dispatch_uid="search-promotion")
        signal.connect(hidden_query_was_changed, sender=HiddenQuery, dispatch_uid="search-hidden-query")
        signal.connect(theme_was_changed, sender=Theme, dispatch_uid="search-theme")
        signal.connect(synonyms_were_changed, sender=SynonymGroup, dispatch_uid="search-synonyms")


def _is_draft_only(page: Page, created: bool, update_fields: frozenset[str] | None) -> bool:
    if created:
        return not page.live
    return update_fields is not None and update_fields <= DRAFT_FIELDS
