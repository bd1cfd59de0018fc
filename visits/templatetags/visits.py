"""The script by which a page tells that it was read."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from wagtail.models import Page

register = template.Library()


@register.inclusion_tag("visits/counter.html", takes_context=True)
def visit_counter(context: Context) -> dict[str, Any]:
    """Nothing where visits are not counted, in previews, on what is no page, and for who is logged in. No SQL."""
    request, page = context.get("request"), context.get("page")
    if not (settings.VISITS_DAYS and request and isinstance(page, Page) and page.pk):
        return {}
    if getattr(request, "is_preview", False) or getattr(getattr(request, "user", None), "is_authenticated", False):
        return {}
    return {"page": page}
