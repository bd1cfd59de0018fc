"""Recommended pages: for which question, to whom, when, and never a page that visitors cannot open."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from search.backends.base import Filters, Hit, SearchRequest
from search.curation import MOST, promotions, shown_promotions
from search.models import Promotion
from search.snippets import text_of
from tests.search.pages import commit, make_page, publish, translate

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def recommend(page: Page, queries: str = "heat", language: str = "en", **fields: Any) -> Promotion:
    promotion = Promotion.objects.create(page=page, queries=queries, language=language, **fields)
    commit()
    return promotion


def shown(query: str = "heat", language: str = "en", **fields: Any) -> list[str]:
    return [text_of(hit.title) for hit in promotions(SearchRequest(query, language, **fields))]


@pytest.fixture
def page(homes):
    made = make_page(homes["en"], "Cool roofs", slug="cool-roofs", summary="Paint that keeps houses cool.")
    commit()
    return made


def test_row_shows_the_page_with_the_given_text(page):
    recommend(page, text="Start here.")
    [hit] = promotions(SearchRequest("heat", "en"))
    assert hit == Hit(
        page_id=page.pk, language="en", translation_key=str(page.translation_key), kind="page", url=page.url,
        title=hit.title, snippet=hit.snippet, languages=("en",),
    )  # fmt: skip
    assert (text_of(hit.title), text_of(hit.snippet)) == ("Cool roofs", "Start here.")


def test_without_text_the_summary_is_shown(page):
    recommend(page)
    assert text_of(promotions(SearchRequest("heat", "en"))[0].snippet) == "Paint that keeps houses cool."


@pytest.mark.parametrize("query", ["heat", "HEAT", "  heat ", "ｈｅａｔ", "hot  summers", "Ete"])
def test_question_is_matched_however_it_is_typed(page, query):
    recommend(page, queries="Heat\n\nhot summers\nété")
    assert shown(query) == ["Cool roofs"]


@pytest.mark.parametrize("query", ["heat wave", "hea", "", "summers hot"])
def test_other_questions_are_left_alone(page, query):
    recommend(page, queries="Heat\nhot summers")
    assert shown(query) == []


def test_traditional_and_simplified_are_the_same_question(page):
    recommend(page, queries="熱浪", language="zh-hans")
    assert shown("热浪", "zh-hans") == ["Cool roofs"]


def test_other_languages_readers_do_not_see_it(page):
    recommend(page)
    assert shown("heat", "ko") == []


def test_readers_get_the_page_in_their_language(page, homes):
    translate(page, homes["ko"], "시원한 지붕")
    recommend(page, "더위", "ko")
    assert shown("더위", "ko") == ["시원한 지붕"]


def test_page_that_is_not_translated_is_shown_as_it_is(page, homes):
    translate(page, homes["ko"], "시원한 지붕", live=False)
    recommend(page, "더위", "ko")
    [hit] = promotions(SearchRequest("더위", "ko"))
    assert (hit.language, text_of(hit.title)) == ("en", "Cool roofs")


def test_lowest_number_comes_first_and_few_are_shown(page, homes):
    others = [make_page(homes["en"], f"Page {number}", slug=f"page-{number}") for number in range(4)]
    recommend(page, sort_order=9)
    for number, other in enumerate(others):
        recommend(other, sort_order=-number)
    assert shown() == ["Page 3", "Page 2", "Page 1"]
    assert len(shown()) == MOST


def test_page_recommended_twice_is_shown_once(page):
    recommend(page)
    recommend(page, "heat\ncold")
    assert shown() == ["Cool roofs"]


def day(days: int | None) -> datetime.date | None:
    """Return the day so many days from now; counted when it is asked for, since a run may cross midnight."""
    return None if days is None else timezone.localdate() + datetime.timedelta(days=days)


@pytest.mark.parametrize(
    ("starts_in", "ends_in", "expected"),
    [(None, None, True), (0, 0, True), (1, None, False), (None, -1, False), (-1, 1, True)],
)
def test_days_are_kept(page, starts_in, ends_in, expected):
    promotion = recommend(page, starts_on=day(starts_in), ends_on=day(ends_in))
    assert bool(shown()) is expected
    assert shown_promotions() == ({promotion.pk} if expected else frozenset())


def test_it_stands_on_the_first_page_of_all_results_only(page):
    recommend(page)
    assert shown(page=2) == []
    assert shown(elsewhere=True) == []
    assert shown(filters=Filters(kinds=("news",))) == []


def test_change_holds_at_once(page):
    promotion = recommend(page)
    assert shown("cold") == []
    promotion.queries = "cold"
    promotion.save()
    commit()
    assert (shown("cold"), shown("heat")) == (["Cool roofs"], [])
    promotion.delete()
    commit()
    assert shown("cold") == []


def hide_by_unpublishing(page: Page) -> None:
    page.unpublish()


def hide_by_password(page: Page) -> None:
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="password", password="secret")


def hide_by_expiry(page: Page) -> None:
    page.expire_at = timezone.now() - DAY
    page.save()


def hide_by_moving_off_the_site(page: Page) -> None:
    page.move(Page.get_first_root_node(), pos="last-child")


def hide_by_deletion(page: Page) -> None:
    page.delete()


@pytest.mark.parametrize(
    "hide",
    [hide_by_unpublishing, hide_by_password, hide_by_expiry, hide_by_moving_off_the_site, hide_by_deletion],
)
def test_page_that_visitors_cannot_find_disappears_at_once(page, hide):
    recommend(page)
    assert shown() == ["Cool roofs"]
    hide(Page.objects.get(pk=page.pk).specific)
    commit()
    assert shown() == []


def test_page_that_expires_disappears_at_its_hour(page, monkeypatch):
    page.expire_at = timezone.now() + DAY
    publish(page)
    recommend(page)
    assert shown() == ["Cool roofs"]
    later = timezone.now() + 2 * DAY
    monkeypatch.setattr("search.curation.timezone.now", lambda: later)
    assert shown() == []


def test_draft_is_not_shown_until_it_is_published(homes):
    draft = make_page(homes["en"], "Cool roofs", slug="cool-roofs", live=False)
    recommend(draft)
    assert shown() == []
    publish(draft)
    commit()
    assert shown() == ["Cool roofs"]


def test_draft_beside_a_live_page_is_not_shown(page):
    recommend(page)
    page.title = "Secret plans"
    page.save_revision()
    commit()
    assert shown() == ["Cool roofs"]


def test_recommended_page_is_not_repeated_among_the_rows(page, homes, client):
    other = make_page(homes["en"], "Cool roofs in summer", slug="summer")
    commit()
    address = reverse("search:search") + "?q=cool+roofs"
    assert client.get(address).content.decode().count(f'href="{page.url}"') == 1
    recommend(page, queries="cool roofs")
    text = client.get(address).content.decode()
    assert text.count(f'href="{page.url}"') == 1
    assert text.index('class="promoted"') < text.index(f'href="{page.url}"') < text.index(f'href="{other.url}"')


def test_recommended_page_answers_what_nothing_else_does(page, client):
    recommend(page, queries="COP 99")
    text = client.get(reverse("search:search") + "?q=COP+99").content.decode()
    assert text.count(f'href="{page.url}"') == 1
    assert "Nothing was found" not in text
    assert "Nothing was found" in client.get(reverse("search:search") + "?q=COP+98").content.decode()


def test_answer_of_recommended_pages_only_is_no_page_beyond_the_last(page, client):
    recommend(page, queries="cool roofs")
    text = client.get(reverse("search:search") + "?q=cool+roofs").content.decode()
    assert text.count(f'href="{page.url}"') == 1
    assert "There are fewer pages of results." not in text


def test_warm_process_asks_no_database(page, django_assert_num_queries):
    recommend(page)
    shown()
    with django_assert_num_queries(0):
        assert shown() == ["Cool roofs"]


def test_last_day_before_the_first_is_refused(page):
    with pytest.raises(ValidationError) as refused:
        Promotion(page=page, language="en", queries="heat", starts_on=day(0), ends_on=day(-1)).full_clean()
    assert list(refused.value.message_dict) == ["ends_on"]


def test_promotion_without_a_question_is_refused(page):
    with pytest.raises(ValidationError) as refused:
        Promotion(page=page, language="en", queries=" \n ").full_clean()
    assert list(refused.value.message_dict) == ["queries"]
