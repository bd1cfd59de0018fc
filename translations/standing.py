"""How far one page is in one language: the rules, without a database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation

from translations.completeness import is_blank
from translations.models import PageTranslationState, SourceChange
from translations.segments import former_of
from translations.state_facts import Facts

State = PageTranslationState.State
Reason = PageTranslationState.Reason


@dataclass(frozen=True)
class Counts:
    """Numbers of texts that a translator sees, as in PageTranslationState."""

    total: int = 0
    translated: int = 0
    machine: int = 0
    changed: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to translate."""
        return self.translated == self.total


@dataclass(frozen=True)
class Standing:
    """What PageTranslationState holds of a page in a language."""

    state: str
    counts: Counts = Counts()
    reason: str = Reason.NONE
    target_id: int | None = None
    outdated_since: datetime | None = None

    def kept_since(self, before: datetime | None) -> "Standing":
        """The same; where nothing tells since when the source is withdrawn, since it was first seen."""
        if self.reason != Reason.WITHDRAWN:
            return self
        return replace(self, outdated_since=before or timezone.now())


def judge(facts: Facts, page: Page, locale: Locale) -> Standing | None:
    """Say how far ``page`` is in ``locale``; None where that is no question, as for a draft that nobody translated."""
    target = facts.target_of(page, locale)
    live = target is not None and target.live
    source = facts.source_of(page)
    key = (page.translation_key, locale.pk)
    counts = count(facts.segments[source.pk], facts.texts[key]) if source else Counts()
    target_id = target.pk if target else None
    if not page.live and page.pk not in facts.bundled:
        return Standing(State.OUTDATED, counts, Reason.WITHDRAWN, target_id) if live else None
    translation = facts.translation_of(page, locale)
    if target is None:
        begun = translation is not None and translation.enabled
        return Standing(State.IN_TRANSLATION if begun else State.MISSING, counts)
    if translation is None or not translation.enabled:
        return _by_hand(facts, page, target)
    changes = facts.changes[translation.source_id]
    # What goes live together with the page's draft is measured by it, everything else by what readers see.
    ahead = not facts.wait_together(page, target) and is_draft(changes)
    moved = moved_on(published(changes) if ahead else changes, _made_at(facts, target)) if live else None
    return _translated(counts, target, moved, in_review=(page.pk, locale.pk) in facts.in_review, ahead=ahead)


def count(segments: Sequence[StringSegment], texts: Sequence[StringTranslation]) -> Counts:
    """Count a page's texts in a language, equal ones of one field as one, since the editor shows them as one.

    ``texts`` are all that were ever translated of it, the newest first.
    """
    current = {(text.translation_of_id, text.context_id): text for text in texts}
    wanted = {(segment.string_id, segment.context_id): segment for segment in segments}
    orphans: dict[int, list[StringTranslation]] = {}
    for text in texts:
        if (text.translation_of_id, text.context_id) not in wanted and not is_blank(text.data):
            orphans.setdefault(text.context_id, []).append(text)
    translated = machine = changed = 0
    for place, segment in wanted.items():
        text = current.get(place)
        if text and not text.has_error and not is_blank(text.data):
            translated += 1
            machine += text.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
        elif segment.context_id in orphans and former_of(segment.string.data, orphans[segment.context_id]):
            changed += 1
    return Counts(len(wanted), translated, machine, changed)


def moved_on(changes: Sequence[SourceChange], made_at: datetime | None) -> datetime | None:
    """Return since when the source says something else than it did at ``made_at``; None if it does not.

    Minor edits do not count, and neither does what was taken back. ``changes`` are in order.
    """
    if not changes:
        return None
    at = max((i for i, change in enumerate(changes) if made_at and change.at <= made_at), default=0)
    same = {changes[at].fingerprint}
    since = None
    for before, change in zip(changes[at:], changes[at + 1 :], strict=False):
        if change.minor and before.fingerprint in same:
            same.add(change.fingerprint)
        since = None if change.fingerprint in same else since or change.at
    return since


def published(changes: Iterable[SourceChange]) -> list[SourceChange]:
    """Return the changes that readers saw."""
    return [change for change in changes if not change.draft]


def is_draft(changes: Iterable[SourceChange]) -> bool:
    """Whether a source, whose changes these are in order, says now what its readers do not see yet."""
    changes = list(changes)
    if not changes or not changes[-1].draft:
        return False
    seen = published(changes)
    return not seen or seen[-1].fingerprint != changes[-1].fingerprint


def _translated(counts: Counts, target: Page, moved: datetime | None, *, in_review: bool, ahead: bool) -> Standing:
    """The state of a page that a translator works on text by text.

    ``ahead``: they are texts of a draft, so that what is not translated of them is nothing that readers miss.
    """
    outdated = target.live and (moved is not None or (counts.changed > 0 and not ahead))
    done = counts.is_complete or (ahead and target.live)
    reason = Reason.DRAFT if ahead else Reason.NONE
    if counts.is_complete and in_review:
        state = State.IN_REVIEW
    elif outdated:
        state = State.OUTDATED
        reason = reason or (Reason.UNPUBLISHED if counts.is_complete else Reason.TEXTS)
    elif done and counts.machine:
        state = State.MACHINE
    elif done and target.live:
        state = State.UP_TO_DATE
    else:
        state = State.IN_TRANSLATION
    return Standing(state, counts, reason, target.pk, moved if outdated else None)


def _by_hand(facts: Facts, page: Page, target: Page) -> Standing:
    """The state of a page that is not synchronised: its texts are not known, only when it was published."""
    if not target.live:
        return Standing(State.IN_TRANSLATION, target_id=target.pk)
    source = facts.source_of(page)
    at: Any = target.last_published_at
    if source:
        moved = moved_on(published(facts.changes[source.pk]), at)
    else:
        last = page.last_published_at
        moved = last if last and at and last > at else None
    if moved:
        return Standing(State.OUTDATED, Counts(), Reason.BY_HAND, target.pk, moved)
    return Standing(State.UP_TO_DATE, target_id=target.pk)


def _made_at(facts: Facts, target: Page) -> datetime | None:
    made: datetime | None = facts.made_at.get(target.live_revision_id)
    return made or target.last_published_at
