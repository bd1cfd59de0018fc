"""Are the message catalogues complete? ``python -m tools.check_catalogues`` prints what is wrong with them.

Every message of the code is in every language's catalogue, translated, not fuzzy, with its placeholders; nothing in a
catalogue is obsolete; and what is compiled is what is written.
"""

import gettext
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import polib

from tools import catalogues, messages, upstream_words
from tools.problems import Problem, say

# A message's identity: its context, its text and its plural.
Key = tuple[str | None, str, str]
NAMED = re.compile(r"%\((\w+)\)")
POSITIONAL = re.compile(r"%[-+ #0]*\d*(?:\.\d+)?([diouxXeEfFgGcrsa])")
BRACES = re.compile(r"\{(\w*)[^{}]*\}")
TAG = re.compile(r"</?\w+")


def main() -> int:
    """Print every fault and return 1 if there is one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    try:
        messages.need_gettext()
        faults = [fault for domain, keys in in_code().items() for fault in faults_of_domain(domain, keys)]
        faults += faults_of_upstream_words()
    except Problem as problem:
        say(str(problem))
        return 1
    for fault in faults:
        print(fault)
    if faults:
        print(f"{len(faults)} faults in the message catalogues. make messages adds what is missing.")
    return 1 if faults else 0


def in_code() -> dict[str, set[Key]]:
    """Return the messages of the code by domain (django, djangojs), extracted from a copy: the tree is left alone."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "site"
        shutil.copytree(messages.ROOT, copy, ignore=_is_no_source)
        messages.extract(copy, ["en"])
        found = (copy / "locale" / "en" / "LC_MESSAGES").glob("*.po")
        return {file.stem: {key(entry) for entry in polib.pofile(str(file))} for file in found}


def faults_of_domain(domain: str, keys: set[Key]) -> Iterator[str]:
    """Yield what is wrong with the catalogues of one domain, given the messages that the code has."""
    for locale in messages.locales():
        yield from faults_of_file(messages.LOCALE / locale / "LC_MESSAGES" / f"{domain}.po", keys)


def faults_of_upstream_words() -> Iterator[str]:
    """Yield what is wrong with the words that upstream lacks; those that it has by now are in no code any more."""
    for locale in messages.locales():
        for domain in upstream_words.DOMAINS:
            keys = set(upstream_words.wanted(locale, domain))
            yield from faults_of_file(upstream_words.file_of(locale, domain), keys)


def faults_of_file(file: Path, keys: set[Key]) -> Iterator[str]:
    """Yield what is wrong with one catalogue and its compiled form, given the messages that it should have."""
    name = file.relative_to(messages.ROOT).as_posix()
    if not file.is_file():
        yield f"{name}: there is no such catalogue."
        return
    yield from (f"{name}: {fault}" for fault in faults_of_catalogue(polib.pofile(str(file)), keys))
    yield from (f"{name}: {fault}" for fault in faults_of_compiled(file))


def faults_of_catalogue(catalogue: polib.POFile, keys: set[Key]) -> Iterator[str]:
    """Yield what is wrong with one catalogue, given the messages that the code has."""
    entries = [entry for entry in catalogue if not entry.obsolete]
    present = {key(entry) for entry in entries}
    yield from (f"is missing {_shown(missing)}" for missing in sorted(keys - present, key=str))
    yield from (f"is in no code any more: {_shown(gone)}" for gone in sorted(present - keys, key=str))
    yield from (f"is obsolete: {_shown(key(entry))}" for entry in catalogue.obsolete_entries())
    for entry in entries:
        if entry.fuzzy:
            yield f"is fuzzy: {_shown(key(entry))}"
        elif not entry.translated():
            yield f"is not translated: {_shown(key(entry))}"
        else:
            yield from (f"{fault} in the translation of {_shown(key(entry))}" for fault in faults_of_entry(entry))


def faults_of_entry(entry: polib.POEntry) -> Iterator[str]:
    """Yield what a translation lost of its message, or has too much: placeholders and HTML tags."""
    # Where a language has one form only, that form stands for the plural.
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    source = entry.msgid_plural or entry.msgid
    for form in forms:
        for what, marks in (("placeholders", placeholders), ("tags", tags)):
            before, after = marks(entry, source), marks(entry, form)
            if before != after:
                yield f"other {what} ({' '.join(after) or 'none'} for {' '.join(before) or 'none'})"


def faults_of_compiled(file: Path) -> Iterator[str]:
    """Yield what is wrong with the compiled form of a catalogue."""
    if catalogues.is_stale(file):
        yield "is not compiled as it stands: run make catalogues."
        return
    with file.with_suffix(".mo").open("rb") as handle:
        compiled = gettext.GNUTranslations(handle)
    plain = [entry for entry in polib.pofile(str(file)) if entry.translated() and not entry.msgid_plural]
    for entry in plain:
        said = compiled.pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else compiled.gettext(entry.msgid)
        if said != entry.msgstr:
            yield f"is compiled with another translation of {_shown(key(entry))}"


def key(entry: polib.POEntry) -> Key:
    """Return what tells a message from all others."""
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def placeholders(entry: polib.POEntry, text: str) -> list[str]:
    """Return the placeholders of ``text``, a form of ``entry``, in alphabetical order."""
    found = {f"%({name})" for name in NAMED.findall(text)}
    if "python-format" in entry.flags:
        found |= {f"%{kind}" for kind in POSITIONAL.findall(text.replace("%%", ""))}
    if "python-brace-format" in entry.flags:
        found |= {f"{{{name}}}" for name in BRACES.findall(text)}
    return sorted(found)


def tags(entry: polib.POEntry, text: str) -> list[str]:
    """Return the HTML tags of ``text``, a form of ``entry``, in alphabetical order."""
    return sorted(TAG.findall(text))


def _shown(what: Key) -> str:
    context, text, _ = what
    short = " ".join(text.split())
    short = f"{short[:77]}…" if len(short) > 78 else short
    return f"“{short}”" + (f" ({context})" if context else "")


def _is_no_source(folder: str, names: list[str]) -> set[str]:
    """Tell ``copytree`` what to leave out: what messages are never taken from, and what is not text."""
    ignored = {name for name in names for pattern in messages.IGNORED if fnmatch(name, pattern)}
    ignored |= {"locale", "media", "__pycache__"} & set(names)
    texts = (".py", ".html", ".txt", ".js")
    return ignored | {name for name in names if not name.endswith(texts) and not (Path(folder) / name).is_dir()}


if __name__ == "__main__":
    sys.exit(main())
