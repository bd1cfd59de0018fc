"""Asking an engine: in batches, again after a pause, within the month's budget, and with a note of what was used."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from translations.machine.base import Engine, EngineError
from translations.machine.registry import Route
from translations.models import MachineUse

# Seconds before another attempt; somebody is waiting for the page.
PAUSES = (1.0, 3.0)
LONGEST_PAUSE = 10.0


@dataclass(frozen=True)
class Answer:
    """What came back for a batch of texts: their positions, translations, and the note of their use."""

    positions: range
    texts: list[str]
    use: MachineUse


def ask(route: Route, texts: Sequence[str], *, translation: Translation | None, user: Any) -> Iterator[Answer]:
    """Yield the translations of texts batch by batch. Raises EngineError where a batch fails; earlier ones stand."""
    for positions in batches(route.engine, texts):
        batch = [texts[position] for position in positions]
        use = _reserve(route, batch, translation, user)
        try:
            found = _attempt(route, batch)
            if len(found) != len(batch):
                raise EngineError(_("%(engine)s gave an answer that cannot be used.") % {"engine": route.engine.label})
        except EngineError as error:
            use.characters, use.texts, use.problem = 0, 0, str(error)[:200]
            use.save(update_fields=["characters", "texts", "problem"])
            raise
        yield Answer(positions, found, use)


def batches(engine: Engine, texts: Sequence[str]) -> Iterator[range]:
    """Yield positions of texts that one request may hold; a text that is too long alone is a request of its own."""
    first, characters = 0, 0
    for position, text in enumerate(texts):
        full = position - first >= engine.most_texts or characters + len(text) > engine.most_characters
        if full and position > first:
            yield range(first, position)
            first, characters = position, 0
        characters += len(text)
    if first < len(texts):
        yield range(first, len(texts))


def used_this_month(engine: str) -> int:
    """Return how many characters an engine was sent since the first of the month, in the site's time."""
    start = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    total = MachineUse.objects.filter(engine=engine, at__gte=start).aggregate(total=Sum("characters"))["total"]
    return int(total or 0)


def _reserve(route: Route, batch: Sequence[str], translation: Translation | None, user: Any) -> MachineUse:
    """Note what is about to be sent. Raises EngineError where it would exceed the budget."""
    characters = sum(map(len, batch))
    with transaction.atomic():
        use = MachineUse.objects.create(
            engine=route.engine.name,
            source_language=route.source_language,
            target_language=route.target_language,
            characters=characters,
            texts=len(batch),
            translation=translation,
            user=user,
        )
        # Counted with the new row in it: of two at once, at least one sees both.
        most = settings.MACHINE_MONTHLY_CHARACTERS
        if not route.engine.is_local and used_this_month(route.engine.name) > most:
            transaction.set_rollback(True)
            raise_budget = True
        else:
            raise_budget = False
    if raise_budget:
        raise EngineError(
            _("This would exceed the budget of %(count)s characters a month for %(engine)s.")
            % {"count": number_format(most, force_grouping=True), "engine": route.engine.label}
        )
    return use


def _attempt(route: Route, batch: Sequence[str]) -> list[str]:
    """Ask, and ask again after a pause where that may help."""
    for pause in (*PAUSES, None):
        try:
            return route.engine.translate(batch, route.source_language, route.target_language)
        except EngineError as error:
            wait = error.wait if error.wait is not None else pause
            if not error.passing or pause is None or wait is None or wait > LONGEST_PAUSE:
                raise
            time.sleep(wait)
    raise AssertionError("unreachable")
