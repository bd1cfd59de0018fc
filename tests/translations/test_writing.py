import pytest
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from translations.events import texts_changed
from translations.models import TextChange
from translations.writing import TextConflict, TextRefused, confirm_text, remove_text, write_text


@pytest.fixture
def translation(korean, page):
    return Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code="ko")


@pytest.fixture
def title(translation):
    return StringSegment.objects.get(source=translation.source, context__path="title")


@pytest.fixture
def user(django_user_model):
    return django_user_model.objects.create_user("mina")


def _text(translation, segment):
    return StringTranslation.objects.filter(
        translation_of=segment.string, context=segment.context, locale=translation.target_locale
    ).first()


def test_write_text_replaces_and_remembers(translation, title, user):
    heard = []
    texts_changed.connect(receiver := lambda changes, **kwargs: heard.extend(changes))
    write_text(translation, title, "물과 물", user=user, expected="물")
    texts_changed.disconnect(receiver)
    assert (_text(translation, title).data, _text(translation, title).last_translated_by) == ("물과 물", user)
    change = TextChange.objects.filter(translation=translation).first()
    assert (change.text, change.means, change.user) == ("물과 물", "typed", user)
    assert [heard_change.pk for heard_change in heard] == [change.pk]


def test_write_text_names_the_draft(translation, title, user, korean):
    write_text(translation, title, "물 &amp; 비", user=user)
    assert Page.objects.get(pk=korean.pk).draft_title == "물 & 비"


def test_write_text_refuses_what_somebody_else_changed(translation, title, user, django_user_model):
    other = django_user_model.objects.create_user("jun")
    write_text(translation, title, "수자원", user=other, expected="물")
    with pytest.raises(TextConflict) as conflict:
        write_text(translation, title, "물과 물", user=user, expected="물")
    assert (conflict.value.theirs, conflict.value.user) == ("수자원", other)
    assert _text(translation, title).data == "수자원"


def test_write_text_refuses_what_somebody_else_removed(translation, title, user):
    remove_text(translation, title, user=user)
    with pytest.raises(TextConflict):
        write_text(translation, title, "물과 물", user=user, expected="물")


@pytest.mark.parametrize("text", ["", "  ", "<b></b>", "<script>x</script>", '<a id="a7">물</a>'])
def test_write_text_refuses_what_cannot_be_used(translation, title, user, text):
    with pytest.raises(TextRefused):
        write_text(translation, title, text, user=user)
    assert _text(translation, title).data == "물"


def test_remove_text_keeps_history(translation, title, user):
    remove_text(translation, title, user=user, expected="물")
    assert _text(translation, title) is None
    assert [change.means for change in TextChange.objects.filter(context=title.context)] == ["removed", "import"]


def test_confirm_text_lets_a_person_stand_for_it(translation, title, user):
    write_text(translation, title, "물", user=None, means="machine", detail="OpenCC")
    assert (_text(translation, title).translation_type, _text(translation, title).tool_name) == ("machine", "OpenCC")
    confirm_text(translation, title, user=user)
    assert (_text(translation, title).translation_type, _text(translation, title).last_translated_by) == (
        "manual",
        user,
    )
