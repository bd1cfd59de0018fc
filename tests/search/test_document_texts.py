import datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.utils import timezone

from cms.models import SiteDocument
from search import document_texts, extraction, indexing
from search.document_texts import MOST_ATTEMPTS, read_waiting
from search.models import DocumentText
from tests.search.files import encrypted, make_docx, make_pdf, pdf_of
from tests.search.pages import commit

pytestmark = pytest.mark.django_db

READ, WAITING, BROKEN = DocumentText.State.READ, DocumentText.State.WAITING, DocumentText.State.BROKEN


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def upload(data: bytes = b"Bring sturdy shoes.", name: str = "a.txt") -> SiteDocument:
    return SiteDocument.objects.create(title="A file", file=ContentFile(data, name=name))


def known(document: SiteDocument) -> DocumentText:
    return DocumentText.objects.get(document=document)


def test_saved_document_waits_and_is_read_once(monkeypatch):
    document = upload()
    assert (known(document).state, known(document).text) == (WAITING, "")
    assert read_waiting(seconds=5) == 1
    assert (known(document).state, known(document).text) == (READ, "Bring sturdy shoes.")
    monkeypatch.setattr(document_texts, "extract", lambda *args: pytest.fail("read again"))
    assert read_waiting(seconds=5) == 0


def test_document_that_came_before_is_read_too():
    document = upload()
    DocumentText.objects.all().delete()
    assert read_waiting(seconds=5) == 1
    assert known(document).state == READ


@pytest.mark.parametrize(
    ("data", "name", "state"),
    [
        (make_pdf(["수원의 하천"]), "a.pdf", "read"),
        (make_docx("水原の川"), "a.docx", "read"),
        (pdf_of([b""]), "scan.pdf", "empty"),
        (encrypted(make_pdf(["Secret"]), "secret"), "a.pdf", "encrypted"),
        (b"%PDF", "a.pdf", "broken"),
        (b"PK", "a.zip", "unsupported"),
    ],
)
def test_editor_sees_what_became_of_a_file(admin_client, data, name, state):
    document = upload(data, name)
    read_waiting(seconds=60)
    assert known(document).state == state
    page = admin_client.get(f"/admin/documents/edit/{document.pk}/").content.decode()
    assert "Text for the search" in page
    assert known(document).get_state_display() in page
    assert (known(document).text[:5] in page) and ("What was read" in page) == (state == "read")


def test_text_that_looks_like_html_is_shown_as_text(admin_client):
    document = upload(b"<script>alert(1)</script> & more")
    read_waiting(seconds=5)
    page = admin_client.get(f"/admin/documents/edit/{document.pk}/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_renamed_document_is_not_read_again():
    document = upload()
    document.get_file_hash()
    document.save()
    read_waiting(seconds=5)
    document.title = "Another title"
    document.save()
    assert known(document).state == READ


def test_file_replaced_while_it_is_read_is_read_again(monkeypatch):
    document = upload()

    def replaced_meanwhile(file, name):
        document.file = ContentFile(b"Bring warm gloves.", name="b.txt")
        document.save()
        return extraction.extract(file, name)

    monkeypatch.setattr(document_texts, "extract", replaced_meanwhile)
    document_texts._settle(waiting := document_texts._claim(), document_texts._read(waiting))
    assert (known(document).state, known(document).text) == (WAITING, "")
    monkeypatch.undo()
    read_waiting(seconds=5)
    assert known(document).text == "Bring warm gloves."


def test_file_of_the_same_name_and_another_content_is_read_again():
    document = upload()
    document.get_file_hash()
    document.save()
    read_waiting(seconds=5)
    document.file_hash = "0" * 40
    document.save()
    assert (known(document).state, known(document).text) == (WAITING, "")


def test_missing_file_is_told_and_others_are_read():
    missing, other = upload(name="missing.txt"), upload(b"Text")
    missing.file.storage.delete(missing.file.name)
    assert read_waiting(seconds=5) == 2
    assert (known(missing).state, known(other).state) == (BROKEN, READ)


def test_storage_that_fails_is_asked_again_and_not_for_ever(monkeypatch):
    document = upload()

    def fail(*args, **kwargs):
        raise ConnectionError("no storage")

    monkeypatch.setattr(FileSystemStorage, "_open", fail)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert known(document).state == WAITING
        assert read_waiting(seconds=5) == 1
        assert read_waiting(seconds=5) == 0  # not at once again
        assert known(document).attempts == attempt
        DocumentText.objects.update(next_attempt_at=timezone.now())
    assert (known(document).state, known(document).error) == (BROKEN, "ConnectionError('no storage')")


def test_claimed_file_is_left_to_its_reader_for_a_while():
    upload()
    assert document_texts._claim() is not None
    assert document_texts._claim() is None
    DocumentText.objects.update(next_attempt_at=timezone.now() - datetime.timedelta(seconds=1))
    assert document_texts._claim() is not None


def test_publishing_reads_no_files(homes, monkeypatch):
    monkeypatch.setattr(document_texts, "extract", lambda *args: pytest.fail("read while somebody waits"))
    document = upload()
    commit()
    indexing.drain_at_once()
    assert known(document).state == WAITING


def test_command_reads_all_again_when_asked(homes, capsys, monkeypatch):
    document = upload()
    call_command("read_documents")
    assert capsys.readouterr().out == "1 read\n"
    monkeypatch.setattr(document_texts, "extract", lambda *args: extraction.Extraction(extraction.State.READ, "anew"))
    call_command("read_documents")
    assert known(document).text == "Bring sturdy shoes."
    call_command("read_documents", again=True)
    assert known(document).text == "anew"
