"""What tests of search share: a site in five languages, and an engine of their own."""

import pytest

from search.backends import get_backend
from tests.search.pages import make_homes


@pytest.fixture
def engine(settings, tmp_path):
    """The embedded engine in a file of this test, as the site's."""
    settings.SEARCH_BACKEND = "search.backends.embedded.EmbeddedBackend"
    settings.SEARCH_EMBEDDED_PATH = tmp_path / "search.sqlite3"
    get_backend().prepare()
    return get_backend()


@pytest.fixture
def homes(db, engine):
    """Language code -> published home page."""
    return make_homes()
