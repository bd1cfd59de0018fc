"""What a check says."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """Something that is wrong, or may be, with a translation.

    ``code`` names the check and stays the same in every language; an "error" keeps a page from being published, a
    "warning" can be dismissed. ``message`` is in the user's language and says what ``detail`` names: the words in
    question, as they stand in the text.
    """

    code: str
    severity: Severity
    message: str
    detail: str = ""
