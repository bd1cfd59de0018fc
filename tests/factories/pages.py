"""One builder for each page type: every field filled, children included, published through a revision."""

import datetime
import itertools
import uuid
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cases.models import CaseIndexPage, CaseIndicator, CasePage, CasePicture, CaseSource
from cms.models import PageAttachment, PageTheme, Theme
from events.models import (
    EventIndexPage,
    SeminarPage,
    SeminarSpeaker,
    SessionPage,
    SessionSpeaker,
    SummitPage,
    SummitPartner,
)
from home.models import FeaturedCase, HomePage, HomeRole, StandardPage
from news.models import NewsIndexPage, NewsPage
from partners.models import KeyFigure, MemberDirectoryPage, Office, PartnerIndexPage, PartnerPage
from research.models import CallDeadline, CallIssuer, CallPage, ResearchIndexPage
from tests.factories.files import make_document, make_image
from tests.factories.words import WORDS, Words

_number = itertools.count(1)


def publish(parent: Page, page: Page) -> Any:
    """Add ``page`` under ``parent`` in the parent's language and publish it as an editor does; return it."""
    page.locale = parent.locale
    page.slug = page.slug or f"page-{next(_number)}"
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def story(words: Words) -> list[dict[str, Any]]:
    """Return a StreamField value with text blocks, each with an id."""
    blocks = [
        ("heading", words.title),
        ("paragraph", f"<p>{words.sentence}</p><ul><li>{words.title}</li></ul>"),
        ("quote", {"text": words.sentence, "name": "N. N.", "role": ""}),
        ("milestone", {"when": "2012", "title": words.title, "text": f"<p>{words.sentence}</p>"}),
    ]
    return [{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in blocks]


def story_form_data(name: str, words: Words) -> dict[str, str]:
    """Return ``story(words)`` as an editor's browser sends it for the StreamField ``name``."""
    rich = rich_text(f"<p>{words.sentence}</p>")
    blocks = [
        ("heading", words.title),
        ("paragraph", rich),
        ("quote", {"text": words.sentence, "name": "N. N.", "role": ""}),
        ("milestone", {"when": "2012", "title": words.title, "text": rich}),
    ]
    return nested_form_data({name: streamfield(blocks)})


def common(words: Words, **values: Any) -> dict[str, Any]:
    """Return the fields that every page has, with ``values`` over them."""
    return {"title": words.title, "summary": words.sentence, "cover_alt": words.title, **values}


def words_of(parent: Page) -> Words:
    """Return the words in the language of ``parent``."""
    return WORDS[parent.locale.language_code]


def make_theme(slug: str = "water") -> Theme:
    """Return the theme ``slug``, made if it is missing."""
    names = {f"name_{code}": slug for code in ("en", "zh_hant", "ko", "ja", "zh_hans")}
    return Theme.objects.get_or_create(slug=slug, defaults=names)[0]


def make_home(root: Page, **values: Any) -> HomePage:
    """Return a home page with its three roles."""
    words = WORDS[values.pop("language_code", "en")]
    page = HomePage(**common(words, motto=words.title, body=story(words), **values))
    page.roles = [HomeRole(title=words.title, text=words.sentence) for _ in range(3)]
    return publish(root, page)


def make_standard_page(parent: Page, **values: Any) -> StandardPage:
    """Return a page about the network."""
    words = words_of(parent)
    return publish(parent, StandardPage(**common(words, body=story(words), **values)))


def make_partner(parent: Page, **values: Any) -> PartnerPage:
    """Return the profile of a member city."""
    words = words_of(parent)
    defaults = {
        "short_name": "EDC",
        "country": "KR",
        "city": words.title,
        "latitude": "37.26360",
        "longitude": "127.02860",
        "founded": 1949,
        "website": "https://city.example/",
        "body": story(words),
        "contact_name": words.title,
        "contact_email": "office@city.example",
        "member_since": 2013,
        "tier": "large",
        "population": 1_194_000,
        "population_year": 2014,
    }
    page = PartnerPage(**common(words, **{**defaults, **values}))
    page.key_figures = [KeyFigure(value="75", unit="%", label=words.title, year=2014)]
    page.offices = [Office(name=words.title, city=words.title, country="KR", since=2012)]
    return publish(parent, page)


def make_case(parent: Page, partner: PartnerPage | None = None, **values: Any) -> CasePage:
    """Return a model-city case with indicators, picture, source, document and study visit."""
    words = words_of(parent)
    rich = f"<p>{words.sentence}</p>"
    defaults = {
        "partner": partner,
        "country": "KR",
        "city": words.title,
        "latitude": "37.26360",
        "longitude": "127.02860",
        "population": 1_194_000,
        "population_year": 2014,
        "goals": ["6", "11"],
        "started": 2009,
        "status": "under_way",
        "challenge": rich,
        "objectives": rich,
        "actions": story(words),
        "results": rich,
        "cost_amount": "1250000",
        "cost_currency": "EUR",
        "funding": rich,
        "lessons": rich,
        "transferability": rich,
        "visit_offered": True,
        "visit_shown": rich,
        "visit_languages": ["en", "ko"],
        "visit_group_min": 5,
        "visit_group_max": 25,
        "visit_seasons": ["spring", "autumn"],
        "contact_name": words.title,
        "cover": make_image(),
    }
    page = CasePage(**common(words, **{**defaults, **values}))
    page.indicators = [
        CaseIndicator(label=words.title, baseline="10", baseline_year=2009, value="42", unit="%", year=2014)
    ]
    page.gallery = [CasePicture(image=make_image(), alt_text=words.title, caption=words.sentence)]
    page.sources = [CaseSource(title="Report", publisher="City", year=2014, url="https://city.example/report")]
    page.page_themes = [PageTheme(theme=make_theme())]
    page.attachments = [PageAttachment(document=make_document(), title=words.title)]
    return publish(parent, page)


def make_summit(parent: Page, partner: PartnerPage | None = None, **values: Any) -> SummitPage:
    """Return a summit that was held, with an outcome and, if ``partner`` is given, its host."""
    words = words_of(parent)
    rich = f"<p>{words.sentence}</p>"
    defaults = {
        "start_date": datetime.date(2014, 10, 12),
        "end_date": datetime.date(2014, 10, 14),
        "time_zone": "Asia/Seoul",
        "status": "held",
        "venue": words.title,
        "country": "KR",
        "city": words.title,
        "theme": words.title,
        "body": story(words),
        "declaration": rich,
        "declaration_document": make_document("Declaration"),
        "report": make_document("Report"),
        "outcome": rich,
        "participants": 300,
        "participants_note": words.title,
    }
    page = SummitPage(**common(words, **{**defaults, **values}))
    if partner:
        page.summit_partners = [SummitPartner(partner=partner, role="host")]
    return publish(parent, page)


def make_session(parent: Page, **values: Any) -> SessionPage:
    """Return a session on the summit's first day."""
    words = words_of(parent)
    defaults = {
        "kind": "panel",
        "date": parent.specific.start_date,
        "start_time": datetime.time(9, 30),
        "end_time": datetime.time(11, 0),
        "room": words.title,
        "languages": ["en"],
        "interpretation": ["ko", "ja"],
        "body": story(words),
        "recording_url": "https://video.example/1",
    }
    page = SessionPage(**common(words, **{**defaults, **values}))
    page.speakers = [SessionSpeaker(name="N. N.", role="moderator", position=words.title, affiliation=words.title)]
    page.attachments = [PageAttachment(document=make_document(), title=words.title)]
    return publish(parent, page)


def make_seminar(parent: Page, **values: Any) -> SeminarPage:
    """Return a seminar that takes place in ten days."""
    words = words_of(parent)
    defaults = {
        "date": timezone.localdate() + datetime.timedelta(days=10),
        "start_time": datetime.time(15, 0),
        "end_time": datetime.time(16, 30),
        "time_zone": "Asia/Tokyo",
        "platform": "Video service",
        "join_url": "https://video.example/join",
        "languages": ["en", "ja"],
        "body": story(words),
    }
    page = SeminarPage(**common(words, **{**defaults, **values}))
    page.speakers = [SeminarSpeaker(name="N. N.", position=words.title, affiliation=words.title)]
    return publish(parent, page)


def make_call(parent: Page, partner: PartnerPage | None = None, **values: Any) -> CallPage:
    """Return a call that is open for another month."""
    words = words_of(parent)
    rich = f"<p>{words.sentence}</p>"
    today = timezone.localdate()
    deadlines = values.pop("deadlines", [today + datetime.timedelta(days=30)])
    defaults = {
        "reference": "TEST-2026-01",
        "opening_date": today - datetime.timedelta(days=10),
        "opening_zone": "Asia/Seoul",
        "description": rich,
        "eligibility": rich,
        "expected": rich,
        "funding_amount": "40000",
        "funding_currency": "EUR",
        "funding": rich,
        "duration_months": 18,
        "results": rich,
        "application_url": "https://apply.example/",
        "contact_name": words.title,
    }
    page = CallPage(**common(words, **{**defaults, **values}))
    page.deadlines = [CallDeadline(label=words.title, date=date, zone="Asia/Seoul") for date in deadlines]
    page.page_themes = [PageTheme(theme=make_theme())]
    if partner:
        page.issuers = [CallIssuer(partner=partner)]
    return publish(parent, page)


def make_news(parent: Page, **values: Any) -> NewsPage:
    """Return a news item of today."""
    words = words_of(parent)
    return publish(parent, NewsPage(**common(words, body=story(words), cover=make_image(), **values)))


def index_builder(model: type[Page]) -> Callable[..., Any]:
    """Return a builder for an index page type."""

    def make_index(parent: Page, **values: Any) -> Any:
        return publish(parent, model(**common(words_of(parent), **values)))

    return make_index


make_partner_index = index_builder(PartnerIndexPage)
make_member_directory = index_builder(MemberDirectoryPage)
make_case_index = index_builder(CaseIndexPage)
make_event_index = index_builder(EventIndexPage)
make_research_index = index_builder(ResearchIndexPage)
make_news_index = index_builder(NewsIndexPage)


def feature_case(home: HomePage, case: CasePage) -> None:
    """Show ``case`` on the home page."""
    FeaturedCase.objects.create(page=home, case=case)
