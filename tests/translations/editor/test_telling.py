import pytest
from django.core import mail
from wagtail_localize.models import Translation

from translations.editor.comments import write_comment
from translations.models import Kind, Notice, TranslationTask


@pytest.fixture
def translation(korean, page):
    return Translation.objects.get(source__object_id=page.translation_key)


@pytest.fixture
def task(page, korean, staff):
    return TranslationTask.objects.create(source=page, locale=korean.locale, assignee=staff["ko"])


def told():
    return {(notice.user.username, notice.actor.username, notice.text) for notice in Notice.objects.all()}


def test_comment_is_told_to_those_it_mentions_and_to_the_assignee(
    translation, task, page, korean, staff, django_capture_on_commit_callbacks
):
    text = "@coordinator and @editor, which rain?"
    admin = type(staff["ko"]).objects.create_superuser("boss")
    with django_capture_on_commit_callbacks(execute=True):
        write_comment(translation, text, user=admin)
    # Editors of English may not open the Korean page.
    assert told() == {("coordinator", "boss", text), ("translator-ko", "boss", text)}
    notice = Notice.objects.get(user=staff["ko"])
    assert (notice.kind, notice.source_id, notice.locale, notice.task) == (Kind.COMMENT, page.pk, korean.locale, task)
    assert sorted(to for message in mail.outbox for to in message.to) == [
        "coordinator@example.org",
        "translator-ko@example.org",
    ]


def test_nobody_is_told_of_their_own_comment(translation, task, staff):
    write_comment(translation, "@translator-ko remembers, @coordinator should know", user=staff["ko"])
    assert [notice.user for notice in Notice.objects.all()] == [staff["coordinator"]]


def test_assignee_who_is_mentioned_is_told_once(translation, task, staff):
    write_comment(translation, "@translator-ko, which rain?", user=staff["coordinator"])
    assert [notice.user for notice in Notice.objects.all()] == [staff["ko"]]


def test_answer_is_told_to_all_who_talk_there_and_may_still(translation, task, staff):
    gone = type(staff["ko"]).objects.create_superuser("gone", "gone@example.org")
    first = write_comment(translation, "Which rain?", user=staff["coordinator"])
    write_comment(translation, "Heavy rain.", user=gone, parent=first)
    Notice.objects.all().delete()
    type(staff["ko"]).objects.filter(pk=gone.pk).update(is_superuser=False)
    write_comment(translation, "폭우", user=staff["ko"], parent=first)
    assert told() == {("coordinator", "translator-ko", "폭우")}
    write_comment(translation, "Good.", user=staff["coordinator"], parent=first)
    assert told() == {("coordinator", "translator-ko", "폭우"), ("translator-ko", "coordinator", "Good.")}


def test_answer_is_told_to_whom_it_answers_without_a_task(translation, staff):
    first = write_comment(translation, "Which rain?", user=staff["ko"])
    write_comment(translation, "Elsewhere", user=staff["coordinator"])
    assert not Notice.objects.exists()
    write_comment(translation, "Heavy rain.", user=staff["coordinator"], parent=first)
    assert told() == {("translator-ko", "coordinator", "Heavy rain.")}


def test_comment_is_told_without_a_task(translation, staff):
    write_comment(translation, "@translator-ko, which rain?", user=staff["coordinator"])
    assert [(notice.user, notice.task) for notice in Notice.objects.all()] == [(staff["ko"], None)]
    write_comment(translation, "To myself", user=staff["coordinator"])
    assert Notice.objects.count() == 1


def test_assignee_of_a_closed_task_is_not_told(translation, task, staff):
    TranslationTask.objects.update(state=TranslationTask.State.PUBLISHED)
    write_comment(translation, "Which rain?", user=staff["coordinator"])
    assert not Notice.objects.exists()
