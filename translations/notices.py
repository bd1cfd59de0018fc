"""What people at the desk are told of: one row for each person and thing, in the transaction that does the thing.

Mails follow after the commit (``mails.py``), as each person wants them.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Locale, Page

from translations import mails, people
from translations.models import Bundle, Delivery, Kind, Notice, NoticeChoice, TermProposal, TranslationTask

# Notices that were read are kept for so long.
KEPT = timedelta(days=90)
# What a translator must act on is mailed at once; what is good to know comes once a day.
DEFAULTS: Mapping[str, str] = {
    Kind.ASSIGNED: Delivery.NOW,
    Kind.DUE: Delivery.DAILY,
    Kind.CHANGED: Delivery.DAILY,
    Kind.RETURNED: Delivery.NOW,
    Kind.ACCEPTED: Delivery.DAILY,
    Kind.CANCELLED: Delivery.DAILY,
    Kind.REQUESTED: Delivery.DAILY,
    Kind.REVIEW: Delivery.NOW,
    Kind.FINISHED: Delivery.DAILY,
    Kind.COMMENT: Delivery.NOW,
    Kind.PROPOSED: Delivery.DAILY,
    Kind.DECIDED: Delivery.DAILY,
    Kind.BUNDLE: Delivery.NOW,
}
# What may be said of a page again and again, and once is enough until it was read.
_REPEATED = (Kind.CHANGED, Kind.DUE)


def new_notice(
    kind: str, user: Any, *, source: Any, locale: Any, actor: Any = None, task: Any = None, text: str = ""
) -> Notice:
    """Return a notice that is not kept yet; give it to ``tell``. ``user``, ``source`` and ``locale`` may be ids."""
    return Notice(
        kind=kind,
        user_id=_pk(user),
        source_id=_pk(source),
        locale_id=_pk(locale),
        actor=actor,
        task=task,
        text=text,
    )


def about_task(kind: str, users: Iterable[Any], task: TranslationTask, *, actor: Any = None, text: str = "") -> None:
    """Tell users something about a task, except who did it."""
    tell(
        [
            new_notice(kind, user, source=task.source_id, locale=task.locale_id, actor=actor, task=task, text=text)
            for user in users
            if user is not None
        ]
    )


def tell(notices: Iterable[Notice]) -> None:
    """Keep notices and have them mailed after the commit. Nobody is told what they did, or anything twice.

    At most six queries, however many; users who are not active any more are left out.
    """
    wanted = {_about(notice): notice for notice in notices if notice.user_id != _pk(notice.actor)}
    if not wanted:
        return
    users = {notice.user_id for notice in wanted.values()}
    reachable = dict(get_user_model().objects.filter(pk__in=users, is_active=True).values_list("pk", "email"))
    chosen = choices_of(users)
    rows = _still_to_tell([notice for notice in wanted.values() if notice.user_id in reachable])
    for notice in rows:
        chosen_delivery = chosen[notice.user_id].get(notice.kind, DEFAULTS[notice.kind])
        notice.delivery = chosen_delivery if reachable[notice.user_id] else Delivery.NONE
    Notice.objects.bulk_create(rows)
    at_once = {notice.user_id for notice in rows if notice.delivery == Delivery.NOW}
    if at_once:
        transaction.on_commit(lambda: mails.send_at_once(at_once), robust=True)


def choices_of(users: Iterable[int]) -> dict[int, dict[str, str]]:
    """Return what users chose, by user and kind; what is missing there is as in ``DEFAULTS``. One query."""
    chosen: dict[int, dict[str, str]] = {user: {} for user in users}
    for user, kind, delivery in NoticeChoice.objects.filter(user__in=list(chosen)).values_list(
        "user", "kind", "delivery"
    ):
        chosen[user][kind] = delivery
    return chosen


@transaction.atomic
def choose(user: Any, chosen: Mapping[str, str]) -> None:
    """Keep how a user wants to be told of the kinds that are named; what was chosen for others stands."""
    NoticeChoice.objects.filter(user=user, kind__in=list(chosen)).delete()
    NoticeChoice.objects.bulk_create(
        NoticeChoice(user=user, kind=kind, delivery=delivery)
        for kind, delivery in chosen.items()
        if delivery != DEFAULTS[kind]
    )


def unread(user: Any) -> QuerySet[Notice]:
    """Return what a user was told and has not read, the newest first."""
    return Notice.objects.filter(user=user, read_at=None).select_related(
        "source", "locale", "proposal", "bundle", "actor", "actor__wagtail_userprofile", "task"
    )


def of(user: Any, notice_id: int) -> Notice | None:
    """Return a notice to a user; None for somebody else's."""
    return (
        Notice.objects.filter(user=user, pk=notice_id).select_related("source", "locale", "proposal", "bundle").first()
    )


def mark_read(user: Any, notices: Iterable[int] | None = None) -> int:
    """Mark a user's notices, or all of them, as read; return how many were not."""
    rows = Notice.objects.filter(user=user, read_at=None)
    if notices is not None:
        rows = rows.filter(pk__in=list(notices))
    return rows.update(read_at=timezone.now())


def forget_old(now: datetime | None = None) -> int:
    """Delete notices that were read long ago; return how many."""
    before = (now or timezone.now()) - KEPT
    deleted, _by_model = Notice.objects.filter(read_at__lt=before).delete()
    return deleted


def about_request(tasks: Iterable[TranslationTask], *, actor: Any, message: str) -> None:
    """Tell those who were asked, and where nobody was, those who could take it."""
    open_to: dict[int, list[int]] = {}
    rows = []
    for task in tasks:
        if task.assignee_id:
            users, kind = [task.assignee_id], Kind.ASSIGNED
        else:
            if task.locale_id not in open_to:
                open_to[task.locale_id] = _who_could(task.locale)
            users, kind = open_to[task.locale_id], Kind.REQUESTED
        rows += [
            new_notice(kind, user, source=task.source_id, locale=task.locale_id, actor=actor, task=task, text=message)
            for user in users
        ]
    tell(rows)


def about_changed_source(source: Page, locales: Iterable[Locale]) -> None:
    """Tell those who translate a page, or did last, that it says something else now."""
    tasks = TranslationTask.objects.filter(source=source, locale__in=list(locales)).exclude(
        state=TranslationTask.State.CANCELLED
    )
    last = {task.locale_id: task for task in tasks.order_by("pk")}
    tell(
        [
            new_notice(Kind.CHANGED, user, source=source, locale=task.locale_id, task=task)
            for task in last.values()
            if (user := task.assignee_id or task.translated_by_id)
        ]
    )


def about_proposal(proposal: TermProposal) -> None:
    """Tell coordinators of a term that is proposed for the glossary; once decided, who proposed it how, and why."""
    if proposal.state == TermProposal.State.OPEN:
        writers = [user for user in people.coordinators() if user.has_perm("translations.change_glossaryterm")]
        about = {"kind": Kind.PROPOSED, "proposal": proposal, "actor": proposal.proposed_by, "text": proposal.note}
        tell([Notice(user=user, **about) for user in writers])
        return
    # What one coordinator decided, the others need not look at.
    Notice.objects.filter(proposal=proposal, kind=Kind.PROPOSED, read_at=None).update(read_at=timezone.now())
    if proposal.proposed_by_id:
        about = {"kind": Kind.DECIDED, "proposal": proposal, "actor": proposal.decided_by, "text": proposal.answer}
        tell([Notice(user_id=proposal.proposed_by_id, **about)])


def about_failed_bundle(bundle: Bundle) -> None:
    """Tell a bundle's owner that it was not published at its time, and why."""
    if bundle.owner_id:
        tell([Notice(kind=Kind.BUNDLE, user_id=bundle.owner_id, bundle=bundle, text=bundle.error)])


def _still_to_tell(notices: list[Notice]) -> list[Notice]:
    """Leave out what would say again what waits for its mail and was not read; where it was mailed, take its place."""
    again = [notice for notice in notices if notice.kind in _REPEATED]
    if not again:
        return notices
    unread = Notice.objects.filter(
        read_at=None,
        kind__in=_REPEATED,
        user__in={notice.user_id for notice in again},
        source__in={notice.source_id for notice in again},
    )
    new = {_about(notice): notice for notice in again}
    waiting: list[Notice] = []
    mailed: list[Notice] = []
    for notice in unread:
        if _about(notice) in new:
            (waiting if notice.mailed_at is None else mailed).append(notice)
    for notice in waiting:
        notice.task_id = new[_about(notice)].task_id
    Notice.objects.bulk_update(waiting, ["task"])
    Notice.objects.filter(pk__in=[notice.pk for notice in mailed]).update(read_at=timezone.now())
    said = {_about(notice) for notice in waiting}
    return [notice for notice in notices if _about(notice) not in said]


def _about(notice: Notice) -> tuple[Any, ...]:
    return (
        notice.user_id,
        notice.kind,
        notice.source_id,
        notice.locale_id,
        notice.proposal_id,
        notice.bundle_id,
    )


def _who_could(locale: Locale) -> list[int]:
    return [*people.translators_of(locale).values_list("pk", flat=True), *(user.pk for user in people.coordinators())]


def _pk(instance: Any) -> Any:
    return getattr(instance, "pk", instance)
