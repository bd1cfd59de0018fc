"""What search engines are told: one sitemap a language, with the translations of every page, and robots.txt."""

import datetime
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.models import Page

from cms.languages import DEFAULT, LANGUAGES, Language, by_code
from cms.localized import visible


class LanguageSitemap(Sitemap):
    """The pages of one language that visitors may open, each with its addresses in all languages."""

    # Alternates make a page's entry six times as long; an engine reads at most 50 MB of a file.
    limit = 5000

    def __init__(self, language: Language) -> None:
        self.language = language

    def items(self) -> QuerySet[Page]:
        pages = Page.objects.filter(locale__language_code=self.language.code, depth__gt=1)
        return visible(pages).select_related("locale").order_by("path")

    def get_latest_lastmod(self) -> datetime.datetime | None:
        latest: datetime.datetime | None = self.items().aggregate(Max("last_published_at"))["last_published_at__max"]
        return latest

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """Return the entries of one page of the sitemap in the form of Django's template; two queries."""
        root = f"{protocol or self.protocol or 'https'}://{site.domain}"
        rows = [row for row in self.paginator.page(page).object_list if row.get_url()]
        alternates = _alternates({row.translation_key for row in rows}, root)
        return [
            {
                "item": row,
                "location": root + urlsplit(row.get_url()).path,
                "lastmod": row.last_published_at,
                "changefreq": None,
                "priority": "",
                "alternates": alternates[row.translation_key] if len(alternates[row.translation_key]) > 2 else [],
            }
            for row in rows
        ]


def _alternates(keys: Iterable[Any], root: str) -> dict[Any, list[dict[str, str]]]:
    """Return for each translation key the addresses in every language, with the default's as "x-default"; one query."""
    found: dict[Any, dict[str, str]] = {}
    for row in visible(Page.objects.filter(translation_key__in=keys)).select_related("locale"):
        url = row.get_url()
        if url:
            found.setdefault(row.translation_key, {})[row.locale.language_code] = root + urlsplit(url).path
    return {
        key: [
            *({"lang_code": by_code(code).tag, "location": url} for code, url in sorted(urls.items())),
            {"lang_code": "x-default", "location": urls.get(DEFAULT.code) or next(iter(urls.values()))},
        ]
        for key, urls in found.items()
    }


SITEMAPS = {language.code: LanguageSitemap(language) for language in LANGUAGES}


def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: everything but the admin and result pages, and where the sitemaps are."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        *(f"Disallow: /{language.code}/search/" for language in LANGUAGES),
        f"Sitemap: {request.build_absolute_uri(reverse('sitemaps'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
