"""Whether a translation may go live now: complete, without errors, not locked, and reviewed where that is asked for.

Every way to publish a translated page asks ``why_not_publish``: the editor's button, synchronising, bundles, and what
Wagtail publishes by itself (``upstream/publishing.py``: the bulk action, its admin's API, an approved workflow). Who
may review, ``permissions.may_review`` says; how a task goes on, ``tasks``.
"""

from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.strings import StringValue

from translations.completeness import untranslated_segments
from translations.machine import may_publish_unconfirmed, unconfirmed_segments
from translations.models import Bundle, ReviewVerdict, SourceChange, TextChange, TranslationTask
from translations.permissions import may_review
from translations.quality import blocking
from translations.standing import is_draft

State = TranslationTask.State
# Changes that leave a reader's text as the reviewer saw it.
HARMLESS = (TextChange.Means.CARRIED, TextChange.Means.CONFIRMED)


def why_not_publish(translation: Translation, page: Page, user: Any, *, bundle: Bundle | None = None) -> str:
    """Return in words why a translated page cannot go live now, or "" if it can. Asks nothing about its language.

    ``user`` is who would publish it; None for the site itself, whom no lock binds and who reviews nothing. ``bundle``
    is that by which it is published: what waits in another one waits for that.
    """
    waiting = Bundle.objects.filter(items__page_id=page.pk).exclude(state__in=Bundle.OVER).order_by("pk").first()
    if waiting and waiting != bundle:
        return _("This page is published together with others, in the bundle “%(name)s”.") % {"name": waiting.name}
    reason = why_source_holds_back(translation, bundle=bundle)
    if reason:
        return reason
    lock = page.get_lock() if user else None
    if lock and lock.for_user(user):
        return str(lock.get_message(user))
    if page.workflow_in_progress:
        return _("This page is in review. Finish or cancel the review before you publish it.")
    return (
        why_not_complete(translation, page)
        or why_not_confirmed(translation)
        or why_not_correct(translation)
        or why_not_reviewed(translation, user)
    )


def why_source_holds_back(translation: Translation, *, bundle: Bundle | None = None) -> str:
    """Return in words that readers of the source do not see what is translated: not yet, or no more; "" if they do.

    ``bundle`` publishes the source too, if that is in it. Constant number of queries.
    """
    source = _source_beyond(translation, bundle)
    if source is None or not source.live:
        return _why_not_live(source)
    if not is_draft(SourceChange.objects.filter(source=translation.source_id).order_by("at", "pk")):
        return ""
    waiting = Bundle.objects.filter(items__page=source).exclude(state__in=Bundle.OVER).order_by("pk").first()
    if waiting is None:
        return _("The page that it translates has changes that are not published yet. It can go live after them.")
    return _(
        "The page that it translates has changes that are not published yet. They wait in the bundle “%(name)s”: it "
        "can go live with them, in that bundle, or after them."
    ) % {"name": waiting.name}


def why_source_is_not_live(translation: Translation, *, bundle: Bundle | None = None) -> str:
    """Return in words that its source is not published, or "" if it is: all that is asked of a page edited by hand."""
    return _why_not_live(_source_beyond(translation, bundle))


def why_not_complete(translation: Translation, page: Page) -> str:
    """Return in words how many texts of ``page`` are not translated yet, or "" if all are."""
    missing = len(untranslated_segments(translation))
    if not missing:
        return ""
    if page.live:
        text = ngettext(
            "Not published: %(count)s text is not translated yet. Readers keep seeing what was published before.",
            "Not published: %(count)s texts are not translated yet. Readers keep seeing what was published before.",
            missing,
        )
    else:
        text = ngettext(
            "Not published: %(count)s text is not translated yet.",
            "Not published: %(count)s texts are not translated yet.",
            missing,
        )
    return text % {"count": missing}


def why_not_correct(translation: Translation) -> str:
    """Return in words which error of a text keeps a translation from readers, or "" if none has one."""
    errors = blocking(translation)
    if not errors:
        return ""
    segment, problem = errors[0]
    text = Truncator(StringValue(segment.translation).render_text()).chars(60)
    return ngettext(
        "Not published: %(count)s text has an error. In “%(text)s”: %(problem)s",
        "Not published: %(count)s texts have errors. The first is in “%(text)s”: %(problem)s",
        len({segment.pk for segment, _problem in errors}),
    ) % {"count": len({segment.pk for segment, _problem in errors}), "text": text, "problem": problem.message}


def why_not_confirmed(translation: Translation) -> str:
    """Return in words that machine text waits for a person, or "" if none does or a coordinator lets it go live."""
    unread = len(unconfirmed_segments(translation))
    languages = (translation.source.locale.language_code, translation.target_locale.language_code)
    if not unread or may_publish_unconfirmed(*languages):
        return ""
    return ngettext(
        "Not published: a machine wrote %(count)s text, and nobody has confirmed it yet.",
        "Not published: a machine wrote %(count)s texts, and nobody has confirmed them yet.",
        unread,
    ) % {"count": unread}


def why_not_reviewed(translation: Translation, user: Any) -> str:
    """Return in words which review stands before publication, or "" if none does.

    What was handed in waits for its reviewer's word, also where its texts were changed since, and what was returned for
    its translator's; where TRANSLATIONS_REVIEW_REQUIRED is set, everything waits for somebody who accepted the texts as
    they are now.
    """
    task = open_task(translation)
    if task and task.state == State.RETURNED:
        return _("The review returned this translation. Hand it in again before it is published.")
    if task and task.state == State.IN_REVIEW and not (user and may_review(user, task)):
        return _("This translation is in review. Somebody else has to accept it before it is published.")
    if settings.TRANSLATIONS_REVIEW_REQUIRED and not is_accepted(translation):
        return _("This translation is published after review. Hand it in; whoever reviews it accepts or returns it.")
    if task and was_taken_back(task) and not is_accepted(translation) and not (user and may_review(user, task)):
        return _("This translation or its source was changed after it was handed in. Hand it in again to publish it.")
    return ""


def was_taken_back(task: TranslationTask) -> bool:
    """Whether a translation was handed in and is in translation again, since its source or its texts were changed."""
    return bool(task.state == State.IN_TRANSLATION and task.translated_by_id)


def is_accepted(translation: Translation) -> bool:
    """Whether a reviewer accepted the texts of a translation, and none was changed since. Two queries."""
    verdict = ReviewVerdict.objects.filter(**_about(translation)).order_by("-pk").first()
    if verdict is None or not verdict.accepted:
        return False
    later = TextChange.objects.filter(translation=translation, pk__gt=verdict.last_change)
    return not later.exclude(means__in=HARMLESS).exists()


def open_task(translation: Translation) -> TranslationTask | None:
    """Return what is asked for and not finished for a translation."""
    return (
        TranslationTask.open_for(
            source__translation_key=translation.source.object_id,
            source__locale_id=translation.source.locale_id,
            locale_id=translation.target_locale_id,
        )
        .select_related("source")
        .first()
    )


def record_verdict(task: TranslationTask, before: str, user: Any) -> ReviewVerdict | None:
    """Keep what a review decided, when a task was accepted or returned out of its review."""
    if before != State.IN_REVIEW or task.state not in (State.ACCEPTED, State.RETURNED):
        return None
    newest = TextChange.objects.filter(
        translation__source__object_id=task.source.translation_key, translation__target_locale_id=task.locale_id
    ).aggregate(newest=Max("pk"))["newest"]
    return ReviewVerdict.objects.create(
        task=task,
        reviewer=user,
        accepted=task.state == State.ACCEPTED,
        comment=task.note if task.state == State.RETURNED else "",
        last_change=newest or 0,
    )


def _source_beyond(translation: Translation, bundle: Bundle | None) -> Page | None:
    """Return the page that is translated, unless ``bundle`` publishes it too."""
    source = Page.objects.filter(
        translation_key=translation.source.object_id, locale_id=translation.source.locale_id, alias_of__isnull=True
    ).first()
    return None if source and bundle and bundle.items.filter(page=source).exists() else source


def _why_not_live(source: Page | None) -> str:
    if source is None or source.live:
        return ""
    if source.first_published_at is None:
        return _("The page that it translates was never published. They can go live together, in a bundle.")
    return _("The page that it translates is not published any more. They can go live together again, in a bundle.")


def _about(translation: Translation) -> dict[str, Any]:
    return {
        "task__source__translation_key": translation.source.object_id,
        "task__locale_id": translation.target_locale_id,
    }
