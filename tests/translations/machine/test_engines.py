"""Engines: OpenCC as it is; the others against a server on this machine, which also fails as theirs do."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from translations.machine import asking
from translations.machine.base import EngineError
from translations.machine.opencc import OpenCCEngine
from translations.machine.registry import engine_for, route_for


class _Server(ThreadingHTTPServer):
    """Answers like DeepL, Google and LibreTranslate: every text in capitals, or the failures that are waiting."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked, self.failures = [], []
        self.url = f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = self.headers["Content-Type"].startswith("application/x-www-form-urlencoded")
        self.server.asked.append((self.path, parse_qs(body) if form else json.loads(body), dict(self.headers)))
        status, answer, headers = self.server.failures.pop(0) if self.server.failures else (200, self.answer(), {})
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def answer(self):
        path, asked, _headers = self.server.asked[-1]
        texts = [text.replace("water", "WATER") for text in asked.get("q") or asked["text"]]
        if path == "/translate":
            return {"translatedText": texts}
        if path == "/deepl":
            return {"translations": [{"text": text} for text in texts]}
        return {"data": {"translations": [{"translatedText": text} for text in texts]}}

    def log_message(self, *args):
        pass


@pytest.fixture
def server(settings, monkeypatch):
    server = _Server()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.DEEPL_AUTH_KEY, settings.GOOGLE_TRANSLATE_KEY = "secret", "secret"
    settings.DEEPL_URL, settings.GOOGLE_TRANSLATE_URL = f"{server.url}/deepl", f"{server.url}/google"
    settings.LIBRETRANSLATE_URL, settings.LIBRETRANSLATE_API_KEY = server.url, "secret"
    monkeypatch.setattr(asking, "PAUSES", (0.01, 0.01))
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def engine(name, settings, target="zh-hant"):
    settings.MACHINE_ENGINES = f"en>{target}={name}"
    return engine_for("en", target)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("軟體與網路", "软件与网络"),
        ("這個程式的資訊", "这个程序的信息"),
        (
            '水資源<b>共享</b>，見<a id="a1">計畫</a>。%(name)s {name}',
            '水资源<b>共享</b>，见<a id="a1">计划</a>。%(name)s {name}',
        ),
    ],
)
def test_opencc_converts_words_of_the_region_and_keeps_markup(traditional, simplified):
    assert OpenCCEngine().translate([traditional], "zh-hant", "zh-hans") == [simplified]


@pytest.mark.django_db
def test_opencc_converts_back_to_the_words_of_taiwan():
    assert OpenCCEngine().translate(["软件和网络"], "zh-hans", "zh-hant") == ["軟體和網路"]


def test_simplified_is_drafted_from_traditional_by_default():
    route = route_for("en", "zh-hans")
    assert (route.engine.name, route.source_language, route.target_language) == ("opencc", "zh-hant", "zh-hans")
    assert engine_for("en", "ko") is None


@override_settings(MACHINE_ENGINES="zh-hant>zh-hans=")
def test_default_can_be_turned_off():
    assert engine_for("en", "zh-hans") is None


@override_settings(MACHINE_ENGINES="en>ko=deepl", DEEPL_AUTH_KEY="")
def test_engine_without_a_key_is_not_offered():
    assert engine_for("en", "ko") is None


@pytest.mark.parametrize("value", ["en>ko=babelfish", "en>tlh=deepl", "en=deepl", "en>en=deepl", "en>ko=opencc"])
def test_setting_that_makes_no_sense_is_refused(settings, value):
    settings.MACHINE_ENGINES = value
    with pytest.raises(ImproperlyConfigured):
        engine_for("en", "ko")


@pytest.mark.parametrize(
    ("name", "field", "hant", "hans"),
    [
        ("deepl", "target_lang", ["ZH-HANT"], ["ZH-HANS"]),
        ("google", "target", "zh-TW", "zh-CN"),
        ("libretranslate", "target", "zh-Hant", "zh-Hans"),
    ],
)
def test_engines_are_told_which_chinese(server, settings, name, field, hant, hans):
    for target, code in (("zh-hant", hant), ("zh-hans", hans)):
        translated = engine(name, settings, target).translate(["Clean <b>water</b> &amp; air"], "en", target)
        assert translated == ["Clean <b>WATER</b> &amp; air"]
        assert server.asked[-1][1][field] == code


@pytest.mark.parametrize(
    ("failure", "message", "passing"),
    [
        ((456, {"message": "Quota exceeded"}, {}), "The account at DeepL is used up for this month.", False),
        ((403, b"", {}), "DeepL does not accept the key of this site.", False),
        ((429, b"", {"Retry-After": "2"}), "DeepL is too busy or out of order.", True),
        ((503, b"<html>", {}), "DeepL is too busy or out of order.", True),
        ((200, b"<html>", {}), "DeepL gave an answer that cannot be used.", False),
        ((200, {"message": "?"}, {}), "DeepL gave an answer that cannot be used.", False),
        ((200, {"translations": []}, {}), "DeepL gave an answer that cannot be used.", False),
    ],
)
def test_failures_are_said_in_words(server, settings, failure, message, passing):
    server.failures = [failure]
    with pytest.raises(EngineError) as error:
        engine("deepl", settings).translate(["water"], "en", "zh-hant")
    assert (str(error.value), error.value.passing) == (message, passing)
    assert error.value.wait == (2.0 if failure[0] == 429 else None)


def test_engine_that_is_down_is_said_in_words(server, settings):
    settings.LIBRETRANSLATE_URL = "http://127.0.0.1:9"
    with pytest.raises(EngineError, match="LibreTranslate cannot be reached"):
        engine("libretranslate", settings).translate(["water"], "en", "zh-hant")


def test_batches_hold_what_a_request_may_hold(server, settings):
    deepl = engine("deepl", settings)
    assert [len(batch) for batch in asking.batches(deepl, ["x"] * 120)] == [50, 50, 20]
    assert [len(batch) for batch in asking.batches(deepl, ["x" * 7000, "y" * 6000, "z" * 20000])] == [1, 1, 1]
    assert list(asking.batches(deepl, [])) == []


def _ask(texts):
    return [
        text
        for answer in asking.ask(route_for("en", "zh-hant"), texts, translation=None, user=None)
        for text in answer.texts
    ]


@pytest.mark.django_db
def test_busy_engine_is_asked_again(server, settings):
    engine("google", settings)
    server.failures = [(503, b"", {}), (429, b"", {})]
    assert _ask(["water"]) == ["WATER"]
    assert len(server.asked) == 3


@pytest.mark.django_db
def test_budget_is_kept_and_failures_cost_nothing(server, settings):
    engine("google", settings)
    settings.MACHINE_MONTHLY_CHARACTERS = 12
    server.failures = [(403, b"", {})]
    with pytest.raises(EngineError, match="key"):
        _ask(["water"])
    assert asking.used_this_month("google") == 0
    assert _ask(["water", "water"]) == ["WATER", "WATER"]
    assert asking.used_this_month("google") == 10
    with pytest.raises(EngineError, match="budget of 12 characters a month for Google Translate"):
        _ask(["water"])
    assert (asking.used_this_month("google"), len(server.asked)) == (10, 2)
