"""Keeps the memory's index: which source texts have which marks. The only writer of MemoryGram."""

from collections.abc import Iterable
from itertools import islice

from django.db.models import Exists, OuterRef, QuerySet
from wagtail_localize.models import String, StringTranslation

from translations.memory.grams import grams
from translations.models import MemoryGram, MemoryUnit, TextChange

BATCH = 500


def index_changes(changes: Iterable[TextChange]) -> None:
    """Index the source texts of changes that are not indexed yet. Two queries at most.

    What was removed needs nothing: the memory offers what stands there when it is asked.
    """
    index_strings(_lacking().filter(pk__in={change.string_id for change in changes}))


def index_strings(strings: QuerySet[String]) -> int:
    """Index source texts by what they say; return how many. A text that has its marks keeps them."""
    done = 0
    rows = strings.values_list("pk", "data").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        marks = [MemoryGram(string_id=pk, gram=gram) for pk, data in batch for gram in grams(data)]
        MemoryGram.objects.bulk_create(marks, ignore_conflicts=True, batch_size=5000)
        done += len(batch)
    return done


def build(*, anew: bool = False) -> int:
    """Index every source text that has a translation and is not indexed; all of them if ``anew``. Return how many."""
    if anew:
        MemoryGram.objects.all().delete()
    translated = Exists(StringTranslation.objects.filter(translation_of=OuterRef("pk")))
    imported = Exists(MemoryUnit.objects.filter(string=OuterRef("pk")))
    # By number: rows that are written meanwhile do not disturb the reading.
    waiting = list(_lacking().filter(translated | imported).order_by("pk").values_list("pk", flat=True))
    return sum(
        index_strings(String.objects.filter(pk__in=waiting[start : start + BATCH]))
        for start in range(0, len(waiting), BATCH)
    )


def _lacking() -> QuerySet[String]:
    return String.objects.filter(~Exists(MemoryGram.objects.filter(string=OuterRef("pk"))))
