import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import StringSegment

from translations.events import comment_made
from translations.models import EditingSession, TranslationComment
from translations.segments import segments_of
from translations.views import editor_talk
from translations.writing import write_text


@pytest.fixture
def made():
    """What was told of comments."""
    heard = []
    comment_made.connect(receiver := lambda comment, mentioned, **kwargs: heard.append((comment.text, mentioned)))
    yield heard
    comment_made.disconnect(receiver)


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_superuser("mina.k")


def test_comment_on_a_text_is_shown_there_and_counted(call, segment, made):
    answer = call("comment", text="Which rain?", segment=segment("Rain").pk).json()
    assert "Which rain?" in answer["threads"]
    assert "comments" in answer["flags"].split()
    assert made == [("Which rain?", [])]
    assert "Which rain?" not in call("comment", text="On the page").content.decode()


def test_comment_tells_whom_it_mentions_if_they_may_open_it(call, segment, made, editor, django_user_model):
    django_user_model.objects.create_user("outsider")
    call("comment", text="@mina.k. and @outsider, see @nobody and a@mina.k", segment=segment("Rain").pk)
    assert [mentioned for _text, mentioned in made] == [[editor]]


@pytest.mark.parametrize(
    "said",
    [
        "@jun@example.org",
        "@jun@example.org.",
        "@jun@example.org님, 어떤 비?",
        "（@jun@example.org）",
        "請問@jun@example.org 這裡",
        "＠jun@example.orgさん",
    ],
)
def test_mention_ends_with_the_name_of_the_account(call, segment, made, editor, said):
    editor.username = "jun@example.org"
    editor.save()
    call("comment", text=said, segment=segment("Rain").pk)
    assert [mentioned for _text, mentioned in made] == [[editor]]


def test_editor_is_told_whom_a_comment_may_name(client, korean, staff):
    """Coordinators and the translators of the language, by name and account, but not the reader."""
    coordinator, translator = staff["coordinator"], staff["ko"]
    coordinator.first_name = "Ana"
    coordinator.save()
    client.force_login(translator)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[korean.pk])).content.decode()
    shown = json.loads(re.search(r'id="translation-editor-settings"[^>]*>(.*?)</script>', page)[1])["people"]
    assert shown == [{"name": "Ana", "account": coordinator.username}]


def test_thread_is_answered_resolved_and_opened_again(call, segment, admin_user):
    rain = segment("Rain")
    call("comment", text="Which rain?", segment=rain.pk)
    first = TranslationComment.objects.get()
    call("comment", text="Drizzle.", segment=rain.pk, parent=first.pk)
    assert [comment.parent_id for comment in TranslationComment.objects.all()] == [None, first.pk]
    assert "comments" not in call("resolve", first.pk, segment=rain.pk).json()["flags"].split()
    first.refresh_from_db()
    assert first.resolved_by == admin_user
    call("resolve", first.pk, segment=rain.pk, reopen=1)
    first.refresh_from_db()
    assert first.resolved_at is None


def test_comment_stays_with_its_field_when_the_source_changes(call, translation, segment, page):
    call("comment", text="Which water?", segment=segment("Water").pk)
    page.title = "Oceans"
    page.save_revision().publish()
    translation.source.update_from_db()
    title = next(one for one in segments_of(translation) if one.path == "title")
    content = call("beside", title.pk).content.decode()
    assert "Which water?" in content
    assert "About the former text “Water”" in content


def test_empty_comment_is_refused(call, segment):
    response = call("comment", text="  ", segment=segment("Rain").pk)
    assert (response.status_code, response.json()["message"]) == (422, "A comment cannot be empty.")


def test_comment_is_escaped(call):
    assert "<script>" not in call("comment", text="<script>x</script>").content.decode()


@pytest.mark.parametrize("name", ["comment", "presence"])
def test_stranger_is_refused(call, stranger, name):
    assert call(name, client=stranger, text="x").status_code == 403


def test_comment_of_another_translation_is_not_resolved(call, translation, stranger, korean):
    comment = TranslationComment.objects.create(translation=translation, text="x")
    assert call("resolve", comment.pk, client=stranger).status_code == 403
    assert call("resolve", comment.pk + 1).status_code == 404


def test_who_is_in_sees_who_else_is(call, client, editor, segment, admin_user):
    client.force_login(editor)
    call("presence", client=client, segment=segment("Rain").pk)
    assert call("presence").json()["others"] == [{"name": "mina.k", "segment": segment("Rain").pk}]
    call("presence", client=client, leaving=1)
    assert call("presence").json()["others"] == []


def test_who_was_in_long_ago_is_not_shown(call, translation, editor):
    EditingSession.objects.create(translation=translation, user=editor, seen_at=timezone.now() - timedelta(minutes=1))
    assert call("presence").json()["others"] == []


def test_what_others_wrote_is_told_once(call, translation, segment, editor):
    since = call("presence", since=0).json()["since"]
    write_text(translation, StringSegment.objects.get(pk=segment("Rain").pk), "폭우", user=editor)
    news = call("presence", since=since).json()
    assert [(text["typed"], text["pk"]) for text in news["texts"]] == [("폭우", segment("Rain").pk)]
    assert call("presence", since=news["since"]).json()["texts"] == []


def test_more_than_fits_in_one_report_is_told_by_the_next(call, translation, segment, editor, monkeypatch):
    monkeypatch.setattr(editor_talk, "MOST_NEWS", 2)
    since = call("presence", since=0).json()["since"]
    words = {"Water": "강물", "Rain": "폭우", "Water is": '물은 <b>공유</b>, <a id="a1">계획</a>.'}
    for start, text in words.items():
        row = StringSegment.objects.get(pk=segment(start if start != "Water is" else "Water is <b>").pk)
        write_text(translation, row, text, user=editor)
    told = []
    for _report in range(3):
        news = call("presence", since=since).json()
        since = news["since"]
        told.append(len(news["texts"]))
    assert told == [2, 1, 0]


def test_report_is_cheap(call, django_assert_max_num_queries):
    since = call("presence", since=0).json()["since"]
    # Session and user, the page and whether it may be edited, the report itself and the changes since.
    with django_assert_max_num_queries(14):
        call("presence", since=since)
