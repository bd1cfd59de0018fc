"""Many pages at once, by few queries: what a flow of 100,000 pages stands on."""

import uuid
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils import timezone
from wagtail.models import Locale, Page

from bench import texts
from cms.languages import CODES
from home.models import HomePage, StandardPage
from search.batches import batches
from search.documents import PageDocument

BATCH = 1000


def add_pages(homes: dict[str, HomePage], number: int) -> list[int]:
    """Add live pages with made-up texts below the home pages, the languages in turn; return their ids.

    Signals are not sent, so no change waits for an index.
    """
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    content_type = ContentType.objects.get_for_model(StandardPage)
    counts = dict.fromkeys(CODES, 0)
    ids: list[int] = []
    for batch in batches(texts.documents(number), BATCH):
        pages = list(_pages(batch, homes, locales, content_type, counts))
        # Rows of the parent's table first, then the type's own: Django does not do both at once.
        rows = Page.objects.bulk_create(
            Page(**{field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields})
            for page in pages
        )
        for page, row in zip(pages, rows, strict=True):
            page.page_ptr_id = row.pk
        StandardPage._base_manager._insert(pages, fields=StandardPage._meta.local_concrete_fields, using="default")
        ids += [row.pk for row in rows]
    for code, count in counts.items():
        Page.objects.filter(pk=homes[code].pk).update(numchild=F("numchild") + count)
    return ids


def _pages(
    documents: list[PageDocument],
    homes: dict[str, HomePage],
    locales: dict[str, Locale],
    content_type: ContentType,
    counts: dict[str, int],
) -> Iterator[StandardPage]:
    now = timezone.now()
    for document in documents:
        home = homes[document.language]
        counts[document.language] += 1
        # Behind whatever lies there already; four characters a step, in base 36.
        path = Page._get_path(home.path, home.depth + 1, 10_000 + counts[document.language])
        slug = f"bench-{document.page_id}"
        paragraphs = [document.body[start : start + 300] for start in range(0, len(document.body), 300)]
        yield StandardPage(
            title=document.title,
            draft_title=document.title,
            slug=slug,
            summary=document.summary,
            body=[("paragraph", f"<p>{text}</p>") for text in paragraphs],
            path=path,
            depth=home.depth + 1,
            numchild=0,
            url_path=f"{home.url_path}{slug}/",
            live=True,
            first_published_at=now,
            last_published_at=now,
            locale=locales[document.language],
            translation_key=uuid.uuid5(uuid.NAMESPACE_URL, document.translation_key),
            content_type=content_type,
        )
