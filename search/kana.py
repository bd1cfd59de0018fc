"""Japanese by how it is read: きこうへんどう finds 気候変動.

Who types kana and does not turn them into Han characters asks by sound. A text is read by a dictionary (SudachiPy), as
a row of katakana from each of its words on; what was typed is the beginning of such a row, or it is not there. Every
engine is given the same rows. Texts without Han characters say themselves how they are read (``folding``).
"""

import re
import threading
import unicodedata
from functools import cache

from sudachipy import Dictionary, SplitMode, Tokenizer

from search.folding import in_katakana

# The only language of the site that is read by this dictionary.
LANGUAGE = "ja"
# Letters of a row, and of a word that is typed: more of them tell no two texts apart.
LONGEST = 20
# Of a text this much is read; titles and summaries are shorter.
MOST_CHARACTERS = 2000

_HAN = re.compile("[々〆\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc]+")
_LETTER = re.compile(r"\w")

_threads = threading.local()


def rows_read(text: str, language: str) -> tuple[str, ...]:
    """Return how ``text`` is read from each of its words on, in katakana; nothing in other languages than Japanese.

    >>> rows_read("気候変動の影響", "ja")
    ('キコウヘンドウノエイキョウ', 'ヘンドウノエイキョウ', 'ノエイキョウ', 'エイキョウ')
    """
    if language != LANGUAGE or not _HAN.search(text):
        return ()
    words = _words_read(text)
    # A word has a letter at least, so a row needs no more of them than it has letters.
    rows = ("".join(words[at : at + LONGEST])[:LONGEST] for at, word in enumerate(words) if _KANA.fullmatch(word))
    return tuple(dict.fromkeys(rows))


def reading(term: str) -> str:
    """Return how a term with Han characters is read, in katakana; empty for others, and for words nobody knows."""
    read = "".join(_words_read(term)) if _HAN.search(term) else ""
    return read if _KANA.fullmatch(read) else ""


def words_in_kana(query: str, *, least: int = 1) -> tuple[str, ...]:
    """Return the words of ``query`` in katakana where all are kana, of ``least`` letters or more; else nothing.

    >>> words_in_kana("きこう ﾍﾝﾄﾞｳ"), words_in_kana("気候 へんどう")
    (('キコウ', 'ヘンドウ'), ())
    """
    words = unicodedata.normalize("NFKC", query).split()
    if not all(_KANA.fullmatch(word) and len(word) >= least for word in words):
        return ()
    return tuple(in_katakana(word)[:LONGEST] for word in words)


def _words_read(text: str) -> list[str]:
    """Return how each word is read; those without Han characters as they are written, signs left out."""
    found: list[str] = []
    for morpheme in _tokenizer().tokenize(text[:MOST_CHARACTERS], SplitMode.A):
        written = unicodedata.normalize("NFKC", morpheme.surface())
        if _LETTER.search(written):
            found.append(morpheme.reading_form() if _HAN.search(written) else in_katakana(written.casefold()))
    return found


def _tokenizer() -> Tokenizer:
    # A tokenizer is of one thread; the dictionary behind it is shared.
    if not hasattr(_threads, "tokenizer"):
        _threads.tokenizer = _dictionary().tokenizer()
    kept: Tokenizer = _threads.tokenizer
    return kept


@cache
def _dictionary() -> Dictionary:
    return Dictionary(dict="small")
