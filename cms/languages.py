"""The table of languages: every place that treats languages differently reads its row here."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Language:
    """One language of the site.

    ``code`` is Django's and Wagtail's (lower case, also the URL prefix), ``tag`` the BCP 47 tag for ``lang``
    attributes, ``name`` the language's own name, ``label`` the short form in the switcher, ``described`` its name for
    readers of other languages, ``spaced`` whether words are written with spaces between them, ``analyzer`` the row of
    ``search.analysis``, ``script`` the ISO 15924 code that selects the font stack, ``locale`` Babel's and gettext's
    identifier.
    """

    code: str
    tag: str
    name: str
    label: str
    described: str | Promise
    spaced: bool
    analyzer: str
    script: str
    locale: str


# The order is the switcher's, and it decides: a bare "zh" in Accept-Language meets the first Chinese, zh-hant (P16).
LANGUAGES: tuple[Language, ...] = (
    Language("en", "en", "English", "EN", _("English"), True, "english", "Latn", "en"),
    Language(
        "zh-hant", "zh-Hant", "繁體中文", "TW", _("Traditional Chinese"), False, "smartcn_hant", "Hant", "zh_Hant"
    ),
    Language("ko", "ko", "한국어", "KR", _("Korean"), True, "nori", "Kore", "ko"),
    Language("ja", "ja", "日本語", "JP", _("Japanese"), False, "kuromoji", "Jpan", "ja"),
    Language("zh-hans", "zh-Hans", "简体中文", "CN", _("Simplified Chinese"), False, "smartcn_hans", "Hans", "zh_Hans"),
)

DEFAULT = LANGUAGES[0]
CODES: tuple[str, ...] = tuple(language.code for language in LANGUAGES)
_BY_CODE = {language.code: language for language in LANGUAGES}
# What Chinese regions write; a bare zh is not clear enough to be taken.
_CHINESE = {"tw": "zh-hant", "hk": "zh-hant", "mo": "zh-hant", "hant": "zh-hant"}
_CHINESE |= {"cn": "zh-hans", "sg": "zh-hans", "hans": "zh-hans"}


def by_code(code: str | None) -> Language:
    """Return the row for a language code as Django and Wagtail write it.

    Falls back to the default language for an unknown or missing code, so that a page in a withdrawn language renders.
    """
    return _BY_CODE.get((code or "").lower(), DEFAULT)


def code_of_tag(tag: str) -> str:
    """Return the code of the site's language that a tag of another program means (``ko-KR``), "" for another one."""
    first, *others = tag.strip().lower().replace("_", "-").split("-")
    if first == "zh":
        return next((_CHINESE[part] for part in others if part in _CHINESE), "")
    return first if first in CODES else ""


def language_choices() -> list[tuple[str, str]]:
    """Return (code, own name) pairs in the switcher's order, as Django's LANGUAGES wants them."""
    return [(language.code, language.name) for language in LANGUAGES]
