"""What lies on somebody's desk: read by a constant number of queries, however large the site is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Locale

from cms.formats import number_text
from cms.languages import Language, by_code
from translations.models import PageTranslationState, TranslationTask
from visits import counting

Task = TranslationTask.State
State = PageTranslationState.State

# A section shows so many rows; the rest is a number and a link to the list of all.
ROWS = 10
_TO_DO = (Task.REQUESTED, Task.IN_TRANSLATION)
_HEAPS = (
    ("returned", _("Returned to you"), _("Nothing was returned.")),
    ("assigned", _("Assigned to you"), _("Nothing is assigned to you.")),
    ("review", _("Waiting for your review"), _("Nothing waits for your review.")),
    ("outdated", _("Outdated: the source was changed"), _("No translation is outdated.")),
    ("unassigned", _("Requested, and nobody’s yet"), _("Everything that was requested is assigned.")),
    ("missing", _("Not translated yet"), _("Every page is translated.")),
)
_OF_STATES = ("outdated", "missing")


@dataclass(frozen=True)
class Row:
    """One page in one language, as it lies on the desk. ``url`` is empty where there is nothing to open yet.

    ``visits`` is how often the page was visited, in whatever language; only what is not translated yet tells it.
    """

    title: str
    language: Language
    url: str
    state: PageTranslationState | None
    task: TranslationTask | None = None
    visits: int = 0
    today: date = field(default_factory=timezone.localdate)

    @property
    def visited(self) -> str:
        """How often it was visited, in words; empty where it was not, or visits are not counted."""
        words = ngettext(
            "visited %(number)s time in the last %(days)s days",
            "visited %(number)s times in the last %(days)s days",
            self.visits,
        )
        return words % {"number": number_text(self.visits), "days": counting.days()} if self.visits else ""

    @property
    def is_overdue(self) -> bool:
        """Whether the day on which it was due is over."""
        return bool(self.task and self.task.due and self.task.due < self.today)


@dataclass(frozen=True)
class Section:
    """One heap on the desk: the first rows of it, how many there are, and where all of them are listed."""

    name: str
    title: str | Promise
    empty: str | Promise
    rows: Sequence[Row]
    total: int
    url: str

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


@dataclass(frozen=True)
class Figures:
    """The numbers of a desk."""

    assigned: int = 0
    dated: int = 0
    overdue: int = 0
    returned: int = 0
    review: int = 0
    unassigned: int = 0


def sections_for(user: Any, locales: Sequence[Locale]) -> list[Section]:
    """Return the heaps of a user's desk in some of their languages. About ten queries."""
    desk = _Desk(user, locales)
    heaps = [
        (name, title, empty, desk.outdated() if name == "outdated" else desk.missing())
        if name in _OF_STATES
        else (name, title, empty, heap_of(name, user, locales))
        for name, title, empty in _HEAPS
    ]
    return desk.built(heaps)


def figures_for(user: Any, locales: Sequence[Locale]) -> Figures:
    """Count what lies on a user's desk. One query."""
    desk, today = _Desk(user, locales), timezone.localdate()
    to_do = Q(state__in=(*_TO_DO, Task.RETURNED)) & desk.mine
    counted = TranslationTask.objects.filter(locale__in=locales).aggregate(
        assigned=Count("pk", filter=to_do),
        dated=Count("pk", filter=to_do & Q(due__gte=today)),
        overdue=Count("pk", filter=to_do & Q(due__lt=today)),
        returned=Count("pk", filter=Q(state=Task.RETURNED) & desk.mine),
        review=Count("pk", filter=desk.to_review),
        unassigned=Count("pk", filter=Q(state__in=_TO_DO, assignee=None)),
    )
    return Figures(**counted)


def heap_of(name: str, user: Any, locales: Sequence[Locale]) -> QuerySet[TranslationTask]:
    """Return the tasks of a heap in some languages: one of the desk's, "late", "closed", or "" for all open ones."""
    desk = _Desk(user, locales)
    closed = Q(state__in=TranslationTask.CLOSED)
    wanted = {
        "returned": Q(state=Task.RETURNED) & desk.mine,
        "assigned": Q(state__in=_TO_DO) & desk.mine,
        "review": desk.to_review,
        "unassigned": Q(state__in=_TO_DO, assignee=None),
        "late": Q(due__lt=timezone.localdate()) & ~closed,
        "closed": closed,
    }
    return desk.tasks(wanted.get(name, ~closed)).select_related("source", "assignee", "translated_by", "request")


def rows_of(tasks: Sequence[TranslationTask], locales: Sequence[Locale]) -> list[Row]:
    """Return tasks as they are shown, with the states of their pages. One query."""
    states = _states_of(tasks, locales)
    codes = {locale.pk: locale.language_code for locale in locales}
    return [_row(task, states.get((task.source_id, task.locale_id)), codes) for task in tasks]


def most_visited_first(source: str) -> tuple[Any, ...]:
    """Return an order for rows with ``visits``: then what is nearest to the home page, the newest first.

    ``source`` leads from a row to its source page: "source__", or "" where the row is the page.
    """
    return "-visits", f"{source}depth", F(f"{source}first_published_at").desc(nulls_last=True), "pk"


class _Desk:
    """One user's view of tasks and states."""

    def __init__(self, user: Any, locales: Sequence[Locale]) -> None:
        self.user, self.locales = user, locales
        self.mine = Q(assignee=user)
        # What no reviewer is named for is for everybody of the language but its translator.
        whose = Q(reviewer=user) | Q(reviewer=None)
        self.to_review = Q(state=Task.IN_REVIEW) & whose & ~Q(translated_by=user)

    def tasks(self, wanted: Q) -> QuerySet[TranslationTask]:
        return TranslationTask.objects.filter(wanted, locale__in=self.locales).order_by(
            F("due").asc(nulls_last=True), "pk"
        )

    def states(self, state: str) -> QuerySet[PageTranslationState]:
        return PageTranslationState.objects.filter(state=state, locale__in=self.locales)

    def outdated(self) -> QuerySet[PageTranslationState]:
        """What readers have seen outdated for longest comes first."""
        return self.states(State.OUTDATED).select_related("source").order_by("outdated_since", "pk")

    def missing(self) -> QuerySet[PageTranslationState]:
        """The most visited first. Pages that somebody is asked for already lie elsewhere on the desk."""
        asked = TranslationTask.open_for(source=OuterRef("source"), locale=OuterRef("locale"))
        rows = self.states(State.MISSING).filter(~Exists(asked)).select_related("source")
        return rows.annotate(visits=counting.number_of("source")).order_by(*most_visited_first("source__"))

    def built(self, heaps: Iterable[tuple[str, Any, Any, QuerySet[Any]]]) -> list[Section]:
        found = [(name, title, empty, list(rows[:ROWS]), rows.count()) for name, title, empty, rows in heaps]
        tasks = [row for name, _title, _empty, rows, _total in found if name not in _OF_STATES for row in rows]
        states = _states_of(tasks, self.locales)
        codes = {locale.pk: locale.language_code for locale in self.locales}
        sections = []
        for name, title, empty, rows, total in found:
            shown = [
                _row(row, row if name in _OF_STATES else states.get((row.source_id, row.locale_id)), codes)
                for row in rows
            ]
            sections.append(Section(name, title, empty, shown, total, _address(name, self.locales)))
        return sections


def _states_of(
    tasks: Iterable[TranslationTask], locales: Sequence[Locale]
) -> dict[tuple[int, int], PageTranslationState]:
    pages = {task.source_id for task in tasks}
    rows = PageTranslationState.objects.filter(source__in=pages, locale__in=locales)
    return {(row.source_id, row.locale_id): row for row in rows}


def _row(item: Any, state: PageTranslationState | None, codes: Mapping[int, str]) -> Row:
    task = item if isinstance(item, TranslationTask) else None
    target = state.target_id if state else None
    return Row(
        title=item.source.get_admin_display_title(),
        language=by_code(codes[item.locale_id]),
        url=reverse("wagtailadmin_pages:edit", args=[target]) if target else "",
        state=state,
        task=task,
        visits=getattr(item, "visits", 0),
    )


def _address(name: str, locales: Sequence[Locale]) -> str:
    language = f"&language={locales[0].language_code}" if len(locales) == 1 else ""
    if name in _OF_STATES:
        order = "&ordering=-visits" if name == "missing" else ""
        return f"{reverse('translations_coverage_pages')}?state={name}{language}{order}"
    return f"{reverse('translations_tasks')}?heap={name}{language}"
