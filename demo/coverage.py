"""Which translations the demonstration has, half has, and lacks on purpose: content/coverage.yaml."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

import yaml

from cms.languages import CODES
from demo.texts import CONTENT, SOURCE

TARGETS = tuple(code for code in CODES if code != SOURCE)


class Extent(Enum):
    """How much of a page is translated into a language."""

    NONE = "none"
    HALF = "half"
    FULL = "full"


@dataclass(frozen=True)
class Coverage:
    """What coverage.yaml says."""

    english_only: frozenset[str]
    missing: dict[str, list[str]]
    half_done: dict[str, list[str]]
    outdated: dict[str, dict[str, str]]

    def extent(self, slug: str, language: str) -> Extent:
        """Return how much of the page with this slug is to be translated into ``language``."""
        if slug in self.english_only or language in self.missing.get(slug, ()):
            return Extent.NONE
        return Extent.HALF if language in self.half_done.get(slug, ()) else Extent.FULL


def read_coverage() -> Coverage:
    """Read content/coverage.yaml."""
    data: dict[str, Any] = yaml.safe_load((CONTENT / "coverage.yaml").read_text(encoding="utf-8"))
    return Coverage(
        english_only=frozenset(data["english_only"]),
        missing=data["missing"],
        half_done=data["half_done"],
        outdated={row["page"]: row for row in data["outdated"]},
    )
