"""Drafts of a translation by machine: only where no person has written, checked, and marked as a machine's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation, Translation

from translations.machine.asking import Answer, ask
from translations.machine.base import EngineError
from translations.machine.registry import Route, route_for
from translations.models import TextChange
from translations.segments import Segment, segments_of
from translations.writing import NewText, TextRefused, check_text, write_texts

# Tags, and what programs put words for: %(name)s, {name}, %s.
_PLACEHOLDERS = re.compile(r"</?[a-z][^<>]*>|%\(\w+\)[sd]|\{\w*\}|%[sd]")


@dataclass
class Drafted:
    """What was drafted: texts by the segments' ids; texts that could not be used, with the reason; and what stopped it.

    ``without_source``: so many texts have nothing to be made from yet, such as Simplified without a Traditional text.
    """

    engine: str = ""
    texts: dict[int, str] = field(default_factory=dict)
    dropped: list[tuple[Segment, str]] = field(default_factory=list)
    without_source: int = 0
    source_language: str = ""
    problem: str = ""


def draft(translation: Translation, segments: Sequence[Segment] | None = None, *, user: Any) -> Drafted:
    """Draft the segments of a translation that no person has translated; all such, if none are given.

    Checks no permission. What an engine fails at is said in ``problem``; what was drafted before stays. No transaction
    is open while an engine is asked.
    """
    route = route_for(translation.source.locale.language_code, translation.target_locale.language_code)
    if route is None:
        return Drafted(problem=_("No engine translates into this language."))
    drafted = Drafted(engine=route.engine.label, source_language=route.source_language)
    open_ = [row for row in (segments_of(translation) if segments is None else segments) if not row.is_translated]
    sources = _sources(translation, route, open_)
    ready = [row for row in open_ if row.pk in sources]
    drafted.without_source = len(open_) - len(ready)
    try:
        for answer in ask(route, [sources[row.pk] for row in ready], translation=translation, user=user):
            _keep(translation, [ready[position] for position in answer.positions], answer, drafted, user)
    except EngineError as error:
        drafted.problem = str(error)
    return drafted


def _sources(translation: Translation, route: Route, segments: Sequence[Segment]) -> dict[int, str]:
    """Return what each segment is made from: the page's text, or a person's translation of it in the pivot language."""
    if route.source_language == translation.source.locale.language_code:
        return {segment.pk: segment.source for segment in segments}
    pivot = (
        Translation.objects.filter(source_id=translation.source_id, target_locale__language_code=route.source_language)
        .select_related("source__specific_content_type")
        .first()
    )
    if pivot is None:
        return {}
    written = {
        (row.string_id, row.context_id): row.translation
        for row in segments_of(pivot)
        if row.is_translated and not row.machine
    }
    keys = {segment.pk: (segment.string_id, segment.context_id) for segment in segments}
    return {pk: written[key] for pk, key in keys.items() if key in written}


def _keep(translation: Translation, segments: Sequence[Segment], answer: Answer, drafted: Drafted, user: Any) -> None:
    """Write the usable texts of a batch where still nobody has written; note the others."""
    usable: dict[int, tuple[Segment, str]] = {}
    for segment, text in zip(segments, answer.texts, strict=True):
        try:
            _check(segment, text)
        except TextRefused as error:
            drafted.dropped.append((segment, str(error)))
        else:
            usable[segment.pk] = (segment, text)
    with transaction.atomic():
        Translation.objects.select_for_update().filter(pk=translation.pk).first()
        keys = _written_meanwhile(translation)
        free = {pk: pair for pk, pair in usable.items() if (pair[0].string_id, pair[0].context_id) not in keys}
        new = [NewText(segment.string_id, segment.context_id, text) for segment, text in free.values()]
        write_texts(translation, new, user=user, means=TextChange.Means.MACHINE, detail=drafted.engine)
        answer.use.dropped = len(segments) - len(usable)
        answer.use.save(update_fields=["dropped"])
    drafted.texts.update({pk: text for pk, (_segment, text) in free.items()})


def _written_meanwhile(translation: Translation) -> set[tuple[int, int]]:
    return set(
        StringTranslation.objects.filter(
            context__object_id=translation.source.object_id, locale_id=translation.target_locale_id, has_error=False
        )
        .exclude(data="")
        .values_list("translation_of_id", "context_id")
    )


def _check(segment: Segment, text: str) -> None:
    """Raise TextRefused for a draft that lost or invented markup, a link or a placeholder."""
    check_text(segment.source, text)
    if sorted(_PLACEHOLDERS.findall(segment.source)) != sorted(_PLACEHOLDERS.findall(text)):
        raise TextRefused(_("The machine changed a placeholder or markup."))
