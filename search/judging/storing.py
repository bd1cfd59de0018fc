"""What was judged, in the database; and as files of judged queries have it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from search.backends.base import SearchRequest
from search.forms import clean_query
from search.judged import Judged
from search.judging.names import Names, names_of, pages_named
from search.models import JudgedQuery, Judgement
from search.models.judged import judged_key

# Of pages that visitors may find, in the order in which they are read: (query, its grades by name).
Known = tuple[JudgedQuery, Judged]


def find_judged(language: str, query: str) -> JudgedQuery | None:
    """Return what was judged of the question, however it is written, or None."""
    return JudgedQuery.objects.filter(language=language, key=judged_key(query)).first()


def judgements_of(judged: JudgedQuery | None) -> dict[UUID, Judgement]:
    """Return what was judged of each page, the best first, each with who judged it. One SQL query."""
    rows = judged.judgements.select_related("judged_by").order_by("-grade", "pk") if judged else ()
    return {row.translation_key: row for row in rows}


@transaction.atomic
def save_grades(
    language: str, query: str, grades: Mapping[UUID, int | None], *, user: Any = None
) -> JudgedQuery | None:
    """Keep the grades of pages, by translation key; None takes one back. Pages that are not named keep theirs.

    Doing it twice is doing it once. Returns the query, or None when nothing of it is judged (any more).
    """
    key = judged_key(query)
    given = {page: grade for page, grade in grades.items() if grade is not None}
    if not given and not JudgedQuery.objects.filter(language=language, key=key).exists():
        return None
    # Locked, so that nobody takes the last judgement back and the query with it while another is added.
    judged, _created = JudgedQuery.objects.select_for_update().get_or_create(
        language=language, key=key, defaults={"query": query}
    )
    judged.judgements.filter(translation_key__in=set(grades) - set(given)).delete()
    now = timezone.now()
    Judgement.objects.bulk_create(
        [
            Judgement(query=judged, translation_key=page, grade=grade, judged_at=now, judged_by=user)
            for page, grade in given.items()
        ],
        update_conflicts=True,
        unique_fields=["query", "translation_key"],
        update_fields=["grade", "judged_at", "judged_by"],
    )
    if not judged.judgements.exists():
        judged.delete()
        return None
    if grades:
        # What was measured was measured against other judgements.
        judged.ndcg = judged.measured_at = None
        judged.save(update_fields=["ndcg", "measured_at"])
    return judged


def known_answers(queries: QuerySet[JudgedQuery]) -> Iterator[Known]:
    """Yield each query with the pages that answer it or help, named by their addresses as they are now.

    Left out are pages that visitors cannot find now, deleted ones for instance, and queries of which no page is left.
    A constant number of SQL queries.
    """
    helpful = Judgement.objects.filter(query__in=queries, grade__gt=Judgement.Grade.USELESS).order_by("-grade", "pk")
    names = names_of(helpful.order_by().values("translation_key"))
    grades: dict[int, list[tuple[UUID, int]]] = {}
    for query_id, key, grade in helpful.values_list("query_id", "translation_key", "grade"):
        grades.setdefault(query_id, []).append((key, grade))
    for judged in queries:
        pages: dict[str, int] = {}
        for key, grade in grades.get(judged.pk, ()):
            if key in names:
                # Two pages may have one address in two languages; the better one stands.
                pages.setdefault(_name(names, key, judged.language), grade)
        if pages:
            yield judged, Judged(judged.language, judged.query, pages)


def exported() -> list[Judged]:
    """Return everything that was judged, in the order in which it came, as files have it."""
    return [judged for _query, judged in known_answers(JudgedQuery.objects.order_by("pk"))]


def take_in(queries: Iterable[Judged], *, user: Any = None) -> int:
    """Add those queries of files that are not there, with those of their pages that exist; return how many."""
    known = set(JudgedQuery.objects.values_list("language", "key"))
    asked = [(judged.language, clean_query(judged.query), judged.pages) for judged in queries]
    new = [row for row in asked if judged_key(row[1]) and (row[0], judged_key(row[1])) not in known]
    keys = pages_named({name for _language, _query, pages in new for name in pages})
    added = 0
    for language, query, pages in new:
        grades = {keys[name]: min(grade, max(Judgement.Grade)) for name, grade in pages.items() if name in keys}
        added += save_grades(language, query, grades, user=user) is not None
    return added


def _name(names: Names, key: UUID, language: str) -> str:
    """Return the page's address in the query's language, or in the first that a reader of it is shown."""
    return next(names[key][code] for code in (language, *SearchRequest("", language).others) if code in names[key])
