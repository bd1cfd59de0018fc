"""Pages in the reader's language, without what visitors may not open."""

import pytest
from django.utils.translation import override
from wagtail.models import Page, PageViewRestriction

from cms.localized import in_language, readable, visible
from partners.models import PartnerPage
from tests.factories import pages
from tests.factories.tree import make_homes

pytestmark = pytest.mark.django_db


@pytest.fixture
def english():
    """The English list of partners with two profiles, the first of which is translated into Korean."""
    homes = make_homes(("en", "ko"))
    index = pages.make_partner_index(homes["en"], slug="partners")
    korean = pages.make_partner_index(homes["ko"], slug="partners", translation_key=index.translation_key)
    first = pages.make_partner(index, slug="first", title="First")
    pages.make_partner(index, slug="second", title="Second")
    pages.make_partner(korean, slug="first", title="첫째", translation_key=first.translation_key)
    return index


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def titles(found):
    return sorted(page.title for page in found)


def korean_first():
    return PartnerPage.objects.get(title="첫째")


def test_readers_get_their_translation_or_the_source(english):
    for code, expected in (("en", ["First", "Second"]), ("ko", ["Second", "첫째"]), ("ja", ["First", "Second"])):
        with override(code):
            assert titles(readable(PartnerPage.objects.all())) == expected


@pytest.mark.parametrize("hide", [restrict, lambda page: page.unpublish()])
def test_translation_that_may_not_be_opened_does_not_hide_its_source(english, hide):
    hide(korean_first())
    assert titles(readable(PartnerPage.objects.all(), "ko")) == ["First", "Second"]


def test_restriction_holds_for_all_below_and_for_nobody_beside(english):
    restrict(english)
    expected = [page for page in Page.objects.live().public() if page.alias_of_id is None]
    assert titles(visible(Page.objects.all())) == titles(expected)
    assert titles(visible(PartnerPage.objects.all())) == ["첫째"]


def test_visible_asks_one_question_however_many_restrictions(english, django_assert_num_queries):
    restrict(PartnerPage.objects.get(title="Second"))
    restrict(korean_first())
    with django_assert_num_queries(1):
        assert titles(visible(PartnerPage.objects.all())) == ["First"]


def test_relations_lead_to_the_readers_language_in_one_question(english, django_assert_num_queries):
    sources = list(PartnerPage.objects.filter(locale__language_code="en").order_by("title"))
    with django_assert_num_queries(1):
        found = in_language(sources, "ko")
    assert [found[source.pk].title for source in sources] == ["첫째", "Second"]
    assert in_language([]) == {}
