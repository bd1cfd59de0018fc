"""What an engine is."""

from collections.abc import Sequence
from typing import Protocol


class EngineError(Exception):
    """An engine did not answer as it should; the message says so in the user's language.

    ``passing``: another attempt may help, after ``wait`` seconds if the engine said how long.
    """

    def __init__(self, message: str, *, passing: bool = False, wait: float | None = None) -> None:
        super().__init__(message)
        self.passing, self.wait = passing, wait


class Engine(Protocol):
    """Translates texts: inline HTML as wagtail-localize keeps it, in and out."""

    name: str
    label: str
    # Costs nothing and tells nobody.
    is_local: bool
    # What one request may hold.
    most_texts: int
    most_characters: int

    def can_translate(self, source_language: str, target_language: str) -> bool:
        """Whether it knows a pair of languages (the site's codes)."""

    def translate(self, texts: Sequence[str], source_language: str, target_language: str) -> list[str]:
        """Return the translations of texts, one for each. Raises EngineError."""
