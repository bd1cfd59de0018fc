"""Events of Django, Wagtail and the desk -> what is kept up to date by them."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, Revision
from wagtail.signals import copy_for_translation_done, page_published, page_unpublished, post_page_move
from wagtail_localize.models import StringTranslation, Translation, TranslationLog, TranslationSource

from translations import events, notices, review, sources, states, tasks
from translations.editor.telling import tell_of_comment
from translations.glossary import glossary_changed
from translations.memory import index as memory
from translations.models import (
    GlossaryTerm,
    GlossaryWording,
    TermProposal,
    TextChange,
    TranslationComment,
    TranslationTask,
)
from translations.upstream import cascade, publishing


def glossary_was_changed(sender: type[GlossaryTerm] | type[GlossaryWording], **kwargs: Any) -> None:
    """A term or one of its wordings was saved or deleted."""
    glossary_changed()


def page_was_published(sender: type[Page], instance: Page, revision: Revision | None = None, **kwargs: Any) -> None:
    """A source is taken over for its translators; whatever it is, what readers see is another page now."""
    sources.take_over(instance, revision)
    tasks.page_published(instance, revision.user if revision else None)
    states.refresh_later([instance.pk])


def page_was_unpublished(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """By a person or by its date: readers see no page any more, nor its translations, which nobody is asked for."""
    cascade.unpublish_along(instance)
    tasks.source_withdrawn(instance)
    states.refresh_later([instance.pk])


def page_was_moved(
    sender: type[Page], instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    """To another place, or only among its siblings."""
    cascade.reorder_along(instance, parent_page_before, parent_page_after)


def page_was_deleted(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Its other languages are left."""
    states.refresh_keys_later([instance.translation_key])


def page_was_copied(sender: type[Page], source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """A page was made from that of another language, by whatever way."""
    if isinstance(target_obj, Page):
        states.refresh_later([target_obj.pk])


def source_was_saved(sender: type[TranslationSource], instance: TranslationSource, **kwargs: Any) -> None:
    """wagtail-localize took a page over itself: when it was submitted, or synchronised by hand."""
    sources.record(instance)
    states.refresh_keys_later([instance.object_id])


def source_was_taken_over(sender: type[TranslationSource], source: TranslationSource, **kwargs: Any) -> None:
    """We took a page over."""
    if not kwargs.get("minor"):
        tasks.source_changed(source)
    states.refresh_keys_later([source.object_id])


def translation_was_saved(sender: type[Translation], instance: Translation, **kwargs: Any) -> None:
    """A page was submitted, or its synchronisation stopped or begun again."""
    if instance.enabled and kwargs.get("created") is False:
        publishing.unschedule(instance)
    states.refresh_keys_later([instance.source.object_id])


def translation_was_made(sender: type[TranslationLog], instance: TranslationLog, **kwargs: Any) -> None:
    """A revision of a translated page was made."""
    states.refresh_keys_later([instance.source.object_id])


def text_was_saved(sender: type[StringTranslation], instance: StringTranslation, **kwargs: Any) -> None:
    """wagtail-localize wrote a text itself."""
    if instance.context_id:
        states.refresh_keys_later([instance.context.object_id])


def texts_were_changed(
    sender: type[Translation], translation: Translation, changes: list[TextChange], **kwargs: Any
) -> None:
    """Somebody translated, or had it done."""
    memory.index_changes(changes)
    people = [change.user for change in changes if change.user and change.means != TextChange.Means.MACHINE]
    harmless = all(change.means in review.HARMLESS for change in changes)
    if people or not harmless:
        tasks.texts_changed(translation, people[-1] if people else None, harmless=harmless)
    states.refresh_keys_later([translation.source.object_id])


def task_was_changed(
    sender: type[TranslationTask], task: TranslationTask, before: str, user: Any, **kwargs: Any
) -> None:
    """Work was asked for, handed in, judged."""
    review.record_verdict(task, before, user)
    states.refresh_later([task.source_id])


def comment_was_made(
    sender: type[Translation], comment: TranslationComment, mentioned: list[Any], **kwargs: Any
) -> None:
    """Somebody talks about a translation."""
    tell_of_comment(comment, mentioned)


def proposal_was_changed(sender: type[TermProposal], proposal: TermProposal, **kwargs: Any) -> None:
    """Somebody proposed a term, or a coordinator decided on it."""
    notices.about_proposal(proposal)


def connect() -> None:
    """Listen."""
    for model in (GlossaryTerm, GlossaryWording):
        for signal in (post_save, post_delete):
            signal.connect(glossary_was_changed, sender=model, dispatch_uid=f"glossary-{model._meta.label}")
    page_published.connect(page_was_published, dispatch_uid="translations-published")
    page_unpublished.connect(page_was_unpublished, dispatch_uid="translations-unpublished")
    post_page_move.connect(page_was_moved, dispatch_uid="translations-moved")
    copy_for_translation_done.connect(page_was_copied, dispatch_uid="translations-copied")
    post_delete.connect(page_was_deleted, sender=Page, dispatch_uid="translations-deleted")
    post_save.connect(source_was_saved, sender=TranslationSource, dispatch_uid="translations-source")
    post_save.connect(translation_was_made, sender=TranslationLog, dispatch_uid="translations-log")
    for signal in (post_save, post_delete):
        signal.connect(translation_was_saved, sender=Translation, dispatch_uid="translations-translation")
        signal.connect(text_was_saved, sender=StringTranslation, dispatch_uid="translations-text")
    events.source_synced.connect(source_was_taken_over, dispatch_uid="states-source")
    events.texts_changed.connect(texts_were_changed, dispatch_uid="states-texts")
    events.task_changed.connect(task_was_changed, dispatch_uid="states-task")
    events.comment_made.connect(comment_was_made, dispatch_uid="notices-comment")
    events.term_proposal_changed.connect(proposal_was_changed, dispatch_uid="notices-proposal")
