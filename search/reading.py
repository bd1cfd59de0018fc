"""Which languages a reader also reads: said once on the page of results, kept in a cookie of the reader's own."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse

from cms.languages import CODES

COOKIE = "search_languages"
_A_YEAR = 365 * 24 * 3600


def languages_read(request: HttpRequest) -> tuple[str, ...]:
    """Return the codes of the languages that the reader said to read, in the site's order."""
    said = request.COOKIES.get(COOKIE, "").split(".")
    return tuple(code for code in CODES if code in said)


def remember(response: HttpResponse, languages: Iterable[str]) -> None:
    """Set the cookie, or delete it where nothing is said."""
    known = [code for code in CODES if code in set(languages)]
    if known:
        response.set_cookie(COOKIE, ".".join(known), max_age=_A_YEAR, samesite="Lax", httponly=True)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
