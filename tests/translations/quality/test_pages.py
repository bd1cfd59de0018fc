"""The checks of a whole page, and what its fields take."""

import pytest
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from translations.glossary import terms_in
from translations.quality import blocking, check_segments, max_lengths
from translations.segments import segments_of


@pytest.fixture
def translation(korean, page):
    return Translation.objects.select_related("source__specific_content_type", "source__locale", "target_locale").get(
        source__object_id=page.translation_key, target_locale__language_code="ko"
    )


def _change(old: str, new: str) -> None:
    text = StringTranslation.objects.get(data=old, locale__language_code="ko")
    StringTranslation.objects.filter(pk=text.pk).update(data=new)


def test_good_page_may_be_published(translation):
    assert blocking(translation) == ()


def test_broken_link_keeps_a_page_from_being_published(translation):
    text = StringTranslation.objects.get(data__contains="a1", locale__language_code="ko")
    _change(text.data, "물은 <b>공유</b>")
    [(segment, problem)] = blocking(translation)
    assert (segment.translation, problem.code, problem.detail) == ("물은 <b>공유</b>", "link_missing", '<a id="a1">')


def test_warnings_keep_nothing_back(translation):
    _change("비", "<b>비</b>")
    problems = check_segments(translation, segments_of(translation))
    assert {problem.code for found in problems.values() for problem in found} == {"tag_added", "latin_left"}
    assert blocking(translation) == ()


def test_title_longer_than_its_field_keeps_a_page_from_being_published(translation):
    _change("물", "물" * 256)
    assert [(problem.code, problem.detail) for _, problem in blocking(translation)] == [("too_long", "256 / 255")]


def test_check_of_a_page_takes_two_queries(translation, django_assert_num_queries):
    terms_in("the glossary is read once", "en", "ko")
    with django_assert_num_queries(2):
        blocking(translation)


def test_fields_blocks_and_children_say_how_long_their_texts_may_be(trees):
    page = trees["en"].by_type["CasePage"]
    source, _ = TranslationSource.update_or_create_from_instance(page)
    translation = Translation(source=source, target_locale=trees["ko"].by_type["CasePage"].locale)
    segments = segments_of(translation)
    limits = max_lengths(translation, segments)
    by_field = {
        ".".join(part for part in segment.path.split(".") if len(part) < 36): limits[segment.pk] for segment in segments
    }
    wanted = {
        "title": 255,
        "summary": 320,
        "challenge": None,
        "actions.when": 40,
        "actions.text": None,
        "indicators.unit": 40,
        "gallery.caption": 250,
    }
    assert {field: by_field[field] for field in wanted} == wanted
