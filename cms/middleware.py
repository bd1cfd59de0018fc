"""Which language a visitor is answered in, and how that is remembered (decision 0003)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.urls import is_valid_path
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language, get_language_from_path

from cms.languages import CODES
from cms.switcher import other_languages_of_path

# Views without language in their address that answer every visitor alike.
SAME_FOR_ALL = {"sitemaps", "sitemap", "robots", "wagtaildocs_serve", "visits:seen"}


class SiteLocaleMiddleware(LocaleMiddleware):
    """Django's choice of a language (address, cookie, Accept-Language), with three differences.

    A path without language leads to the page in the visitor's language only where there is such a page; otherwise it is
    a 404 in the visitor's language. The language a visitor was led to, or has chosen in the switcher, is remembered in
    the language cookie. Addresses with a language never vary by Accept-Language, so that shared caches can keep them.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        super().process_request(request)
        if request.method not in ("GET", "HEAD") or _prefix(request.path_info) in CODES:
            return None
        if getattr(request, "is_dummy", False):
            return None  # a preview of a page that has no address yet
        return None if is_valid_path(request.path_info) else _lead_to_language(request)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        match = request.resolver_match
        if match and match.view_name in SAME_FOR_ALL:
            return response
        response.headers.setdefault("Content-Language", get_language() or settings.LANGUAGE_CODE)
        if _prefix(request.path_info) not in CODES:
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        elif response.status_code == 200 and _has_switched(request):
            _remember(request, response, _prefix(request.path_info))
            # This answer carries one visitor's cookie; the page without it stays cacheable.
            patch_cache_control(response, private=True)
        return response


def _prefix(path: str) -> str:
    return path.lstrip("/").partition("/")[0]


def _lead_to_language(request: HttpRequest) -> HttpResponse | None:
    """Return a redirect to the same path in the language it names or the visitor's, else in the first that has it.

    Two queries at most; None where no language has the path. "/zh-tw/…" names zh-hant.
    """
    links = {link.language.code: link for link in other_languages_of_path(request)}
    if not links:
        return None
    wanted = get_language_from_path(request.path_info) or get_language()
    link = links.get(wanted or "") or next(iter(links.values()))
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponseRedirect(f"{link.url}?{query}" if query else link.url)
    _remember(request, response, wanted or link.language.code)
    return response


def _has_switched(request: HttpRequest) -> bool:
    """Whether the visitor comes from another language's version of this page, or of one below it, on this site.

    That is where the switcher leads. Following a link to a page that exists in another language only is no choice of
    that language.
    """
    try:
        referrer = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return False
    before = _prefix(referrer.path)
    if referrer.netloc != request.get_host() or before not in CODES or before == _prefix(request.path_info):
        return False
    return (
        referrer.path.lstrip("/")
        .removeprefix(before)
        .startswith(request.path_info.lstrip("/").removeprefix(_prefix(request.path_info)))
    )


def _remember(request: HttpRequest, response: HttpResponseBase, code: str) -> None:
    if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) == code:
        return
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
