"""Flow ``memory``: what the translation memory offers for a page, beside a plain scan of all texts by rapidfuzz."""

import random
import uuid
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rapidfuzz import fuzz, process

from bench import engine, texts

LEAST = 70
SEGMENTS = 50


def measure() -> dict[str, Any]:
    """Return ``p95_ratio`` (ours over the plain scan's for one page), and ``recall``.

    ``recall`` is the part of the texts for which the scan knows one alike by ``LEAST`` percent or more, and for which
    ours offers one that is at most two points less.
    """
    from translations.memory import suggest  # noqa: PLC0415 -- app ready: models need the scratch database
    from translations.memory.grams import comparable  # noqa: PLC0415 -- app ready
    from translations.memory.index import build  # noqa: PLC0415 -- app ready

    wanted = engine.size("ENTRIES", 100_000)
    sources = _sources(wanted)
    translation = _fill(sources)
    milliseconds, indexed = engine.timed(build)
    compared = [comparable(source) for source in sources]
    ours: list[float] = []
    scan: list[float] = []
    alike = found = queries = 0
    for turn in range(engine.size("PAGES", 12)):
        segments = _page(sources, turn)
        suggest(translation, segments[:1])
        with CaptureQueriesContext(connection) as captured:
            suggest(translation, segments)
        queries = max(queries, len(captured))
        spent, offered = engine.timed(lambda segments=segments: suggest(translation, segments))
        ours.append(spent)
        spent, best = engine.timed(
            lambda segments=segments: [
                process.extractOne(comparable(one.source), compared, scorer=fuzz.ratio, score_cutoff=LEAST)
                for one in segments
            ]
        )
        scan.append(spent)
        for segment, known in zip(segments, best, strict=True):
            if known:
                alike += 1
                scores = [one.score for one in offered.get(segment.pk, ())]
                found += bool(scores) and max(scores) >= int(known[1]) - 3
    return {
        "entries": indexed,
        "wanted": wanted,
        "segments": SEGMENTS,
        "sql_queries": queries,
        "p95_ratio": round(engine.percentile(ours, 0.95) / engine.percentile(scan, 0.95), 4),
        "alike": alike,
        "recall": round(found / alike, 3) if alike else 0.0,
        "texts_per_second": round(indexed / milliseconds * 1000),
        "milliseconds": {"ours": engine.spread(ours), "scan": engine.spread(scan)},
    }


def verify(figures: dict[str, Any]) -> list[str]:
    """Return what was not done: texts that are not indexed, pages for which nothing was known."""
    problems = []
    if figures["entries"] != figures["wanted"]:
        problems.append(f"{figures['entries']} texts of {figures['wanted']} were indexed")
    if not figures["alike"]:
        problems.append("no text was like one in the memory")
    if figures["recall"] < 0.9:
        problems.append(f"only {figures['recall']:.0%} of what a scan finds was offered")
    return problems


def _sources(number: int) -> list[str]:
    """Return that many different English texts of one to three dozen words, always the same."""
    chance = random.Random(1)
    words = sorted(
        {word for document in texts.documents(200) if document.language == "en" for word in _words(document)}
    )
    # As in a language, a few words make most of the text.
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    chance.shuffle(words)
    made: dict[str, None] = {}
    while len(made) < number:
        made[" ".join(chance.choices(words, weights, k=chance.randint(4, 30))).capitalize()] = None
    return list(made)


def _words(document: Any) -> list[str]:
    return [word for word in document.body.lower().split() if word.isalpha()]


def _fill(sources: list[str]) -> Any:
    """Write the texts with a Korean translation each, on pages of 50, and return the translation of another page."""
    from wagtail.models import Locale  # noqa: PLC0415 -- app ready
    from wagtail_localize.models import (  # noqa: PLC0415 -- app ready
        String,
        StringTranslation,
        Translation,
        TranslationContext,
        TranslationSource,
    )

    from tests.translations.trees import add_page, make_home  # noqa: PLC0415 -- app ready

    home = make_home()
    korean = Locale.objects.get(language_code="ko")
    source, _ = TranslationSource.update_or_create_from_instance(add_page(home, "Known", "known"))
    String.objects.all().delete()
    context = TranslationContext.objects.create(object_id=source.object_id, path="body")
    strings = [
        String(locale=home.locale, data=data, data_hash=uuid.uuid5(uuid.NAMESPACE_URL, data)) for data in sources
    ]
    String.objects.bulk_create(strings, batch_size=2000)
    rows = String.objects.filter(locale=home.locale).order_by("pk").values_list("pk", flat=True)
    written = [
        StringTranslation(
            translation_of_id=pk,
            locale=korean,
            context=context,
            data=f"번역 {pk}",
            translation_type="manual",
            updated_at=timezone.now(),
        )
        for pk in rows
    ]
    StringTranslation.objects.bulk_create(written, batch_size=2000)
    asked, _ = TranslationSource.update_or_create_from_instance(add_page(home, "Asked", "asked"))
    translation = Translation.objects.create(source=asked, target_locale=korean)
    return Translation.objects.select_related("source__specific_content_type").get(pk=translation.pk)


def _page(sources: list[str], seed: int) -> list[Any]:
    """Return the texts of a page: some known, most alike with a tenth of the words changed, some new."""
    from translations.segments import Segment  # noqa: PLC0415 -- app ready

    chance = random.Random(seed)
    made = []
    for number in range(SEGMENTS):
        words = chance.choice(sources).split()
        for _change in range(0 if number % 5 == 0 else max(1, len(words) // 10)):
            words[chance.randrange(len(words))] = f"other{number}"
        if number % 5 == 4:
            chance.shuffle(words)
        made.append(Segment(-1 - number, -1 - number, -1, "body", number, " ".join(words), {}, True))
    return made
