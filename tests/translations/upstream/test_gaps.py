"""What wagtail-localize does by itself. A test that fails here tells that upstream closed the gap: delete our part."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDictKeyError
from wagtail.models import Page
from wagtail_localize import __version__
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.models import LocaleSynchronization, Translation, TranslationSource
from wagtail_localize.views import edit_translation, report, submit_translations

from tests.translations.trees import add_page
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


def test_translation_outlives_its_source(page, korean):
    page.delete()
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
