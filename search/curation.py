"""Pages that the network recommends for certain questions: shown above the results, from the moment they are saved."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from wagtail.models import Page

from cms.versioned import Versioned
from search.backends.base import Hit, SearchRequest
from search.documents import PageDocument, build_groups
from search.models import Promotion
from search.models.curation import question_key
from search.snippets import plain

# More would push what was found off the screen.
MOST = 3


@dataclass(frozen=True)
class Recommendation:
    """A promotion with the row that is shown for it, ready to be shown without a look at the database."""

    promotion_id: int
    hit: Hit
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    expires_at: datetime.datetime | None

    def is_current(self, now: datetime.datetime) -> bool:
        """Whether the day is one of its days, and the page has not expired."""
        day = timezone.localdate(now)
        begun = self.starts_on is None or self.starts_on <= day
        over = self.ends_on is not None and self.ends_on < day
        return begun and not over and (self.expires_at is None or self.expires_at > now)


Recommendations = Mapping[tuple[str, str], Sequence[Recommendation]]


def promotions(request: SearchRequest) -> tuple[Hit, ...]:
    """Return the rows to show above the results: recommended for exactly this question, to readers of this language.

    At most MOST, on the first page of unfiltered results. No SQL in a warm process.
    """
    if request.page > 1 or request.elsewhere or request.filters:
        return ()
    found = _recommended.get().get((request.language, question_key(request.query)), ())
    now = timezone.now()
    pages = {row.hit.page_id: row.hit for row in found if row.is_current(now)}
    return tuple(pages.values())[:MOST]


def shown_promotions() -> frozenset[int]:
    """Return the ids of the promotions that visitors can see today."""
    now = timezone.now()
    return frozenset(row.promotion_id for rows in _recommended.get().values() for row in rows if row.is_current(now))


def promotions_changed() -> None:
    """Have every process read the recommendations again: one was saved, or a page may no longer be what it was."""
    _recommended.changed()


def read_recommendations() -> Recommendations:
    """Return (language, question) -> recommendations in order, of those pages that visitors may find.

    A constant number of queries for each type of page.
    """
    rows = list(Promotion.objects.select_related("page").order_by("sort_order", "pk"))
    documents: dict[str, dict[str, PageDocument]] = defaultdict(dict)
    for document in build_groups({row.page.translation_key for row in rows}).values():
        documents[document.translation_key][document.language] = document
    found: dict[tuple[str, str], list[Recommendation]] = defaultdict(list)
    for row in rows:
        versions = documents[str(row.page.translation_key)]
        shown = versions.get(row.language) or _itself(row.page, versions)
        if shown:
            recommendation = _recommendation(row, shown)
            for key in {question_key(question) for question in row.questions}:
                found[row.language, key].append(recommendation)
    return found


def _itself(page: Page, versions: Mapping[str, PageDocument]) -> PageDocument | None:
    return next((document for document in versions.values() if document.page_id == page.pk), None)


def _recommendation(row: Promotion, document: PageDocument) -> Recommendation:
    hit = as_hit(document, row.text)
    return Recommendation(row.pk, hit, row.starts_on, row.ends_on, document.expires_at)


def as_hit(document: PageDocument, text: str = "") -> Hit:
    """Return the row that shows a page nobody searched for, with ``text`` in place of its summary."""
    return Hit(
        page_id=document.page_id,
        language=document.language,
        translation_key=document.translation_key,
        kind=document.kind,
        url=document.url,
        title=plain(document.title),
        snippet=plain(text or document.summary),
        country=document.country,
        date=document.date,
        starts_at=document.starts_at,
        ends_at=document.ends_at,
        deadlines=document.deadlines,
        languages=document.languages,
    )


_recommended: Versioned[Recommendations] = Versioned("search-promotions", read_recommendations)
