"""The translators' guide of docs/, read in the admin in the reader's own language."""

import re
from pathlib import Path

import markdown
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.languages import CODES, LANGUAGES, by_code

# Pictures stand among the site's static files, so that a reader of the repository and the admin see the same.
_PICTURE = re.compile(r'src="\.\./static/([^"]+)"')


def guide_path(code: str) -> Path:
    """Return the file of the guide in a language; English has the plain name."""
    suffix = "" if code == "en" else f".{code}"
    return Path(settings.BASE_DIR, "docs", f"translators{suffix}.md")


def read_guide(code: str) -> tuple[str, SafeString]:
    """Return the title and the HTML of the guide in a language. The text is ours, so its HTML is trusted."""
    title, _newline, text = guide_path(code).read_text(encoding="utf-8").partition("\n")
    html = markdown.markdown(text, extensions=["tables", "toc", "sane_lists"], output_format="html")
    html = _PICTURE.sub(lambda match: f'src="{static(match[1])}" loading="lazy"', html)
    return title.lstrip("# "), mark_safe(html)


def guide(request: HttpRequest) -> HttpResponse:
    """Show the guide in the language asked for by ``?language=``, else in that of the user's admin."""
    wanted = request.GET.get("language", "") or get_language() or "en"
    code = wanted if wanted in CODES and guide_path(wanted).exists() else "en"
    title, body = read_guide(code)
    return render(
        request,
        "translations/guide.html",
        {
            "page_title": title,
            "header_icon": "help",
            "breadcrumbs_items": [{"url": "", "label": _("Guide for translators")}],
            "body": body,
            "language": by_code(code),
            "languages": [language for language in LANGUAGES if guide_path(language.code).exists()],
        },
    )
