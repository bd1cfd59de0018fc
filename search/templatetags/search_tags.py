"""What templates of the site may ask the search for."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import get_language

from cms.languages import by_code
from search.results import Result
from search.similar import similar_pages as find_similar
from search.visibility import searchable_models

register = template.Library()


@register.inclusion_tag("search/similar.html", takes_context=True)
def similar_pages(context: Context) -> dict[str, Any]:
    """Pages like this one, at its foot: ``{% similar_pages %}``. Nothing where there is no page, or none like it."""
    page, reader = context.get("page"), by_code(get_language()).code
    hits = find_similar(page) if isinstance(page, searchable_models()) else ()
    return {"results": [Result(hit, reader) for hit in hits]}
