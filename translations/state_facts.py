"""What the states of some pages are computed from, read by a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max, Q
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog, TranslationSource

from translations.completeness import is_visible
from translations.models import BundleItem, SourceChange, TranslationTask

_IN_REVIEW = (TranslationTask.State.IN_REVIEW, TranslationTask.State.ACCEPTED)
Key = Any


@dataclass
class Facts:
    """Rows of some groups of pages; a group is a page in all its languages, known by its translation key."""

    locales: Sequence[Locale]
    default_locale_id: int
    pages: dict[Key, list[Page]] = field(default_factory=lambda: defaultdict(list))
    sources: dict[tuple[Key, int], TranslationSource] = field(default_factory=dict)
    translations: dict[tuple[int, int], Translation] = field(default_factory=dict)
    # Of a source: states of its content, oldest first; texts that a translator sees.
    changes: dict[int, list[SourceChange]] = field(default_factory=lambda: defaultdict(list))
    segments: dict[int, list[StringSegment]] = field(default_factory=lambda: defaultdict(list))
    # Of a group in a language: what was ever translated, newest first.
    texts: dict[tuple[Key, int], list[StringTranslation]] = field(default_factory=lambda: defaultdict(list))
    # When the published revisions of translations were made from their source.
    made_at: dict[int, datetime] = field(default_factory=dict)
    in_review: set[tuple[int, int]] = field(default_factory=set)
    # Pages that wait in bundles, to go live with their translations, and the ids of those bundles.
    bundled: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def places(self) -> Iterator[tuple[Page, Locale]]:
        """Yield each source page with each language that it is, or could be, translated into from it."""
        for key, pages in self.pages.items():
            origins = {page.locale_id: page for page in pages if self._is_source(key, page)}
            for page in origins.values():
                for locale in self.locales:
                    if locale.pk not in origins and not self._comes_from_elsewhere(key, page, locale.pk):
                        yield page, locale

    def source_of(self, page: Page) -> TranslationSource | None:
        """What a page was submitted with, if it was."""
        return self.sources.get((page.translation_key, page.locale_id))

    def translation_of(self, page: Page, locale: Locale) -> Translation | None:
        """wagtail-localize's translation of a page into a language, stopped or not."""
        source = self.source_of(page)
        return self.translations.get((source.pk, locale.pk)) if source else None

    def target_of(self, page: Page, locale: Locale) -> Page | None:
        """The page in that language."""
        return next((other for other in self.pages[page.translation_key] if other.locale_id == locale.pk), None)

    def wait_together(self, page: Page, target: Page) -> bool:
        """Whether two pages are in a bundle that will publish both."""
        return bool(self.bundled.get(page.pk, set()) & self.bundled.get(target.pk, set()))

    def _is_source(self, key: Key, page: Page) -> bool:
        source = self.sources.get((key, page.locale_id))
        if source and any(source_id == source.pk for source_id, _locale in self.translations):
            return not self._comes_from_elsewhere(key, page, page.locale_id)
        return page.locale_id == self.default_locale_id and not self._comes_from_elsewhere(key, page, page.locale_id)

    def _comes_from_elsewhere(self, key: Key, page: Page, locale_id: int) -> bool:
        """Whether another language's page than ``page`` is translated into a language."""
        own = self.sources.get((key, page.locale_id))
        for (group, _locale_id), source in self.sources.items():
            if group == key and source is not own:
                translation = self.translations.get((source.pk, locale_id))
                if translation and translation.enabled:
                    return True
        return False


def gather(page_ids: Sequence[int], locales: Sequence[Locale], default: Locale) -> Facts:
    """Read everything about the groups that the pages belong to. Some ten queries, however many pages."""
    facts = Facts(locales, default.pk)
    keys = list(Page.objects.filter(pk__in=page_ids).values_list("translation_key", flat=True))
    rows = Page.objects.filter(translation_key__in=keys, alias_of=None, depth__gt=1).only(
        "pk", "translation_key", "locale", "live", "last_published_at", "live_revision"
    )
    for page in rows.order_by("pk"):
        facts.pages[page.translation_key].append(page)
    sources = TranslationSource.objects.filter(object_id__in=keys).defer("content_json")
    for source in sources.select_related("specific_content_type"):
        facts.sources[source.object_id, source.locale_id] = source
    _gather_texts(facts, keys)
    _gather_history(facts)
    return facts


def _gather_texts(facts: Facts, keys: Sequence[Key]) -> None:
    by_id = {source.pk: source for source in facts.sources.values()}
    models = {source.pk: source.specific_content_type.model_class() for source in by_id.values()}
    for translation in Translation.objects.filter(source_id__in=by_id):
        facts.translations[translation.source_id, translation.target_locale_id] = translation
    segments = StringSegment.objects.filter(source_id__in=by_id).select_related("context", "string")
    for segment in segments.only("source", "context__path", "string__data"):
        if is_visible(models[segment.source_id], segment.context.path):
            facts.segments[segment.source_id].append(segment)
    texts = StringTranslation.objects.filter(context__object_id__in=keys).select_related("translation_of", "context")
    for text in texts.order_by("-updated_at", "-pk").defer("field_error", "translation_of__locale"):
        facts.texts[text.context.object_id, text.locale_id].append(text)


def _gather_history(facts: Facts) -> None:
    source_ids = [source.pk for source in facts.sources.values()]
    for change in SourceChange.objects.filter(source_id__in=source_ids).order_by("at", "pk"):
        facts.changes[change.source_id].append(change)
    live = [page.live_revision_id for pages in facts.pages.values() for page in pages if page.live_revision_id]
    made = TranslationLog.objects.filter(Q(source_id__in=source_ids), revision_id__in=live)
    facts.made_at = dict(made.values_list("revision_id").annotate(Max("created_at")))
    pages = [page.pk for group in facts.pages.values() for page in group]
    tasks = TranslationTask.objects.filter(source_id__in=pages, state__in=_IN_REVIEW)
    facts.in_review = set(tasks.values_list("source_id", "locale_id"))
    for page_id, bundle_id in BundleItem.objects.waiting().filter(page_id__in=pages).values_list("page", "bundle"):
        facts.bundled[page_id].add(bundle_id)
