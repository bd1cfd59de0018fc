"""What of a translation goes out: its visible texts, with how far each is and what a translator should know of it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from translations.editor.labels import Labels
from translations.exchange.archive import WRITERS, pack
from translations.exchange.selection import Chosen
from translations.exchange.units import Former, Part, State, Unit
from translations.segments import Segment, segments_of


def collect(chosen: Chosen, *, only_open: bool = False) -> Part:
    """Return the texts of a translation; ``only_open``: only those that are not translated by a person yet."""
    translation, page = chosen.translation, chosen.page
    # Before the texts are read: what is written meanwhile is newer than the file.
    now = timezone.now()
    labels = Labels(translation.source)
    published = page.last_published_at if page and page.live else None
    units: list[Unit] = []
    for segment in segments_of(translation):
        state = _state(segment, published)
        if only_open and state in (State.TRANSLATED, State.FINAL):
            continue
        place = labels.place(segment.path)
        unit = Unit(
            path=segment.path,
            source=segment.source,
            target=segment.translation,
            state=state,
            notes=_notes(segment, place.path, place.max_length),
            max_length=place.max_length,
            former=Former(segment.former.source, segment.former.translation) if segment.former else None,
        )
        units.append(unit)
    return Part(
        translation=str(translation.uuid),
        title=page.get_admin_display_title() if page else "",
        address=(page.url_path if page else "") or "",
        source_language=translation.source.locale.language_code,
        target_language=translation.target_locale.language_code,
        exported_at=now,
        units=tuple(units),
    )


def export(chosen: list[Chosen], file_format: str, *, only_open: bool = False) -> tuple[str, str, bytes]:
    """Return name, content type and contents of a file of one translation, or of a ZIP of several."""
    write, extension, content_type = WRITERS[file_format]
    names = _names(chosen, extension)
    files = [(name, write(collect(row, only_open=only_open))) for name, row in zip(names, chosen, strict=True)]
    if len(files) == 1:
        return names[0].rpartition("/")[2], content_type, files[0][1]
    return "translations.zip", "application/zip", pack(files)


def _names(chosen: list[Chosen], extension: str) -> list[str]:
    """Return a name for each file, the language's folder first, none twice."""
    names: list[str] = []
    for row in chosen:
        code = row.translation.target_locale.language_code
        stem = f"{code}/{row.page.slug if row.page else row.translation.pk}-{code}"
        name = f"{stem}.{extension}"
        names.append(name if name not in names else f"{stem}-{row.translation.pk}.{extension}")
    return names


def _state(segment: Segment, published: object) -> State:
    if not segment.is_translated:
        return State.EMPTY
    if segment.machine:
        return State.MACHINE
    if published and segment.updated_at and segment.updated_at <= published:  # type: ignore[operator]
        return State.FINAL
    return State.TRANSLATED


def _notes(segment: Segment, place: str, max_length: int | None) -> tuple[tuple[str, str], ...]:
    notes = [("location", place)]
    if max_length:
        notes.append(("max-length", _("At most %(count)s characters.") % {"count": max_length}))
    for name, attributes in (segment.attrs or {}).items():
        address = str(attributes.get("href") or "") if isinstance(attributes, dict) else ""
        if address:
            notes.append(("link", f"{name}: {address}"))
    if segment.error:
        notes.append(("error", segment.error))
    return tuple(notes)
