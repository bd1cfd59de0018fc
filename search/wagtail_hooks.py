"""What public search adds to the admin."""

from wagtail import hooks

from search.viewsets import SearchViewSetGroup


@hooks.register("register_admin_viewset")
def register_search_viewsets() -> SearchViewSetGroup:
    """The menu of search: recommended pages, synonyms."""
    return SearchViewSetGroup()
