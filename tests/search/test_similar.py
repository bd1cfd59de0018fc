import logging
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, override
from wagtail.models import PageViewRestriction

from cms.languages import CODES
from search import similar
from search.backends import get_backend
from search.backends.base import BackendUnavailableError
from search.similar import similar_pages
from tests.search.pages import commit, make_page, publish, translate, withdraw

OTTERS = "Otters came back to the restored stream."


def names_in(response):
    """Return (tag's lang, address, title) of each page that the foot of the page names."""
    text = response.content.decode()
    if 'id="similar-pages"' not in text:
        return []
    foot = text.split('id="similar-pages"')[1].split("</section>")[0]
    rows = re.findall(r'<h3 class="card__title"( lang="[^"]*")?><a [^>]*href="([^"]*)"[^>]*>([^<]*)</a>', foot)
    return [(lang.strip(), address, title.strip()) for lang, address, title in rows]


@pytest.fixture
def stream(homes):
    """A page, and one that speaks of the same."""
    page = make_page(homes["en"], "Otters of the stream", OTTERS, slug="otters")
    like = make_page(homes["en"], "A stream restored", OTTERS, slug="restored")
    make_page(homes["en"], "Budget of the secretariat", "Figures for the year.", slug="budget")
    commit()
    return page, like


def fail(asked, error):
    asked.append(error)
    raise error


def test_page_names_pages_like_it(stream, client):
    page, like = stream
    assert names_in(client.get(page.url)) == [("", like.url, "A stream restored")]


def test_pages_of_own_language_come_first_and_others_say_which(stream, homes, client):
    page, like = stream
    translate(page, homes["ko"], "개울의 수달")
    make_page(homes["ko"], "Otters of the stream 수달", slug="only-korean")
    commit()
    response = client.get(page.url)
    assert [(lang, title) for lang, _, title in names_in(response)] == [
        ("", like.title), ('lang="ko"', "Otters of the stream 수달")
    ]  # fmt: skip
    assert "in Korean" in response.content.decode().split('id="similar-pages"')[1]


def test_home_page_and_pages_about_nothing_name_none(stream, homes, client):
    make_page(homes["en"], "Qqqq", slug="nothing")
    commit()
    assert names_in(client.get(homes["en"].url)) == []
    assert names_in(client.get(homes["en"].url + "nothing/")) == []


@pytest.mark.parametrize("hide", ["draft", "private", "deleted", "unpublished"])
def test_page_that_visitors_may_not_find_is_not_named(stream, homes, client, hide):
    page, like = stream
    if hide == "draft":
        like.unpublish()
        like.title = "Otters, a draft"
        like.save_revision()
    else:
        withdraw(like, hide)
    commit()
    assert names_in(client.get(page.url)) == []


def test_private_page_names_none_to_those_who_must_log_in_first(stream, client):
    page, _ = stream
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="secret")
    commit()
    response = client.get(page.url)
    assert "A stream restored" not in response.content.decode()


def test_answer_is_kept_and_asked_anew_when_the_page_is_published(stream, monkeypatch):
    page, like = stream
    asked = []
    real = get_backend().similar
    monkeypatch.setattr(get_backend(), "similar", lambda *args, **kwargs: (asked.append(args), real(*args))[1])
    assert [hit.page_id for hit in similar_pages(page)] == [like.pk]
    assert [hit.page_id for hit in similar_pages(page)] == [like.pk]
    assert len(asked) == 1
    similar_pages(publish(page))
    assert len(asked) == 2


@pytest.mark.parametrize("way", ["unpublished", "private", "deleted"])
@pytest.mark.parametrize("is_written", [True, False])
def test_page_withdrawn_while_the_answer_is_kept_is_not_named(stream, client, monkeypatch, way, is_written):
    page, like = stream
    assert len(names_in(client.get(page.url))) == 1
    if not is_written:
        # The engine is behind, and would still name it to those whose answer is not kept.
        monkeypatch.setattr(get_backend(), "apply", lambda *args, **kwargs: fail([], BackendUnavailableError("gone")))
    withdraw(like, way)
    commit()
    assert names_in(client.get(page.url)) == []
    cache.clear()
    assert names_in(client.get(page.url)) == []


def test_page_that_is_public_again_is_named_again(stream, client):
    page, like = stream
    restriction = PageViewRestriction.objects.create(page=like, restriction_type="login")
    commit()
    assert names_in(client.get(page.url)) == []
    restriction.delete()
    commit()
    cache.clear()
    assert len(names_in(client.get(page.url))) == 1


def test_page_costs_no_sql_for_it_in_a_warm_process(stream):
    page, _ = stream
    similar_pages(page)
    # Read with every page that is served.
    assert page.language.code == "en"
    with CaptureQueriesContext(connection) as captured:
        assert similar_pages(page)
        assert similar_pages(page)
    assert captured.captured_queries == []


@pytest.mark.parametrize("error", [BackendUnavailableError("gone"), ZeroDivisionError("gone")])
def test_page_is_served_without_where_asking_fails_and_asks_once(stream, client, monkeypatch, caplog, error):
    page, like = stream
    asked = []
    monkeypatch.setattr(get_backend(), "similar", lambda *args: fail(asked, error))
    with caplog.at_level(logging.WARNING, logger="search.similar"):
        for one in (page, like, page):
            response = client.get(one.url)
            assert (response.status_code, names_in(response)) == (200, [])
    assert len(asked) == 1
    assert [record.getMessage() for record in caplog.records if record.name == "search.similar"] == [
        f"Search: pages are shown without similar ones for {similar.PAUSE} seconds: gone"
    ]
    cache.clear()
    monkeypatch.undo()
    assert len(names_in(client.get(page.url))) == 1


@pytest.mark.parametrize("code", CODES)
def test_heading_is_in_the_readers_language(homes, client, code):
    first = make_page(homes[code], "水原水原川 수원천 Suwoncheon", OTTERS, slug="first")
    make_page(homes[code], "水原川の 수원천 Suwoncheon", OTTERS, slug="second")
    commit()
    text = client.get(first.url).content.decode()
    with override(code):
        assert f'id="similar-pages">{gettext("Related pages")}<' in text
