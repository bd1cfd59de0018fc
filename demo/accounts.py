"""The demonstration's accounts: one for every task, all with one password that everybody knows."""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

from cms.languages import DEFAULT, LANGUAGES
from cms.models import User
from home.bootstrap.groups import COORDINATORS, EDITORS, translators_of

PASSWORD = "demonstration"
EDITOR = "editor"


@dataclass(frozen=True)
class Account:
    """A user to be made; without a group it may do everything. ``language`` is the one the admin speaks to it."""

    name: str
    group: str
    task: str
    language: str = DEFAULT.code


ACCOUNTS = (
    Account("admin", "", "may do everything"),
    Account("coordinator", COORDINATORS, "sends pages to translators, reviews, publishes in all languages"),
    Account(EDITOR, EDITORS, "writes and publishes in English"),
    *(
        Account(
            f"translator-{language.code}", translators_of(language), f"translates into {language.name}", language.code
        )
        for language in LANGUAGES
        if language is not DEFAULT
    ),
)


def make_accounts() -> list[str]:
    """Make the accounts that do not exist, each in its group; return the new names. Others stay as they are."""
    made = []
    for account in ACCOUNTS:
        if not User.objects.filter(username=account.name).exists():
            _make(account)
            made.append(account.name)
    return made


def account_lines() -> list[str]:
    """Return a line for each of the demonstration's accounts that exists and still has the common password."""
    users = {user.username: user for user in User.objects.filter(username__in=[account.name for account in ACCOUNTS])}
    width = max(len(account.name) for account in ACCOUNTS)
    return [
        f"  {account.name.ljust(width)}  {PASSWORD}  {account.task}"
        for account in ACCOUNTS
        if account.name in users and users[account.name].check_password(PASSWORD)
    ]


def find_user(name: str) -> User | None:
    """Return the user of that name, or None where accounts were not wanted."""
    return User.objects.filter(username=name, is_active=True).first()


def _make(account: Account) -> None:
    email = f"{account.name}@example.org"
    if not account.group:
        user = User.objects.create_superuser(account.name, email, PASSWORD)
    else:
        user = User.objects.create_user(account.name, email, PASSWORD)
        user.groups.add(Group.objects.get(name=account.group))
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": account.language})
