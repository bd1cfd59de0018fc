import pytest
from django.urls import reverse
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from tests.translations.trees import add_page
from translations import states
from translations.catalog import translate_page
from translations.editor.rows import rows_of
from translations.models import DismissedCheck, PageTranslationState, TextChange
from translations.review import why_not_publish
from translations.writing import write_text


def stands(segment, translation):
    row = StringTranslation.objects.filter(
        translation_of_id=segment.string_id, context_id=segment.context_id, locale=translation.target_locale
    ).first()
    return row and row.data


def write(translation, segment, text, user=None, **rest):
    write_text(translation, StringSegment.objects.get(pk=segment.pk), text, user=user, **rest)


def test_text_is_saved_and_shown_as_it_stands(call, translation, segment, admin_user):
    rain = segment("Rain")
    response = call("save", rain.pk, text="비 & 눈", seen="비")
    answer = response.json()
    assert (response.status_code, answer["typed"], answer["seen"]) == (200, "비 & 눈", "비 &amp; 눈")
    assert stands(rain, translation) == "비 &amp; 눈"
    assert (answer["state"], answer["progress"]["missing"]) == ("translated", 0)
    assert TextChange.objects.first().user == admin_user


@pytest.mark.parametrize(
    ("said", "kept"), [("memory", "memory"), ("former", "former"), ("machine", "typed"), ("x", "typed")]
)
def test_script_says_by_which_means_but_not_any(call, segment, said, kept):
    call("save", segment("Rain").pk, text="소나기", seen="비", means=said)
    assert TextChange.objects.first().means == kept


def test_equal_texts_of_one_field_are_one(admin, home, admin_user):
    page = add_page(home, "Twice", "twice", body="<p>Same words.</p><p>Other.</p><p>Same words.</p>")
    korean = translate_page(page, "ko", {"Twice": "두 번"}, publish=False)
    translation = Translation.objects.get(source__object_id=page.translation_key)
    first, second = (
        StringSegment.objects.filter(string__data="Same words.").order_by("order").values_list("pk", flat=True)
    )
    rows = [row for row in rows_of(translation) if row.segment.source == "Same words."]
    assert [(row.pk, row.segment.times) for row in rows] == [(first, 2)]
    content = admin.get(reverse("wagtailadmin_pages:edit", args=[korean.pk])).content.decode()
    assert "Stands here 2 times, translated once." in content
    # An address of the second still answers, for the one text that both are.
    url = reverse("translations_editor:save", args=[translation.pk, second])
    answer = admin.post(url, {"text": "같은 말.", "seen": ""}).json()
    assert (answer["pk"], answer["progress"]["missing"]) == (first, 1)
    states.refresh([page.pk])
    state = PageTranslationState.objects.get(source=page, locale=korean.locale)
    assert (state.translated, state.total) == (2, 3)
    assert "1 text is not translated yet" in why_not_publish(translation, korean, admin_user)


def test_empty_text_removes_the_translation(call, translation, segment):
    response = call("save", segment("Rain").pk, text=" ", seen="비")
    assert (response.json()["state"], response.json()["progress"]["missing"]) == ("untranslated", 1)
    assert stands(segment("Rain"), translation) is None


def test_newer_text_of_somebody_else_is_not_overwritten(call, translation, segment, django_user_model):
    rain = segment("Rain")
    write(
        translation, rain, "그들의 비", django_user_model.objects.create_user("jun", first_name="Jun", last_name="Ha")
    )
    response = call("save", rain.pk, text="나의 비", seen="비")
    assert response.status_code == 409
    assert {name: response.json()[name] for name in ("theirs", "seen", "by")} == {
        "theirs": "그들의 비",
        "seen": "그들의 비",
        "by": "Jun Ha",
    }
    assert stands(rain, translation) == "그들의 비"
    assert call("save", rain.pk, text="나의 비", seen="그들의 비").status_code == 200


def test_text_that_cannot_be_used_is_refused_with_the_reason(call, translation, segment):
    water = segment("Water is")
    response = call("save", water.pk, text='<a id="a9">물</a>', seen=water.translation)
    assert response.status_code == 422
    assert response.json()["message"]
    assert stands(water, translation) == water.translation


def test_machine_text_is_confirmed(call, translation, segment, admin_user):
    write(translation, segment("Rain"), "비", means="machine", detail="OpenCC")
    assert segment("Rain").machine
    assert call("confirm", segment("Rain").pk, seen="비").json()["state"] == "translated"
    assert (segment("Rain").machine, segment("Rain").updated_by) == (False, admin_user)


def test_machine_text_is_not_confirmed_unseen(call, translation, segment):
    write(translation, segment("Rain"), "비가", means="machine")
    assert call("confirm", segment("Rain").pk, seen="비").status_code == 409


def test_earlier_text_is_restored(call, translation, segment):
    rain = segment("Rain")
    first = TextChange.objects.filter(context_id=rain.context_id, string_id=rain.string_id).first()
    write(translation, rain, "폭우")
    answer = call("restore", rain.pk, change=first.pk, seen="폭우").json()
    assert answer["typed"] == "비"
    assert TextChange.objects.first().means == "restored"


def test_change_of_another_place_is_not_restored_here(call, segment):
    title = TextChange.objects.filter(context_id=segment("Water").context_id).first()
    rain = segment("Rain")
    assert call("restore", rain.pk, change=title.pk, seen="비").status_code == 404


def test_text_is_checked_while_it_is_typed(call, translation, segment):
    water = segment("Water is")
    assert "te-problem" in call("check", water.pk, text="물").content.decode()
    assert stands(water, translation) == water.translation


def test_warning_is_dismissed_with_a_reason_until_the_text_changes(call, translation, segment):
    water = segment("Water is")
    text = '물은 공유, <a id="a1">계획</a>.'
    write(translation, water, text)
    warning = next(one for one in _findings(call, water) if one.code == "tag_missing")
    values = {"code": warning.code, "detail": warning.detail, "text": text}
    assert call("dismiss", water.pk, **values).status_code == 422
    assert call("dismiss", water.pk, reason="Korean has no bold", **values).status_code == 200
    assert DismissedCheck.objects.get().reason == "Korean has no bold"
    again = [one.dismissed for one in _findings(call, water) if one.code == warning.code]
    assert again == ["Korean has no bold"]
    write(translation, water, text + "!")
    assert [one.dismissed for one in _findings(call, water) if one.code == warning.code] == [""]


def _findings(call, segment):
    return call("beside", segment.pk).context["row"].problems


def test_beside_shows_memory_of_another_page(home, call, korean, segment):
    other = add_page(home, "Weather", "weather", body="<p>Rain</p>")
    translate_page(other, "ko", {"Weather": "날씨", "Rain": "비 (날씨)"})
    content = call("beside", segment("Rain").pk).content.decode()
    assert 'data-typed="비 (날씨)"' in content


def test_beside_is_a_page_of_its_own_without_the_script(admin, call, segment):
    url = call("beside", segment("Rain").pk).wsgi_request.path
    assert "Back to the translation" in admin.get(url).content.decode()


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("save", "post"),
        ("confirm", "post"),
        ("restore", "post"),
        ("check", "post"),
        ("dismiss", "post"),
        ("beside", "get"),
    ],
)
class TestRights:
    def test_stranger_is_refused(self, call, stranger, segment, name, method):
        assert call(name, segment("Rain").pk, client=stranger, method=method, text="x", seen="비").status_code == 403

    def test_visitor_is_refused(self, call, client, segment, name, method):
        assert call(name, segment("Rain").pk, client=client, method=method, text="x", seen="비").status_code == 403

    def test_text_of_another_page_is_not_found(self, home, call, name, method):
        other = add_page(home, "Soil", "soil")
        translate_page(other, "ko", {"Soil": "흙"})
        foreign = StringSegment.objects.get(context__object_id=other.translation_key, context__path="title")
        assert call(name, foreign.pk, method=method, text="x", seen="흙").status_code == 404

    def test_other_method_is_refused(self, call, segment, name, method):
        other = "get" if method == "post" else "post"
        assert call(name, segment("Rain").pk, method=other).status_code == 405


def test_stopped_translation_takes_no_text(call, translation, segment):
    pk = segment("Rain").pk
    translation.enabled = False
    translation.save()
    assert call("save", pk, text="x", seen="비").status_code == 404


def test_token_is_asked_for_by_the_script(call):
    assert len(call("token").json()["token"]) == 64
