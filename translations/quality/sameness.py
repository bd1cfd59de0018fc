"""Checks of what was not translated: a text that is the same as its source, words that were left in it."""

import re
from collections.abc import Iterable, Iterator

from translations.quality.pairs import Pair

_LATIN_WORD = r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ’'-]*"
_RUN = re.compile(rf"(?<![A-Za-z0-9._/@-]){_LATIN_WORD}(?: {_LATIN_WORD})*(?![\w/@])")
_CJK = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
# What names are made of beside their capitals, and units, which every language writes alike.
_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "de",
        "der",
        "des",
        "di",
        "du",
        "la",
        "le",
        "und",
        "van",
        "von",
        "y",
        "et",
        "km",
        "kg",
        "kwh",
        "kw",
        "mw",
        "gw",
        "mwh",
        "gwh",
        "twh",
        "ha",
        "mm",
        "cm",
        "ml",
        "dl",
        "ppm",
        "pm",
        "vs",
        "e-mail",
        "email",
        "web",
        "ph",
        "pdf",
        "www",
    ]  # fmt: skip
)
# A title or an original name may stand in these.
_SET_APART = re.compile(
    r"\([^()]*\)|（[^（）]*）|“[^”]*”|「[^」]*」|『[^』]*』|《[^》]*》|〈[^〉]*〉|‘[^’]*’|\"[^\"]*\"|<i>.*?</i>"
)
# The longest stretch of capitalised words that may be somebody's or something's name.
_LONGEST_NAME = 5


def untranslated(pair: Pair) -> Iterable[str]:
    """The text where it is its source's, though it is neither a name, nor numbers, nor what is never translated."""
    if pair.source_language == pair.target_language or _bare(pair.target.plain) != _bare(pair.source.plain):
        return []
    text = " ".join(pair.target.prose.split())
    return [text[:60]] if _is_foreign(pair) and not _may_stay(text, pair) else []


def words_left(pair: Pair) -> Iterator[str]:
    """Words of the source, in small letters, that stand in the translation among words of another script."""
    text = _SET_APART.sub(" ", pair.target.prose)
    if not _CJK.search(text):
        return
    source = set(_words(pair.source.prose))
    kept = _never_translated(pair)
    for run in _RUN.findall(text):
        words = [word for word in _words(run) if word.islower() and len(word) > 2 and word not in _SMALL_WORDS]
        # Among capitals they may belong to a name: two of them, or one that stands alone, do not.
        if words and (len(words) > 1 or " " not in run) and source.issuperset(words) and run.lower() not in kept:
            yield run


def _is_foreign(pair: Pair) -> bool:
    """Whether the text is in letters that the target language does not write its words with."""
    if pair.target_language.script == "Latn":
        return bool(_CJK.search(pair.target.prose))
    return bool(_RUN.search(pair.target.prose))


def _may_stay(text: str, pair: Pair) -> bool:
    if _CJK.search(text):
        return False
    kept = _never_translated(pair)
    words = [word for word in _words(text) if word.lower() not in kept]
    if text.lower() in kept or all(_is_code(word) for word in words):
        return True
    if any(word.islower() and word not in _SMALL_WORDS for word in words):
        return False
    # Capitals throughout, several words, and none that the glossary translates: a person, an organisation, a title.
    return 1 < len(words) <= _LONGEST_NAME and all(hit.do_not_translate for hit in pair.terms)


def _never_translated(pair: Pair) -> set[str]:
    """Return in small letters what the glossary says stays as it is: the terms, and their words."""
    terms = {hit.source.lower() for hit in pair.terms if hit.do_not_translate}
    return terms | {word for term in terms for word in _words(term)}


def _words(text: str) -> list[str]:
    return re.findall(_LATIN_WORD, text)


def _is_code(word: str) -> bool:
    """Whether a word is an acronym, or written as names of products are: ICLEI, nrg, eThekwini, km."""
    return word in _SMALL_WORDS or word[1:] != word[1:].lower() or len(word) == 1


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()
