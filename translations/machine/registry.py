"""Which engine translates which pair of languages, as the settings say."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from cms.languages import CODES
from translations.machine.base import Engine
from translations.machine.opencc import OpenCCEngine
from translations.machine.remote import DeepL, Google, Libre, RemoteEngine

ENGINES = ("opencc", "deepl", "google", "libretranslate")
_BY_DEFAULT = {("zh-hant", "zh-hans"): "opencc", ("zh-hans", "zh-hant"): "opencc"}


@dataclass(frozen=True)
class Route:
    """How a page's text gets into a language: by which engine, and from which language's text.

    ``source_language`` is another than the page's where the engine converts a translation: Simplified from Traditional.
    """

    engine: Engine
    source_language: str
    target_language: str


def engine_for(source_language: str, target_language: str) -> Engine | None:
    """Return what drafts a page of one language in another (codes), or None where nothing does."""
    route = route_for(source_language, target_language)
    return route.engine if route else None


def route_for(source_language: str, target_language: str) -> Route | None:
    """Return how a page of one language gets into another: directly, else from a translation by a local engine."""
    chosen = pairs()
    direct = _engine(chosen.get((source_language, target_language), ""))
    if direct:
        return Route(direct, source_language, target_language)
    for pivot in CODES:
        engine = _engine(chosen.get((pivot, target_language), "")) if pivot != source_language else None
        if engine and engine.is_local:
            return Route(engine, pivot, target_language)
    return None


def pairs() -> Mapping[tuple[str, str], str]:
    """Return the engines' names by pairs of languages. Raises ImproperlyConfigured for a setting of no sense."""
    chosen = dict(_BY_DEFAULT)
    for item in settings.MACHINE_ENGINES.split():
        languages, _equals, name = item.partition("=")
        source, _to, target = languages.partition(">")
        if {source, target} - set(CODES) or source == target or name not in ("", *ENGINES):
            raise ImproperlyConfigured(f"MACHINE_ENGINES: {item!r} is not like en>ko=deepl ({', '.join(ENGINES)})")
        chosen[source, target] = name
        if name == "opencc" and (source, target) not in _BY_DEFAULT:
            raise ImproperlyConfigured(f"MACHINE_ENGINES: {item!r}: OpenCC converts Chinese into Chinese only")
    return {pair: name for pair, name in chosen.items() if name}


@cache
def _opencc() -> Engine:
    return OpenCCEngine()


def _engine(name: str) -> Engine | None:
    """Return an engine by its name; None without a key, so that no button leads to nothing."""
    if name == "opencc":
        return _opencc()
    if name == "deepl" and settings.DEEPL_AUTH_KEY:
        # At most 50 texts and 128 KiB; three bytes a character, and half again for their encoding in a form.
        options = {"AUTH_KEY": settings.DEEPL_AUTH_KEY, "URL": getattr(settings, "DEEPL_URL", "")}
        return RemoteEngine("deepl", "DeepL", DeepL(options), 50, 12_000)
    if name == "google" and settings.GOOGLE_TRANSLATE_KEY:
        options = {"API_KEY": settings.GOOGLE_TRANSLATE_KEY, "URL": getattr(settings, "GOOGLE_TRANSLATE_URL", "")}
        return RemoteEngine("google", "Google Translate", Google(options), 100, 5_000)
    if name == "libretranslate" and settings.LIBRETRANSLATE_URL:
        options = {
            "LIBRETRANSLATE_URL": settings.LIBRETRANSLATE_URL.rstrip("/"),
            "API_KEY": settings.LIBRETRANSLATE_API_KEY,
            "TIMEOUT": 30,
        }
        return RemoteEngine("libretranslate", "LibreTranslate", Libre(options), 25, 5_000)
    return None
