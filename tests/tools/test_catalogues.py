"""Catalogues are compiled without gettext's programs, and what they lack is told."""

import gettext
import os

import polib
import pytest

from tools import catalogues, check_catalogues
from tools.problems import Problem

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
)


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    file = tmp_path / "locale" / "ko" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(HEADER + 'msgid "City"\nmsgstr "도시"\n\n#, fuzzy\nmsgid "Town"\nmsgstr "도시"\n')
    return file


def entry(msgid="City", msgstr="도시", flags=(), **more):
    return polib.POEntry(msgid=msgid, msgstr=msgstr, flags=list(flags), **more)


def faults(*entries, keys=None):
    catalogue = polib.POFile()
    catalogue.extend(entries)
    known = {check_catalogues.key(one) for one in entries} if keys is None else keys
    return list(check_catalogues.faults_of_catalogue(catalogue, known))


def test_a_catalogue_is_compiled_without_its_fuzzy_messages(source):
    assert catalogues.main() == 0

    with source.with_suffix(".mo").open("rb") as handle:
        compiled = gettext.GNUTranslations(handle)
    assert (compiled.gettext("City"), compiled.gettext("Town")) == ("도시", "Town")
    assert list(check_catalogues.faults_of_compiled(source)) == []


def test_only_what_changed_is_compiled_again(source):
    catalogues.main()
    assert not catalogues.is_stale(source)

    later = source.stat().st_mtime + 10
    os.utime(source, (later, later))

    assert catalogues.is_stale(source)
    assert "is not compiled as it stands" in next(check_catalogues.faults_of_compiled(source))


def test_a_catalogue_that_cannot_be_read_is_one_sentence(source, capsys):
    source.write_text(HEADER + "<<<<<<< HEAD\n")

    with pytest.raises(Problem, match=r"^locale/ko/LC_MESSAGES/django\.po cannot be compiled: "):
        catalogues.compile_catalogue(source)
    assert catalogues.main() == 1


def test_a_translated_catalogue_has_no_faults():
    assert faults(entry(), entry("%(n)s of %(all)s", "%(all)s 중 %(n)s", ["python-format"])) == []


def test_missing_and_superfluous_messages_are_told():
    assert faults(keys={(None, "City", "")}) == ["is missing “City”"]
    assert faults(entry(), keys=set()) == ["is in no code any more: “City”"]


def test_untranslated_fuzzy_and_obsolete_messages_are_told():
    assert faults(entry(msgstr="")) == ["is not translated: “City”"]
    assert faults(entry(flags=["fuzzy"])) == ["is fuzzy: “City”"]
    assert faults(entry(obsolete=True), keys=set()) == ["is obsolete: “City”"]


@pytest.mark.parametrize(
    ("message", "translation", "flags"),
    [
        ("%(count)s days", "며칠", ["python-format"]),
        ("%(count)s days", "%(number)s일", ["python-format"]),
        ("%s days", "일", ["python-format"]),
        ("{name} is here", "{nom}", ["python-brace-format"]),
        ("A <a>link</a>", "링크", []),
    ],
)
def test_lost_placeholders_and_tags_are_told(message, translation, flags):
    (fault,) = faults(entry(message, translation, flags))

    assert fault.startswith("other ")


def test_the_one_form_of_a_language_stands_for_the_plural():
    plural = {"msgid_plural": "%(n)s days", "msgstr_plural": {0: "%(n)s일"}}

    assert faults(polib.POEntry(msgid="One day", flags=["python-format"], **plural)) == []
