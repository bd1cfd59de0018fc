"""The unit of measurement."""

from wagtail.models import Page


class BarePage(Page):
    """A Wagtail page with nothing added: what a request costs before the site does anything."""

    parent_page_types = ["wagtailcore.Page", "home.HomePage"]
