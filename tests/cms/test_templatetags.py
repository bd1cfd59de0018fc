"""What templates write of dates, numbers, languages and pictures, in five languages."""

import datetime
import json
import re
from decimal import Decimal

import pytest
from django.core.cache import caches
from django.template import Context, Template
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from cms import formats
from cms.listings import FilterForm
from cms.views import server_error
from tests.factories.files import make_image


def render(source: str, code: str = "en", **context) -> str:
    with translation.override(code):
        return Template("{% load cms_tags %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "28–30 September 2014"),
        ("zh-hant", "2014年9月28日至30日"),
        ("ko", "2014년 9월 28일~30일"),
        ("ja", "2014年9月28日～30日"),
        ("zh-hans", "2014年9月28日至30日"),
    ],
)
def test_date_range_names_the_month_once(code, text):
    days = {"start": datetime.date(2014, 9, 28), "end": datetime.date(2014, 9, 30)}
    assert render("{% date_range start end %}", code, **days) == text


@pytest.mark.parametrize(
    ("end", "text"),
    [
        (None, "28 September 2014"),
        (datetime.date(2014, 9, 28), "28 September 2014"),
        (datetime.date(2014, 10, 2), "28 September – 2 October 2014"),
        (datetime.date(2015, 1, 3), "28 September 2014 – 3 January 2015"),
    ],
)
def test_english_date_range_repeats_only_what_differs(end, text):
    assert render("{% date_range start end %}", start=datetime.date(2014, 9, 28), end=end) == text


@pytest.mark.parametrize(
    ("code", "style", "text"),
    [
        ("en", "long", "28 September 2014"),
        ("en", "weekday", "Sunday, 28 September 2014"),
        ("en", "month", "September 2014"),
        ("ko", "long", "2014년 9월 28일"),
        ("ja", "weekday", "2014年9月28日日曜日"),
        ("zh-hans", "month", "2014年9月"),
    ],
)
def test_date_is_written_in_the_order_of_the_language(code, style, text):
    assert render("{{ day|date_words:style }}", code, day=datetime.date(2014, 9, 28), style=style) == text


@pytest.mark.parametrize(
    ("code", "text"), [("en", "A and B"), ("zh-hant", "A和B"), ("ko", "A 및 B"), ("ja", "A、B"), ("zh-hans", "A和B")]
)
def test_words_are_listed_as_the_language_lists_them(code, text):
    assert render("{{ words|word_list }}", code, words=["A", "B"]) == text


@pytest.mark.parametrize(
    ("code", "end", "large"),
    [
        ("en", 28, formats.LargeDate("28", "September 2014")),
        ("en", 30, formats.LargeDate("28–30", "September 2014")),
        ("ko", 30, formats.LargeDate("9월 28일~30일", "2014년", rest_first=True)),
        ("ja", 28, formats.LargeDate("9月28日", "2014年", rest_first=True)),
    ],
)
def test_large_date_sets_days_apart(code, end, large):
    with translation.override(code):
        assert formats.large_date(datetime.date(2014, 9, 28), datetime.date(2014, 9, end)) == large


@pytest.mark.parametrize(
    ("code", "text"),
    [("en", "09:30–14:00"), ("ko", "09:30 ~ 14:00"), ("ja", "09:30～14:00"), ("zh-hant", "09:30–14:00")],
)
def test_time_range_is_on_the_24_hour_clock(code, text):
    hours = {"start": datetime.time(9, 30), "end": datetime.time(14)}
    assert render("{% time_range start end %}", code, **hours) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("1200.00"), "1,200"), (Decimal("0.50"), "0.5"), (86, "86"), (Decimal("1234567.25"), "1,234,567.25")],
)
def test_number_has_no_trailing_zeros(value, text):
    assert render("{{ value|number }}", value=value) == text


@pytest.mark.parametrize(("code", "text"), [("en", "9.8M"), ("ko", "976만"), ("ja", "976万"), ("zh-hant", "976萬")])
def test_compact_number_counts_as_the_language_does(code, text):
    assert render("{{ value|compact }}", code, value=9_760_000) == text


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (Decimal("12500000.00"), "EUR", "€12,500,000"),
        (Decimal("99.50"), "EUR", "€99.50"),
        (Decimal("3000000"), "KRW", "₩3,000,000"),
        (Decimal("11000000"), "DKK", "DKK\u00a011,000,000"),
    ],
)
def test_money_has_no_empty_cents(amount, currency, text):
    assert render("{{ amount|money:currency }}", amount=amount, currency=currency) == text


def test_absent_values_write_nothing():
    source = "{{ x|date_words }}{{ x|number }}{{ x|compact }}{{ x|money:'EUR' }}{{ x|days_left }}{% date_range x x %}"
    assert render(source, x=None) == ""


@pytest.mark.parametrize(("days", "text"), [(0, "Last day"), (1, "1 day left"), (12, "12 days left"), (-1, "")])
def test_days_left_counts_to_the_day(days, text):
    assert render("{{ days|days_left }}", days=days) == text
    assert render("{{ day|days_left }}", day=timezone.localdate() + datetime.timedelta(days=days)) == text


def test_days_left_of_a_moment_is_counted_on_its_own_calendar():
    far_east = datetime.timezone(datetime.timedelta(hours=14))
    today = timezone.now().astimezone(far_east)
    assert formats.days_until(today.replace(hour=23, minute=59)) == 0


@pytest.mark.parametrize(
    ("active", "subject", "attribute", "label"),
    [
        ("en", "en", "", ""),
        ("ko", "ko", "", ""),
        ("en", "zh-hant", ' lang="zh-Hant"', '<span class="lang-label">in Traditional Chinese</span>'),
        ("en", "", "", ""),
    ],
)
def test_only_another_language_is_marked(active, subject, attribute, label):
    assert render("{{ subject|lang_attr }}", active, subject=subject) == attribute
    assert render("{{ subject|lang_label }}", active, subject=subject) == label


def test_clauses_keep_han_phrases_together_without_spaces():
    assert render("{{ text|clauses }}", "zh-hans", text="为了世界，携手同行") == (
        '<span class="clause">为了世界，</span><span class="clause">携手同行</span>'
    )


def test_clauses_escape_what_they_wrap():
    assert render("{{ text|clauses }}", text="for <all>, together") == (
        '<span class="clause">for &lt;all&gt;,</span> <span class="clause">together</span>'
    )


def test_heading_id_is_made_of_words_in_any_script():
    assert render("{% heading_id text %}", text="あゆみ 2012") == "あゆみ-2012"
    assert render("{% heading_id text %}", text="!?") == "section"


def test_chip_takes_one_filter_off_and_keeps_the_others():
    form = FilterForm({"q": "water & air"})
    form.is_valid()
    source = "{% filter_chips form query as chips %}{% for c in chips %}{{ c.label }}|{{ c.value }}|"
    source += "{{ c.query_without }}{% endfor %}"
    assert render(source, form=form, query="q=water+%26+air&year=2014") == "Search for|water &amp; air|year=2014"


def test_no_picture_writes_nothing():
    assert render("{% photo picture 'card' %}", picture=None) == ""


@pytest.mark.django_db
def test_photo_says_its_size_and_comes_in_several():
    html = render("{% photo picture 'card' alt=alt sizes='50vw' %}", picture=make_image(), alt="A “<b>”")
    attributes = dict(re.findall(r'([a-z]+)="([^"]*)"', html))
    widths = [int(width) for width in re.findall(r" (\d+)w", attributes["srcset"])]
    assert attributes["alt"] == "A “&lt;b&gt;”"
    assert (attributes["sizes"], attributes["loading"], attributes["decoding"]) == ("50vw", "lazy", "async")
    assert widths == sorted(set(widths)) and int(attributes["width"]) == widths[-1] and int(attributes["height"]) > 0


@pytest.mark.django_db
def test_photo_that_is_seen_at_once_is_not_lazy():
    html = render("{% photo picture 'wide' eager=True %}", picture=make_image())
    assert 'fetchpriority="high"' in html and "loading" not in html


@pytest.mark.django_db
def test_photo_whose_file_is_missing_writes_nothing():
    # Keys of the database come again in the next test, and the cache of renditions goes by them.
    caches["renditions"].clear()
    picture = make_image()
    picture.file.storage.delete(picture.file.name)
    assert render("{% photo picture 'card' %}", picture=picture) == ""


@pytest.mark.django_db
class TestPages:
    """The head, navigation and foot around real pages."""

    def test_page_knows_where_it_is(self, trees, client):
        html = client.get(trees["ko"]["NewsPage"].url).content.decode()
        news = trees["ko"]["NewsIndexPage"]
        assert html.startswith("<!doctype html>") and '<html lang="ko">' in html
        assert f'href="{news.url}" aria-current="true"' in html
        assert html.count('class="breadcrumbs__item"') == 3

    def test_canonical_is_the_address_without_filters_and_with_the_page(self, trees, client):
        url = trees["en"]["NewsIndexPage"].url
        html = client.get(f"{url}?q=nothing&page=1").content.decode()
        assert re.search(rf'<link rel="canonical" href="https?://[^/"]+{url}">', html)

    def test_structured_data_is_json_that_closes_no_script(self, trees, client):
        page = trees["en"]["StandardPage"]
        page.title = "Half </script> & <b>"
        page.save_revision().publish()
        html = client.get(page.url).content.decode()
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1])
        assert data["@type"] == "BreadcrumbList"
        assert data["itemListElement"][-1]["name"] == "Half </script> & <b>"

    def test_map_lists_the_places_it_draws(self, trees, client):
        case = trees["ja"]["CasePage"]
        html = client.get(trees["ja"]["CaseIndexPage"].url).content.decode()
        data = re.search(r'<script id="[^"]*places" type="application/json">(.*?)</script>', html, re.S)[1]
        places = json.loads(data)
        assert case.title in [place["title"] for place in places]
        assert all(f'href="{place["url"]}"' in html for place in places)

    def test_page_behind_a_password_tells_nothing_of_itself(self, trees, client):
        page = trees["en"]["NewsPage"]
        page.title, page.summary = "Not for everybody", "A quiet agreement."
        page.save_revision().publish()
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="x")
        html = client.get(page.url).content.decode()
        assert "This page is protected by a password" in html
        assert "Not for everybody" not in html
        assert "A quiet agreement." not in html

    def test_missing_page_answers_in_the_language_of_its_address(self, trees, client):
        response = client.get("/ja/nowhere/")
        assert response.status_code == 404
        assert '<html lang="ja">' in response.content.decode()

    def test_every_address_in_the_head_is_absolute(self, trees, client):
        html = client.get(trees["zh-hant"]["SummitPage"].url).content.decode()
        addresses = re.findall(r'<link rel="(?:alternate|canonical)"[^>]* href="([^"]+)"', html)
        assert addresses and all(address.startswith("http") for address in addresses)


def test_failure_is_told_in_the_language_of_the_address_without_the_database(rf):

    response = server_error(rf.get("/ko/anything/"))
    assert response.status_code == 500
    assert '<html lang="ko">' in response.content.decode()
