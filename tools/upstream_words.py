"""Words of Wagtail's own screens that its catalogues lack or have wrong, and that ``locale/upstream/`` has.

Wagtail is translated by volunteers, into some languages more than into others; a screen that is half English is hard to
work with. ``make messages`` brings in what a new release added, untranslated, and takes out what upstream has by now:
then its own words are shown. ``make check`` tells when that is due. Words that say the opposite or nonsense are put
right likewise: such an entry has the comment ``# instead of: `` and upstream's words, and goes when these change.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "locale" / "upstream"
DOMAINS = ("django", "djangojs")

INSTEAD_OF = "instead of: "

# A message's identity: its context, its text and its plural.
Key = tuple[str | None, str, str]


def file_of(locale: str, domain: str) -> Path:
    """Return where the words are kept; ``locale`` is the name of a folder of catalogues, such as zh_Hant."""
    return FOLDER / locale / "LC_MESSAGES" / f"{domain}.po"


def update(locales: Iterable[str]) -> list[Path]:
    """Bring the files of the languages up to date, and return them."""
    return [_update(locale, domain) for locale in locales for domain in DOMAINS]


def lacking(locale: str, domain: str) -> dict[Key, polib.POEntry]:
    """Return the messages of all installed packages that none of them has in the language, in their order.

    Packages without an English catalogue, which lists all their messages, are left out.
    """
    known: set[Key] = set()
    wanted: dict[Key, polib.POEntry] = {}
    for name, folder in _packages():
        known |= {
            _key(entry) for entry in _read(folder / locale / "LC_MESSAGES" / f"{domain}.po") if entry.translated()
        }
        for entry in _read(folder / "en" / "LC_MESSAGES" / f"{domain}.po"):
            if not entry.obsolete:
                wanted.setdefault(_key(entry), _blank(entry, name))
    return {key: entry for key, entry in wanted.items() if key not in known}


def wanted(locale: str, domain: str) -> dict[Key, polib.POEntry]:
    """Return what the file of the language should have: what is lacking, and what is put right."""
    return lacking(locale, domain) | _put_right(locale, domain)


def _put_right(locale: str, domain: str) -> dict[Key, polib.POEntry]:
    """Return the entries of the file that stand for words which upstream still has."""
    said: dict[Key, set[str]] = {}
    for _name, folder in _packages():
        for entry in _read(folder / locale / "LC_MESSAGES" / f"{domain}.po"):
            said.setdefault(_key(entry), set()).add(_comment(entry))
    return {
        _key(entry): entry for entry in _read(file_of(locale, domain)) if entry.tcomment in said.get(_key(entry), ())
    }


def _comment(entry: polib.POEntry) -> str:
    """Return the comment of an entry that stands for this one."""
    return " ".join(f"{INSTEAD_OF}{entry.msgstr or entry.msgstr_plural.get(0, '')}".split())


def _packages() -> Iterator[tuple[str, Path]]:
    """Yield (name, folder of catalogues) of each installed app; those of this project have none of their own."""
    import django  # noqa: PLC0415 -- slow import
    from django.apps import apps  # noqa: PLC0415 -- slow import

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    for app in apps.get_app_configs():
        folder = Path(app.path) / "locale"
        if folder.is_dir():
            yield app.name, folder


def _update(locale: str, domain: str) -> Path:
    file = file_of(locale, domain)
    kept = {_key(entry): entry for entry in _read(file)}
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        # Of Chinese, Japanese and Korean.
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    catalogue.extend(kept.get(key, entry) for key, entry in wanted(locale, domain).items())
    file.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(file))
    return file


def _blank(entry: polib.POEntry, package: str) -> polib.POEntry:
    blank = polib.POEntry(
        msgid=entry.msgid, msgctxt=entry.msgctxt, msgid_plural=entry.msgid_plural, flags=entry.flags, comment=package
    )
    if entry.msgid_plural:
        blank.msgstr_plural = {0: ""}
    return blank


def _read(file: Path) -> list[polib.POEntry]:
    return list(polib.pofile(str(file))) if file.is_file() else []


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid, entry.msgid_plural
