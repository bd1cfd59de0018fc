"""Requests by the admin's own scripts, which want a part of a page, or data, and not the whole page."""

from django.http import HttpRequest


def asked_by_script(request: HttpRequest) -> bool:
    """Whether a script sent the request and says so, as ours and Wagtail's do."""
    return request.headers.get("x-requested-with") == "XMLHttpRequest"
