"""Reminds people of dates: once before a translation is due, once when it is late, and every week after that.

Its translator until it is handed in, then its reviewer.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from translations import notices, people, tasks
from translations.models import Kind, TranslationTask

BEFORE = timedelta(days=3)
AGAIN = timedelta(days=7)
State = TranslationTask.State
_WORK = (State.REQUESTED, State.IN_TRANSLATION, State.RETURNED, State.IN_REVIEW)


@transaction.atomic
def remind(today: date | None = None) -> int:
    """Tell assignees and reviewers what is due soon or late, and whoever asked what is late; return of how many tasks.

    Safe to run as often as one likes: a task remembers the day of its last reminder.
    """
    today = today or timezone.localdate()
    soon = Q(due__gte=today, due__lte=today + BEFORE) & (Q(reminded_on=None) | Q(reminded_on__lt=F("due") - BEFORE))
    late = Q(due__lt=today) & (Q(reminded_on=None) | Q(reminded_on__lte=F("due")) | Q(reminded_on__lte=today - AGAIN))
    found = list(
        TranslationTask.objects.filter(soon | late, state__in=_WORK)
        .select_related("request__requested_by", "source")
        .select_for_update(of=("self",))
    )
    rows = []
    # Read once, when the first task needs them.
    coordinators = people.coordinators()
    for task in found:
        asked = task.request.requested_by_id if task.request else None
        # What its translator has finished is not the translator's to be reminded of.
        working = tasks.reviewers_of(task, coordinators) if task.state == State.IN_REVIEW else [task.assignee_id]
        users = {*working, asked if task.due and task.due < today or not any(working) else None} - {None}
        rows += [
            notices.new_notice(Kind.DUE, user, source=task.source_id, locale=task.locale_id, task=task)
            for user in users
        ]
    TranslationTask.objects.filter(pk__in=[task.pk for task in found]).update(reminded_on=today)
    notices.tell(rows)
    return len(found)
