"""What the memory offers for the texts of a page, best first."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max
from rapidfuzz import fuzz
from wagtail_localize.models import String, StringTranslation, Translation, TranslationSource

from translations.memory.grams import comparable, grams, numbers
from translations.memory.placeables import fitted
from translations.models import MemoryGram, MemoryUnit
from translations.quality.pairs import Text
from translations.segments import Segment

# In percent: less alike is of no use to a translator.
LEAST = 60
MOST_SUGGESTIONS = 5
# How many texts with the most marks in common are compared letter by letter.
CANDIDATES = 40
# A mark that more texts have than this tells little; it counts only where a text has no other.
COMMON = 1500
_IDS = re.compile(r"\.[0-9a-f]{8}-[0-9a-f-]{27}")


@dataclass(frozen=True)
class Suggestion:
    """A translation of the same or a similar text.

    ``text`` is ready for use in the segment: numbers and links of a similar text are those of the segment where that is
    certain. ``source`` is the text that was translated. ``score`` is 0 to 100, 100 for the same text, and 101 for the
    same text in the same field of the same type of page. ``origin`` is the title of the page, or the name of the file,
    that it comes from.
    """

    text: str
    source: str
    score: int
    origin: str
    updated_at: datetime


@dataclass(frozen=True)
class _Known:
    """A translation that stands somewhere: its row (None for an imported one), and how many are the same."""

    string_id: int
    text: str
    updated_at: datetime
    row_id: int | None = None
    times: int = 1
    origin: str = ""


def suggest(translation: Translation, segments: Sequence[Segment]) -> dict[int, tuple[Suggestion, ...]]:
    """Return by segment pk what the memory offers, best first; texts for which there is nothing are missing.

    It offers what people wrote or confirmed in the same pair of languages and what was imported; not what a machine
    wrote, what could not be used, and the segment's own text. Eight queries, whatever the number of texts.
    """
    segments = [segment for segment in segments if segment.source]
    alike = _alike(segments)
    wanted = {string_id for found in alike.values() for string_id in found}
    sources = dict(
        String.objects.filter(pk__in=wanted, locale_id=translation.source.locale_id).values_list("pk", "data")
    )
    known = _known(translation, sources)
    own = _own(translation, segments, known)
    places = _Places(translation, known)
    compared = {pk: comparable(data) for pk, data in sources.items() if pk in known}
    found = {}
    for segment in segments:
        suggestions = _ranked(segment, alike[segment.pk], sources, compared, known, own, places)
        if suggestions:
            found[segment.pk] = suggestions
    return found


def _alike(segments: Sequence[Segment]) -> dict[int, list[int]]:
    """Return by segment pk the texts (String pks) that have the most marks in common with it, itself among them."""
    marks = {segment.pk: grams(segment.source) for segment in segments}
    every = {gram for found in marks.values() for gram in found}
    counted = MemoryGram.objects.filter(gram__in=every).order_by()
    times = dict(counted.values_list("gram").annotate(Count("pk")))
    chosen = {pk: _telling(found, times) for pk, found in marks.items()}
    places: dict[int, list[int]] = defaultdict(list)
    rows = MemoryGram.objects.filter(gram__in={gram for found in chosen.values() for gram in found})
    for gram, string_id in rows.values_list("gram", "string_id"):
        places[gram].append(string_id)
    alike = {}
    for segment in segments:
        counts: Counter[int] = Counter()
        for gram in chosen[segment.pk]:
            counts.update(places[gram])
        first = [string_id for string_id, _ in counts.most_common(CANDIDATES)]
        alike[segment.pk] = list(dict.fromkeys([segment.string_id, *first]))
    return alike


def _telling(marks: Iterable[int], times: dict[int, int]) -> list[int]:
    """Return those marks of a text that are worth looking up: the rare ones, or the rarest of all."""
    known = sorted((gram for gram in marks if gram in times), key=lambda gram: times[gram])
    return [gram for gram in known if times[gram] <= COMMON] or known[:1]


def _known(translation: Translation, sources: dict[int, str]) -> dict[int, list[_Known]]:
    """Return the translations of the texts into the language by String pk, each once, the newest first."""
    known: dict[int, list[_Known]] = defaultdict(list)
    here = StringTranslation.objects.filter(
        translation_of_id__in=sources,
        locale_id=translation.target_locale_id,
        has_error=False,
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
    )
    rows = here.order_by().values_list("translation_of_id", "data").annotate(Max("updated_at"), Max("pk"), Count("pk"))
    for string_id, text, updated_at, row_id, times in rows:
        known[string_id].append(_Known(string_id, text, updated_at, row_id, times))
    imported = MemoryUnit.objects.filter(string_id__in=sources, locale_id=translation.target_locale_id)
    for unit in imported:
        known[unit.string_id].append(_Known(unit.string_id, unit.text, unit.updated_at, origin=unit.origin))
    for found in known.values():
        found.sort(key=lambda one: one.updated_at, reverse=True)
    return known


def _own(translation: Translation, segments: Sequence[Segment], known: dict[int, list[_Known]]) -> set[tuple[int, int]]:
    """Return (segment pk, row) for the segments' own translations."""
    by_key = {(segment.string_id, segment.context_id): segment.pk for segment in segments}
    rows = StringTranslation.objects.filter(
        translation_of_id__in={segment.string_id for segment in segments} & known.keys(),
        context_id__in={segment.context_id for segment in segments},
        locale_id=translation.target_locale_id,
    )
    return {
        (by_key[string_id, context_id], pk)
        for pk, string_id, context_id in rows.values_list("pk", "translation_of_id", "context_id")
        if (string_id, context_id) in by_key
    }


class _Places:
    """Where translations stand: in which field of which type of page, and the page's title."""

    def __init__(self, translation: Translation, known: dict[int, list[_Known]]) -> None:
        rows = {one.row_id for found in known.values() for one in found if one.row_id}
        contexts = StringTranslation.objects.filter(pk__in=rows).values_list(
            "pk", "context__object_id", "context__path"
        )
        self._contexts = {pk: (object_id, path) for pk, object_id, path in contexts}
        sources = TranslationSource.objects.filter(
            object_id__in={object_id for object_id, _ in self._contexts.values()},
            locale_id=translation.source.locale_id,
        )
        self._pages = {
            object_id: (type_id, title)
            for object_id, type_id, title in sources.values_list("object_id", "specific_content_type_id", "object_repr")
        }
        self._type_id = translation.source.specific_content_type_id

    def title(self, known: _Known) -> str:
        """Return the title of the page, or the name of the file."""
        object_id, _ = self._contexts.get(known.row_id or 0, (None, ""))
        return str(self._pages.get(object_id, (None, known.origin))[1])

    def same(self, known: _Known, segment: Segment) -> bool:
        """Whether a translation stands in the same field of a page of the same type as the segment."""
        object_id, path = self._contexts.get(known.row_id or 0, (None, ""))
        type_id = self._pages.get(object_id, (None, ""))[0]
        return type_id == self._type_id and _IDS.sub("", path) == _IDS.sub("", segment.path)


def _ranked(
    segment: Segment,
    alike: Iterable[int],
    sources: dict[int, str],
    compared: dict[int, str],
    known: dict[int, list[_Known]],
    own: set[tuple[int, int]],
    places: _Places,
) -> tuple[Suggestion, ...]:
    here = comparable(segment.source)
    suggestions: dict[str, Suggestion] = {}
    for string_id in alike:
        if string_id not in compared:
            continue
        score = _score(segment.source, here, sources[string_id], compared[string_id])
        for one in known[string_id] if score >= LEAST else ():
            if one.times == 1 and (segment.pk, one.row_id) in own:
                continue
            exact = score == 100
            text = one.text if exact else fitted(one.text, sources[string_id], segment.source)
            points = 101 if exact and places.same(one, segment) else score
            best = suggestions.get(text)
            if best is None or points > best.score:
                suggestions[text] = Suggestion(text, sources[string_id], points, places.title(one), one.updated_at)
    ranked = sorted(suggestions.values(), key=lambda one: (one.score, one.updated_at), reverse=True)
    return tuple(ranked[:MOST_SUGGESTIONS])


def _score(source: str, here: str, other_source: str, there: str) -> int:
    """Return how alike two texts are, 0 to 100: 100 only for the same; another number or link costs a point each."""
    if source == other_source:
        return 100
    alike = fuzz.ratio(here, there, score_cutoff=LEAST)
    if not alike:
        return 0
    score = min(99, int(alike))
    return score - (numbers(source) != numbers(other_source)) - (Text(source).elements != Text(other_source).elements)
