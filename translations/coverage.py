"""How far the site is in every language: counted by types of page, by language, and over the weeks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone
from wagtail.models import Locale, Page

from cms.languages import Language, by_code
from translations.models import PageTranslationState, StateCount

State = PageTranslationState.State
WEEKS = 12
# From what is good to what is missing, as bars are drawn.
ORDER = (State.UP_TO_DATE, State.IN_REVIEW, State.MACHINE, State.OUTDATED, State.IN_TRANSLATION, State.MISSING)


@dataclass(frozen=True)
class Share:
    """How many of some pages are in a state. ``percent`` is of all of them, for the width of a bar."""

    state: str
    label: str
    pages: int
    percent: float


@dataclass(frozen=True)
class Cell:
    """Some pages in one language."""

    shares: tuple[Share, ...] = ()
    total: int = 0
    texts: int = 0
    translated: int = 0

    @property
    def done(self) -> int:
        """How many are up to date."""
        return next((share.pages for share in self.shares if share.state == State.UP_TO_DATE), 0)

    @property
    def percent(self) -> int:
        """Pages that are up to date, in whole percent, rounded down: 100 means all."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def text_percent(self) -> int:
        """Translated texts, in whole percent, rounded down."""
        return 100 * self.translated // self.texts if self.texts else 0


@dataclass(frozen=True)
class Line:
    """One type of page, or all, in each of some languages."""

    name: str
    cells: tuple[Cell, ...]
    content_type: int | None = None


@dataclass(frozen=True)
class Trend:
    """A language over the weeks: percent of pages that were up to date, None where it was not counted."""

    language: Language
    percents: tuple[int | None, ...]


def matrix(locales: Sequence[Locale], sources: QuerySet[Page] | None = None) -> tuple[Line, list[Line]]:
    """Count pages by type and language; return the line of all pages, and one for each type. One query.

    ``sources`` limits the pages, such as to a section of the site.
    """
    rows = PageTranslationState.objects.filter(locale__in=locales)
    if sources is not None:
        rows = rows.filter(source__in=sources)
    counted = (
        rows.order_by()
        .values_list("source__content_type", "locale", "state")
        .annotate(Count("pk"), Sum("total"), Sum("translated"))
    )
    by_type: dict[int, dict[int, list[tuple[str, int, int, int]]]] = defaultdict(lambda: defaultdict(list))
    for type_id, locale_id, state, pages, texts, translated in counted:
        by_type[type_id][locale_id].append((state, pages, texts or 0, translated or 0))
    lines = [
        Line(_type_name(type_id), tuple(_cell(cells[locale.pk]) for locale in locales), type_id)
        for type_id, cells in by_type.items()
    ]
    everything = tuple(_cell([row for cells in by_type.values() for row in cells[locale.pk]]) for locale in locales)
    return Line("", everything), sorted(lines, key=lambda line: (-max(c.total for c in line.cells), line.name))


@transaction.atomic
def count_today(today: date | None = None) -> int:
    """Keep how many pages are in which state today, in the place of an earlier count of the day; return the rows."""
    today = today or timezone.localdate()
    rows = PageTranslationState.objects.order_by().values_list("locale", "state").annotate(Count("pk"))
    counted = [StateCount(day=today, locale_id=locale, state=state, pages=pages) for locale, state, pages in rows]
    StateCount.objects.filter(day=today).delete()
    StateCount.objects.bulk_create(counted)
    return len(counted)


def weeks(today: date | None = None) -> list[date]:
    """Return the first days of the last weeks, this one included, in order."""
    today = today or timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]


def trend(locales: Sequence[Locale], today: date | None = None) -> list[Trend]:
    """Return what was counted last in each of the last weeks, language by language. One query."""
    begins = weeks(today)
    rows = StateCount.objects.filter(locale__in=locales, day__gte=begins[0]).order_by("day")
    counted: dict[tuple[int, date], dict[str, int]] = defaultdict(dict)
    for row in rows:
        counted[row.locale_id, row.day][row.state] = row.pages
    last: dict[tuple[int, date], Mapping[str, int]] = {}
    for (locale_id, day), pages in sorted(counted.items(), key=lambda item: item[0][1]):
        last[locale_id, day - timedelta(days=day.weekday())] = pages
    return [
        Trend(by_code(locale.language_code), tuple(_percent(last.get((locale.pk, week))) for week in begins))
        for locale in locales
    ]


def _percent(pages: Mapping[str, int] | None) -> int | None:
    total = sum(pages.values()) if pages else 0
    return 100 * (pages or {}).get(State.UP_TO_DATE, 0) // total if total else None


def _cell(rows: Iterable[tuple[str, int, int, int]]) -> Cell:
    pages: dict[str, int] = defaultdict(int)
    texts = translated = 0
    for state, number, of_texts, of_translated in rows:
        pages[state] += number
        texts += of_texts
        translated += of_translated
    total = sum(pages.values())
    shares = tuple(
        Share(state, str(State(state).label), pages[state], 100 * pages[state] / total)
        for state in ORDER
        if pages[state]
    )
    return Cell(shares, total, texts, translated)


def _type_name(type_id: int) -> str:
    model = ContentType.objects.get_for_id(type_id).model_class()
    return str(model._meta.verbose_name) if model else str(type_id)
