import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from home.models import StandardPage
from tests.translations.trees import PARAGRAPH
from translations import sources
from translations.events import source_synced
from translations.models import MinorEdit, SourceChange, TextChange
from translations.segments import segments_of


def translation_of(page, code="ko"):
    return Translation.objects.select_related("source__specific_content_type", "target_locale").get(
        source__object_id=page.translation_key, target_locale__language_code=code
    )


def publish(page, *, minor=False, **changes):
    page = StandardPage.objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    revision = page.save_revision()
    if minor:
        sources.mark_minor(revision)
    revision.publish()
    return StandardPage.objects.get(pk=page.pk)


def paragraph(page, html):
    return [{"type": "paragraph", "id": page.body[0].id, "value": html}]


def untranslated(page):
    return [segment.source for segment in segments_of(translation_of(page)) if not segment.is_translated]


def test_publishing_opens_the_changed_text_to_translators(korean, page):
    publish(page, title="Energy and waste")
    assert untranslated(page) == ["Energy and waste"]


def test_publishing_page_that_was_never_submitted_makes_no_source(page):
    publish(page, title="Energy")
    assert not TranslationSource.objects.filter(object_id=page.translation_key).exists()


def test_publishing_without_a_change_is_no_change_of_the_source(korean, page):
    before = SourceChange.objects.count()
    publish(page)
    assert SourceChange.objects.count() == before


def test_saving_a_draft_changes_no_source(korean, page):
    page.title = "Draft"
    page.save_revision()
    assert untranslated(page) == []


def test_taking_over_gives_the_segments_that_upstream_makes(korean, page):
    publish(page, title="Anew", body=paragraph(page, f"<h2>First</h2>{PARAGRAPH}<p>Last</p>"))
    source = translation_of(page).source
    ours = set(StringSegment.objects.filter(source=source).values_list("order", "context__path", "string__data"))
    source.refresh_segments()
    theirs = set(StringSegment.objects.filter(source=source).values_list("order", "context__path", "string__data"))
    assert ours == theirs


def test_taking_over_keeps_the_rows_of_texts_that_moved(korean, page):
    source = translation_of(page).source
    before = dict(StringSegment.objects.filter(source=source).values_list("string__data", "pk"))
    publish(page, body=paragraph(page, f"<p>First of all</p>{PARAGRAPH}"))
    after = dict(StringSegment.objects.filter(source=source).values_list("string__data", "pk"))
    assert {text: pk for text, pk in after.items() if text != "First of all"} == before


def test_publishing_costs_no_more_queries_for_a_long_page(korean, page):
    def cost(number):
        long = publish(page, body=paragraph(page, "".join(f"<p>Paragraph {i}</p>" for i in range(number))))
        long.title = f"Title {number}"
        long.save()
        with CaptureQueriesContext(connection) as queries:
            assert sources.take_over(long)
        return len(queries)

    assert cost(5) == cost(100)


def test_failure_of_taking_over_does_not_keep_the_editor_from_publishing(korean, page, monkeypatch, caplog):
    monkeypatch.setattr(sources, "refresh_segments", lambda source: {}["block"])
    assert publish(page, title="Published").title == "Published"
    assert "not taken over" in caplog.text
    assert untranslated(page) == []


def test_take_over_missed_takes_what_failed_before(korean, page, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(sources, "refresh_segments", lambda source: {}["block"])
        publish(page, title="Published")
    assert sources.take_over_missed() == 1
    assert untranslated(page) == ["Published"]
    assert sources.take_over_missed() == 0


def test_minor_edit_keeps_the_translation(korean, page):
    publish(page, minor=True, title="Waters")
    assert untranslated(page) == []
    title = next(segment for segment in segments_of(translation_of(page)) if segment.path == "title")
    assert (title.source, title.translation) == ("Waters", "물")
    change = TextChange.objects.get(means=TextChange.Means.CARRIED)
    assert (change.text, change.string.data) == ("물", "Waters")


def test_minor_edit_does_not_keep_a_translation_with_another_number(korean, page):
    publish(page, title="Plan for 2026")
    translation = translation_of(page)
    segment = StringSegment.objects.get(source=translation.source, context__path="title")
    StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=translation.target_locale, data="2026년 계획"
    )
    publish(page, minor=True, title="Plan for 2027")
    assert untranslated(page) == ["Plan for 2027"]


def test_minor_edit_does_not_keep_a_translation_that_lacks_a_link(korean, page):
    changed = PARAGRAPH.replace("Water is", 'Water <a href="https://example.org/2">is</a>')
    publish(page, minor=True, body=paragraph(page, changed))
    assert len(untranslated(page)) == 1


def test_minor_edit_does_not_make_an_outdated_text_good(korean, page):
    publish(page, title="Energy")
    publish(page, minor=True, title="Energies")
    assert untranslated(page) == ["Energies"]


def test_minor_edit_leaves_what_a_machine_wrote_to_be_confirmed(korean, page):
    StringTranslation.objects.filter(data="물").update(
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE, tool_name="Engine"
    )
    publish(page, minor=True, title="Waters")
    title = next(segment for segment in segments_of(translation_of(page)) if segment.path == "title")
    assert (title.translation, title.machine, title.tool) == ("물", True, "Engine")


def test_minor_edit_holds_for_its_revision_only(korean, page):
    publish(page, minor=True, title="Waters")
    publish(page, title="Energy and waste")
    assert MinorEdit.objects.count() == 1
    assert untranslated(page) == ["Energy and waste"]


@pytest.mark.parametrize("minor", [True, False])
def test_taking_over_says_so(korean, page, minor):
    heard = []

    def hear(sender, source, minor, **kwargs):
        heard.append((source.object_id, minor))

    source_synced.connect(hear)
    publish(page, minor=minor, title="Waters")
    source_synced.disconnect(hear)
    assert heard == [(page.translation_key, minor)]


def test_fingerprint_sees_content_and_no_bookkeeping(korean, page):
    content = json.loads(translation_of(page).source.content_json)
    same = content | {"live": not content["live"], "url_path": "/elsewhere/", "latest_revision": 7}
    other = content | {"seo_title": "Another"}
    first = sources.fingerprint(json.dumps(content))
    assert sources.fingerprint(json.dumps(same)) == first
    assert sources.fingerprint(json.dumps(other)) != first
