"""The demonstration's files: reading them, telling texts from facts, and comparing a translation's shape.

python -m demo.texts cases.yaml      print what a translator writes anew, still in English
python -m demo.texts --check ko      say what is missing in Korean, and what does not belong there
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).resolve().parent / "content"
SOURCE = "en"

# Under these keys stands something that readers read. Everything else is a fact, the same in every language.
TEXT_KEYS = frozenset(
    [
        "title",
        "summary",
        "motto",
        "text",
        "link_text",
        "heading",
        "paragraph",
        "name",
        "position",
        "affiliation",
        "when",
        "label",
        "unit",
        "caption",
        "alt_text",
        "cover_alt",
        "city",
        "short_name",
        "contact_name",
        "contact_role",
        "venue",
        "theme",
        "room",
        "participants_note",
        "challenge",
        "objectives",
        "results",
        "funding",
        "lessons",
        "transferability",
        "visit_shown",
        "outcome",
        "declaration",
        "description",
        "eligibility",
        "expected",
    ]
)
# Files that translators leave alone.
FACT_FILES = frozenset({"documents.yaml", "images.yaml", "themes.yaml"})

# Written in C where PyYAML was built with it: five languages take half a second instead of four.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(language: str, name: str) -> Any:
    """Return what the file ``name`` holds in ``language``, or None where that language has no such file."""
    path = CONTENT / language / name
    return yaml.load(path.read_text(encoding="utf-8"), _LOADER) if path.exists() else None


def file_names() -> list[str]:
    """Return the names of the English files that hold texts."""
    return sorted(path.name for path in (CONTENT / SOURCE).glob("*.yaml") if path.name not in FACT_FILES)


def texts_only(node: Any, key: str = "") -> Any:
    """Return ``node`` without its facts: mappings keep texts and slugs, lists their length; None if none is left."""
    if isinstance(node, dict):
        kept = {name: texts_only(value, name) for name, value in node.items()}
        kept = {name: value for name, value in kept.items() if value is not None}
        return {"slug": node["slug"], **kept} if kept and "slug" in node else kept or None
    if isinstance(node, list):
        items = [texts_only(item) for item in node]
        return [item or {} for item in items] if any(items) else None
    return node if isinstance(node, str) and node and key in TEXT_KEYS else None


def differences(source: Any, translation: Any, path: str = "") -> Iterator[str]:
    """Yield in words how the shape of ``translation`` departs from the texts of ``source``."""
    if isinstance(source, dict):
        if not isinstance(translation, dict):
            yield f"{path}: should be a mapping"
            return
        for name in translation.keys() - source.keys():
            yield f"{path}/{name}: does not belong here"
        for name, value in source.items():
            if name not in translation:
                yield f"{path}/{name}: missing"
            elif name == "slug" and translation[name] != value:
                yield f"{path}/slug: should be {value}"
            else:
                yield from differences(value, translation[name], f"{path}/{name}")
    elif isinstance(source, list):
        if not isinstance(translation, list) or len(translation) != len(source):
            yield f"{path}: should be a list of {len(source)}"
            return
        for number, (left, right) in enumerate(zip(source, translation, strict=True)):
            label = left.get("slug", number) if isinstance(left, dict) else number
            yield from differences(left, right, f"{path}/{label}")
    elif not isinstance(translation, str) or not translation.strip():
        yield f"{path}: should be a text"
    elif len(lines(source)) != len(lines(translation)):
        yield f"{path}: should have {len(lines(source))} lines"


def lines(text: str) -> list[str]:
    """Return the lines of a text: paragraphs and list items, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def as_html(text: str) -> str:
    """Return the rich text for ``text``: a line is a paragraph, one that begins with "- " an item of a list."""
    html, in_list = [], False
    for line in lines(text):
        is_item = line.startswith("- ")
        if is_item != in_list:
            html.append("<ul>" if is_item else "</ul>")
            in_list = is_item
        words = escaped(line.removeprefix("- "))
        html.append(f"<li>{words}</li>" if is_item else f"<p>{words}</p>")
    return "".join([*html, "</ul>" if in_list else ""])


def escaped(text: str) -> str:
    """Return ``text`` with the three characters escaped that mean something in rich text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def check(language: str) -> list[str]:
    """Return every difference between ``language`` and English, file by file; half-done entries count as missing."""
    found = []
    for name in file_names():
        translation = read(language, name)
        if translation is None:
            found.append(f"{name}: missing")
        else:
            found.extend(f"{name}{line}" for line in differences(texts_only(read(SOURCE, name)), translation))
    return found


class _Lines(yaml.SafeDumper):
    """Writes texts of several lines as a block, the way they were typed."""


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Lines.add_representer(str, _write_text)


def main(arguments: list[str] | None = None) -> int:
    """Print a file's texts, or check a language; return 1 where something is missing or too much."""
    parser = argparse.ArgumentParser(prog="python -m demo.texts", description=__doc__)
    parser.add_argument("name", nargs="?", choices=file_names(), help="a file of the English content")
    parser.add_argument("--check", metavar="LANGUAGE", help="a language to compare with English")
    options = parser.parse_args(arguments)
    if options.check:
        found = check(options.check)
        print("\n".join(found) or "Complete.")
        return int(bool(found))
    for name in [options.name] if options.name else file_names():
        print(f"# {name}")
        tree = texts_only(read(SOURCE, name))
        print(yaml.dump(tree, Dumper=_Lines, allow_unicode=True, sort_keys=False, width=100_000))
    return 0


if __name__ == "__main__":
    sys.exit(main())
