import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, get_page_models

from cases.models import CaseIndexPage, CasePage
from cms.languages import CODES
from cms.pages import BasePage
from news.models import NewsIndexPage, NewsPage
from search.documents import PageDocument, build_document, build_documents
from search.visibility import is_searchable, searchable_models, searchable_pages
from tests.search.pages import make_page, paragraph, publish, translate

pytestmark = pytest.mark.django_db


def make_case(home, **fields) -> CasePage:
    index = CaseIndexPage(title="Cases", slug="cases", locale=home.locale)
    home.add_child(instance=index)
    fields = {
        "title": "Clean rivers of Suwon",
        "slug": "suwon",
        "summary": "How a city opened its rivers.",
        "country": "KR",
        "city": "Suwon",
        "challenge": "<p>Rivers &amp; floods.</p>",
        "actions": paragraph("Opened <b>the river</b>."),
    } | fields
    case = CasePage(locale=home.locale, live=False, **fields)
    index.add_child(instance=case)
    return publish(case)


def test_document_holds_what_visitors_see(homes):
    page = make_page(
        homes["en"], "Clean rivers", "Otters <b>came</b> back &amp; stayed.", slug="rivers", summary="In short."
    )
    assert build_document(page) == PageDocument(
        page_id=page.pk,
        language="en",
        translation_key=str(page.translation_key),
        languages=("en",),
        kind="page",
        url="/en/rivers/",
        title="Clean rivers",
        summary="In short.",
        body="Otters came back & stayed.",
        names=("Clean rivers",),
    )


def test_document_of_a_case_has_its_place_in_every_language(homes):
    case = make_case(homes["en"])
    document = build_document(case)
    assert (document.kind, document.country, document.url) == ("case", "KR", "/en/cases/suwon/")
    assert document.important == "Suwon"
    assert "Rivers & floods." in document.body
    assert "Opened the river." in document.body
    assert document.names[:2] == ("Clean rivers of Suwon", "Suwon")
    assert {"South Korea", "南韓", "대한민국", "韓国", "韩国"} <= set(document.names)


def test_documents_of_translations_name_each_other(homes):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    translation = translate(page, homes["ko"], "맑은 하천")
    draft = translate(page, homes["ja"], "きれいな川", live=False)
    documents = build_documents([page.pk, translation.pk, draft.pk])
    assert sorted(documents) == [page.pk, translation.pk]
    for document in documents.values():
        assert document.languages == ("en", "ko")
        assert document.names == ("Clean rivers", "맑은 하천")
    assert documents[translation.pk].language == "ko"


def test_date_of_news_is_known(homes):
    index = NewsIndexPage(title="News", slug="news", locale=homes["en"].locale)
    homes["en"].add_child(instance=index)
    news = NewsPage(
        title="Rivers", slug="n", date=datetime.date(2027, 5, 1), body=paragraph("Text"), locale=index.locale
    )
    index.add_child(instance=news)
    assert build_document(news).date == datetime.date(2027, 5, 1)


def test_text_that_engines_refuse_is_dropped(homes):
    page = make_page(homes["en"], "Clean\ue000 rivers\ue001", "Otters\ue001 came.", slug="rivers")
    document = build_document(page)
    assert (document.title, document.body) == ("Clean rivers", "Otters came.")


def test_digest_differs_when_anything_differs(homes):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    before = build_document(page).digest
    assert build_document(page).digest == before
    page.summary = "In short."
    publish(page)
    assert build_document(page).digest != before


def test_every_page_type_is_searchable():
    assert set(searchable_models()) == {model for model in get_page_models() if issubclass(model, BasePage)}


def test_what_visitors_may_not_see_is_not_searchable(homes):
    seen = make_page(homes["en"], "Seen", slug="seen")
    draft = make_page(homes["en"], "Draft", slug="draft", live=False)
    private = make_page(homes["en"], "Private", slug="private")
    below = make_page(private, "Below", slug="below")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.PASSWORD, password="x")
    expired = make_page(homes["en"], "Expired", slug="expired")
    type(expired).objects.filter(pk=expired.pk).update(expire_at=timezone.now() - datetime.timedelta(seconds=1))
    alias = seen.create_alias(parent=homes["ko"], update_slug="alias", update_locale=homes["ko"].locale)
    stray = (
        homes["en"]
        .get_parent()
        .add_child(instance=type(homes["en"])(title="Stray", slug="stray", motto="x", locale=homes["en"].locale))
    )
    hidden = (draft, private, below, expired, alias, stray)
    assert [is_searchable(page) for page in hidden] == [False] * len(hidden)
    assert is_searchable(seen)
    assert set(searchable_pages().values_list("pk", flat=True)) == {seen.pk, *(homes[code].pk for code in CODES)}


def test_documents_cost_the_same_queries_for_one_page_and_for_three(homes):
    pages = [make_page(homes["en"], "Rivers", slug=f"rivers-{number}") for number in range(3)]
    build_documents([pages[0].pk])
    with CaptureQueriesContext(connection) as one:
        build_documents([pages[0].pk])
    with CaptureQueriesContext(connection) as three:
        build_documents([page.pk for page in pages])
    assert len(three) == len(one)


def test_document_of_a_case_has_its_town_s_other_names(homes):
    document = build_document(make_case(homes["en"]))
    assert {"수원", "水原", "Suigen"} <= set(document.towns)
    assert not {"수원", "Suigen"} & set(document.names)
    assert build_document(make_page(homes["en"], "Suwon", slug="s")).towns == ()
