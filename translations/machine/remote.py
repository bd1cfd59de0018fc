"""Engines on other machines: wagtail-localize's own classes, with what they lack (P42).

Upstream (machine_translators/, 1.14.5) sends "zh" for both kinds of Chinese, puts all texts of a page in one request,
and meets an engine's refusal with a KeyError. Its Google class needs a library that is not installed here: ours asks
the same service by its plain address and a key.
"""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import requests
from django.utils.translation import gettext as _
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.machine_translators.deepl import DeepLTranslator
from wagtail_localize.machine_translators.libretranslate import LibreTranslator
from wagtail_localize.strings import StringValue

from translations.machine.base import EngineError

TIMEOUT = 20
_BUSY = {408, 425, 429, 500, 502, 503, 504, 529}
_DEEPL = {"zh-hant": "ZH-HANT", "zh-hans": "ZH-HANS", "en": "EN-US"}
_LIBRE = {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}
_GOOGLE = {"zh-hant": "zh-TW", "zh-hans": "zh-CN"}


class DeepL(DeepLTranslator):
    """Names the Chinese that is wanted; the address can be another, as of a proxy."""

    def get_api_endpoint(self) -> str:
        return self.options.get("URL") or str(super().get_api_endpoint())

    def get_parameters(self, source_locale: Any, target_locale: Any, strings: Any) -> dict[str, Any]:
        code = target_locale.language_code
        parameters: dict[str, Any] = super().get_parameters(source_locale, target_locale, strings)
        # Texts are HTML: as XML an "&nbsp;" or a "<br>" would be an error.
        return {**parameters, "target_lang": _DEEPL.get(code, parameters["target_lang"]), "tag_handling": "html"}

    def translate(self, source_locale: Any, target_locale: Any, strings: Sequence[Any]) -> dict[Any, StringValue]:
        """Return the translations by their texts. A refusal is an error, as in upstream's other classes."""
        response = requests.post(
            self.get_api_endpoint(),
            self.get_parameters(source_locale, target_locale, strings),
            timeout=TIMEOUT,
            headers=self.get_headers(),
        )
        response.raise_for_status()
        found = response.json()["translations"]
        return {string: StringValue(row["text"]) for string, row in zip(strings, found, strict=True)}


class Libre(LibreTranslator):
    """Names the Chinese that is wanted."""

    def language_code(self, code: str) -> str:
        return _LIBRE.get(code, code.split("-")[0])


class Google(BaseMachineTranslator):
    """Google Cloud Translation, basic edition: one key, no library."""

    display_name = "Google Translate"

    def translate(self, source_locale: Any, target_locale: Any, strings: Sequence[Any]) -> dict[Any, StringValue]:
        """Return the translations by their texts."""
        response = requests.post(
            self.options.get("URL") or "https://translation.googleapis.com/language/translate/v2",
            # In a header, so that no log of addresses has it.
            headers={"X-Goog-Api-Key": self.options["API_KEY"]},
            json={
                "q": [string.data for string in strings],
                "source": _GOOGLE.get(source_locale.language_code, source_locale.language_code),
                "target": _GOOGLE.get(target_locale.language_code, target_locale.language_code),
                "format": "html",
            },
            timeout=TIMEOUT,
        )
        response.raise_for_status()
        found = response.json()["data"]["translations"]
        return {string: StringValue(row["translatedText"]) for string, row in zip(strings, found, strict=True)}


class RemoteEngine:
    """One of wagtail-localize's translators as an engine: what it answers, and what it does not, in words."""

    is_local = False

    def __init__(self, name: str, label: str, translator: Any, most_texts: int, most_characters: int) -> None:
        self.name, self.label, self.translator = name, label, translator
        self.most_texts, self.most_characters = most_texts, most_characters

    def can_translate(self, source_language: str, target_language: str) -> bool:
        """Whether the languages differ; which it knows, the settings say."""
        return source_language != target_language

    def translate(self, texts: Sequence[str], source_language: str, target_language: str) -> list[str]:
        """Return the translations of texts by one request."""
        strings = [StringValue(text) for text in texts]
        locales = [SimpleNamespace(language_code=code) for code in (source_language, target_language)]
        try:
            found = self.translator.translate(*locales, strings)
        except requests.Timeout as error:
            raise EngineError(_("%(engine)s took too long to answer.") % self._named(), passing=True) from error
        except requests.ConnectionError as error:
            raise EngineError(_("%(engine)s cannot be reached.") % self._named(), passing=True) from error
        except (requests.RequestException, KeyError, ValueError, TypeError, AttributeError) as error:
            raise self._refusal(getattr(error, "response", None)) from error
        return [found[string].data for string in strings]

    def _refusal(self, response: requests.Response | None) -> EngineError:
        """Say what an answer that cannot be used means."""
        status = response.status_code if response is not None else 200
        if status == 456:
            return EngineError(_("The account at %(engine)s is used up for this month.") % self._named())
        if status in (401, 403):
            return EngineError(_("%(engine)s does not accept the key of this site.") % self._named())
        if status in _BUSY:
            wait = response.headers.get("Retry-After", "") if response is not None else ""
            seconds = float(wait) if wait.isascii() and wait.isdecimal() else None
            return EngineError(_("%(engine)s is too busy or out of order.") % self._named(), passing=True, wait=seconds)
        return EngineError(_("%(engine)s gave an answer that cannot be used.") % self._named())

    def _named(self) -> dict[str, str]:
        return {"engine": self.label}
