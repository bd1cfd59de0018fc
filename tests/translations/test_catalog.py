import pytest
from wagtail.actions.copy_for_translation import ParentNotTranslatedError
from wagtail.signal_handlers import disable_reference_index_auto_update, reference_index_auto_update_disabled
from wagtail_localize.models import StringTranslation, Translation

from tests.translations.trees import PARAGRAPH, add_page, make_home, translate_home
from translations.catalog import TranslationTextError, extract_strings, pair_rich_text, translate_page

pytestmark = pytest.mark.django_db

KOREAN = (
    '<p>물은 <b>함께</b> 씁니다. <a href="https://example.org/">계획</a>을 보십시오.</p><ul><li>비 &amp; 눈</li></ul>'
)


@pytest.fixture
def home():
    home = make_home()
    translate_home(home, "ko")
    return home


@pytest.fixture
def page(home):
    return add_page(home, "Water & air", "water", body=PARAGRAPH)


def complete(texts=None):
    return {"Water & air": "물 & 공기", **pair_rich_text(PARAGRAPH, KOREAN), **(texts or {})}


def test_complete_translation_is_published_with_its_markup_and_links(page):
    korean = translate_page(page, "ko", complete())
    assert (korean.live, korean.title, korean.slug) == (True, "물 & 공기", "water")
    assert korean.get_admin_display_title() == "물 & 공기"
    assert korean.body[0].value.source == KOREAN
    assert korean.get_parent().locale.language_code == "ko"


def test_partial_translation_is_a_draft(page):
    korean = translate_page(page, "ko", {"Water & air": "물 & 공기"})
    assert korean.live is False
    assert korean.get_latest_revision_as_object().title == "물 & 공기"


def test_publish_can_be_left_to_somebody(page):
    assert translate_page(page, "ko", complete(), publish=False).live is False


def test_page_without_any_translation_is_not_made(page):
    assert translate_page(page, "ko", {"Something else": "다른 것"}) is None
    assert not Translation.objects.filter(source__object_id=page.translation_key).exists()
    assert not page.has_translation(page.locale) or page.get_translations().count() == 0


def test_second_call_changes_the_words_and_keeps_the_page(page):
    first = translate_page(page, "ko", complete())
    second = translate_page(page, "ko", {"Water & air": "물과 공기"})
    assert (second.pk, second.title, second.live) == (first.pk, "물과 공기", True)
    assert second.body[0].value.source == KOREAN


def test_source_change_does_not_put_source_words_on_the_live_page(page):
    translate_page(page, "ko", complete())
    page.title = "Water, air and soil"
    page.save_revision().publish()
    korean = translate_page(page, "ko", {})
    assert (korean.live, korean.title) == (True, "물 & 공기")


def test_translation_that_was_stopped_is_left_alone(page):
    korean = translate_page(page, "ko", complete())
    Translation.objects.filter(source__object_id=page.translation_key).update(enabled=False)
    assert translate_page(page, "ko", {"Water & air": "다른 말"}).title == korean.title


def test_translation_of_a_draft_is_a_draft(home):
    draft = add_page(home, "Draft", "draft", live=False)
    assert translate_page(draft, "ko", {"Draft": "초안"}).live is False


def test_page_under_an_untranslated_page_is_refused(home):
    child = add_page(add_page(home, "Parent", "parent"), "Child", "child")
    with pytest.raises(ParentNotTranslatedError):
        translate_page(child, "ko", {"Child": "아래"})
    assert not Translation.objects.filter(source__object_id=child.translation_key).exists()


@pytest.mark.parametrize("text", ["", " ", "\n", "<b> </b>"])
def test_empty_translation_is_refused(page, text):
    with pytest.raises(TranslationTextError):
        translate_page(page, "ko", complete({"Water & air": text}))


def test_translator_may_change_the_order_of_links(home):
    source = '<p><a href="https://one.example/">One</a> and <a href="https://two.example/">two</a></p>'
    target = '<p><a href="https://two.example/">둘</a>과 <a href="https://one.example/">하나</a></p>'
    page = add_page(home, "Links", "links", body=source)
    korean = translate_page(page, "ko", {"Links": "연결", **pair_rich_text(source, target)})
    assert korean.body[0].value.source == target


def test_links_may_be_given_by_their_ids(home):
    page = add_page(home, "Links", "links", body='<p>See <a href="https://one.example/">one</a></p>')
    texts = {"Links": "연결", 'See <a id="a1">one</a>': '<a id="a1">하나</a>를 보십시오'}
    korean = translate_page(page, "ko", texts)
    assert korean.body[0].value.source == '<p><a href="https://one.example/">하나</a>를 보십시오</p>'


@pytest.mark.parametrize(
    "text", ["하나", '<a id="a1">하나</a> <a id="a2">둘</a>', '<a id="a1">하나</a><script>x</script>', "<p>하나</p>"]
)
def test_links_and_markup_must_be_those_of_the_source(home, text):
    page = add_page(home, "Links", "links", body='<p>See <a href="https://one.example/">one</a></p>')
    with pytest.raises(TranslationTextError):
        translate_page(page, "ko", {"Links": "연결", 'See <a id="a1">one</a>': text})


def test_rich_text_of_another_shape_is_not_paired():
    with pytest.raises(TranslationTextError):
        pair_rich_text("<p>One</p><p>Two</p>", "<p>하나</p>")


def test_extract_strings_gives_one_string_for_each_element():
    assert extract_strings(PARAGRAPH) == [
        'Water is <b>shared</b>, see <a href="https://example.org/">the plan</a>.',
        "Rain",
    ]


def test_texts_are_signed_by_the_user(page, django_user_model):
    user = django_user_model.objects.create_user("minji")
    translate_page(page, "ko", complete(), user=user)
    signed = StringTranslation.objects.filter(context__object_id=page.translation_key)
    assert set(signed.values_list("last_translated_by", flat=True)) == {user.pk}


def test_a_load_that_notes_references_later_can_translate(page):
    with disable_reference_index_auto_update():
        translate_page(page, "ko", complete())
        assert reference_index_auto_update_disabled.value
    assert not hasattr(reference_index_auto_update_disabled, "value")
