"""Who was asked to translate what: requests, and the ways a task may go. Checks no permissions; its callers do.

requested ──▶ in translation ──▶ in review ──▶ accepted ──▶ published
                    ▲                │  ▲           │
                    │             returned          │
                    └─ source or texts were changed ┘        and from any open state: published, cancelled
"""

import contextlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from translations import notices, people
from translations.events import task_changed
from translations.models import BundleItem, Kind, PageTranslationState, TranslationRequest, TranslationTask
from translations.permissions import may_return, may_review

State = TranslationTask.State

# From which states a task may come into a state.
_WAYS: Mapping[str, frozenset[str]] = {
    State.IN_TRANSLATION: frozenset({State.REQUESTED, State.RETURNED, State.IN_REVIEW, State.ACCEPTED}),
    State.IN_REVIEW: frozenset({State.REQUESTED, State.IN_TRANSLATION, State.RETURNED}),
    State.RETURNED: frozenset({State.IN_REVIEW, State.ACCEPTED}),
    State.ACCEPTED: frozenset({State.IN_REVIEW}),
    State.PUBLISHED: frozenset(set(State) - {State.PUBLISHED, State.CANCELLED}),
    State.CANCELLED: frozenset(set(State) - {State.PUBLISHED, State.CANCELLED}),
}


class TaskRefused(ValueError):  # noqa: N818 -- said to a person
    """A task cannot go that way from where it is; the message says why, in the user's language."""


@transaction.atomic
def request(
    source_pages: Iterable[Page],
    locales: Iterable[Locale],
    *,
    user: Any,
    assignees: Mapping[Locale, Any] | None = None,
    due: date | None = None,
    message: str = "",
    among: Collection[tuple[int, int]] | None = None,
) -> TranslationRequest:
    """Ask for pages in languages, and tell those who are asked; return the request with its ``tasks``.

    A page that is up to date in a language makes no task; one that somebody was asked for already keeps its task, which
    joins this request and takes over its date and assignee where given. ``among`` limits the request to some pairs of
    ids of a page and a language. A constant number of queries.
    """
    pages, wanted = list(source_pages), list(locales)
    assignees = assignees or {}
    record = TranslationRequest.objects.create(message=message, due=due, requested_by=user)
    rows = TranslationTask.open_for(source__in=pages, locale__in=wanted).select_related("locale", "assignee")
    there = {(task.source_id, task.locale_id): task for task in rows.select_for_update(of=("self",))}
    done = set(
        PageTranslationState.objects.filter(
            source__in=pages, locale__in=wanted, state=PageTranslationState.State.UP_TO_DATE
        ).values_list("source_id", "locale_id")
    )
    new, joined = [], []
    for page in pages:
        for locale in wanted:
            task = there.get((page.pk, locale.pk))
            if among is not None and (page.pk, locale.pk) not in among:
                continue
            if task:
                task.request = record
                task.due = due or task.due
                task.assignee = assignees.get(locale) or task.assignee
                joined.append(task)
            elif page.locale_id != locale.pk and (page.pk, locale.pk) not in done:
                task = TranslationTask(request=record, source=page, locale=locale, due=due)
                task.assignee = assignees.get(locale)
                new.append(task)
    TranslationTask.objects.bulk_update(joined, ["request", "due", "assignee"])
    TranslationTask.objects.bulk_create(new)
    notices.about_request([*new, *joined], actor=user, message=message)
    for task in [*new, *joined]:
        task_changed.send(sender=TranslationTask, task=task, before="" if task in new else task.state, user=user)
    return record


def task_for(translation: Translation) -> TranslationTask | None:
    """Return the open task that a translation is worked on for, if there is one."""
    return (
        TranslationTask.open_for(
            source__translation_key=translation.source.object_id,
            source__locale_id=translation.source.locale_id,
            locale_id=translation.target_locale_id,
        )
        .select_related("assignee", "reviewer", "request", "source", "locale")
        .first()
    )


def start(task: TranslationTask, user: Any) -> None:
    """Say that somebody works on it. Raises TaskRefused."""
    _go(task, State.IN_TRANSLATION, user)


@transaction.atomic
def hand_in(task: TranslationTask, user: Any, note: str = "") -> None:
    """Give a translation to its reviewer. Raises TaskRefused."""
    _go(task, State.IN_REVIEW, user, note=note, translated_by=user)
    notices.about_task(Kind.REVIEW, reviewers_of(task, people.coordinators()), task, actor=user, text=note)


def reviewers_of(task: TranslationTask, coordinators: Iterable[Any]) -> list[int]:
    """Return the ids of those who are asked to review what was handed in: whom the task names, else who asked for it,
    if they may, else the ``coordinators``. No query where a coordinator asked, but for those that read them.
    """
    if task.reviewer_id:
        return [task.reviewer_id]
    everybody = list(coordinators)
    asked = task.request.requested_by if task.request else None
    if asked and asked.pk != task.translated_by_id and (asked in everybody or may_review(asked, task)):
        return [asked.pk]
    return [person.pk for person in everybody if person.pk != task.translated_by_id]


@transaction.atomic
def hand_in_unasked(translation: Translation, user: Any, note: str = "") -> TranslationTask:
    """Give a translation that nobody asked for to a reviewer, and return its task, asked for by the user.

    Where somebody asked for it meanwhile, it is handed in for that. Raises TaskRefused.
    """
    page = Page.objects.get(
        translation_key=translation.source.object_id, locale_id=translation.source.locale_id, alias_of__isnull=True
    )
    try:
        with transaction.atomic():
            record = TranslationRequest.objects.create(requested_by=user)
            task = TranslationTask.objects.create(
                request=record,
                source=page,
                locale=translation.target_locale,
                assignee=user,
                state=State.IN_TRANSLATION,
            )
    except IntegrityError:
        task = TranslationTask.open_for(source=page, locale=translation.target_locale).get()
    else:
        task_changed.send(sender=TranslationTask, task=task, before="", user=user)
    hand_in(task, user, note)
    return task


@transaction.atomic
def accept(task: TranslationTask, user: Any) -> None:
    """Find a translation good: it can be published. Raises TaskRefused."""
    _go(task, State.ACCEPTED, user, reviewer=user)
    notices.about_task(Kind.ACCEPTED, _translators(task), task, actor=user)


@transaction.atomic
def send_back(task: TranslationTask, user: Any, comment: str) -> None:
    """Return a translation to its translator and say why. Raises TaskRefused, also without a comment."""
    if not comment.strip():
        raise TaskRefused(_("Say what should be changed."))
    _go(task, State.RETURNED, user, note=comment, reviewer=user)
    notices.about_task(Kind.RETURNED, _translators(task), task, actor=user, text=comment)


@transaction.atomic
def published(task: TranslationTask, user: Any) -> None:
    """Close a task, since its translation is published; again, that does nothing. Raises TaskRefused."""
    if _locked(task).state == State.PUBLISHED:
        return
    _go(task, State.PUBLISHED, user)
    translators = _translators(task)
    notices.about_task(Kind.ACCEPTED, translators, task, actor=user)
    asked = task.request.requested_by_id if task.request else None
    if asked and asked not in translators:
        notices.about_task(Kind.FINISHED, [asked], task, actor=user)


@transaction.atomic
def cancel(task: TranslationTask, user: Any) -> None:
    """Ask no longer for a translation; its texts stay. Raises TaskRefused."""
    _go(task, State.CANCELLED, user)
    notices.about_task(Kind.CANCELLED, [task.assignee_id], task, actor=user)


@transaction.atomic
def assign(task: TranslationTask, assignee: Any, user: Any) -> None:
    """Give an open task to somebody, or to nobody. Raises TaskRefused for a closed one."""
    current = _locked(task)
    if not current.is_open:
        raise TaskRefused(_refusal(current.state))
    before = current.assignee_id
    if before == getattr(assignee, "pk", None):
        return
    task.assignee = assignee
    task.state = current.state
    task.save(update_fields=["assignee", "changed_at"])
    notices.about_task(Kind.CANCELLED, [before], task, actor=user)
    if assignee:
        text = task.request.message if task.request else ""
        notices.about_task(Kind.ASSIGNED, [assignee], task, actor=user, text=text)
    task_changed.send(sender=TranslationTask, task=task, before=task.state, user=user)


@transaction.atomic
def source_changed(source: TranslationSource) -> None:
    """Take what was handed in or accepted back into translation, since its source says something else now; tell why."""
    page = Page.objects.filter(translation_key=source.object_id, locale_id=source.locale_id).first()
    if page is None:
        return
    locales = [row.target_locale for row in source.translations.filter(enabled=True).select_related("target_locale")]
    for task in TranslationTask.objects.filter(source=page, state__in=(State.IN_REVIEW, State.ACCEPTED)):
        _go(task, State.IN_TRANSLATION, None)
    notices.about_changed_source(page, locales)


@transaction.atomic
def source_withdrawn(page: Page) -> None:
    """Ask no longer for translations of a page that was unpublished, unless it waits in a bundle to go live again."""
    if BundleItem.objects.waiting().filter(page=page).exists():
        return
    for task in TranslationTask.open_for(source=page):
        cancel(task, None)


def page_published(page: Page, user: Any) -> None:
    """Close the task that a page was translated for, if it is a translation."""
    task = (
        TranslationTask.open_for(source__translation_key=page.translation_key, locale_id=page.locale_id)
        .select_related("request")
        .first()
    )
    if task:
        published(task, user)


def texts_changed(translation: Translation, user: Any, *, harmless: bool = False) -> None:
    """Somebody translates: what was only requested is in translation now, and what was handed in or accepted is again.

    ``harmless`` is what leaves readers' texts as a reviewer saw them. In review, a reviewer may correct a word and go
    on; those who translated it take it back by that.
    """
    task = task_for(translation)
    if task is None:
        return
    begun = task.state == State.REQUESTED and user is not None
    taken_back = task.state == State.ACCEPTED or (task.state == State.IN_REVIEW and not _corrects(user, task))
    if begun or (taken_back and not harmless):
        # Of two who write at once the second finds it done.
        with contextlib.suppress(TaskRefused):
            start(task, user)


def _corrects(user: Any, task: TranslationTask) -> bool:
    return user is not None and user.pk not in _translators(task) and may_return(user, task)


def _go(task: TranslationTask, state: str, user: Any, **changes: Any) -> None:
    """Bring a task into a state by what the database says of it now, so that of two who decide only one does."""
    with transaction.atomic():
        before = _locked(task).state
        if before not in _WAYS[state]:
            raise TaskRefused(_refusal(before))
        for name, value in {**changes, "state": state}.items():
            setattr(task, name, value)
        task.save(update_fields=[*changes, "state", "changed_at"])
        task_changed.send(sender=TranslationTask, task=task, before=before, user=user)


def _locked(task: TranslationTask) -> TranslationTask:
    return TranslationTask.objects.select_for_update().only("state", "assignee").get(pk=task.pk)


def _refusal(state: str) -> str:
    return _("This is not possible any more: the translation is “%(state)s” now.") % {"state": State(state).label}


def _translators(task: TranslationTask) -> Sequence[int]:
    return [pk for pk in dict.fromkeys((task.assignee_id, task.translated_by_id)) if pk]
