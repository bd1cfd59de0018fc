"""Loads the demonstration network: the way editors and translators write, page by page, and again without harm.

what is where in the tree     PLAN
entry -> page                 building.py, story.py
entry -> translations         pairing.py, coverage.py, translations.catalog
glossary, what search adds    curation.py
searches of a month           search_log.py
queries that were judged      judged.py
visits of three months        visits.py
translators' desks            desk.py
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from wagtail.models import Page
from wagtail_localize.models import StringTranslation
from wagtail_localize.strings import StringValue

from cases.models import CaseIndexPage, CasePage
from demo.accounts import EDITOR, find_user, make_accounts
from demo.building import Builder
from demo.coverage import TARGETS, Coverage, Extent, read_coverage
from demo.curation import load_curation, load_glossary
from demo.derived import brought_up_to_date, derived_later
from demo.desk import load_desk
from demo.files import make_files
from demo.judged import load_judged
from demo.pairing import half, text_pairs
from demo.search_log import load_searches
from demo.texts import SOURCE, as_html, read
from demo.visits import load_visits
from events.models import EventIndexPage, SeminarPage, SessionPage, SummitPage
from home.bootstrap import bootstrap_site
from home.bootstrap.words import WORDS
from home.models import HomePage, StandardPage
from news.models import NewsIndexPage, NewsPage
from partners.models import PartnerIndexPage, PartnerPage
from research.models import CallPage, ResearchIndexPage
from search import indexing
from translations.catalog import translate_page

Report = Callable[[str], None]

# File, type of its pages, type of the page above them. Pages that others point at come first.
PLAN: tuple[tuple[str, type[Page], type[Page]], ...] = (
    ("about.yaml", StandardPage, HomePage),
    ("partners.yaml", PartnerPage, PartnerIndexPage),
    ("cases.yaml", CasePage, CaseIndexPage),
    ("summit-2014.yaml", SummitPage, EventIndexPage),
    ("summit-coming.yaml", SummitPage, EventIndexPage),
    ("seminars.yaml", SeminarPage, EventIndexPage),
    ("calls.yaml", CallPage, ResearchIndexPage),
    ("news.yaml", NewsPage, NewsIndexPage),
)
# What bootstrap_site says of its pages until somebody writes more.
FIRST_SUMMARIES = frozenset(words["summary"][SOURCE] for words in WORDS.values())


@dataclass
class Loaded:
    """How much a run added."""

    pages: int = 0
    translations: int = 0


def load(
    *,
    today: datetime.date,
    accounts: bool,
    languages: Sequence[str] = TARGETS,
    report: Report = lambda line: None,
) -> Loaded:
    """Load what is missing of the demonstration, with dates relative to ``today``; return how much it was.

    With ``accounts``, makes the accounts with the common password, and writes in their names. ``languages`` are those
    to translate into.

    Pages that exist are left as they are, whatever became of them; so are translations that were begun. Each page is
    added with its translations in one transaction, so that an interrupted load is completed by the next.
    """
    bootstrap_site()
    if accounts:
        make_accounts()
    loader = _Loader(today, languages)
    report(f"{make_files()} pictures and documents")
    with indexing.together(), derived_later():
        for name, entries in loader.steps():
            pages, translations = loader.loaded.pages, loader.loaded.translations
            for step in entries:
                with transaction.atomic():
                    loader.take(step)
            pages, translations = loader.loaded.pages - pages, loader.loaded.translations - translations
            report(f"{name}: {pages} pages, {translations} translations")
    report(f"{load_glossary()} glossary terms")
    report(f"{load_curation(loader.find_page)} synonym groups and recommended pages")
    report(f"{load_searches()} searches of visitors, made up")
    report(f"{load_judged()} judged queries")
    report(f"{load_visits()} visits of pages, made up")
    report(f"{load_desk(loader.find_page, today)} translations requested")
    return loader.loaded


@dataclass(frozen=True)
class _Step:
    """One entry to be loaded as a page of ``model`` below the page ``parent`` returns."""

    model: type[Page]
    parent: Callable[[], Page]
    entry: dict[str, Any]
    translations: dict[str, dict[str, Any]]


class _Loader:
    """One run: what it reads, and what it added so far."""

    def __init__(self, today: datetime.date, languages: Sequence[str]):
        self.builder = Builder(today=today, find_page=self.find_page)
        self.coverage: Coverage = read_coverage()
        self.languages = languages
        self.editor = find_user(EDITOR)
        self.translators = {code: find_user(f"translator-{code}") for code in languages}
        self.loaded = Loaded()

    def steps(self) -> Iterator[tuple[str, list[_Step]]]:
        """Yield (file, its steps): first the lists, then what they list, the home page last."""
        sections = _entries("sections.yaml")
        yield (
            "sections.yaml",
            [_Step(apps.get_model(entry["page"]), self.home, entry, others) for entry, others in sections],
        )
        for name, model, parent_model in PLAN:
            steps = []
            for entry, others in _entries(name):
                steps.append(_Step(model, self._parent_finder(entry, parent_model), entry, others))
                steps += self._session_steps(entry, others)
            yield name, steps
        yield "home.yaml", [_Step(HomePage, self.home, entry, others) for entry, others in _entries("home.yaml")]

    def take(self, step: _Step) -> None:
        """Load one entry: its page if it does not exist, and the translations that were not begun."""
        page, is_new = self._page(step)
        if page is None:
            return
        translations = self.loaded.translations
        done = set() if is_new else set(_begun(page))
        for code in self.languages:
            if code not in done and code in step.translations:
                self._translate(step, page, code)
        if is_new and page.slug in self.coverage.outdated:
            self._outdate(page)
        if is_new or self.loaded.translations > translations:
            brought_up_to_date(page)

    def home(self) -> Page:
        """Return the English home page."""
        return HomePage.objects.get(locale__language_code=SOURCE, sites_rooted_here__isnull=False)

    def find_page(self, slug: str) -> Page:
        """Return the English page with this slug; sessions are not found. Raises DoesNotExist."""
        return Page.objects.not_type(SessionPage).get(locale__language_code=SOURCE, slug=slug)

    def _parent_finder(self, entry: dict[str, Any], model: type[Page]) -> Callable[[], Page]:
        if "parent" in entry:
            return lambda: self.find_page(entry["parent"])
        return self.home if model is HomePage else lambda: model.objects.get(locale__language_code=SOURCE)

    def _session_steps(self, summit: dict[str, Any], others: dict[str, dict[str, Any]]) -> list[_Step]:
        return [
            _Step(
                SessionPage,
                lambda: self.find_page(summit["slug"]),
                self._dated(summit, session),
                {code: other["sessions"][number] for code, other in others.items() if "sessions" in other},
            )
            for number, session in enumerate(summit.get("sessions", []))
        ]

    def _dated(self, summit: dict[str, Any], session: dict[str, Any]) -> dict[str, Any]:
        first = self.builder.on_day(summit["start_date"])
        return {**session, "date": first + datetime.timedelta(days=session["day"] - 1)}

    def _page(self, step: _Step) -> tuple[Page | None, bool]:
        """Return the page of an entry, and whether this run wrote it; (None, False) where its parent was deleted."""
        parent = step.parent()
        if issubclass(step.model, HomePage):
            existing: Page | None = parent.specific
        elif "page" in step.entry:
            existing = step.model.objects.filter(locale__language_code=SOURCE).first()
            if existing is None:
                return None, False
        else:
            existing = step.model.objects.child_of(parent).filter(slug=step.entry["slug"]).first()
        if existing and not _is_as_made(existing):
            return existing, False
        page = self.builder.fill(existing or step.model(locale=parent.locale, live=False), self._complete(step.entry))
        if existing is None:
            parent.add_child(instance=page)
        page.save_revision(user=self.editor).publish(user=self.editor)
        self.loaded.pages += 1
        return step.model.objects.get(pk=page.pk), True

    def _complete(self, entry: dict[str, Any]) -> dict[str, Any]:
        if "days" not in entry:
            return entry
        first = self.builder.on_day(entry["start_date"])
        return {**entry, "end_date": first + datetime.timedelta(days=entry["days"] - 1)}

    def _translate(self, step: _Step, page: Page, code: str) -> None:
        extent = self.coverage.extent(page.slug, code)
        if extent is Extent.NONE:
            return
        pairs = text_pairs(step.model, step.entry, step.translations[code])
        if extent is Extent.HALF:
            pairs = half(pairs)
        if translate_page(page, code, pairs, user=self.translators[code]):
            self.loaded.translations += 1

    def _outdate(self, page: Page) -> None:
        """Publish the English page with one line more, as an editor does who does not think of the translations."""
        change = self.coverage.outdated[page.slug]
        before = getattr(page, change["field"])
        after = before + as_html(change["line"])
        # The new item joins the list that ends there.
        setattr(page, change["field"], after.replace("</ul><ul>", ""))
        page.save_revision(user=self.editor, changed=True).publish(user=self.editor)


def _entries(name: str) -> Iterator[tuple[dict[str, Any], dict[str, dict[str, Any]]]]:
    """Yield each entry of an English file with its translations by language; entries are matched by slug."""
    translated = {code: {entry["slug"]: entry for entry in _as_list(read(code, name))} for code in TARGETS}
    for entry in _as_list(read(SOURCE, name)):
        yield entry, {code: found[entry["slug"]] for code, found in translated.items() if entry["slug"] in found}


def _as_list(content: Any) -> list[dict[str, Any]]:
    return content if isinstance(content, list) else [content] if content else []


def _is_as_made(page: Page) -> bool:
    """Whether a page still has the first words of bootstrap_site, and nobody has written in it."""
    return page.summary in FIRST_SUMMARIES and not page.revisions.filter(user__isnull=False).exists()


def _begun(page: Page) -> Iterator[str]:
    """Yield the languages into which a person or an earlier load translated; what bootstrap_site wrote does not count.

    Where a load writes in nobody's name, it is known by the summary, which bootstrap_site words otherwise.
    """
    summary = StringValue.from_plaintext(page.summary).data
    ours = Q(last_translated_by__isnull=False) | Q(context__path="summary", translation_of__data=summary)
    strings = StringTranslation.objects.filter(ours, context__object_id=page.translation_key)
    yield from strings.values_list("locale__language_code", flat=True).distinct()
