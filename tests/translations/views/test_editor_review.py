"""Handing in, accepting and returning in the editor; and its button for drafts by machine."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from tests.translations.people import make_people
from tests.translations.trees import translate_home
from translations import tasks
from translations.catalog import translate_page
from translations.models import Kind, Notice, TranslationRequest, TranslationTask
from translations.review import why_not_publish
from translations.writing import remove_text

State = TranslationTask.State


@pytest.fixture
def task(page, korean, staff):
    return TranslationTask.objects.create(
        source=page, locale=korean.locale, state=State.IN_TRANSLATION, assignee=staff["ko"]
    )


@pytest.fixture
def client_of():
    def client_of(user):
        client = Client()
        client.force_login(user)
        return client

    return client_of


@pytest.fixture
def send(translation, staff, client_of):
    """A function that presses a button of the editor as a member of the staff."""

    def send(name, who, **values):
        return client_of(staff[who]).post(reverse(f"translations_editor:{name}", args=[translation.pk]), values)

    return send


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def state_of(task):
    return TranslationTask.objects.values_list("state", "note").get(pk=task.pk)


def test_translation_goes_to_its_reviewer_back_and_is_accepted(task, send):
    assert said(send("hand_in", "ko", note="Is “rain” right?")) == ["Handed in for review."]
    assert state_of(task) == (State.IN_REVIEW, "Is “rain” right?")
    assert said(send("send_back", "coordinator", note="The rain is too heavy.")) == ["Returned to the translator."]
    assert state_of(task) == (State.RETURNED, "The rain is too heavy.")
    send("hand_in", "ko")
    assert said(send("accept", "coordinator")) == ["Accepted."]
    assert state_of(task) == (State.ACCEPTED, "")


def test_texts_that_were_typed_are_saved_before_it_is_handed_in(task, send, segment):
    rain = segment("Rain")
    send("hand_in", "ko", **{f"text-{rain.pk}": "큰 비", f"seen-{rain.pk}": rain.translation})
    assert StringTranslation.objects.get(context__pk=rain.context_id, translation_of=rain.string_id).data == "큰 비"
    assert state_of(task)[0] == State.IN_REVIEW


def test_nothing_is_handed_in_while_a_text_cannot_be_saved(task, send, segment, korean):
    rain = segment("Rain")
    response = send("hand_in", "ko", note="Done", **{f"text-{rain.pk}": "큰 비", f"seen-{rain.pk}": "another"})
    content = response.content.decode()
    assert (response.status_code, state_of(task)[0]) == (409, State.IN_TRANSLATION)
    assert ">큰 비</textarea>" in content
    assert ">Done</textarea>" in content
    assert f'id="te-form" method="post" action="{reverse("wagtailadmin_pages:edit", args=[korean.pk])}"' in content


def test_incomplete_translation_is_not_handed_in(task, send, segment, translation, admin_user):
    remove_text(translation, StringSegment.objects.get(pk=segment("Rain").pk), user=admin_user)
    response = send("hand_in", "ko", note="Done")
    assert (response.status_code, said(response)) == (409, ["Not handed in: 1 text is not translated yet."])
    assert ">Done</textarea>" in response.content.decode()
    assert state_of(task) == (State.IN_TRANSLATION, "")


def test_nothing_is_returned_without_a_comment(task, send):
    send("hand_in", "ko")
    assert said(send("send_back", "coordinator", note=" ")) == ["Say what should be changed."]
    assert state_of(task)[0] == State.IN_REVIEW


def test_comment_is_kept_where_somebody_else_decided_first(task, send):
    response = send("send_back", "coordinator", note="The rain is too heavy.")
    assert (response.status_code, said(response)) == (
        409,
        ["This is not possible any more: the translation is “In translation” now."],
    )
    assert ">The rain is too heavy.</textarea>" in response.content.decode()


@pytest.mark.parametrize("name", ["accept", "send_back"])
def test_translator_does_not_review_own_work_where_the_setting_forbids(task, send, settings, name):
    settings.TRANSLATIONS_REVIEWER_MUST_DIFFER = True
    send("hand_in", "ko")
    send(name, "ko", note="Good")
    assert state_of(task) == (State.IN_REVIEW, "")


def correct(segment):
    rain = segment("Rain")
    return {f"text-{rain.pk}": "큰 비", f"seen-{rain.pk}": rain.translation}


def test_reviewer_does_not_accept_what_the_same_form_changes_where_the_setting_forbids(task, send, settings, segment):
    settings.TRANSLATIONS_REVIEWER_MUST_DIFFER = True
    send("hand_in", "ko")
    for values in (correct(segment), {}):
        response = send("accept", "coordinator", **values)
        assert (response.status_code, said(response)) == (
            409,
            ["Not accepted: texts of this translation are yours, so somebody else has to accept it."],
        )
    assert (state_of(task)[0], segment("Rain").translation) == (State.IN_REVIEW, "큰 비")
    assert said(send("send_back", "coordinator", note="See the rain.")) == ["Returned to the translator."]


def test_reviewer_accepts_with_a_correction_where_the_setting_allows(task, send, segment):
    send("hand_in", "ko")
    assert said(send("accept", "coordinator", **correct(segment))) == ["Accepted."]
    assert (state_of(task)[0], segment("Rain").translation) == (State.ACCEPTED, "큰 비")


@pytest.mark.parametrize("must_differ", [True, False])
def test_editor_says_what_a_change_means_for_the_review(
    task, send, settings, segment, korean, translation, staff, client_of, must_differ
):
    settings.TRANSLATIONS_REVIEWER_MUST_DIFFER = must_differ

    def hint(who):
        return client_of(staff[who]).get(reverse("wagtailadmin_pages:edit", args=[korean.pk])).context["review"].hint

    assert hint("ko") == ""
    send("hand_in", "ko")
    assert "take it back into translation" in hint("ko")
    assert ("somebody else has to accept" in hint("coordinator")) is must_differ
    send("accept", "coordinator")
    assert "handed in and accepted again" in hint("ko")
    client_of(staff["ko"]).post(reverse("wagtailadmin_pages:edit", args=[korean.pk]), correct(segment))
    assert "Hand it in again" in hint("ko")
    assert buttons(client_of(staff["ko"]), korean, translation) == ["hand_in"]


@pytest.mark.parametrize("name", ["hand_in", "accept", "send_back"])
@pytest.mark.parametrize("who", ["editor", "zh-hans"])
def test_people_of_other_languages_are_refused(home, page, korean, translation, client_of, name, who):
    translate_home(home, "zh-hans")
    user = make_people(home)[who]
    state = State.IN_TRANSLATION if name == "hand_in" else State.IN_REVIEW
    task = TranslationTask.objects.create(source=page, locale=korean.locale, state=state)
    url = reverse(f"translations_editor:{name}", args=[translation.pk])
    response = client_of(user).post(url, {"note": "x"}, headers={"x-requested-with": "XMLHttpRequest"})
    assert (response.status_code, state_of(task)) == (403, (state, ""))


@pytest.mark.parametrize("name", ["hand_in", "accept", "send_back"])
def test_review_is_by_post_and_of_what_was_asked_for(staff, translation, korean, client_of, name):
    url = reverse(f"translations_editor:{name}", args=[translation.pk])
    client = client_of(staff["coordinator"])
    assert client.post(url).status_code == 404
    assert client.get(url).url == reverse("wagtailadmin_pages:edit", args=[korean.pk])


def buttons(client, page, translation):
    """Which of the buttons the editor shows."""
    content = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    names = ("hand_in", "accept", "send_back")
    return [name for name in names if reverse(f"translations_editor:{name}", args=[translation.pk]) in content]


def test_editor_offers_what_is_next(task, korean, translation, staff, client_of, send, settings):
    settings.TRANSLATIONS_REVIEWER_MUST_DIFFER = True
    translator, reviewer = client_of(staff["ko"]), client_of(staff["coordinator"])
    assert buttons(translator, korean, translation) == ["hand_in"]
    send("hand_in", "ko")
    assert buttons(translator, korean, translation) == []
    assert buttons(reviewer, korean, translation) == ["accept", "send_back"]
    send("accept", "coordinator")
    assert buttons(reviewer, korean, translation) == ["send_back"]


def test_editor_offers_no_review_where_nobody_asked(korean, translation, staff, client_of):
    assert buttons(client_of(staff["ko"]), korean, translation) == []


def test_who_may_not_publish_hands_in_what_nobody_asked_for(korean, translation, staff, client_of, send):
    staff["ko"].groups.clear()
    group = Group.objects.create(name="Translators who publish nothing")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(group=group, page=korean.get_parent(), permission_type="change")
    staff["ko"].groups.add(group)
    assert buttons(client_of(staff["ko"]), korean, translation) == ["hand_in"]
    assert said(send("hand_in", "ko", note="Done")) == ["Handed in for review."]
    assert state_of(TranslationTask.objects.get()) == (State.IN_REVIEW, "Done")
    assert set(Notice.objects.values_list("user__username", "kind")) == {("coordinator", Kind.REVIEW)}


@pytest.fixture
def all_reviewed(settings):
    settings.TRANSLATIONS_REVIEW_REQUIRED = True
    settings.TRANSLATIONS_REVIEWER_MUST_DIFFER = True


def retitle(send, segment, words="물길"):
    """Hand the page in with another title."""
    title = segment("Water")
    return send("hand_in", "ko", note="See §2", **{f"text-{title.pk}": words, f"seen-{title.pk}": title.translation})


def test_what_nobody_asked_for_is_handed_in_where_all_is_reviewed(
    all_reviewed, page, korean, translation, staff, send, segment, client_of
):
    translator, reviewer = client_of(staff["ko"]), client_of(staff["coordinator"])
    assert buttons(translator, korean, translation) == ["hand_in"]
    assert said(retitle(send, segment)) == ["Handed in for review."]
    task = TranslationTask.objects.get()
    assert (task.source_id, task.locale, task.state, task.note) == (page.pk, korean.locale, State.IN_REVIEW, "See §2")
    assert (task.assignee, task.translated_by, task.request.requested_by) == (staff["ko"],) * 3
    assert set(Notice.objects.values_list("user__username", "kind")) == {("coordinator", Kind.REVIEW)}
    assert buttons(translator, korean, translation) == []
    assert buttons(reviewer, korean, translation) == ["accept", "send_back"]


def test_what_was_handed_in_unasked_is_accepted_by_somebody_else_and_published(
    all_reviewed, korean, translation, staff, send, segment
):
    retitle(send, segment)
    send("accept", "ko")
    assert TranslationTask.objects.get().state == State.IN_REVIEW
    assert "in review" in why_not_publish(translation, korean, staff["ko"])
    send("accept", "coordinator")
    assert why_not_publish(translation, korean, staff["ko"]) == ""
    korean.save_revision(user=staff["ko"]).publish()
    assert TranslationTask.objects.get().state == State.PUBLISHED
    assert not Notice.objects.filter(kind=Kind.FINISHED).exists()


def test_what_was_handed_in_unasked_is_returned_and_handed_in_again(all_reviewed, staff, send, segment):
    retitle(send, segment)
    send("send_back", "coordinator", note="The title is too long.")
    assert Notice.objects.filter(user=staff["ko"], kind=Kind.RETURNED).count() == 1
    send("hand_in", "ko", note="Shorter")
    assert state_of(TranslationTask.objects.get()) == (State.IN_REVIEW, "Shorter")


def test_accepted_translation_is_handed_in_again_only_after_a_change(all_reviewed, korean, staff, send, segment):
    retitle(send, segment)
    send("accept", "coordinator")
    korean.save_revision(user=staff["ko"]).publish()
    response = send("hand_in", "ko", note="Again")
    assert (response.status_code, said(response)) == (
        409,
        ["Not handed in: it is accepted already, and no text was changed since."],
    )
    assert ">Again</textarea>" in response.content.decode()
    retitle(send, segment, "물의 길")
    assert list(TranslationTask.objects.order_by("pk").values_list("state", flat=True)) == [
        State.PUBLISHED,
        State.IN_REVIEW,
    ]


def test_incomplete_translation_leaves_no_task_behind(all_reviewed, send, segment, translation, admin_user):
    remove_text(translation, StringSegment.objects.get(pk=segment("Rain").pk), user=admin_user)
    assert said(send("hand_in", "ko")) == ["Not handed in: 1 text is not translated yet."]
    assert not TranslationTask.objects.exists()
    assert not TranslationRequest.objects.exists()


def test_what_somebody_asked_for_meanwhile_is_handed_in_for_that(page, korean, translation, staff, task):
    TranslationTask.objects.update(assignee=None)
    handed_in = tasks.hand_in_unasked(translation, staff["ko"], "Done")
    assert (handed_in, state_of(task)) == (task, (State.IN_REVIEW, "Done"))
    assert not TranslationRequest.objects.exists()


@pytest.mark.parametrize("who", ["editor", "zh-hans"])
def test_people_of_other_languages_hand_nothing_in_unasked(all_reviewed, home, translation, client_of, who):
    translate_home(home, "zh-hans")
    url = reverse("translations_editor:hand_in", args=[translation.pk])
    response = client_of(make_people(home)[who]).post(url, headers={"x-requested-with": "XMLHttpRequest"})
    assert response.status_code == 403
    assert not TranslationTask.objects.exists()


def test_nothing_is_handed_in_unasked_while_the_page_is_locked(
    all_reviewed, korean, translation, staff, send, client_of
):
    Page.objects.filter(pk=korean.pk).update(locked=True, locked_by=staff["coordinator"])
    assert buttons(client_of(staff["ko"]), korean, translation) == []
    assert send("hand_in", "ko").status_code == 409
    assert not TranslationTask.objects.exists()


@pytest.mark.parametrize("name", ["accept", "send_back"])
def test_what_was_not_handed_in_is_not_judged(all_reviewed, translation, send, name):
    assert send(name, "coordinator", note="x").status_code == 404


def test_editor_drafts_simplified_by_machine_from_traditional(home, page, admin):
    translate_home(home, "zh-hant", "zh-hans")
    translate_page(page, "zh-hant", {"Water": "水資訊"}, publish=False)
    simplified = translate_page(page, "zh-hans", {"Rain": "雨"}, publish=False)
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale__language_code="zh-hans"
    )
    edit = reverse("wagtailadmin_pages:edit", args=[simplified.pk])
    content = admin.get(edit).content.decode()
    assert "Draft open texts by machine (OpenCC)" in content
    assert f'id="te-machine" action="{reverse("translations_machine_draft")}"' in content
    response = admin.post(
        reverse("translations_machine_draft"), {"translation": translation.pk, "next": edit}, follow=True
    )
    assert "水信息</textarea>" in response.content.decode()


def test_editor_offers_no_machine_where_there_is_none(admin, korean, translation, segment, admin_user):
    remove_text(translation, StringSegment.objects.get(pk=segment("Rain").pk), user=admin_user)
    content = admin.get(reverse("wagtailadmin_pages:edit", args=[korean.pk])).content.decode()
    assert "te-machine" not in content
