import pytest
from wagtail.users.models import UserProfile

from cms.languages import LANGUAGES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_admin_is_in_the_users_own_language(admin, admin_user, language):
    profile = UserProfile.get_for_user(admin_user)
    profile.preferred_language = language.code
    profile.save()
    content = admin.get("/admin/", headers={"Accept-Language": "fr"}).content.decode()
    assert f'lang="{language.tag}"'.lower() in content.lower()


def test_user_can_choose_each_language(admin):
    content = admin.get("/admin/account/").content.decode()
    for language in LANGUAGES:
        assert f'value="{language.code}"' in content


@pytest.mark.parametrize("code", ["ko", "ja", "zh-hant", "zh-hans"])
def test_labels_of_the_page_types_are_translated(home, admin, admin_user, code):
    profile = UserProfile.get_for_user(admin_user)
    profile.preferred_language = code
    profile.save()
    content = admin.get(f"/admin/pages/add/home/standardpage/{home.pk}/").content.decode()
    assert "Two sentences that say what the page is about." not in content
