import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation(page, korean):
    return Translation.objects.get(source__object_id=page.translation_key)


@pytest.fixture
def upload(admin, translation):
    def upload(content):
        data = {} if content is None else {"file": SimpleUploadedFile("x.po", content)}
        response = admin.post(reverse("wagtail_localize:upload_pofile", args=[translation.pk]), data)
        assert response.status_code == 302
        return [str(message) for message in get_messages(response.wsgi_request)]

    return upload


def title(translation):
    return StringTranslation.objects.get(
        context__path="title", locale=translation.target_locale, context__object_id=translation.source.object_id
    ).data


def exported(translation, **headers):
    po = translation.export_po()
    po.metadata.update({key.replace("_", "-"): value for key, value in headers.items()})
    next(entry for entry in po if entry.msgctxt == "title").msgstr = "새 제목"
    return po


def test_download_names_the_language(admin, translation):
    response = admin.get(reverse("wagtail_localize:download_pofile", args=[translation.pk]))
    assert '"Language: ko\\n"' in response.content.decode()
    assert response["Content-Disposition"] == 'attachment; filename="water-ko.po"'


def test_downloaded_file_can_be_uploaded(admin, upload, translation):
    content = admin.get(reverse("wagtail_localize:download_pofile", args=[translation.pk])).content
    assert upload(content.replace('msgstr "물"'.encode(), 'msgstr "강물"'.encode())) == ["3 strings imported."]
    assert title(translation) == "강물"


@pytest.mark.parametrize("language", ["", "ko", "ko_KR", "ko-KR"])
def test_file_of_the_language_or_of_none_is_imported(upload, translation, language):
    assert upload(str(exported(translation, Language=language)).encode()) == ["3 strings imported."]
    assert title(translation) == "새 제목"


@pytest.mark.parametrize("language", ["ja", "zh_TW", "en", "tlh"])
def test_file_of_another_language_is_refused(upload, translation, language):
    assert upload(str(exported(translation, Language=language)).encode()) == [
        f"This file says that it is in another language: {language}."
    ]
    assert title(translation) == "물"


@pytest.mark.parametrize(
    "content", [None, b"", b"\x00\x01", b"\xff\xfe", b"not a po file", b'msgid "a', b"/etc/passwd", b"x" * 2_000_001]
)
def test_file_that_is_none_is_refused(upload, translation, content):
    [message] = upload(content)
    assert message in (
        "Choose a PO file of at most two megabytes.",
        "This is not a valid PO file.",
        "This file is not of this page and language: download the file of this translation anew.",
    )
    assert title(translation) == "물"


@pytest.mark.parametrize("own_id", [None, "", "00000000-0000-0000-0000-000000000000"])
def test_file_of_another_page_or_of_no_page_is_refused(upload, translation, own_id):
    po = exported(translation)
    del po.metadata["X-WagtailLocalize-TranslationID"]
    if own_id is not None:
        po.metadata["X-WagtailLocalize-TranslationID"] = own_id
    assert upload(str(po).encode())[0].startswith("This file is not of this page and language")
    assert title(translation) == "물"


def test_uncertain_and_unknown_entries_are_left_out_and_counted(upload, translation):
    po = exported(translation)
    for entry in po:
        if entry.msgctxt == "title":
            entry.flags.append("fuzzy")
        else:
            entry.msgid = entry.msgid + " gone"
    assert upload(str(po).encode()) == [
        "0 strings imported.",
        "Left out: 1 marked as uncertain or empty, 2 that the page does not have any more.",
    ]
    assert title(translation) == "물"
