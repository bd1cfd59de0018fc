"""The demonstration's glossary and what its editors add to search."""

import opencc
import pytest
import yaml

from cms.languages import CODES
from demo.curation import load_glossary
from demo.texts import CONTENT, SOURCE, read
from translations.models import GlossaryTerm, GlossaryWording


def written() -> list[dict]:
    return yaml.safe_load((CONTENT / "glossary.yaml").read_text())


def texts(code: str) -> list[str]:
    found = []
    for term in written():
        words = term["words"].get(code, [])
        found += [words] if isinstance(words, str) else words
    return found


def test_every_term_is_there_in_five_languages():
    assert [
        term["words"] for term in written() if "do_not_translate" not in term and set(term["words"]) != set(CODES)
    ] == []


@pytest.mark.parametrize(("code", "conversion"), [("zh-hant", "s2t"), ("zh-hans", "t2s")])
def test_chinese_is_in_its_own_characters(code, conversion):
    converter = opencc.OpenCC(conversion)
    assert [text for text in texts(code) if converter.convert(text) != text] == []


def test_pages_it_names_exist():
    slugs = {entry["slug"] for name in ("news.yaml", "calls.yaml", "cases.yaml") for entry in read(SOURCE, name)}
    named = {promotion["page"] for promotion in yaml.safe_load((CONTENT / "curation.yaml").read_text())["promotions"]}
    assert named - slugs == set()


@pytest.mark.django_db
def test_all_terms_are_taken_once():
    assert load_glossary() == len(written())
    before = list(GlossaryWording.objects.order_by("pk").values_list("language", "text", "status"))
    assert load_glossary() == 0
    assert list(GlossaryWording.objects.order_by("pk").values_list("language", "text", "status")) == before
    assert GlossaryTerm.objects.count() == len(written())
