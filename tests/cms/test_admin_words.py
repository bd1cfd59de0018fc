"""The admin is wholly in its user's language, also where Wagtail's own catalogues are not."""

import json

import pytest
from django.urls import reverse
from django.utils import translation
from django.views.i18n import JavaScriptCatalog
from wagtail.users.models import UserProfile

from cms.languages import CODES
from tools import upstream_words
from tools.messages import locales

OTHERS = [code for code in CODES if code != "en"]


@pytest.fixture
def words(admin_client, admin_user):
    def words(code: str) -> dict[str, str]:
        UserProfile.objects.update_or_create(user=admin_user, defaults={"preferred_language": code})
        text = admin_client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
        found: dict[str, str] = json.loads(text.split("const newcatalog = ", 1)[1].split(";\n", 1)[0])
        return found

    return words


@pytest.mark.django_db
@pytest.mark.parametrize("code", OTHERS)
def test_scripts_have_the_words_that_wagtail_lacks(words, code):
    lacking = upstream_words.lacking(translation.to_locale(code), "djangojs")
    assert lacking
    assert {message for _context, message, plural in lacking if not (_context or plural)} <= words(code).keys()


@pytest.mark.django_db
def test_scripts_keep_wagtails_own_words(words, rf):
    with translation.override("ko"):
        upstream = JavaScriptCatalog.as_view(packages=["wagtail.admin"])(rf.get("/")).content.decode()
    own = json.loads(upstream.split("const newcatalog = ", 1)[1].split(";\n", 1)[0])
    assert len(own) > 30
    assert own.items() <= words("ko").items()


@pytest.mark.parametrize("code", OTHERS)
def test_templates_have_the_words_that_wagtail_lacks(code):
    lacking = upstream_words.lacking(translation.to_locale(code), "django")
    with translation.override(code):
        english = [
            message
            for context, message, plural in lacking
            if not (context or plural) and translation.gettext(message) == message
        ]
    # Names, formats and signs are the same in every language.
    assert len(english) < len(lacking) / 20, english


def test_words_of_every_language_are_kept():
    assert {file.parts[-3] for file in upstream_words.FOLDER.glob("*/LC_MESSAGES/django.po")} == set(locales())
