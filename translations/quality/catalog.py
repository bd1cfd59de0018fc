"""The table of checks. A check is a function that names what it finds in a pair of texts; nothing means fine."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from translations.quality import lengths, markup, numbers, punctuation, repetition, sameness, scripts, terms
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
    Check("untranslated", "warning", _("The text is the same as its source: %(detail)s"), sameness.untranslated),
    Check("latin_left", "warning", _("Not translated: %(detail)s"), scripts.latin_left),
    Check("number_missing", "warning", _("Numbers that are missing: %(detail)s"), numbers.missing_numbers),
    Check("number_added", "warning", _("Numbers that the source does not have: %(detail)s"), numbers.added_numbers),
    Check("term_altered", "error", _("This is not translated, says the glossary: %(detail)s"), terms.altered_terms),
    Check("term_forbidden", "warning", _("Words that the glossary rejects: %(detail)s"), terms.forbidden_terms),
    Check("term_missing", "warning", _("Terms of the glossary that are missing: %(detail)s"), terms.missing_terms),
    Check("other_variant", "error", _("Characters of another standard: %(detail)s"), scripts.other_variant),
    Check("variant_characters", "warning", _("Characters of another standard: %(detail)s"), scripts.variant_characters),
    Check("other_script", "warning", _("Characters of another language: %(detail)s"), scripts.other_scripts),
    Check("repeated", "warning", _("Words that stand twice in a row: %(detail)s"), repetition.repeated),
    Check("narrow_marks", "warning", _("Punctuation marks of half width: %(detail)s"), punctuation.narrow_marks),
    Check("wide_marks", "warning", _("Punctuation marks of full width: %(detail)s"), punctuation.wide_marks),
    Check("quotes", "warning", _("Quotation marks of another language: %(detail)s"), punctuation.foreign_quotes),
    Check("ending", "warning", _("The text does not end as its source does: %(detail)s"), punctuation.other_end),
    Check("spaces", "warning", _("Spaces that do not belong there: %(detail)s"), punctuation.odd_spaces),
    Check("spaces_at_ends", "warning", _("Spaces at the beginning or the end."), punctuation.spaces_at_ends),
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
        more = " …" if len(found) > MOST else ""
        # What people read parts the places by a mark that no place holds, as a comma may. The detail keeps its form:
        # warnings that were let stand are known by it.
        told = " · ".join(found[:MOST]) + more
        yield Problem(one.code, one.severity, str(one.message) % {"detail": told}, ", ".join(found[:MOST]) + more)
