"""No public page asks the database more than twelve questions, and lists ask the same number however long they are."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.languages import CODES
from tests.factories import pages
from tests.test_every_page import TYPES

BUDGET = 12

pytestmark = pytest.mark.django_db

LISTINGS: dict[str, tuple[str, Callable[..., Any]]] = {
    "NewsIndexPage": ("NewsIndexPage", pages.make_news),
    "PartnerIndexPage": ("PartnerIndexPage", pages.make_partner),
    "MemberDirectoryPage": ("PartnerIndexPage", pages.make_partner),
    "CaseIndexPage": ("CaseIndexPage", pages.make_case),
    "EventIndexPage": ("EventIndexPage", pages.make_summit),
    "ResearchIndexPage": ("ResearchIndexPage", pages.make_call),
    "SummitPage": ("SummitPage", pages.make_session),
}


def queries_of(client: Client, url: str) -> list[str]:
    """Return the SQL of a request in a warm process."""
    for _warming in range(2):
        assert client.get(url).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", TYPES)
def test_page_stays_within_the_budget(trees, client: Client, name: str, code: str) -> None:
    asked = queries_of(client, trees[code][name].url)
    assert len(asked) <= BUDGET, "\n".join(sql[:300] for sql in asked)


def test_pictures_of_a_list_cost_one_query_in_a_cold_process(trees, client: Client) -> None:
    listing = trees["ko"]["CaseIndexPage"]
    counts = []
    for _added in range(2):
        pages.make_case(listing)
        client.get(listing.url)  # makes the sizes of the new picture
        for cache in caches.all():
            cache.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get(listing.url)
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", LISTINGS)
def test_listing_asks_the_same_for_one_row_and_for_three(trees, client: Client, name: str) -> None:
    parent_name, make = LISTINGS[name]
    listing, parent = trees["ko"][name], trees["ko"][parent_name]
    with_one = len(queries_of(client, listing.url))
    added = [make(parent) for _ in range(2)]
    with_three = queries_of(client, listing.url)
    assert len(with_three) == with_one, "\n".join(sql[:300] for sql in with_three)
    assert all(page.url in client.get(listing.url).content.decode() for page in added)
