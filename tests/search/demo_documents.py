"""The demonstration network's texts as documents, straight from its files: as many pages, without loading a site."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

import demo
from cms.languages import CODES
from cms.terms import Concept, Wording
from search.documents import PageDocument

CONTENT = Path(demo.__file__).parent / "content"
SECTIONS = {"cases": "case", "partners": "partner", "calls": "call", "news": "news"}


def demo_documents() -> list[PageDocument]:
    """Return a document for each page of the demonstration that has a title, in each language it is translated to."""
    texts = {code: dict(_pages(code)) for code in CODES}
    numbers = {name: number for number, name in enumerate(sorted(texts["en"]), 1)}
    documents = []
    for code in CODES:
        for (section, slug), page in texts[code].items():
            versions = {other: texts[other][section, slug] for other in CODES if (section, slug) in texts[other]}
            number = numbers[section, slug]
            documents.append(
                PageDocument(
                    page_id=number * 10 + CODES.index(code),
                    language=code,
                    translation_key=f"demo-{number}",
                    languages=tuple(versions),
                    kind=SECTIONS.get(section, "page"),
                    url=f"/{code}/{section}/{slug}/",
                    title=page["title"],
                    summary=str(page.get("summary") or ""),
                    important=str(page.get("city") or ""),
                    body="\n".join(_texts({k: v for k, v in page.items() if k not in ("title", "summary", "slug")})),
                    names=tuple(
                        str(version[name])
                        for version in versions.values()
                        for name in ("title", "city")
                        if version.get(name)
                    ),
                )
            )
    return documents


def demo_concepts() -> list[Concept]:
    """Return the demonstration's glossary as the search knows it."""
    concepts = []
    for term in yaml.safe_load((CONTENT / "glossary.yaml").read_text(encoding="utf-8")):
        words = {code: [written] if isinstance(written, str) else written for code, written in term["words"].items()}
        wordings = tuple(Wording(code, word) for code, each in words.items() for word in each)
        concepts.append(Concept(wordings, wordings))
    return concepts


def _pages(code: str) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    for file in sorted((CONTENT / code).glob("*.yaml")):
        for page in _found(yaml.safe_load(file.read_text(encoding="utf-8"))):
            yield (file.stem, page["slug"]), page


def _found(value: Any) -> Iterator[dict[str, Any]]:
    """Yield what has a slug and a title, wherever it stands in the file."""
    if isinstance(value, list):
        for item in value:
            yield from _found(item)
    elif isinstance(value, dict):
        if "slug" in value and "title" in value:
            yield value
        for item in value.values():
            yield from _found(item)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict) and "slug" not in value:
        for item in value.values():
            yield from _texts(item)
