"""Which language a few typed words are in, by their characters: too few words for statistics, enough for scripts.

Kana is Japanese and Hangul Korean, whatever stands beside them. Han characters are read by what each language's
standard lacks (``cms.han``). What all of them have is in the reader's own language where that is written in Han
characters, else in any of the three. Latin letters are English, but an acronym is as much at home in the reader's
language.
"""

import re
from collections.abc import Sequence

from cms.han import is_foreign
from cms.languages import CODES

# In the order of the language switcher, which decides where nothing else does.
HAN_LANGUAGES = tuple(code for code in CODES if code in ("zh-hant", "ja", "zh-hans"))

_KANA = re.compile("[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f]")
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_HAN = re.compile("[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Capitals, with digits or not: COP, ICLEI, CO2, nrg4SD.
_ACRONYM = re.compile(r"[A-Z]{2,8}|[A-Za-z]*\d[\w]*")


def query_languages(query: str, reader: str) -> tuple[str, ...]:
    """Return the languages (codes) that ``query`` may be written in, the likeliest first, for a reader of ``reader``.

    Never empty: what has no letters is in the reader's own language.

    >>> query_languages("수원", "en"), query_languages("みず", "en"), query_languages("环境", "ko")
    (('ko',), ('ja',), ('zh-hans',))
    >>> query_languages("水", "ja"), query_languages("climate", "ko"), query_languages("ICLEI", "ko")
    (('ja', 'zh-hant', 'zh-hans'), ('en', 'ko'), ('ko', 'en'))
    """
    found: list[str] = []
    kana, hangul, han = (len(script.findall(query)) for script in (_KANA, _HANGUL, _HAN))
    if kana or hangul:
        found += ["ja", "ko"] if kana > hangul else ["ko", "ja"]
        found = [code for code in found if (code == "ja" and kana) or (code == "ko" and hangul)]
    elif han:
        found += _han_languages(_HAN.findall(query), reader)
    else:
        found += _latin_languages(query, reader)
    return tuple(dict.fromkeys(found))


def reading_order(query: str, reader: str, chosen: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the languages other than the reader's in which pages are shown to them, best first.

    Those that the reader has ``chosen``, then those that the question may be in; but these first where it cannot be in
    the reader's own: who types Korean reads it.

    >>> reading_order("수원", "en", ("ja",)), reading_order("Suwon", "ko", ("ja",))
    (('ko', 'ja'), ('ja', 'en'))
    """
    written = query_languages(query, reader)
    order = (*chosen, *written) if reader in written else (*written, *chosen)
    return tuple(code for code in dict.fromkeys(order) if code != reader)


def _han_languages(characters: list[str], reader: str) -> list[str]:
    """Return the languages whose standard has all of the characters, or most of them where none has all."""
    foreign = {code: sum(is_foreign(character, code) for character in characters) for code in HAN_LANGUAGES}
    fewest = min(foreign.values())
    return sorted((code for code in HAN_LANGUAGES if foreign[code] == fewest), key=lambda code: code != reader)


def _latin_languages(query: str, reader: str) -> list[str]:
    words = query.split()
    if not _WORD.search(query):
        return [reader]
    is_acronym = all(_ACRONYM.fullmatch(word) for word in words)
    return [reader, "en"] if is_acronym else ["en", reader]
