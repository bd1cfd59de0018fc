"""Bundles: a source page and translations of it go live together, now or at a time, all or none (decision 0046)."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation, TranslationSource

from translations import jobs, notices, review, states
from translations.events import source_synced
from translations.models import Bundle, BundleItem
from translations.permissions import is_coordinator, may_publish
from translations.sources import fingerprint, record, take_over
from translations.upstream.refreshing import refresh_segments

logger = logging.getLogger(__name__)
State = Bundle.State
# Drafts are saved while they are written; translators are not given half a sentence.
QUIET = timedelta(minutes=10)


class BundleRefused(ValueError):  # noqa: N818 -- said to a person
    """A bundle cannot be published; the message says which page hinders it and why."""


@dataclass(frozen=True)
class Part:
    """One page of a bundle: the translation that it is, if it is one, and why it cannot go live now, "" if it can."""

    page: Page
    translation: Translation | None
    problem: str


def may_manage(user: Any, bundle: Bundle) -> bool:
    """Whether the user may change, cancel and publish a bundle: its owner and coordinators."""
    return bool(user.is_active and (bundle.owner_id == user.pk or is_coordinator(user)))


@transaction.atomic
def set_pages(bundle: Bundle, pages: Iterable[Page]) -> None:
    """Let a bundle hold these pages. Sources with changes that are not published yet are given to translators now.

    Those that it held and does not hold any more are given to them as readers see them.
    """
    wanted = {page.pk: page for page in pages}
    before = list(bundle.items.values_list("page_id", flat=True))
    states.refresh_later([*before, *wanted])
    bundle.items.exclude(page__in=wanted).delete()
    _take_back_drafts(pk for pk in before if pk not in wanted)
    BundleItem.objects.bulk_create([BundleItem(bundle=bundle, page_id=pk) for pk in wanted], ignore_conflicts=True)
    take_over_drafts(wanted.values())


def take_over_drafts(pages: Iterable[Page]) -> int:
    """Let translators work on the newest drafts of those ``pages`` that are sources; return how many say more."""
    drafts = [page for page in pages if page.has_unpublished_changes and _translation_of(page) is None]
    return sum(take_over_draft(page) for page in drafts)


def add_page(bundle_ids: Iterable[int], page: Page) -> None:
    """Let a page wait in these bundles too. No query where there are none."""
    items = [BundleItem(bundle_id=bundle_id, page=page) for bundle_id in bundle_ids]
    BundleItem.objects.bulk_create(items, ignore_conflicts=True)


@transaction.atomic
def take_over_draft(page: Page) -> bool:
    """Let translators work on the newest draft of a source, before it is published; return whether it says more.

    Until then its translations cannot be published by themselves, in the bundle or not: only with it
    (``review.why_source_holds_back``).
    """
    source = TranslationSource.objects.filter(object_id=page.translation_key, locale_id=page.locale_id).first()
    if source is None:
        return False
    content = page.get_latest_revision_as_object().to_json()
    if fingerprint(content) == fingerprint(source.content_json):
        return False
    source.content_json, source.last_updated_at = content, timezone.now()
    TranslationSource.objects.filter(pk=source.pk).update(content_json=content, last_updated_at=source.last_updated_at)
    refresh_segments(source)
    record(source, draft=True)
    source_synced.send(sender=TranslationSource, source=source, minor=False)
    return True


def parts(bundle: Bundle, user: Any) -> list[Part]:
    """Return a bundle's pages, sources first, each with why ``user`` cannot publish it now."""
    pages = [item.page for item in bundle.items.select_related("page__locale")]
    found = []
    for page in sorted(pages, key=lambda page: (page.depth, page.path)):
        made = _translation_of(page)
        found.append(Part(page, made, _problem(page, made, user, bundle)))
    return sorted(found, key=lambda part: part.translation is not None)


def publish(bundle: Bundle, user: Any) -> None:
    """Publish a bundle's pages, all or none, as ``user``. Raises BundleRefused, and publishes nothing then.

    What its sources say now is given to the translators first, whether or not it can be published.
    """
    if not bundle.is_over:
        take_over_drafts(item.page for item in bundle.items.select_related("page"))
    with transaction.atomic():
        kept = Bundle.objects.select_for_update().get(pk=bundle.pk)
        if kept.is_over:
            raise BundleRefused(_("This bundle was published or cancelled already."))
        found = parts(kept, user)
        if not found:
            raise BundleRefused(_("There is no page in this bundle."))
        for part in found:
            if part.problem:
                raise BundleRefused(f"{part.page.get_admin_display_title()}: {part.problem}")
        for part in found:
            _publish(part, user, kept)
        kept.state, kept.published_at, kept.error = State.PUBLISHED, timezone.now(), ""
        kept.save(update_fields=["state", "published_at", "error"])
    bundle.refresh_from_db()


@transaction.atomic
def cancel(bundle: Bundle) -> bool:
    """Give a bundle up; its pages may be published one by one again, as they are now. False if it was over."""
    rows = Bundle.objects.filter(pk=bundle.pk).exclude(state__in=Bundle.OVER)
    cancelled = bool(rows.update(state=State.CANCELLED))
    pages = list(bundle.items.values_list("page_id", flat=True))
    states.refresh_later(pages)
    if cancelled:
        _take_back_drafts(pages)
    return cancelled


def schedule(bundle: Bundle) -> None:
    """Let a bundle's state follow whether it has a time; what failed at its time is tried at the new one."""
    bundle.state = State.SCHEDULED if bundle.publish_at else State.OPEN
    bundle.error = ""
    bundle.save()


@jobs.periodic("publish bundles", every=timedelta(minutes=1))
def publish_due() -> None:
    """Publish the bundles whose time has come, with their owners' rights of now; tell owners what failed."""
    for bundle in Bundle.objects.filter(state=State.SCHEDULED, publish_at__lte=timezone.now()).select_related("owner"):
        with translation.override(_language(bundle)):
            try:
                if bundle.owner is None or not bundle.owner.is_active:
                    raise BundleRefused(_("Whoever started this has no account any more."))
                publish(bundle, bundle.owner)
            except BundleRefused as reason:
                _failed(bundle, str(reason))
            except Exception as error:
                logger.exception("Bundle %s failed", bundle.pk)
                _failed(bundle, f"{type(error).__name__}: {error}")


@jobs.periodic("hand drafts of bundles to translators", every=timedelta(minutes=10))
def take_over_quiet_drafts() -> None:
    """Let translators see what was written on in the sources of bundles, once nobody has for a while."""
    before = timezone.now() - QUIET
    waiting = Page.objects.filter(pk__in=BundleItem.objects.waiting().values("page"))
    take_over_drafts(waiting.filter(has_unpublished_changes=True, latest_revision_created_at__lte=before))


def _take_back_drafts(page_ids: Iterable[int]) -> None:
    """Let translators work on what readers see, in those of the pages that are sources and wait in no bundle now."""
    waiting = BundleItem.objects.waiting().values("page")
    for page in Page.objects.filter(pk__in=list(page_ids), live=True, alias_of=None).exclude(pk__in=waiting):
        take_over(page)


def _problem(page: Page, made: Translation | None, user: Any, bundle: Bundle) -> str:
    if page.alias_of_id:
        return _("This page repeats another one.")
    if not may_publish(user, page):
        return _("You may not publish this page.")
    if page.go_live_at and page.go_live_at > timezone.now():
        return _("This page has a date of its own at which it goes live.")
    if made is None:
        lock = page.get_lock()
        if lock and lock.for_user(user):
            return str(lock.get_message(user))
        if page.workflow_in_progress:
            return _("This page is in review. Finish or cancel the review before you publish it.")
        by_hand = _translation_of(page, enabled=False)
        return review.why_source_is_not_live(by_hand, bundle=bundle) if by_hand else ""
    return review.why_not_publish(made, page, user, bundle=bundle)


def _publish(part: Part, user: Any, bundle: Bundle) -> None:
    try:
        if part.translation is None:
            revision = part.page.get_latest_revision()
            if revision is not None and (part.page.has_unpublished_changes or not part.page.live):
                revision.publish(user=user, skip_permission_checks=True)
        else:
            # Its source was published a moment ago, perhaps with words that somebody wrote since it was looked at.
            problem = review.why_not_publish(part.translation, part.page, user, bundle=bundle)
            if problem:
                raise BundleRefused(f"{part.page.get_admin_display_title()}: {problem}")
            # Upstream's own publishing waits for the end of the transaction, when nothing can be undone.
            page, _created = part.translation.source.create_or_update_translation(
                part.translation.target_locale, user=user, publish=False, fallback=True
            )
            page.latest_revision.publish(user=user, skip_permission_checks=True)
    except ValidationError as error:
        raise BundleRefused(f"{part.page.get_admin_display_title()}: {' '.join(error.messages)}") from error
    if not Page.objects.filter(pk=part.page.pk, live=True).exists():
        raise BundleRefused(f"{part.page.get_admin_display_title()}: " + _("It could not be published."))


def _translation_of(page: Page, *, enabled: bool = True) -> Translation | None:
    return (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=enabled
        )
        .select_related("source", "target_locale")
        .first()
    )


def _failed(bundle: Bundle, reason: str) -> None:
    bundle.error = reason[:2000]
    with transaction.atomic():
        if Bundle.objects.filter(pk=bundle.pk, state=State.SCHEDULED).update(state=State.FAILED, error=bundle.error):
            notices.about_failed_bundle(bundle)


def _language(bundle: Bundle) -> str:
    profile = UserProfile.get_for_user(bundle.owner) if bundle.owner else None
    return str(profile.get_preferred_language()) if profile else settings.LANGUAGE_CODE
