"""Recommended pages and synonyms in the admin: who writes them, what is refused."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from home.bootstrap.groups import make_groups
from search.models import Promotion, SynonymGroup
from tests.search.pages import commit, make_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(homes):
    make_groups(homes["en"])
    commit()
    return homes


@pytest.fixture
def editor(client, site):
    user = get_user_model().objects.create_user("editor")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return client


def test_editor_writes_synonyms(editor):
    editor.post(reverse("search_synonyms:add"), {"language": "en", "words": "bike\n bicycle ", "direction": "both"})
    group = SynonymGroup.objects.get()
    assert (group.language, group.each) == ("en", ["bike", "bicycle"])
    assert "bike · bicycle" in editor.get(reverse("search_synonyms:index")).content.decode()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("bike", "Write at least two words, each on a line of its own."),
        ("bike\nBIKE", "“BIKE” and “bike” are the same word to the search. Leave one of them out."),
        ("氣候\n气候", "“气候” and “氣候” are the same word to the search. Leave one of them out."),
    ],
)
def test_synonyms_that_say_nothing_are_refused(editor, words, message):
    answer = editor.post(reverse("search_synonyms:add"), {"language": "en", "words": words, "direction": "both"})
    assert answer.context["form"].errors == {"words": [message]}


def test_list_says_whether_visitors_see_a_recommendation(editor, site):
    home = site["en"]
    draft = make_page(home, "Draft", slug="draft", live=False)
    today = timezone.localdate()
    for queries, fields in (
        ("shown", {"page": home}),
        ("hidden", {"page": draft}),
        ("past", {"page": home, "ends_on": today.replace(year=2020, day=1)}),
        ("coming", {"page": home, "starts_on": today.replace(year=today.year + 1, day=1)}),
    ):
        Promotion.objects.create(language="en", queries=queries, **fields)
    commit()
    rows = editor.get(reverse("search_promotions:index")).context["object_list"]
    assert {row.queries: row.standing for row in rows} == {
        "shown": "now",
        "hidden": "no: the page is not public",
        "past": "no longer",
        "coming": "later",
    }


def test_form_can_be_filled_in_advance(editor):
    form = editor.get(reverse("search_promotions:add"), {"language": "ko", "queries": "수원"}).context["form"]
    assert (form["language"].value(), form["queries"].value()) == ("ko", "수원")
    form = editor.get(reverse("search_synonyms:add"), {"language": "ko", "words": "수원"}).context["form"]
    assert (form["language"].value(), form["words"].value()) == ("ko", "수원")


@pytest.mark.parametrize("name", ["search_promotions", "search_synonyms"])
def test_translators_have_no_part_in_it(client, site, name):
    user = get_user_model().objects.create_user("translator")
    user.groups.add(Group.objects.get(name="Translators: 한국어"))
    client.force_login(user)
    assert client.get(reverse(f"{name}:index")).status_code == 302
    assert client.get(reverse(f"{name}:add")).status_code == 302


def test_visitor_sees_what_an_editor_recommends(editor, site, client, django_assert_max_num_queries):
    home = site["en"]
    form = {"language": "ko", "queries": "수원", "page": home.pk, "text": "여기서 시작하세요.", "sort_order": 0}
    editor.post(reverse("search_promotions:add"), form)
    commit()
    client.logout()
    answer = client.get("/ko/search/", {"q": "수원"})
    text = answer.content.decode()
    assert [result.hit.page_id for result in answer.context["promoted"]] == [site["ko"].pk]
    assert ('class="promoted"' in text, "여기서 시작하세요." in text) == (True, True)
    assert 'class="promoted"' not in client.get("/ko/search/", {"q": "서울"}).content.decode()
    with django_assert_max_num_queries(2):
        client.get("/ko/search/", {"q": "수원"})
