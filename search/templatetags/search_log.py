"""What the search log tells readers."""

from django import template
from django.utils.translation import get_language

from cms.languages import by_code
from search import log

register = template.Library()


@register.simple_tag
def most_sought(size: int = 6) -> tuple[str, ...]:
    """What many readers of the present language asked and found; no SQL for most of the time."""
    return log.most_sought(by_code(get_language()).code, size)
