"""What was written by hand while a translation was stopped is not lost when it begins again."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail_localize.models import Translation

from home.models import StandardPage
from tests.translations.conftest import KOREAN
from tests.translations.trees import PARAGRAPH
from translations.models import TextChange
from translations.segments import segments_of
from translations.taking_up import TakenUp, take_up


@pytest.fixture
def stopped(page, korean):
    translation = Translation.objects.get(source__object_id=page.translation_key)
    translation.enabled = False
    translation.save()
    TextChange.objects.all().delete()
    return translation


def texts(translation):
    return {segment.source: segment.translation for segment in segments_of(translation)}


def rewrite(page, user, html=KOREAN, title="물"):
    """Change a page by hand, as Wagtail's own editor does, in a draft."""
    page = StandardPage.objects.get(pk=page.pk)
    page.title = title
    page.body[0] = ("paragraph", RichText(html), page.body[0].id)
    page.save_revision(user=user)


def restart(client, page):
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"localize-restart-translation": "1"})
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def test_texts_written_by_hand_are_there_when_it_begins_again(stopped, korean, admin, django_user_model):
    author = django_user_model.objects.create_user("author")
    rewrite(korean, author, KOREAN.replace("공유", "모두의 것"), title="물길")
    said = restart(admin, korean)
    assert said[0] == "2 texts were taken over from the page as it was edited by hand."
    stopped.refresh_from_db()
    assert stopped.enabled
    assert list(texts(stopped).values())[:2] == ["물길", '물은 <b>모두의 것</b>, see <a id="a1">계획</a>.']
    assert set(TextChange.objects.values_list("user__username", "means")) == {("author", "typed")}
    stopped.save_target(publish=True)
    live = StandardPage.objects.get(pk=korean.pk)
    assert (live.title, "모두의 것" in str(live.body)) == ("물길", True)


def test_page_that_nobody_touched_has_nothing_to_take_up(stopped, korean, admin):
    assert restart(admin, korean) == ["Translation has been restarted."]
    assert not TextChange.objects.exists()


def test_what_has_no_place_in_the_source_is_counted_and_said(stopped, korean, admin, admin_user):
    before = texts(stopped)
    rewrite(korean, admin_user, f"{KOREAN}<p>더 쓴 것.</p>", title="물길")
    said = restart(admin, korean)
    assert said[0] == "1 text was taken over from the page as it was edited by hand."
    assert said[1].startswith("3 texts of the page have no counterpart in the source")
    assert texts(stopped) == {**before, "Water": "물길"}


def test_text_that_links_to_somewhere_else_is_left(stopped, korean, admin_user):
    before = texts(stopped)
    rewrite(korean, admin_user, KOREAN.replace("https://example.org/", "https://example.com/"))
    assert take_up(stopped, Page.objects.get(pk=korean.pk), user=admin_user) == TakenUp(0, 1)
    assert texts(stopped) == before


def test_words_of_the_source_are_no_translation(page, stopped, korean, admin_user):
    rewrite(korean, admin_user, PARAGRAPH, title="Water")
    assert take_up(stopped, Page.objects.get(pk=korean.pk), user=admin_user) == TakenUp(0, 0)
