"""Links in texts lead to the reader's language, and cost one query however many there are."""

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.models import PageViewRestriction
from wagtail.rich_text import expand_db_html

from cms.rich_text import addresses, forget_links, linked_ids
from tests.factories import pages
from tests.factories.tree import make_homes

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes():
    return make_homes(("en", "ko"))


@pytest.fixture
def target(homes):
    """An English page that has a Korean translation."""
    return pages.make_standard_page(homes["en"], slug="rain")


@pytest.fixture
def korean(homes, target):
    page = pages.StandardPage(title="비", slug="rain", translation_key=target.translation_key, body=[])
    return pages.publish(homes["ko"], page)


def link(page, words="rain"):
    return f'<p><a linktype="page" id="{page.pk}">{words}</a></p>'


def links_to(page):
    """Fields of a case that all link to ``page``, and a button that does."""
    names = ("challenge", "objectives", "results", "funding", "lessons", "transferability", "visit_shown")
    paragraphs = [{"type": "paragraph", "value": link(page), "id": f"0000000{n}"} for n in range(3)]
    button = {"type": "button", "value": {"label": "Rain", "page": page.pk, "address": ""}, "id": "00000009"}
    return {name: link(page) for name in names} | {"actions": [*paragraphs, button]}


def test_link_leads_to_the_readers_language(target, korean):
    with override("ko"):
        assert expand_db_html(link(target)) == f'<p><a href="{korean.url}">rain</a></p>'
    with override("en"):
        assert expand_db_html(link(target)) == f'<p><a href="{target.url}">rain</a></p>'


def test_link_without_translation_leads_to_the_page_itself(target):
    with override("ko"):
        assert expand_db_html(link(target)) == f'<p><a href="{target.url}">rain</a></p>'


def test_link_to_a_hidden_or_missing_page_has_no_address(target):
    gone = link(target).replace(str(target.pk), "999999")
    PageViewRestriction.objects.create(page=target, restriction_type=PageViewRestriction.LOGIN)
    assert expand_db_html(link(target)) == "<p><a>rain</a></p>"
    assert expand_db_html(gone) == "<p><a>rain</a></p>"


def test_all_links_of_a_page_are_found(homes, target):
    case = pages.make_case(pages.make_case_index(homes["en"]), **links_to(target))
    assert linked_ids(case) == {target.pk}


def test_many_links_cost_no_more_than_one_query(homes, target, korean, client):
    index = pages.make_case_index(homes["ko"])
    plain, linked = pages.make_case(index), pages.make_case(index, **links_to(target))
    counts = []
    for page in (plain, linked):
        client.get(page.url)
        with CaptureQueriesContext(connection) as asked:
            html = client.get(page.url).content.decode()
        counts.append(len(asked))
    assert html.count(f'href="{korean.url}"') == 11
    # The links, and the chooser of the one button, which Wagtail reads by itself.
    assert counts[1] - counts[0] <= 2
    assert counts[1] <= 12


def test_addresses_are_forgotten_with_the_answer(homes, target, korean, client):
    case = pages.make_case(pages.make_case_index(homes["ko"]), **links_to(target))
    assert f'href="{korean.url}"' in client.get(case.url).content.decode()
    korean.unpublish()
    with override("ko"):
        assert addresses([target.pk]) == {target.pk: target.url}


def test_button_leads_to_the_readers_language(target, korean):
    forget_links()
    block = pages.StandardPage._meta.get_field("body").stream_block.child_blocks["button"]
    value = block.to_python({"label": "Rain", "page": target.pk, "address": ""})
    with override("ko"):
        assert f'href="{korean.url}"' in render_to_string("blocks/button.html", {"value": value})
