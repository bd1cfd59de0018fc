"""What wagtail-localize does by itself. A test that fails here tells that upstream closed the gap: delete our part."""

import json

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.test.utils import CaptureQueriesContext
from django.utils.datastructures import MultiValueDictKeyError
from wagtail.models import Locale, Page
from wagtail.signals import page_published, page_unpublished
from wagtail_localize import __version__
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.machine_translators.deepl import DeepLTranslator
from wagtail_localize.machine_translators.libretranslate import LibreTranslator
from wagtail_localize.models import LocaleSynchronization, Translation, TranslationSource
from wagtail_localize.operations import translate_object
from wagtail_localize.strings import StringValue
from wagtail_localize.views import edit_translation, report, submit_translations

from tests.translations.trees import PARAGRAPH, add_page
from translations import signals
from translations.catalog import translate_page

pytestmark = pytest.mark.django_db


def request_by(user, method="get", path="/", **data):
    request = getattr(RequestFactory(), method)(path, data)
    request.user = user
    request.session = {}
    request._messages = FallbackStorage(request)
    request._dont_enforce_csrf_checks = True
    return request


def translation_of(page):
    return Translation.objects.get(source__object_id=page.translation_key)


def test_version_is_the_one_that_the_workarounds_were_written_for():
    assert __version__.startswith("1.14.")


def test_submission_asks_for_no_permission_on_the_page(page, django_user_model):
    user = django_user_model.objects.create_user("outsider")
    user.user_permissions.add(Permission.objects.get(codename="submit_translation"))
    view = submit_translations.SubmitPageTranslationView.as_view()
    assert view(request_by(user), page_id=page.pk).status_code == 200


def test_submission_makes_live_aliases_of_pages_above(home, settings):
    child = add_page(add_page(home, "Above", "above"), "Below", "below")
    source, _created = TranslationSource.get_or_create_from_instance(child)
    korean = home.get_translations().get().locale
    Translation.objects.create(source=source, target_locale=korean).save_target(publish=False)
    above = Page.objects.get(slug="above", locale=korean)
    assert (above.live, above.alias_of_id is None) == (True, False)


def test_editor_publishes_source_text(page, korean, admin_user, django_capture_on_commit_callbacks):
    page.title = "Water and air"
    page.save_revision().publish()
    TranslationSource.objects.get_for_instance(page).update_from_db()
    request = request_by(admin_user, "post", action="publish")
    with django_capture_on_commit_callbacks(execute=True):
        edit_translation.edit_translation(request, translation_of(page), korean)
    assert Page.objects.get(pk=korean.pk).title == "Water and air"


def test_draft_of_a_translation_is_written_into_the_live_page(page, korean):
    page.title = "Water and air"
    page.save_revision().publish()
    source = TranslationSource.objects.get_for_instance(page)
    source.update_from_db()
    source.create_or_update_translation(korean.locale, publish=False, fallback=True)
    assert Page.objects.live().get(pk=korean.pk).title == "Water and air"


def test_empty_string_counts_as_translated(page, korean):
    translation = translation_of(page)
    translation.source.stringsegment_set.get_translations(korean.locale).update(data="")
    assert translation.get_progress() == (3, 3)


def test_po_file_without_header_is_an_error_of_the_server(page, korean, admin_user):
    request = request_by(admin_user, "post")
    request.FILES["file"] = SimpleUploadedFile("x.po", b'msgid "Water"\nmsgstr "x"\n')
    with pytest.raises(KeyError):
        edit_translation.upload_pofile(request, translation_of(page).pk)


def test_upload_without_a_file_is_an_error_of_the_server(page, korean, admin_user):
    with pytest.raises(MultiValueDictKeyError):
        edit_translation.upload_pofile(request_by(admin_user, "post"), translation_of(page).pk)


def test_po_file_names_no_language(page, korean):
    assert "Language" not in translation_of(page).export_po().metadata


def test_report_shows_everybody_everything(page, korean, django_user_model):
    view = report.TranslationsReportView()
    view.request = request_by(django_user_model.objects.create_user("outsider"))
    assert translation_of(page) in view.get_queryset()


@pytest.fixture
def without_cascade():
    """Upstream by itself: nothing of ours listens."""
    page_unpublished.disconnect(dispatch_uid="translations-unpublished")
    yield
    signals.connect()


def test_translation_outlives_its_source(page, korean, without_cascade):
    page.delete()
    assert Page.objects.get(pk=korean.pk).live


def test_translation_stays_live_when_its_source_expires(page, korean, without_cascade):
    page.unpublish(set_expired=True)
    assert Page.objects.get(pk=korean.pk).live


def test_translated_slug_that_is_not_latin_is_thrown_away(page, korean, monkeypatch):
    monkeypatch.setattr(type(page), "override_translatable_fields", [])
    page.refresh_from_db()
    TranslationSource.objects.get_for_instance(page).refresh_segments()
    translated = translate_page(page, "ko", {"water": "물길"})
    # Nothing is left of it; our BasePage then makes an address of the title.
    assert translated.slug == "mul"


def test_synchronisation_of_trees_is_withdrawn():
    assert LocaleSynchronization not in [row["model"] for row in LOCALE_COMPONENTS]


def test_submission_publishes_source_text(page, settings, django_capture_on_commit_callbacks, django_user_model):
    settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = True
    user = django_user_model.objects.create_superuser("root")
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(page, [Locale.objects.get(language_code="ko")], user=user)
    assert Page.objects.live().get(locale__language_code="ko", slug="water").title == "Water"


def test_submission_takes_up_the_first_text_of_a_draft(home):
    draft = add_page(home, "First", "first", live=False)
    draft.title = "Second"
    draft.save_revision()
    source, _created = TranslationSource.get_or_create_from_instance(Page.objects.get(pk=draft.pk))
    assert json.loads(source.content_json)["title"] == "First"


def test_source_that_moved_on_changes_no_status(page, korean):
    page_published.disconnect(dispatch_uid="translations-published")
    try:
        page.title = "Water and air"
        page.save_revision().publish()
    finally:
        signals.connect()
    assert translation_of(page).get_status_display() == "Up to date"


def test_editor_publishes_past_a_lock(page, korean, admin_user, django_capture_on_commit_callbacks):
    korean.locked = True
    korean.save()
    before = Page.objects.get(pk=korean.pk).last_published_at
    with django_capture_on_commit_callbacks(execute=True):
        request = request_by(admin_user, "post", action="publish")
        edit_translation.edit_translation(request, translation_of(page), Page.objects.get(pk=korean.pk).specific)
    assert Page.objects.get(pk=korean.pk).last_published_at > before


def test_lost_placeholder_is_no_error(page, korean):
    segment = translation_of(page).source.stringsegment_set.get(context__path="title")
    segment.string.data = "Water for %(count)s cities"
    segment.string.save()
    text = segment.string.translations.get(locale=korean.locale)
    text.data = "도시의 물"
    text.save()
    assert not text.has_error


def test_report_knows_two_states_only(page, korean):
    assert "status" not in {field.name for field in Translation._meta.get_fields()}
    assert translation_of(page).get_status_display() in ("Up to date", "Waiting for translations")


def test_page_submitted_again_is_made_of_many_queries(home, django_user_model):
    user = django_user_model.objects.create_superuser("root")
    korean = Locale.objects.get(language_code="ko")
    short, long = (add_page(home, f"Water {n}", f"water-{n}", body=PARAGRAPH * n) for n in (1, 9))

    def queries(page):
        with CaptureQueriesContext(connection) as captured:
            translate_object(page, [korean], user=user)
        return len(captured)

    assert queries(long) > queries(short) + 8 * 10


def test_restarting_forgets_what_was_written_by_hand(page, korean, admin_user):
    translation = translation_of(page)
    Translation.objects.update(enabled=False)
    korean.title = "물길"
    korean.save_revision(user=admin_user).publish()
    edit_translation.restart_translation(request_by(admin_user, "post"), translation, korean)
    translation.save_target(publish=True)
    assert Page.objects.get(pk=korean.pk).title == "물"


def test_second_of_two_writers_replaces_the_firsts_text_unasked(page, korean, django_user_model):
    translation = translation_of(page)
    segment = translation.source.stringsegment_set.get(context__path="title")
    body = encode_multipart(BOUNDARY, {"value": "물길"}), encode_multipart(BOUNDARY, {"value": "강물"})
    statuses = []
    for name, content in zip(("first", "second"), body, strict=True):
        request = RequestFactory().put("/", content, content_type=MULTIPART_CONTENT)
        request.user = django_user_model.objects.create_superuser(name)
        request._dont_enforce_csrf_checks = True
        # Neither says, nor is asked, which text was there when they began.
        statuses.append(edit_translation.edit_string_translation(request, translation.pk, segment.pk).status_code)
    kept = segment.string.translations.get(locale=korean.locale, context=segment.context)
    assert (statuses, kept.data, kept.last_translated_by.username) == ([200, 200], "강물", "second")


def test_machine_translators_ask_for_one_chinese_where_there_are_two(monkeypatch):
    asked = []

    class Answer:
        def raise_for_status(self):
            pass

        def json(self):
            return {"translations": [{"text": "水"}], "translatedText": ["水"]}

    def post(url, data, **kwargs):
        asked.append(json.loads(data)["target"] if isinstance(data, str) else data["target_lang"])
        return Answer()

    # Stands for the services: what is asked of them is what counts.
    monkeypatch.setattr("requests.post", post)
    english, *chinese = (Locale(language_code=code) for code in ("en", "zh-hant", "zh-hans"))
    for translator in (DeepLTranslator({"AUTH_KEY": "x"}), LibreTranslator({"LIBRETRANSLATE_URL": "x", "API_KEY": ""})):
        for locale in chinese:
            translator.translate(english, locale, [StringValue("Water")])
        assert not translator.can_translate(*chinese)
    assert asked == ["ZH", "ZH", "zh", "zh"]
