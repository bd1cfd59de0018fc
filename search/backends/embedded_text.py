"""Text -> the embedded engine's terms, and a visitor's words -> its query.

Words of scripts with spaces stay words; FTS5 stems the English ones. Runs of Chinese, Japanese and Korean become pairs
of neighbouring characters, and the last character by itself: any two or more characters in a row are found wherever
they stand, and a single one as the beginning of a pair.
"""

import re
from dataclasses import dataclass

from search.folding import fold, fold_with_offsets
from search.snippets import MARK_END, MARK_START

# Han with its extensions, kana and their length mark, Hangul, the iteration mark.
_CJK = (
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U000323af"
)
_RUN = re.compile(f"(?P<cjk>[{_CJK}]+)|(?P<word>[^\\W_{_CJK}]+)")
_CJK_CHARACTER = re.compile(f"[{_CJK}]")
_HANGUL = re.compile("[\uac00-\ud7a3]+")
# Particles that follow a noun without a space, longest first: 도시의, 도시에서 and 도시 ask for the same.
_PARTICLES = re.compile(
    "(?:에서는|으로서|에서|에게|으로|까지|부터|이나|이란|에는|에도|로서|은|는|이|가|을|를|의|에|로|와|과|도|만|나|란)$"
)
# Words that English questions are made of and that say nothing about what is looked for.
_STOPWORDS = re.compile(
    "(?:an?|and|are|as|at|be|but|by|do|does|for|from|ha[sd]|have|how|if|in|into|is|its?|not?|of|on|or|our|such|that|the"
    "|their|then|there|these|they|this|to|was|we|were|what|when|where|which|who|why|will|with|you|your)"
)
# Beyond this a query is a text; the first terms say what it is about.
MOST_TERMS = 48


@dataclass(frozen=True)
class Token:
    """A term, and where in the original text it stands."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the terms of ``text`` in order, with positions in it."""
    folded, offsets = fold_with_offsets(text)
    ends = [*offsets[1:], len(text)]
    found: list[Token] = []
    for match in _RUN.finditer(folded):
        first, last = match.span()
        if match["word"]:
            found.append(Token(match[0], offsets[first], ends[last - 1]))
        else:
            found.extend(
                Token(folded[at : min(at + 2, last)], offsets[at], ends[min(at + 1, last - 1)])
                for at in range(first, last)
            )
    return found


def term_text(text: str) -> str:
    """Return the terms with spaces between them: what FTS5 is given to index."""
    return " ".join(token.text for token in tokens(text))


def is_stopword(word: str) -> bool:
    """Whether the word, folded, says nothing about what a text is about."""
    return _STOPWORDS.fullmatch(word) is not None


def marked_spans(text: str, highlighted: str, terms: list[str]) -> list[tuple[int, int]]:
    """Return where in ``text`` the terms stand that FTS5 marked in ``highlighted``, its ``term_text``."""
    if MARK_START not in highlighted:
        return []
    whole = {term.strip('"*') for term in terms}
    found = tokens(text)
    spans: list[tuple[int, int]] = []
    inside = False
    for number, (token, piece) in enumerate(zip(found, highlighted.split(" "), strict=True)):
        inside = inside or MARK_START in piece
        if inside:
            # A single character was found as the beginning of a pair: only itself is marked.
            single = token.text not in whole and token.text[0] in whole and _CJK_CHARACTER.match(token.text)
            end = found[number + 1].start if single and number + 1 < len(found) else token.end
            if spans and token.start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((token.start, end))
        inside = inside and MARK_END not in piece
    return spans


def query_terms(query: str) -> list[str]:
    """Return what a visitor's words ask for, as FTS5 terms: quoted, so that nothing typed is syntax.

    Particles and stop words are left out. The last word may be unfinished and matches what begins with it.
    """
    runs = list(_RUN.finditer(fold(query)))
    # Left out, unless there is nothing else.
    runs = [match for match in runs if not _STOPWORDS.fullmatch(match[0])] or runs
    found: list[str] = []
    for number, match in enumerate(runs):
        if match["word"]:
            found.append(f'"{match[0]}"*' if number == len(runs) - 1 and len(match[0]) > 1 else f'"{match[0]}"')
        else:
            found.extend(_run_terms(_without_particle(match[0])))
    return list(dict.fromkeys(found))[:MOST_TERMS]


def _run_terms(run: str) -> list[str]:
    if len(run) == 1:
        return [f'"{run}"*']
    return [f'"{run[at : at + 2]}"' for at in range(len(run) - 1)]


def _without_particle(run: str) -> str:
    """Return a Korean word without its particle, if at least two syllables remain."""
    particle = _PARTICLES.search(run, 2)
    return run[: particle.start()] if particle and _HANGUL.fullmatch(run) else run
