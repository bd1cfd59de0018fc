"""People of the desk: users in the groups that bootstrap makes."""

from django.contrib.auth.models import Group
from wagtail.models import Page
from wagtail.users.models import UserProfile

from cms.languages import by_code
from cms.models import User
from home.bootstrap.groups import COORDINATORS, EDITORS, make_groups, translators_of


def make_people(home: Page) -> dict[str, User]:
    """A translator for each language that the home page exists in, a coordinator and an editor; all speak English."""
    make_groups(Page.objects.get(pk=home.pk).specific)
    found = {"coordinator": _user("coordinator", COORDINATORS), "editor": _user("editor", EDITORS)}
    for translation in home.get_translations().select_related("locale"):
        code = translation.locale.language_code
        found[code] = _user(f"translator-{code}", translators_of(by_code(code)))
    return found


def speaks(user: User, code: str) -> User:
    """Let the admin speak a language to a user."""
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": code})
    return User.objects.get(pk=user.pk)


def _user(name: str, group: str) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", "secret")
    user.groups.add(Group.objects.get(name=group))
    return user
