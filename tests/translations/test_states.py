import random
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from home.models import StandardPage
from tests.translations.test_sources import paragraph, publish, translation_of
from tests.translations.trees import PARAGRAPH, add_page
from translations import states
from translations.catalog import pair_rich_text, translate_page
from translations.models import PageTranslationState, SourceChange, TranslationTask
from translations.writing import remove_text, write_text

State = PageTranslationState.State
Reason = PageTranslationState.Reason
JAPANESE = {"Water": "水", **pair_rich_text(PARAGRAPH, PARAGRAPH.replace("Water", "水"))}


def state_of(page, code="ko"):
    """What is kept, after everything was computed anew."""
    states.refresh([page.pk])
    return PageTranslationState.objects.filter(source=page, locale__language_code=code).first()


def said(page, code="ko"):
    row = state_of(page, code)
    return (row.state, row.reason, row.translated, row.total, row.changed)


def retranslate(page, text="새 제목"):
    translation = translation_of(page)
    segment = StringSegment.objects.select_related("string").get(source=translation.source, context__path="title")
    write_text(translation, segment, text, user=None)
    return translation


def republish(page):
    translation = translation_of(page)
    target, _created = translation.source.create_or_update_translation(translation.target_locale, publish=False)
    target.latest_revision.publish()


def test_complete_published_translation_is_up_to_date(korean, page):
    assert said(page) == (State.UP_TO_DATE, "", 3, 3, 0)
    assert state_of(page).target_id == korean.pk


def test_page_without_translation_is_missing(korean, page):
    assert said(page, "ja") == (State.MISSING, "", 0, 3, 0)


def test_source_that_nobody_submitted_is_missing_everywhere(page):
    states.refresh([page.pk])
    rows = PageTranslationState.objects.filter(source=page).values_list("locale__language_code", "state", "total")
    assert sorted(rows) == [(code, State.MISSING, 0) for code in ("ja", "ko", "zh-hans", "zh-hant")]


def test_translation_is_no_source(korean, page):
    states.refresh([korean.pk])
    assert not PageTranslationState.objects.filter(source=korean).exists()
    assert PageTranslationState.objects.filter(source=page).count() == 4


def test_draft_that_nobody_translated_has_no_state(home):
    assert state_of(add_page(home, "Draft", "draft", live=False)) is None


def test_half_translated_page_is_in_translation(home, page):
    translate_page(page, "ko", {"Water": "물"})
    assert said(page) == (State.IN_TRANSLATION, "", 1, 3, 0)
    assert state_of(page).percent == 33


def test_complete_page_that_is_not_published_is_in_translation(page):
    translate_page(page, "ko", {"Water": "물", **pair_rich_text(PARAGRAPH, PARAGRAPH)}, publish=False)
    assert said(page) == (State.IN_TRANSLATION, "", 3, 3, 0)


def test_text_of_a_field_that_the_editor_hides_keeps_no_page_from_a_hundred_percent(page, monkeypatch):
    """P12."""
    translate_page(page, "ko", pair_rich_text(PARAGRAPH, PARAGRAPH))
    assert state_of(page).percent == 66
    monkeypatch.setattr("translations.state_facts.is_visible", lambda model, path: path != "title")
    assert state_of(page).percent == 100


def test_changed_source_outdates_the_published_translation(korean, page):
    publish(page, title="Energy and waste")
    assert said(page) == (State.OUTDATED, Reason.TEXTS, 2, 3, 1)
    assert state_of(page).outdated_since == SourceChange.objects.latest("at").at


def test_outdated_since_stays_at_the_first_change(korean, page):
    publish(page, title="Energy")
    since = state_of(page).outdated_since
    publish(page, title="Energy and waste")
    assert state_of(page).outdated_since == since


def test_change_that_is_taken_back_outdates_nothing(korean, page):
    publish(page, title="Energy")
    publish(page, title="Water")
    assert said(page) == (State.UP_TO_DATE, "", 3, 3, 0)


def test_minor_edit_outdates_nothing(korean, page):
    publish(page, minor=True, title="Waters")
    assert said(page) == (State.UP_TO_DATE, "", 3, 3, 0)


def test_minor_edit_after_another_change_leaves_the_page_outdated(korean, page):
    publish(page, title="Energy")
    publish(page, minor=True, title="Energies")
    assert said(page)[:2] == (State.OUTDATED, Reason.TEXTS)


def test_text_of_a_minor_edit_that_could_not_be_kept_outdates_the_page(korean, page):
    publish(page, minor=True, title="Water 2027")
    assert said(page) == (State.OUTDATED, Reason.TEXTS, 2, 3, 1)


def test_retranslated_page_waits_to_be_published(korean, page):
    publish(page, title="Energy and waste")
    retranslate(page)
    assert said(page) == (State.OUTDATED, Reason.UNPUBLISHED, 3, 3, 0)
    republish(page)
    assert said(page) == (State.UP_TO_DATE, "", 3, 3, 0)


def test_removed_paragraph_outdates_until_the_translation_is_published_again(korean, page):
    publish(page, body=[])
    assert said(page) == (State.OUTDATED, Reason.UNPUBLISHED, 1, 1, 0)
    republish(page)
    assert said(page) == (State.UP_TO_DATE, "", 1, 1, 0)


def test_revision_made_before_the_source_changed_is_outdated_when_published_later(korean, page):
    translation = translation_of(page)
    target, _created = translation.source.create_or_update_translation(translation.target_locale, publish=False)
    publish(page, body=[])
    target.latest_revision.publish()
    assert said(page)[:2] == (State.OUTDATED, Reason.UNPUBLISHED)


def test_text_that_its_translator_removed_makes_work_and_outdates_nothing(korean, page):
    translation = translation_of(page)
    segment = StringSegment.objects.select_related("string").get(source=translation.source, context__path="title")
    remove_text(translation, segment, user=None)
    assert said(page) == (State.IN_TRANSLATION, "", 2, 3, 0)


def test_page_with_texts_by_machine_says_so_until_they_are_confirmed(korean, page):
    StringTranslation.objects.filter(data="물").update(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)
    assert said(page)[0] == State.MACHINE
    assert state_of(page).machine == 1


def test_task_in_review_shows_while_all_is_translated(korean, page):
    task = TranslationTask.objects.create(
        source=page, locale=Locale.objects.get(language_code="ko"), state=TranslationTask.State.IN_REVIEW
    )
    assert said(page)[0] == State.IN_REVIEW
    publish(page, title="Energy")
    assert said(page)[0] == State.OUTDATED
    task.delete()


def test_live_translation_of_a_withdrawn_source_says_so(korean, page):
    Page.objects.get(pk=page.pk).specific.unpublish()
    assert state_of(page) is None
    # It was withdrawn with its source; somebody published it again by itself.
    republish(page)
    assert said(page)[:2] == (State.OUTDATED, Reason.WITHDRAWN)
    since = state_of(page).outdated_since
    assert since is not None
    assert state_of(page).outdated_since == since


def test_withdrawn_source_with_withdrawn_translation_has_no_state(korean, page):
    korean.unpublish()
    Page.objects.get(pk=page.pk).specific.unpublish()
    assert state_of(page) is None


def test_page_edited_by_hand_is_outdated_by_a_later_publication(korean, page):
    Translation.objects.update(enabled=False)
    assert said(page)[:2] == (State.UP_TO_DATE, "")
    publish(page, title="Energy")
    assert said(page)[:2] == (State.OUTDATED, Reason.BY_HAND)


def test_deleted_translation_is_missing_and_its_texts_are_counted(korean, page):
    Page.objects.get(pk=korean.pk).specific.delete()
    assert said(page) == (State.MISSING, "", 3, 3, 0)


def test_events_keep_the_state(page, django_capture_on_commit_callbacks):
    def kept(code="ko"):
        return PageTranslationState.objects.get(source=page, locale__language_code=code).state

    with django_capture_on_commit_callbacks(execute=True):
        translate_page(page, "ko", {"Water": "물"})
    assert kept() == State.IN_TRANSLATION
    with django_capture_on_commit_callbacks(execute=True):
        translate_page(page, "ko", pair_rich_text(PARAGRAPH, PARAGRAPH))
    assert kept() == State.UP_TO_DATE
    with django_capture_on_commit_callbacks(execute=True):
        publish(page, title="Energy")
    assert kept() == State.OUTDATED
    with django_capture_on_commit_callbacks(execute=True):
        retranslate(page)
        republish(page)
    assert kept() == State.UP_TO_DATE
    with django_capture_on_commit_callbacks(execute=True):
        page.get_translation(Locale.objects.get(language_code="ko")).specific.delete()
    assert kept() == State.MISSING


def test_publication_by_date_takes_its_end_with_it(korean, page, django_capture_on_commit_callbacks):
    states.refresh()
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("publish_scheduled")
    assert not Page.objects.get(pk=korean.pk).live
    assert not PageTranslationState.objects.filter(source=page, locale__language_code="ko").exists()


ACTIONS = (
    lambda page, rng: publish(page, title=rng.choice(["Water", "Energy", "Waste", "Water and waste"])),
    lambda page, rng: publish(page, minor=True, title=rng.choice(["Waters", "Energies", "Water 7"])),
    lambda page, rng: publish(page, body=[] if rng.random() < 0.3 else paragraph(page, f"<p>{rng.random()}</p>")),
    lambda page, rng: retranslate(page, rng.choice(["물", "에너지"])) if _has(page, "ko") else None,
    lambda page, rng: republish(page) if _has(page, "ko") else None,
    lambda page, rng: translate_page(page, "ja", JAPANESE),
    lambda page, rng: translate_page(page, "ko", {"Water": "물"}),
    lambda page, rng: StandardPage.objects.get(pk=page.pk).unpublish(),
    lambda page, rng: Translation.objects.filter(target_locale__language_code="ja").first() and _stop(page),
    lambda page, rng: [other.specific.unpublish() for other in page.get_translations().live()],
)


def _has(page, code):
    return (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale__language_code=code, enabled=True
        ).exists()
        and page.get_translations().filter(locale__language_code=code).exists()
    )


def _stop(page):
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale__language_code="ja"
    ).first()
    if translation:
        translation.enabled = not translation.enabled
        translation.save()


def _kept():
    fields = ("source_id", "locale_id", "target_id", "state", "reason", "total", "translated", "machine", "changed")
    return set(PageTranslationState.objects.values_list(*fields))


@pytest.mark.parametrize("seed", range(4))
def test_computing_anew_gives_what_the_events_gave(home, seed, django_capture_on_commit_callbacks):
    rng = random.Random(seed)
    with django_capture_on_commit_callbacks(execute=True):
        translate_page(home, "ja", {"Home": "家", "Together": "共に"})
        pages = [add_page(home, "Water", f"water-{i}", body=PARAGRAPH) for i in range(2)]
    states.refresh()
    for _step in range(12):
        page = StandardPage.objects.get(pk=rng.choice(pages).pk)
        with django_capture_on_commit_callbacks(execute=True):
            if page.body or page.live:
                rng.choice(ACTIONS)(page, rng)
        kept = _kept()
        states.refresh()
        assert _kept() == kept
    PageTranslationState.objects.all().delete()
    states.refresh()
    assert _kept() == kept


def test_command_brings_a_site_up_to_date_that_never_had_the_desk(korean, page):
    PageTranslationState.objects.all().delete()
    SourceChange.objects.all().delete()
    call_command("refresh_translation_states")
    row = PageTranslationState.objects.get(source=page, locale__language_code="ko")
    assert (row.state, row.translated, row.total) == (State.UP_TO_DATE, 3, 3)


def test_refresh_takes_the_same_queries_for_one_page_and_for_many(home):
    def cost(pages):
        states.refresh([page.pk for page in pages])
        StringTranslation.objects.filter(locale__language_code="ko", data__startswith="물").update(data="물!")
        PageTranslationState.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            states.refresh([page.pk for page in pages])
        return len(queries)

    pages = [add_page(home, f"Page {i}", f"page-{i}", body=PARAGRAPH) for i in range(6)]
    for page in pages:
        translate_page(page, "ko", {page.title: "물", **pair_rich_text(PARAGRAPH, PARAGRAPH)})
    assert cost(pages[:1]) == cost(pages)
