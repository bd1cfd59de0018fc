"""What Wagtail's catalogues lack comes in, and goes when they have it."""

import polib
import pytest

from tools import upstream_words


def write(file, **words):
    file.parent.mkdir(parents=True, exist_ok=True)
    catalogue = polib.POFile()
    catalogue.extend(polib.POEntry(msgid=said, msgstr=meant) for said, meant in words.items())
    catalogue.save(str(file))


@pytest.fixture
def upstream(tmp_path, monkeypatch):
    """Write what upstream has in Korean, of the two messages of its one package."""
    package = tmp_path / "package" / "locale"
    write(package / "en" / "LC_MESSAGES" / "django.po", Help="", Alias="")
    monkeypatch.setattr(upstream_words, "FOLDER", tmp_path / "words")
    monkeypatch.setattr(upstream_words, "_packages", lambda: [("package", package)])

    def upstream(**words):
        write(package / "ko" / "LC_MESSAGES" / "django.po", **words)
        upstream_words.update(["ko"])

    return upstream


def kept() -> dict[str, str]:
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(upstream_words.file_of("ko", "django")))}


def say(instead_of: str = "", **words: str) -> None:
    file = upstream_words.file_of("ko", "django")
    catalogue = polib.pofile(str(file))
    for said, meant in words.items():
        entry = catalogue.find(said) or polib.POEntry(msgid=said)
        entry.msgstr, entry.tcomment = meant, instead_of
        if entry not in catalogue:
            catalogue.append(entry)
    catalogue.save(str(file))


def test_what_upstream_lacks_comes_in_untranslated_and_stays_as_it_is_said(upstream):
    upstream(Alias="별칭")
    assert kept() == {"Help": ""}
    say(Help="도움말")
    upstream(Alias="별칭")
    assert kept() == {"Help": "도움말"}


def test_what_upstream_has_by_now_goes(upstream):
    upstream()
    say(Help="도움말", Alias="별칭")
    upstream(Help="도움", Alias="별명")
    assert kept() == {}


def test_what_is_put_right_stays_until_upstream_says_otherwise(upstream):
    upstream(Help="도움말", Alias="라 불리우는")
    say(instead_of="instead of: 라 불리우는", Alias="별칭")
    upstream(Help="도움말", Alias="라 불리우는")
    assert kept() == {"Alias": "별칭"}
    upstream(Help="도움말", Alias="별명")
    assert kept() == {}
