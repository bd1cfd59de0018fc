"""The demonstration's accounts: one for every task, all with one password that everybody knows."""

from dataclasses import dataclass

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

from cms.languages import DEFAULT, LANGUAGES
from cms.models import User
from home.bootstrap.groups import COORDINATORS, EDITORS, translators_of

PASSWORD = "demonstration"
EDITOR = "editor"


@dataclass(frozen=True)
class Account:
    """A user to be made; without a group it may do everything. ``language`` is the one the admin speaks to it.

    Wagtail saves nobody's settings without a first and a last name.
    """

    name: str
    group: str
    task: str
    first_name: str
    last_name: str
    language: str = DEFAULT.code


# Nobody's: the network's staff are not in its demonstration.
_TRANSLATORS = {
    "zh-hant": ("Ya-ting", "Lin"),
    "ko": ("Seo-yeon", "Kim"),
    "ja": ("Yuki", "Tanaka"),
    "zh-hans": ("Min", "Zhang"),
}
ACCOUNTS = (
    Account("admin", "", "may do everything", "Ingrid", "Solberg"),
    Account(
        "coordinator", COORDINATORS, "sends pages to translators, reviews, publishes in all languages", "Ana", "Reis"
    ),
    Account(EDITOR, EDITORS, "writes and publishes in English", "Grace", "Mensah"),
    *(
        Account(
            f"translator-{language.code}",
            translators_of(language),
            f"translates into {language.name}",
            *_TRANSLATORS[language.code],
            language.code,
        )
        for language in LANGUAGES
        if language is not DEFAULT
    ),
)


def make_accounts() -> list[str]:
    """Make the accounts that do not exist, each in its group; return the new names. Others stay as they are."""
    known = set(User.objects.values_list("username", flat=True))
    missing = [account for account in ACCOUNTS if account.name not in known]
    # Hashing is slow on purpose; one hash serves them all, since the password is no secret.
    password = make_password(PASSWORD) if missing else ""
    for account in missing:
        _make(account, password)
    return [account.name for account in missing]


def account_lines() -> list[str]:
    """Return a line for each of the demonstration's accounts that exists and still has the common password."""
    passwords = dict(
        User.objects.filter(username__in=[account.name for account in ACCOUNTS]).values_list("username", "password")
    )
    common = {password for password in set(passwords.values()) if check_password(PASSWORD, password)}
    width = max(len(account.name) for account in ACCOUNTS)
    return [
        f"  {account.name.ljust(width)}  {PASSWORD}  {account.task}"
        for account in ACCOUNTS
        if passwords.get(account.name) in common
    ]


def find_user(name: str) -> User | None:
    """Return the user of that name, or None where accounts were not wanted."""
    return User.objects.filter(username=name, is_active=True).first()


def _make(account: Account, password: str) -> None:
    user = User.objects.create(
        username=account.name,
        first_name=account.first_name,
        last_name=account.last_name,
        email=f"{account.name}@example.org",
        password=password,
        is_staff=not account.group,
        is_superuser=not account.group,
    )
    if account.group:
        user.groups.add(Group.objects.get(name=account.group))
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": account.language})
