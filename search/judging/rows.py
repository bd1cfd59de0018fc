"""What is shown to be judged: the rows that readers see, and pages judged before that are not among them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from wagtail.models import Page

from search.answering import answer
from search.backends.base import Hit, SearchRequest
from search.curation import as_hit
from search.documents import PageDocument, build_groups
from search.folding import written_in
from search.judged import question
from search.models import Judgement
from search.results import Result


@dataclass(frozen=True)
class Row:
    """A page to be judged: ``judged`` is what the database has of it, ``chosen`` the grade in the form, empty for none.

    ``result`` is the page as readers see it, None for one that they cannot find now: then ``title`` says which it is.
    """

    key: UUID
    judged: Judgement | None
    chosen: str
    result: Result | None = None
    title: str = ""

    @property
    def name(self) -> str:
        """The page, in names of fields."""
        return self.key.hex

    @property
    def kept(self) -> str:
        """The grade in the database, empty for none."""
        return str(self.judged.grade) if self.judged else ""


@dataclass
class Rows:
    """The first page of results in its two parts, and ``missing``: what was judged and is not on it.

    ``unavailable``: nobody could be asked. ``standby``: not the engine answered. ``instead``: nothing was found, and
    these rows answer another question.
    """

    own: list[Row] = field(default_factory=list)
    other: list[Row] = field(default_factory=list)
    missing: list[Row] = field(default_factory=list)
    unavailable: bool = False
    standby: bool = False
    instead: str = ""


def rows_to_judge(language: str, query: str, kept: Mapping[UUID, Judgement], chosen: Mapping[UUID, str]) -> Rows:
    """Ask the query as a reader of the language does, and return what to judge.

    ``kept`` is what the database has, ``chosen`` what was chosen since and is not saved. The engine is given a
    visitor's time. SQL only for pages that are not found: a constant number of queries for each type of page.
    """
    asked = question(language, query)
    answered = answer(asked)
    rows = Rows(unavailable=answered.results is None, standby=answered.standby)

    def row(key: UUID, result: Result | None = None, title: str = "") -> Row:
        shown = Row(key, kept.get(key), "", result, title)
        return replace(shown, chosen=chosen.get(key, shown.kept))

    seen: set[UUID] = set()
    if answered.results is not None:
        rows.instead = written_in(answered.results.instead, language)
        for part, hits in ((rows.own, answered.results.own.hits), (rows.other, answered.results.other.hits)):
            for hit in hits:
                key = UUID(hit.translation_key)
                if key not in seen:
                    seen.add(key)
                    part.append(row(key, Result(hit, language)))
    left = [key for key in dict.fromkeys((*kept, *chosen)) if key not in seen]
    hits_left, titles = _described(left, asked)
    for key in left:
        if key in hits_left:
            rows.missing.append(row(key, Result(hits_left[key], language)))
        elif key in titles:
            rows.missing.append(row(key, title=titles[key]))
    return rows


def _described(keys: Iterable[UUID], asked: SearchRequest) -> tuple[dict[UUID, Hit], dict[UUID, str]]:
    """Return the rows of those pages that readers can find, in their language if possible, and titles of the others.

    Deleted pages are in neither.
    """
    wanted = set(keys)
    if not wanted:
        return {}, {}
    order = (asked.language, *asked.others)
    documents: dict[UUID, PageDocument] = {}
    for document in sorted(build_groups(wanted).values(), key=lambda each: order.index(each.language)):
        documents.setdefault(UUID(document.translation_key), document)
    pages = Page.objects.filter(translation_key__in=wanted - set(documents)).order_by("-locale_id")
    titles = dict(pages.values_list("translation_key", "title")) if wanted - set(documents) else {}
    return {key: as_hit(document) for key, document in documents.items()}, titles
