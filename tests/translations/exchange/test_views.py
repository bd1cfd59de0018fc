"""The addresses of export and import, wagtail-localize's among them."""

import csv
import io
import zipfile

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from tests.translations.exchange.conftest import texts_of
from tests.translations.trees import add_page
from translations.catalog import translate_page
from translations.models import TextImport

pytestmark = pytest.mark.django_db


def said(response):
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


@pytest.fixture
def upload(admin, translation):
    """Upload a file at the address of one translation; return what is shown, or the messages of a refusal."""

    def upload(content, name="x.po"):
        data = {} if content is None else {"file": SimpleUploadedFile(name, content)}
        response = admin.post(reverse("wagtail_localize:upload_pofile", args=[translation.pk]), data)
        assert response.status_code == 302
        return admin.get(response.url).context if "/import/" in response.url else said(response)

    return upload


def confirm(admin, shown, **data):
    url = reverse("translations_import_review", args=[shown["record"].pk])
    return admin.post(url, {"digest": shown["plan"].digest, **data})


def test_download_names_the_language(admin, translation):
    response = admin.get(reverse("wagtail_localize:download_pofile", args=[translation.pk]))
    assert '"Language: ko\\n"' in response.content.decode()
    assert response["Content-Disposition"] == 'attachment; filename="water-ko.po"'


def test_downloaded_file_is_shown_then_imported(admin, upload, translation):
    content = admin.get(reverse("wagtail_localize:download_pofile", args=[translation.pk])).content
    shown = upload(content.replace('msgstr "물"'.encode(), 'msgstr "강물"'.encode()))
    assert [count[:1] + count[2:] for count in shown["files"][0]["counts"]] == [["changed", 1], ["same", 2]]
    assert texts_of(translation)["Water"] == "물"
    assert said(confirm(admin, shown)) == ["1 text imported."]
    assert texts_of(translation)["Water"] == "강물"
    text = StringTranslation.objects.get(data="강물")
    assert (text.tool_name, text.last_translated_by.username) == ("x.po", "admin")


def test_file_of_wagtail_localizes_own_export_is_read(upload, translation):
    po = translation.export_po()
    next(entry for entry in po if entry.msgctxt == "title").msgstr = "새 제목"
    assert [row["outcome"] for row in upload(str(po).encode())["files"][0]["shown"]] == ["changed"]


@pytest.mark.parametrize("content", [None, b"", b"\x00\x01", b"not a po file", b"/etc/passwd", b"x" * 6_000_000])
def test_file_that_is_none_is_refused_with_a_message(upload, content):
    [message] = upload(content)
    assert message in (
        "Choose a file.",
        "The file is empty.",
        "This is not a valid PO file.",
        "The file is larger than 5.0\xa0MB.",
    )
    assert not TextImport.objects.exists()


def test_conflict_is_not_overwritten_unless_chosen(admin, upload, exported, translation):
    content = exported("po", replace=[('"물"', '"강물"')])
    StringTranslation.objects.filter(data="물").update(data="수자원", updated_at="2099-01-01T00:00Z")
    shown = upload(content)
    [row] = shown["files"][0]["shown"]
    assert said(confirm(admin, shown)) == ["0 texts imported."]
    assert texts_of(translation)["Water"] == "수자원"
    assert said(confirm(admin, upload(content), overwrite=[row["key"]])) == ["1 text imported."]
    assert texts_of(translation)["Water"] == "강물"


def test_import_is_refused_when_the_web_changed_after_the_preview(admin, upload, exported, translation):
    shown = upload(exported("po", replace=[('"물"', '"강물"'), ('"비"', '"빗물"')]))
    StringTranslation.objects.filter(data="비").update(data="큰 비", updated_at="2099-01-01T00:00Z")
    response = confirm(admin, shown)
    assert said(response) == [
        "Nothing was imported: texts were changed on the web in the meantime. Look at it once more."
    ]
    assert (texts_of(translation)["Water"], texts_of(translation)["Rain"]) == ("물", "큰 비")
    assert said(confirm(admin, response.context)) == ["1 text imported."]
    assert (texts_of(translation)["Water"], texts_of(translation)["Rain"]) == ("강물", "큰 비")


def test_import_is_done_once(admin, upload, exported, translation):
    shown = upload(exported("po", replace=[('"물"', '"강물"')]))
    confirm(admin, shown)
    StringTranslation.objects.filter(data="강물").update(data="물")
    assert confirm(admin, shown).status_code == 200
    assert texts_of(translation)["Water"] == "물"


def test_import_is_its_users_own(client, django_user_model, admin, upload, exported):
    shown = upload(exported("po"))
    client.force_login(django_user_model.objects.create_superuser("other", password="x"))
    assert client.get(reverse("translations_import_review", args=[shown["record"].pk])).status_code == 404


def test_report_is_told_as_a_spreadsheet_before_and_after(admin, upload, exported):
    shown = upload(exported("po", replace=[('"물"', '"=1+1"')]))
    url = reverse("translations_import_review", args=[shown["record"].pk])
    for _time in range(2):
        rows = list(csv.reader(io.StringIO(admin.get(url, {"csv": ""}).content.decode("utf-8-sig"))))
        assert [row[3:5] + row[7:] for row in rows[1:2]] == [["Title", "Changed", "'=1+1"]]
        assert [row[4] for row in rows[1:]] == ["Changed", "As before", "As before"]
        confirm(admin, shown)


def test_export_asks_for_languages_and_gives_a_zip(admin, page, korean, home):
    other = add_page(home, "Energy", "energy")
    translate_page(other, "ko", {"Energy": "에너지"})
    form = admin.get(reverse("translations_export"), {"page": [page.pk, other.pk]})
    assert form.context["form"].fields["language"].choices == [("ko", "한국어")]
    query = {"page": [page.pk, other.pk], "language": "ko", "format": "xliff2"}
    response = admin.get(reverse("translations_export"), query)
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert sorted(archive.namelist()) == ["ko/energy-ko.xlf", "ko/water-ko.xlf"]
    back = admin.post(reverse("translations_import"), {"file": SimpleUploadedFile("all.zip", response.content)})
    shown = admin.get(back.url).context
    assert sorted((file["title"], file["problem"]) for file in shown["files"]) == [("물", ""), ("에너지", "")]


def test_export_of_a_translated_page_is_that_language_only(admin, korean):
    response = admin.get(reverse("translations_export"), {"page": korean.pk, "language": "ko", "format": "xliff1"})
    assert response["Content-Disposition"] == 'attachment; filename="water-ko.xlf"'


def test_export_of_open_texts_leaves_the_finished_ones(admin, korean, translation):
    StringTranslation.objects.filter(data="물").update(translation_type="machine")
    query = {"page": korean.pk, "language": "ko", "format": "po", "only_open": "on"}
    content = admin.get(reverse("translations_export"), query).content.decode()
    assert ("물" in content, "비" in content) == (True, False)


def test_export_gives_nobody_what_they_may_not_edit(client, korean, page, django_user_model):
    user = django_user_model.objects.create_user("jun")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    query = {"page": [page.pk, korean.pk], "language": "ko", "format": "po"}
    response = client.get(reverse("translations_export"), query)
    assert (response["Content-Type"].partition(";")[0], response.context["chosen"]) == ("text/html", [])


def test_pages_chosen_in_the_explorer_lead_to_the_export(admin, page, korean):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "export_texts"])
    response = admin.get(url, {"id": [page.pk, korean.pk], "next": "/admin/"})
    assert response.url == f"{reverse('translations_export')}?page={page.pk}&page={korean.pk}"


def test_header_of_a_page_offers_export_and_import(admin, korean):
    content = admin.get(reverse("wagtailadmin_explore", args=[korean.get_parent().pk])).content.decode()
    assert f'href="{reverse("translations_import")}"' in content
    assert f'href="{reverse("translations_export")}?page={korean.get_parent().pk}"' in content


def test_file_that_cannot_be_read_is_said_beside_the_field(admin):
    response = admin.post(reverse("translations_import"), {"file": SimpleUploadedFile("x.xlf", b"<a")})
    assert response.context["form"].errors["file"] == ["This is not valid XML: something is wrong in line 1."]
