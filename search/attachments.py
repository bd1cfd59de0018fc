"""Which documents a page offers its visitors, and what is written in them.

Read from the page as it is published: links in rich text, blocks of stories, fields and rows of the page that name a
document. A document in a private collection is not offered to everybody, and nothing of it is told.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, Q, QuerySet
from modelcluster.models import get_all_child_relations
from wagtail.blocks import Block, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Collection, CollectionViewRestriction, Page

from cms.models import SiteDocument
from search.models import DocumentUse

# Of all the files of a page together; the engine and a reader's patience with snippets end somewhere.
MOST_CHARACTERS = 100_000
PASSAGE, OVERLAP = 2_000, 100

_LINK = re.compile(r"<a\s[^>]*linktype=\"document\"[^>]*>")
_ID = re.compile(r"\bid=\"(\d+)\"")


@dataclass(frozen=True)
class Attachment:
    """A file that a page offers: the words of its link, its address, and its text as far as that could be read."""

    title: str
    url: str
    text: str = ""


def passages(attachment: Attachment) -> Iterator[Attachment]:
    """Yield the file in parts of about PASSAGE characters, which overlap by a little: what engines store and mark.

    Marking a whole file of 100,000 characters takes an engine a hundred times as long; and words that are asked for
    together stand near each other where they mean something together.
    """
    text, start = attachment.text, 0
    while True:
        end = start + PASSAGE
        if end < len(text) and (space := text.rfind(" ", end - OVERLAP, end)) > 0:
            end = space
        yield replace(attachment, text=text[start:end])
        if end >= len(text):
            return
        start = end - OVERLAP


@dataclass(frozen=True)
class Reference:
    """A place of a page that leads to a document; ``title`` are the words of its link, empty for the document's own."""

    document_id: int
    title: str = ""


def attachments_of(pages: Sequence[Page]) -> dict[int, tuple[Attachment, ...]]:
    """Return page id -> what everybody may download there, of specific pages; a constant number of queries.

    Notes the uses first and reads the documents then: a document that becomes private in between is either seen here
    as private, or its page is marked by whoever made it so.
    """
    references = {page.pk: _unique(references_of(page)) for page in pages}
    note_uses({page_id: [item.document_id for item in items] for page_id, items in references.items()})
    wanted = {item.document_id for items in references.values() for item in items}
    documents = {document.pk: document for document in _public(wanted)} if wanted else {}
    offered = {
        page_id: [(item, documents[item.document_id]) for item in items if item.document_id in documents]
        for page_id, items in references.items()
    }
    return {page_id: tuple(_attachments(items)) for page_id, items in offered.items()}


def note_uses(uses: Mapping[int, Iterable[int]]) -> None:
    """Note which documents (ids) each of the pages (ids) offers, in the place of what it offered before."""
    wanted = {(page_id, document_id) for page_id, documents in uses.items() for document_id in documents}
    rows = DocumentUse.objects.filter(page_id__in=list(uses)).values_list("pk", "page_id", "document_id")
    known = {(page_id, document_id): pk for pk, page_id, document_id in rows}
    if new := sorted(wanted - known.keys()):
        DocumentUse.objects.bulk_create(
            [DocumentUse(page_id=page_id, document_id=document_id) for page_id, document_id in new],
            ignore_conflicts=True,
        )
    if gone := [pk for use, pk in known.items() if use not in wanted]:
        DocumentUse.objects.filter(pk__in=gone).delete()


def pages_with(document_ids: Iterable[int]) -> list[int]:
    """Return the ids of the pages that offer any of the documents, or did when they were last indexed."""
    uses = DocumentUse.objects.filter(document_id__in=document_ids)
    return list(uses.values_list("page_id", flat=True).distinct())


def documents_in(collection_id: int) -> QuerySet[SiteDocument, int]:
    """Return the ids of the documents in the collection, where it is now, and in those below it."""
    path = Collection.objects.filter(pk=collection_id).values_list("path", flat=True).first()
    documents = SiteDocument.objects.filter(collection__path__startswith=path) if path else SiteDocument.objects.none()
    return documents.values_list("pk", flat=True)


def relations_with_documents(model: type[Page]) -> tuple[str, ...]:
    """Return the names of the page type's child relations whose rows can lead to documents: to be prefetched."""
    return _relations(model._meta.label)


@cache
def _relations(label: str) -> tuple[str, ...]:
    return tuple(
        relation.get_accessor_name()
        for relation in get_all_child_relations(apps.get_model(label))
        if any(_can_refer(field) for field in relation.related_model._meta.get_fields())
    )


def references_of(page: Page) -> Iterator[Reference]:
    """Yield where the page leads to documents, in its order. No query if its child relations were prefetched."""
    yield from _in_fields(page)
    for relation in relations_with_documents(type(page)):
        for row in getattr(page, relation).all():
            yield from _in_fields(row)


def _can_refer(field: Any) -> bool:
    return isinstance(field, (RichTextField, StreamField)) or _names_document(field)


def _names_document(field: Any) -> bool:
    return isinstance(field, ForeignKey) and field.related_model is SiteDocument


def _in_fields(instance: Model) -> Iterator[Reference]:
    field: Any
    for field in instance._meta.get_fields():
        if isinstance(field, RichTextField):
            yield from _in_rich_text(getattr(instance, field.attname))
        elif isinstance(field, StreamField):
            # The stored form: making values of it would ask the database for each block's documents and pages.
            raw = getattr(instance, field.attname).raw_data
            yield from _in_block(field.stream_block, list(raw))
        elif _names_document(field) and (document_id := getattr(instance, field.attname)):
            # A row of its own has the words of the link; a page's title is not that.
            title = "" if isinstance(instance, Page) else str(getattr(instance, "title", ""))
            yield Reference(document_id, title)


def _in_rich_text(text: str | None) -> Iterator[Reference]:
    for link in _LINK.findall(text or ""):
        if found := _ID.search(link):
            yield Reference(int(found[1]))


def _in_block(block: Block | None, value: Any, title: str = "") -> Iterator[Reference]:
    """Yield the references in the stored form of a block's value."""
    if not value:
        return
    if isinstance(block, DocumentChooserBlock):
        yield Reference(int(value), title)
    elif isinstance(block, RichTextBlock):
        yield from _in_rich_text(str(value))
    elif isinstance(block, StructBlock):
        words = value.get("title")
        for name, child in block.child_blocks.items():
            yield from _in_block(child, value.get(name), words if isinstance(words, str) else "")
    elif isinstance(block, StreamBlock):
        for item in value:
            yield from _in_block(block.child_blocks.get(item["type"]), item["value"])
    elif isinstance(block, ListBlock):
        for item in value:
            is_item = isinstance(item, dict) and item.get("type") == "item"
            yield from _in_block(block.child_block, item["value"] if is_item else item)


def _unique(references: Iterable[Reference]) -> list[Reference]:
    """Return one reference a document, the first that has words of its own."""
    found: dict[int, Reference] = {}
    for reference in references:
        if reference.document_id not in found or not found[reference.document_id].title:
            found[reference.document_id] = reference
    return list(found.values())


def _public(document_ids: Iterable[int]) -> QuerySet[SiteDocument]:
    """Return those documents that everybody may open, with their texts."""
    documents = SiteDocument.objects.filter(pk__in=list(document_ids))
    private = Q(pk__in=[])
    for path in CollectionViewRestriction.objects.values_list("collection__path", flat=True).distinct():
        private |= Q(collection__path__startswith=path)
    return documents.exclude(private).select_related("search_text").only("title", "file", "search_text__text")


def _attachments(offered: Iterable[tuple[Reference, SiteDocument]]) -> Iterator[Attachment]:
    left = MOST_CHARACTERS
    for reference, document in offered:
        text = document.search_text.text[:left] if hasattr(document, "search_text") else ""
        left -= len(text)
        yield Attachment(title=reference.title or document.title, url=document.url, text=text)
