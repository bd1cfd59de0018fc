"""Who works at the desk, and in which languages: read from Wagtail's rights on pages (decision 0007)."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission, Locale

from translations.states import target_locales

_WRITE = ("change_page", "publish_page")


def target_languages() -> list[Locale]:
    """Return the locales that pages are translated into, in the languages' order."""
    return [locale for locale in target_locales() if locale.language_code != settings.LANGUAGE_CODE]


def languages_of(user: Any) -> list[Locale]:
    """Return the languages that a user translates into: those of the trees that they may change. Two queries.

    The source language is not among them.
    """
    locales = target_languages()
    if not user.is_active or user.is_superuser:
        return locales if user.is_active else []
    rows = GroupPagePermission.objects.filter(group__user=user, permission__codename__in=_WRITE)
    places = set(rows.values_list("page__depth", "page__locale_id"))
    if any(depth == 1 for depth, _locale in places):
        return locales
    mine = {locale_id for _depth, locale_id in places}
    return [locale for locale in locales if locale.pk in mine]


def translators_of(locale: Locale) -> QuerySet[Any]:
    """Return the active users who have rights on a language's tree, but not on all languages'."""
    groups = GroupPagePermission.objects.filter(
        page__locale=locale, page__depth__gt=1, permission__codename__in=_WRITE
    ).values("group")
    return get_user_model().objects.filter(is_active=True, groups__in=groups).distinct().order_by("pk")


def coordinators() -> QuerySet[Any]:
    """Return the active users who were given the right to submit pages; administrators only where nobody was."""
    permission = Permission.objects.filter(
        codename="submit_translation", content_type__app_label="wagtail_localize"
    ).values("pk")
    users = get_user_model().objects.filter(is_active=True)
    given = users.filter(Q(groups__permissions__in=permission) | Q(user_permissions__in=permission))
    found = given.distinct().order_by("pk")
    return found if found.exists() else users.filter(is_superuser=True).order_by("pk")


def assignable(locale: Locale) -> QuerySet[Any]:
    """Return who can be assigned translations into a language: its translators, and coordinators."""
    return all_assignable([locale])


def all_assignable(locales: Iterable[Locale]) -> QuerySet[Any]:
    """Return who can be assigned translations into some of the languages."""
    groups = GroupPagePermission.objects.filter(
        page__locale__in=list(locales), page__depth__gt=1, permission__codename__in=_WRITE
    ).values("group")
    people = get_user_model().objects.filter(
        Q(groups__in=groups) | Q(pk__in=coordinators().order_by().values("pk")), is_active=True
    )
    return people.distinct().order_by("first_name", "last_name", "username")
