"""What an import would do, text by text, and why: nothing is written here."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.models import String, StringTranslation, Translation, TranslationContext
from wagtail_localize.strings import StringValue

from cms.languages import by_code, code_of_tag
from translations.editor.labels import Labels
from translations.exchange.inline import canonical
from translations.exchange.selection import Chosen, by_uuid
from translations.exchange.units import ReadPart, ReadUnit, unit_id
from translations.segments import Segment, segments_of
from translations.writing import NewText, TextRefused, check_text


class Outcome(models.TextChoices):
    """What becomes of a text of a file."""

    NEW = "new", gettext_lazy("New")
    CHANGED = "changed", gettext_lazy("Changed")
    CONFIRMED = "confirmed", gettext_lazy("Machine text confirmed")
    KEPT = "kept", gettext_lazy("Kept for the editor")
    SAME = "same", gettext_lazy("As before")
    CONFLICT = "conflict", gettext_lazy("Newer on the web")
    UNCERTAIN = "uncertain", gettext_lazy("Marked as unfinished")
    EMPTY = "empty", gettext_lazy("Not translated")
    SOURCE_CHANGED = "source_changed", gettext_lazy("Original changed")
    UNKNOWN = "unknown", gettext_lazy("Unknown")
    DUPLICATE = "duplicate", gettext_lazy("Twice in the file")
    REFUSED = "refused", gettext_lazy("Refused")


WRITTEN = (Outcome.NEW, Outcome.CHANGED, Outcome.CONFIRMED, Outcome.KEPT)


@dataclass(frozen=True)
class Options:
    """What the user chose: texts that the file calls unfinished too; keys of rows to take although newer on the web."""

    uncertain: bool = False
    overwrite: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Row:
    """One text of a file: where it stands, what the file says, what stands there now, what becomes of it and why."""

    key: str
    place: str
    source: str
    text: str
    current: str
    outcome: Outcome
    message: str = ""
    new_text: NewText | None = None


@dataclass(frozen=True)
class FilePlan:
    """One page of one file. ``problem`` says why nothing of it can be taken."""

    name: str
    title: str = ""
    language: str = ""
    problem: str = ""
    translation: Translation | None = None
    page: Any = None
    rows: tuple[Row, ...] = ()

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many texts become what, in the order of the outcomes."""
        counted = Counter(row.outcome for row in self.rows)
        return {outcome: counted[outcome] for outcome in Outcome if counted[outcome]}

    @property
    def new_texts(self) -> list[NewText]:
        """The texts that would be written."""
        return [row.new_text for row in self.rows if row.outcome in WRITTEN and row.new_text]


@dataclass(frozen=True)
class Plan:
    """What would become of a whole upload."""

    files: tuple[FilePlan, ...]

    @property
    def written(self) -> int:
        """How many texts would be written."""
        return sum(len(file.new_texts) for file in self.files)

    @property
    def digest(self) -> str:
        """What the plan was made from, in short: equal as long as nothing changed on the web. Options do not count."""
        facts = hashlib.sha256()
        for file in self.files:
            for fact in (file.problem, *(f"{row.key}\0{row.source}\0{row.current}" for row in file.rows)):
                facts.update(fact.encode("utf-8", "surrogatepass") + b"\0\0")
        return facts.hexdigest()


def make_plan(
    parts: Iterable[ReadPart], user: Any, options: Options | None = None, *, only: Translation | None = None
) -> Plan:
    """Say what an import of ``parts`` by ``user`` would do. ``only``: files of other translations are refused.

    Two queries for all, and two to four for each file, whatever the number of its texts.
    """
    parts = list(parts)
    chosen = by_uuid(part.translation for part in parts)
    seen: dict[str, str] = {}
    files = []
    for number, part in enumerate(parts):
        row = chosen.get(part.translation)
        problem = part.problem or _problem(part, row, user, only) or _repeated(part, seen)
        if problem or row is None:
            files.append(FilePlan(part.name, problem=problem))
            continue
        rows = _Comparison(part, row.translation, options or Options(), str(number)).rows()
        language = by_code(row.translation.target_locale.language_code).name
        title = row.page.get_admin_display_title() if row.page else ""
        files.append(FilePlan(part.name, title, language, "", row.translation, row.page, tuple(rows)))
    return Plan(tuple(files))


def _problem(part: ReadPart, chosen: Chosen | None, user: Any, only: Translation | None) -> str:
    """Return why nothing of a file can be taken, or "". What is not the user's is not told from what does not exist."""
    if only and part.translation != str(only.uuid):
        return _("This file is not of this page and language: download the file of this translation anew.")
    if chosen is None or not chosen.is_editable_by(user):
        return _("This file is of no page that is translated here and that you may edit.")
    if not chosen.translation.enabled:
        return _("This page is edited by hand: its synchronisation with the original was stopped.")
    languages = (
        (part.target_language, chosen.translation.target_locale),
        (part.source_language, chosen.translation.source.locale),
    )
    for named, locale in languages:
        if named and code_of_tag(named) != locale.language_code:
            return _("This file says that it is in another language: %(language)s.") % {"language": named[:40]}
    lock = chosen.page.get_lock() if chosen.page else None
    return str(lock.get_message(user)) if lock and lock.for_user(user) else ""


def _repeated(part: ReadPart, seen: dict[str, str]) -> str:
    if part.translation in seen:
        return _("The file “%(name)s” has the same page and language.") % {"name": seen[part.translation]}
    seen[part.translation] = part.name
    return ""


class _Comparison:
    """The texts of one file beside those of its translation."""

    def __init__(self, part: ReadPart, translation: Translation, options: Options, number: str) -> None:
        self.part, self.translation, self.options, self.number = part, translation, options, number
        segments = segments_of(translation)
        self.by_id: dict[str, Segment] = {}
        self.by_path: dict[str, list[Segment]] = {}
        for segment in segments:
            self.by_id.setdefault(unit_id(segment.path, segment.source), segment)
            self.by_path.setdefault(segment.path, []).append(segment)
        self.labels = Labels(translation.source)
        self.twice = _twice(part.units)
        self.former = self._former_strings()

    def rows(self) -> list[Row]:
        """Return what becomes of each text, each once."""
        found: dict[str, Row] = {}
        for unit in self.part.units:
            row = self._row(unit)
            found.setdefault(row.key, row)
        return list(found.values())

    def _segment(self, unit: ReadUnit) -> Segment | None:
        return self.by_id.get(unit.id) or self.by_id.get(unit_id(unit.path, unit.source))

    def _row(self, unit: ReadUnit) -> Row:
        segment = self._segment(unit)
        identity = unit_id(segment.path, segment.source) if segment else unit.id or unit_id(unit.path, unit.source)
        path = segment.path if segment else unit.path
        place = self.labels.place(path).path if path else ""
        key = f"{self.number}-{identity}"
        if segment is None:
            outcome, message, new_text = self._judge_stranger(unit)
            return Row(key, place, unit.source, unit.target, "", outcome, message, new_text)
        current = "" if segment.error else segment.translation
        outcome, message = self._judge(unit, segment, key)
        new_text = NewText(segment.string_id, segment.context_id, unit.target) if outcome in WRITTEN else None
        return Row(key, place, segment.source, unit.target, current, outcome, message, new_text)

    def _judge(self, unit: ReadUnit, segment: Segment, key: str) -> tuple[Outcome, str]:
        if unit.id in self.twice:
            return Outcome.DUPLICATE, _("The file has it twice, with different translations.")
        if _squeezed(unit.source) != _squeezed(segment.source):
            return Outcome.REFUSED, _("The original text was altered in the file.")
        if unit.error:
            return Outcome.REFUSED, unit.error
        if not unit.target.strip():
            return Outcome.EMPTY, ""
        if segment.is_translated and canonical(segment.translation) == canonical(unit.target):
            confirmed = segment.machine and unit.certain
            return (Outcome.CONFIRMED if confirmed else Outcome.SAME), ""
        if not unit.certain and not self.options.uncertain:
            return Outcome.UNCERTAIN, ""
        refused = self._refused(unit, segment)
        if refused:
            return Outcome.REFUSED, refused
        if not segment.is_translated:
            return Outcome.NEW, ""
        if key not in self.options.overwrite and self._is_newer(segment):
            return Outcome.CONFLICT, _("Somebody changed it on the web after the file was made.")
        return Outcome.CHANGED, ""

    def _is_newer(self, segment: Segment) -> bool:
        """Whether a text was written after the file was made; a file that does not say when could be of any age."""
        made = self.part.exported_at
        return made is None or segment.updated_at is None or segment.updated_at > made

    def _refused(self, unit: ReadUnit, segment: Segment) -> str:
        try:
            check_text(segment.source, unit.target)
        except TextRefused as error:
            return str(error)
        most = self.labels.place(segment.path).max_length
        if most and len(StringValue(unit.target).render_text()) > most:
            return _("Too long: at most %(count)s characters fit.") % {"count": most}
        return ""

    def _judge_stranger(self, unit: ReadUnit) -> tuple[Outcome, str, NewText | None]:
        """Judge a text that the page does not have: was its original changed since, or is it of no text at all?"""
        here = self.by_path.get(unit.path)
        if not here:
            return Outcome.UNKNOWN, _("The page does not have this text."), None
        former = self.former.get((unit.path, unit.source))
        usable = unit.certain and not unit.error and unit.target.strip() and unit.id not in self.twice
        if former and usable and not all(segment.is_translated for segment in here):
            try:
                check_text(unit.source, unit.target)
            except TextRefused as error:
                return Outcome.SOURCE_CHANGED, str(error), None
            message = _("The original was changed since. The editor offers this text as the former translation.")
            return Outcome.KEPT, message, NewText(*former, unit.target)
        return Outcome.SOURCE_CHANGED, _("The original was changed since: translate its new text."), None

    def _former_strings(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Find the originals of texts that the page has no more and nobody translated: (path, source) -> ids."""
        gone = {
            (unit.path, unit.source)
            for unit in self.part.units
            if self._segment(unit) is None and unit.path in self.by_path
        }
        if not gone:
            return {}
        hashes = {String._get_data_hash(source): source for _path, source in gone}
        strings = {
            row.data: row.pk
            for row in String.objects.filter(locale_id=self.translation.source.locale_id, data_hash__in=hashes)
        }
        contexts = TranslationContext.objects.filter(object_id=self.translation.source.object_id)
        ids = dict(contexts.filter(path__in={path for path, _source in gone}).values_list("path", "pk"))
        written = set(
            StringTranslation.objects.filter(
                locale_id=self.translation.target_locale_id, context__in=ids.values()
            ).values_list("translation_of_id", "context_id")
        )
        found = {(path, source): (strings[source], ids[path]) for path, source in gone if source in strings}
        return {key: pair for key, pair in found.items() if pair not in written}


def _twice(units: Collection[ReadUnit]) -> set[str]:
    """Return the ids that a file has with more than one translation."""
    texts: dict[str, set[str]] = {}
    for unit in units:
        texts.setdefault(unit.id, set()).add(unit.target)
    return {id_ for id_, found in texts.items() if len(found) > 1}


def _squeezed(html: str) -> str:
    """Return a text without what programs do to spaces."""
    return " ".join(canonical(html).split())
