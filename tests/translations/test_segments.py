from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import StringTranslation, Translation

from tests.translations.trees import PARAGRAPH
from translations.segments import segments_of

NEW = "Quite another matter: bicycles everywhere"


def _translation(page):
    return Translation.objects.select_related("source__specific_content_type", "target_locale").get(
        source__object_id=page.translation_key, target_locale__language_code="ko"
    )


def _publish(page, **changes):
    page = type(page).objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    translation = _translation(page)
    translation.source.update_from_db()
    return _translation(page)


def test_segments_say_source_and_translation(korean, page):
    by_source = {segment.source: segment for segment in segments_of(_translation(page))}
    assert by_source["Water"].translation == "물"
    assert by_source["Rain"].translation == "비"
    assert by_source["Water"].field == "title"
    assert all(segment.is_translated and segment.former is None for segment in by_source.values())


def test_segments_of_changed_title_offer_what_it_said_before(korean, page):
    segments = {segment.path: segment for segment in segments_of(_publish(page, title="Energy and waste"))}
    title = segments["title"]
    assert (title.source, title.translation, title.is_translated) == ("Energy and waste", "", False)
    assert (title.former.source, title.former.translation) == ("Water", "물")


def test_segments_of_changed_paragraph_offer_the_paragraph_that_is_like_it(korean, page):
    block = page.body[0].id
    body = [{"type": "paragraph", "id": block, "value": PARAGRAPH.replace("is <b>shared", "is <b>widely shared")}]
    changed = [segment for segment in segments_of(_publish(page, body=body)) if not segment.is_translated]
    assert [segment.former.translation.startswith("물은") for segment in changed] == [True]


def test_segments_of_new_paragraph_offer_nothing(korean, page):
    block = page.body[0].id
    body = [{"type": "paragraph", "id": block, "value": PARAGRAPH + f"<p>{NEW}</p>"}]
    new = [segment for segment in segments_of(_publish(page, body=body)) if not segment.is_translated]
    assert [(segment.source, segment.former) for segment in new] == [
        ("Quite another matter: bicycles everywhere", None)
    ]


def test_segment_with_broken_translation_is_not_translated(korean, page):
    StringTranslation.objects.filter(data="물").update(has_error=True, field_error="Too long")
    title = next(segment for segment in segments_of(_translation(page)) if segment.path == "title")
    assert (title.is_translated, title.translation, title.error) == (False, "물", "Too long")


def test_segments_take_two_queries(korean, page):
    translation = _translation(page)
    with CaptureQueriesContext(connection) as queries:
        segments_of(translation)
    assert len(queries) == 2
