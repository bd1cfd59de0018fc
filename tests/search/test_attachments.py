import datetime

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction, ReferenceIndex

from cases.models import CasePage
from cms.models import PageAttachment, SiteDocument
from events.models import EventIndexPage, SummitPage
from search import indexing, status
from search.attachments import OVERLAP, PASSAGE, Attachment, passages, relations_with_documents
from search.backends.base import SearchRequest
from search.documents import build_document, build_documents
from search.models import DocumentText, DocumentUse, OutboxEntry
from tests.search.pages import commit, make_page, paragraph, publish
from tests.search.test_documents import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def make_document(title: str = "Checklist", text: str = "Bring sturdy shoes.", name: str = "file.txt", **fields):
    return SiteDocument.objects.create(title=title, file=ContentFile(text.encode(), name=name), **fields)


def with_link(home, document, *, slug: str = "visits", **fields):
    text = f'See <a linktype="document" id="{document.pk}">the list</a>.'
    return make_page(home, "Visits abroad", text, slug=slug, **fields)


def private_collection(parent: Collection | None = None) -> Collection:
    collection = (parent or Collection.get_first_root_node()).add_child(name="Internal")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


def search(engine, query: str, language: str = "en"):
    commit()
    indexing.drain()
    return engine.search(SearchRequest(query, language))


def found(engine, query: str) -> list[int]:
    return [hit.page_id for hit in search(engine, query).own.hits]


def in_step() -> bool:
    return all(status.language_status(code, deep=True).in_step for code in ("en", "ko"))


# Where a page's documents are


def test_documents_of_links_blocks_rows_and_fields_are_offered(homes):
    linked, block, row, field = (make_document(title, title, name=f"{title}.txt") for title in "abcd")
    case = make_case(homes["en"], challenge=f'<p><a linktype="document" id="{linked.pk}">x</a></p>')
    case.actions = [*paragraph("…"), ("document", {"document": block, "title": "The block"})]
    case.attachments.add(PageAttachment(document=row, title="The row", locale=case.locale))
    publish(case)
    indexing.drain()
    assert build_document(case).attachments == (
        Attachment("a", linked.url, "a"),
        Attachment("The block", block.url, "b"),
        Attachment("The row", row.url, "c"),
    )
    index = homes["en"].add_child(instance=EventIndexPage(title="Events", slug="events", locale=case.locale))
    summit = SummitPage(
        title="Summit", slug="summit", locale=case.locale, start_date=datetime.date(2027, 5, 1),
        end_date=datetime.date(2027, 5, 2),
        declaration_document=field,
    )  # fmt: skip
    index.add_child(instance=summit)
    assert build_document(summit).attachments == (Attachment("d", field.url, "d"),)


def test_document_named_twice_is_offered_once_with_the_words_of_its_link(homes):
    document = make_document()
    case = make_case(homes["en"], challenge=f'<p><a linktype="document" id="{document.pk}">x</a></p>')
    case.attachments.add(PageAttachment(document=document, title="The row", locale=case.locale))
    publish(case)
    assert [item.title for item in build_document(case).attachments] == ["The row"]


def test_draft_s_document_is_not_offered(homes, engine):
    document = make_document()
    page = make_page(homes["en"], "Visits abroad", slug="visits")
    page.body = paragraph(f'<a linktype="document" id="{document.pk}">x</a>')
    page.save_revision()
    page.save(update_fields=["draft_title"])
    indexing.index_page(page)
    assert build_document(page).attachments == ()
    assert found(engine, "sturdy") == []
    publish(page)
    assert found(engine, "sturdy") == [page.pk]


def test_document_that_only_the_draft_dropped_is_still_offered(homes, engine):
    document = make_document()
    page = with_link(homes["en"], document)
    page.body = paragraph("Nothing.")
    page.save_revision()
    assert found(engine, "sturdy") == [page.pk]
    page = publish(page)
    assert found(engine, "sturdy") == []
    assert not DocumentUse.objects.exists()


def test_offered_documents_cost_the_same_queries_for_one_page_and_for_three(homes):
    pages = [with_link(homes["en"], make_document(), slug=f"visits-{number}") for number in range(3)]
    build_documents([page.pk for page in pages])
    with CaptureQueriesContext(connection) as one:
        build_documents([pages[0].pk])
    with CaptureQueriesContext(connection) as three:
        build_documents([page.pk for page in pages])
    assert len(three) == len(one)


def test_texts_of_a_page_s_documents_are_cut_together(homes, monkeypatch):
    monkeypatch.setattr("search.attachments.MOST_CHARACTERS", 12)
    first, second = make_document("First", "0123456789"), make_document("Second", "0123456789")
    links = "".join(f'<a linktype="document" id="{document.pk}">x</a>' for document in (first, second))
    page = make_page(homes["en"], "Visits abroad", links, slug="visits")
    indexing.drain()
    assert [item.text for item in build_document(page).attachments] == ["0123456789", "01"]


def test_passages_overlap_and_lose_nothing():
    text = "".join(f"word{number} " for number in range(2000)).strip()
    parts = [passage.text for passage in passages(Attachment("Title", "/d", text))]
    assert max(map(len, parts)) <= PASSAGE
    joined = parts[0]
    for part in parts[1:]:
        assert joined.endswith(part[:OVERLAP])
        joined += part[OVERLAP:]
    assert joined == text
    assert [item.text for item in passages(Attachment("T", "/d", ""))] == [""]
    assert [len(item.text) for item in passages(Attachment("T", "/d", "水" * 2001))] == [PASSAGE, OVERLAP + 1]


# What changes


def test_file_is_read_by_the_worker_and_finds_its_page(homes, engine):
    page = with_link(homes["en"], make_document())
    commit()
    assert engine.search(SearchRequest("sturdy", "en")).own.total == 0
    [hit] = engine.search(SearchRequest("checklist", "en")).own.hits
    assert (hit.page_id, hit.attachments[0].title) == (page.pk, "Checklist")
    [hit] = search(engine, "sturdy").own.hits
    assert (hit.page_id, hit.attachments[0].url) == (page.pk, SiteDocument.objects.get().url)
    assert in_step()


def test_renamed_document_is_found_by_its_new_title_only(homes, engine):
    document = make_document()
    page = with_link(homes["en"], document)
    assert found(engine, "checklist") == [page.pk]
    document.title = "Packing"
    document.save()
    assert (found(engine, "checklist"), found(engine, "packing")) == ([], [page.pk])


def test_replaced_file_is_forgotten_at_once_and_read_anew(homes, engine):
    document = make_document()
    page = with_link(homes["en"], document)
    assert found(engine, "sturdy") == [page.pk]
    document.file = ContentFile(b"Bring warm gloves.", name="other.txt")
    document.save()
    commit()
    assert engine.search(SearchRequest("sturdy", "en")).own.total == 0
    assert found(engine, "gloves") == [page.pk]


def test_deleted_document_finds_nothing_any_more(homes, engine):
    document = make_document()
    page = with_link(homes["en"], document)
    assert found(engine, "sturdy") == [page.pk]
    document.delete()
    assert (found(engine, "sturdy"), found(engine, "checklist")) == ([], [])
    assert not DocumentText.objects.exists()
    assert in_step()


def test_reading_again_never_happens_for_a_page_that_changes(homes, engine, monkeypatch):
    page = with_link(homes["en"], make_document())
    assert found(engine, "sturdy") == [page.pk]
    monkeypatch.setattr("search.document_texts.extract", lambda *args: pytest.fail("read again"))
    page.title = "Visits"
    publish(page)
    assert found(engine, "sturdy") == [page.pk]


# What is private


def leaks(engine, *words: str) -> list[str]:
    """Return those of the words by which anything is found or shown, in any list."""
    told = []
    for word in words:
        for language in ("en", "ko"):
            answer = search(engine, word, language)
            if answer.own.total or answer.other.total or answer.facets:
                told.append(word)
    return told


def test_document_in_a_private_collection_is_not_told(homes, engine):
    with_link(homes["en"], make_document(collection=private_collection()))
    below = private_collection().add_child(name="Below")
    with_link(homes["en"], make_document("Minutes", "Secret ballots.", collection=below), slug="minutes")
    assert leaks(engine, "checklist", "sturdy", "minutes", "secret") == []
    for page_id in DocumentUse.objects.values_list("page_id", flat=True):
        assert build_documents([page_id])[page_id].attachments == ()


def test_restricting_a_collection_hides_its_documents_and_opening_shows_them(homes, engine):
    collection = Collection.get_first_root_node().add_child(name="Visits")
    page = with_link(homes["en"], make_document(collection=collection))
    assert found(engine, "sturdy") == [page.pk]
    restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert leaks(engine, "sturdy", "checklist") == []
    assert in_step()
    restriction.delete()
    assert found(engine, "sturdy") == [page.pk]


def test_document_moved_into_a_private_collection_is_hidden(homes, engine):
    document = make_document()
    page = with_link(homes["en"], document)
    assert found(engine, "sturdy") == [page.pk]
    document.collection = private_collection()
    document.save()
    assert leaks(engine, "sturdy", "checklist") == []


def test_collection_moved_below_a_private_one_in_the_admin_is_hidden(homes, engine, admin_client):
    private = private_collection()
    collection = Collection.get_first_root_node().add_child(name="Visits")
    page = with_link(homes["en"], make_document(collection=collection))
    assert found(engine, "sturdy") == [page.pk]
    answer = admin_client.post(f"/admin/collections/{collection.pk}/", {"name": "Visits", "parent": private.pk})
    assert answer.status_code == 302
    assert Collection.objects.get(pk=collection.pk).is_descendant_of(private)
    assert leaks(engine, "sturdy", "checklist") == []
    assert in_step()


def test_document_is_hidden_whatever_the_reference_index_knows(homes, engine):
    collection = Collection.get_first_root_node().add_child(name="Visits")
    page = with_link(homes["en"], make_document(collection=collection))
    assert found(engine, "sturdy") == [page.pk]
    ReferenceIndex.objects.all().delete()
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert leaks(engine, "sturdy") == []


def test_document_of_a_draft_or_private_page_is_not_told(homes, engine):
    with_link(homes["en"], make_document(), live=False)
    private = make_page(homes["en"], "Internal", slug="internal")
    private.view_restrictions.create(restriction_type="login")
    with_link(private, make_document("Minutes", "Secret ballots."), slug="minutes")
    assert leaks(engine, "sturdy", "checklist", "secret", "minutes") == []


def test_page_that_begins_to_offer_a_document_while_it_becomes_private_is_marked(homes, engine):
    collection = Collection.get_first_root_node().add_child(name="Visits")
    document = make_document(collection=collection)
    page = make_page(homes["en"], "Visits abroad", slug="visits")
    commit()
    # Inside the transaction that restricts the collection nobody offers the document yet; when it ends somebody does.
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    DocumentUse.objects.create(page_id=page.pk, document_id=document.pk)
    before = OutboxEntry.objects.get(pk=page.pk).version
    commit()
    assert OutboxEntry.objects.get(pk=page.pk).version == before + 1


def test_case_type_knows_its_rows_of_documents():
    assert "attachments" in relations_with_documents(CasePage)
