import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.translation import override

from cms.languages import CODES
from translations.guide import guide_path, read_guide


@pytest.mark.parametrize("code", CODES)
def test_guide_has_the_parts_of_the_english_one(code):
    marks = ("\n#", "\n|", "\n![", "\n- ")
    english, own = (guide_path(name).read_text(encoding="utf-8") for name in ("en", code))
    assert [own.count(mark) for mark in marks] == [english.count(mark) for mark in marks]


@pytest.mark.parametrize("code", CODES)
def test_guide_has_its_pictures_and_no_markdown_left(code):
    title, html = read_guide(code)
    assert title
    assert not re.search(r"^#|\*\*|\]\(", html, re.MULTILINE)
    pictures = re.findall(r'src="' + re.escape(settings.STATIC_URL) + r'([^"]+)"', html)
    assert [picture for picture in pictures if not finders.find(picture)] == []
    assert len(pictures) == html.count("<img")


@pytest.mark.parametrize("code", CODES)
def test_guide_pictures_are_described(code):
    assert re.findall(r"!\[\]", guide_path(code).read_text(encoding="utf-8")) == []


def test_guide_is_shown_in_the_language_of_the_admin(admin_client):
    with override("ko"):
        response = admin_client.get(reverse("translations_guide"), headers={"accept-language": "ko"})
    assert response.status_code == 200
    assert 'class="guide" lang="' in response.text


def test_guide_in_an_unknown_language_is_english(admin_client):
    response = admin_client.get(reverse("translations_guide"), {"language": "../../etc/passwd"})
    assert '<article class="guide" lang="en">' in response.text


def test_guide_needs_a_login(client, db):
    response = client.get(reverse("translations_guide"))
    assert response.status_code == 302
    assert "login" in response.url


def test_guide_stands_in_the_image():
    assert "!docs/translators*.md" in Path(settings.BASE_DIR, ".dockerignore").read_text().splitlines()
