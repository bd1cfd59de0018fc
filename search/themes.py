"""The names of the site's themes in every language, kept in the cache: suggestions need them at every letter."""

from typing import cast

from django.core.cache import cache

from cms.languages import CODES
from cms.models import Theme

_KEY = "search-theme-names"
# Where several processes keep caches of their own, a renamed theme is known to all of them after so long.
SECONDS = 300

ThemeNames = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def theme_names() -> ThemeNames:
    """Return (slug, ((language code, name), …)) for each theme by slug. No query while it is cached."""
    names = cache.get(_KEY)
    if names is None:
        names = read_theme_names()
        cache.set(_KEY, names, SECONDS)
    return cast(ThemeNames, names)


def read_theme_names() -> ThemeNames:
    """Return the same as the database has it now, by one query."""
    return tuple((theme.slug, _names(theme)) for theme in Theme.objects.order_by("slug"))


def forget_theme_names() -> None:
    """Read the names anew the next time: a theme was changed."""
    cache.delete(_KEY)


def _names(theme: Theme) -> tuple[tuple[str, str], ...]:
    by_language = ((code, getattr(theme, f"name_{code.replace('-', '_')}")) for code in CODES)
    return tuple((code, name) for code, name in by_language if name)
