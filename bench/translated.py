"""A site in five languages of any size, as it is after years: written row by row, since saving would take hours."""

import json
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationSource,
)

from bench.texts import Writer
from home.models import StandardPage
from translations.models import SourceChange, TranslationTask

PATHS = ("title", "summary", "body.one", "body.two")
# How a page is in a language, in turn: what of its texts is translated, by whom, and whether it is live.
FATES = ("up_to_date", "half", "missing", "outdated", "machine")
PER_SECTION = 100


@dataclass
class Translated:
    """What was made: English pages, and how many of their translations met which fate."""

    pages: list[Page] = field(default_factory=list)
    fates: dict[str, int] = field(default_factory=dict)


def seed_translated(homes: dict[str, Any], number: int, *, start: int = 0, assignee: Any = None) -> Translated:
    """Make English pages ``start`` to ``number`` with translations under ``homes``, and open tasks for ``assignee``.

    Pages lie in sections of a hundred. The same numbers give the same pages. No signal is sent, so states have to be
    computed afterwards.
    """
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    made = Translated()
    for first in range(start, number, PER_SECTION):
        wanted = range(first, min(first + PER_SECTION, number))
        _seed_section(homes, locales, wanted, assignee, made)
    return made


def _seed_section(homes: Any, locales: Any, numbers: Sequence[int], assignee: Any, made: Translated) -> None:
    rng, writer = random.Random(numbers[0]), Writer("en", numbers[0])
    keys = [uuid.UUID(int=rng.getrandbits(128)) for _ in numbers]
    titles = [writer.text(4).title() for _ in numbers]
    fates = [
        {code: FATES[(i + n) % len(FATES)] for n, code in enumerate(code for code in locales if code != "en")}
        for i in range(len(numbers))
    ]
    for code, home in homes.items():
        there = [i for i in range(len(numbers)) if code == "en" or fates[i][code] != "missing"]
        live = {i for i in there if code == "en" or fates[i][code] != "half"}
        pages = _pages(home, locales[code], [(keys[i], titles[i], numbers[i], i in live) for i in there])
        if code == "en":
            made.pages += pages
    strings = _sources(keys, titles, locales["en"], writer)
    _translations(keys, fates, strings, locales, made)
    pages_by_key = {page.translation_key: page for page in made.pages[-len(numbers) :]}
    TranslationTask.objects.bulk_create(
        TranslationTask(source=pages_by_key[key], locale=locales[code], assignee=assignee, state="requested")
        for i, key in enumerate(keys)
        for code in ("ko", "ja")
        if fates[i][code] == "half"
    )


def _pages(home: Any, locale: Locale, rows: Sequence[tuple[uuid.UUID, str, int, bool]]) -> list[Page]:
    home = Page.objects.get(pk=home.pk)
    kind = ContentType.objects.get_for_model(StandardPage)
    now = timezone.now()
    pages = []
    for n, (key, title, number, live) in enumerate(rows):
        slug = f"bench-{number}"
        pages.append(
            Page(
                path=Page._get_path(home.path, home.depth + 1, home.numchild + 100 + n + number),
                depth=home.depth + 1,
                title=title,
                draft_title=title,
                slug=slug,
                url_path=f"{home.url_path}{slug}/",
                content_type=kind,
                locale=locale,
                translation_key=key,
                live=live,
                first_published_at=now if live else None,
                last_published_at=now if live else None,
            )
        )
    Page.objects.bulk_create(pages)
    Page.objects.filter(pk=home.pk).update(numchild=home.numchild + len(pages))
    children = [StandardPage(page_ptr_id=page.pk, **{"summary": "", "cover_alt": "", "body": "[]"}) for page in pages]
    fields = StandardPage._meta.local_concrete_fields
    StandardPage._base_manager.get_queryset()._insert(children, fields=fields, using="default")
    return pages


def _sources(keys: Any, titles: Any, english: Locale, writer: Writer) -> dict[tuple[uuid.UUID, str], tuple[int, int]]:
    """Make sources with their texts; return the ids of string and context by key and path."""
    kind, base = ContentType.objects.get_for_model(StandardPage), ContentType.objects.get_for_model(Page)
    TranslatableObject.objects.bulk_create(TranslatableObject(translation_key=key, content_type=base) for key in keys)
    early = timezone.now() - timedelta(days=100)
    sources = TranslationSource.objects.bulk_create(
        TranslationSource(
            object_id=key,
            specific_content_type=kind,
            locale=english,
            object_repr=title,
            content_json=json.dumps({"title": title}),
            last_updated_at=timezone.now(),
        )
        for key, title in zip(keys, titles, strict=True)
    )
    TranslationSource.objects.filter(pk__in=[source.pk for source in sources]).update(created_at=early)
    contexts = TranslationContext.objects.bulk_create(
        TranslationContext(object_id=key, path=path, path_id=TranslationContext._get_path_id(path))
        for key in keys
        for path in PATHS
    )
    texts = [f"{writer.text(6)} {key} {path}" for key in keys for path in PATHS]
    strings = String.objects.bulk_create(
        String(locale=english, data=text, data_hash=String._get_data_hash(text)) for text in texts
    )
    StringSegment.objects.bulk_create(
        StringSegment(
            source=sources[i // len(PATHS)], context=context, string=string, order=i % len(PATHS), attrs="null"
        )
        for i, (context, string) in enumerate(zip(contexts, strings, strict=True))
    )
    return {
        (context.object_id, context.path): (string.pk, context.pk)
        for context, string in zip(contexts, strings, strict=True)
    }


def _translations(keys: Any, fates: Any, strings: Any, locales: Any, made: Translated) -> None:
    sources = {source.object_id: source for source in TranslationSource.objects.filter(object_id__in=keys)}
    records, texts, changes = [], [], []
    for i, key in enumerate(keys):
        changes.append(SourceChange(source=sources[key], fingerprint=f"then-{key}"[:32], at=sources[key].created_at))
        for code, fate in fates[i].items():
            made.fates[fate] = made.fates.get(fate, 0) + 1
            if fate == "missing":
                continue
            records.append(Translation(source=sources[key], target_locale=locales[code]))
            for path in PATHS[: _translated(fate)]:
                string_id, context_id = strings[key, path]
                texts.append(
                    StringTranslation(
                        translation_of_id=string_id,
                        context_id=context_id,
                        locale=locales[code],
                        data=f"{code} {key} {path}",
                        translation_type="machine" if fate == "machine" else "manual",
                        updated_at=timezone.now(),
                    )
                )
            if fate == "outdated":
                texts.append(_orphan(strings[key, PATHS[-1]], key, locales, code))
    Translation.objects.bulk_create(records)
    StringTranslation.objects.bulk_create(texts)
    SourceChange.objects.bulk_create(changes)


def _orphan(place: tuple[int, int], key: uuid.UUID, locales: Any, code: str) -> StringTranslation:
    """The translation of what the last text said before it was changed."""
    former = f"formerly {key} {code}"
    string = String.objects.create(locale=locales["en"], data=former, data_hash=String._get_data_hash(former))
    return StringTranslation(
        translation_of=string,
        context_id=place[1],
        locale=locales[code],
        data=f"{code} {key}",
        updated_at=timezone.now(),
    )


def _translated(fate: str) -> int:
    return {"half": 2, "outdated": len(PATHS) - 1}.get(fate, len(PATHS))
