"""The table of checks. A check is a function that names what it finds in a pair of texts; nothing means fine."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from translations.quality import lengths, markup
from translations.quality.pairs import Pair
from translations.quality.problems import Problem, Severity

# How many words in question are named at most.
MOST = 6


@dataclass(frozen=True)
class Check:
    """One thing that can be wrong: how grave it is, what is said of it, and what finds it."""

    code: str
    severity: Severity
    message: str | Promise
    find: Callable[[Pair], Iterable[str]]


CHECKS: tuple[Check, ...] = (
    Check("placeholder_missing", "error", _("The placeholder %(detail)s is missing."), markup.missing_placeholders),
    Check(
        "placeholder_unknown",
        "error",
        _("The source has no placeholder %(detail)s, or not as often."),
        markup.unknown_placeholders,
    ),
    Check("link_missing", "error", _("The link %(detail)s is missing."), markup.missing_links),
    Check("link_unknown", "error", _("The source has no link %(detail)s, or not as often."), markup.unknown_links),
    Check("tag_open", "error", _("The tag %(detail)s has no counterpart."), markup.open_tags),
    Check("tag_missing", "warning", _("The emphasis %(detail)s is missing."), markup.missing_tags),
    Check("tag_added", "warning", _("The source has no emphasis %(detail)s."), markup.added_tags),
    Check("too_long", "error", _("The text is too long for its field: %(detail)s characters."), lengths.too_long),
)


def check(
    segment_source: str, text: str, source_language: str, target_language: str, *, max_length: int | None = None
) -> tuple[Problem, ...]:
    """Return what is wrong with a translation, errors first. Texts are inline HTML; an empty one has no problems.

    ``max_length`` is how many characters its field takes. No SQL in a warm process.
    """
    if not text.strip():
        return ()
    pair = Pair.of(segment_source, text, source_language, target_language, max_length)
    problems = [problem for one in CHECKS for problem in _run(one, pair)]
    return tuple(sorted(problems, key=lambda problem: problem.severity))


def _run(one: Check, pair: Pair) -> Iterable[Problem]:
    found = list(dict.fromkeys(one.find(pair)))
    if found:
        detail = ", ".join(found[:MOST]) + (" …" if len(found) > MOST else "")
        yield Problem(one.code, one.severity, str(one.message) % {"detail": detail}, detail)
