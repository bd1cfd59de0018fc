from collections.abc import Iterator

import pytest

from home.models import HomePage
from tests.rollback import rolled_back
from tests.translations.trees import add_page, make_home, translate_home
from translations.catalog import translate_page
from visits import buffer as buffering


@pytest.fixture(scope="module")
def grown(django_db_setup, django_db_blocker) -> Iterator[int]:
    """The number of a home page with its Korean translation, for a whole module; what a test changes is rolled back."""
    with django_db_blocker.unblock(), rolled_back():
        home = make_home()
        translate_home(home, "ko")
        yield home.pk


@pytest.fixture
def home(grown, db):
    return HomePage.objects.get(pk=grown)


@pytest.fixture
def water(home):
    """A public page that exists in English only."""
    return add_page(home, "Water", "water")


@pytest.fixture
def rivers(home):
    """A public page in English and Korean."""
    return add_page(home, "Rivers", "rivers")


@pytest.fixture
def korean(rivers):
    return translate_page(rivers, "ko", {"Rivers": "강"})


@pytest.fixture
def counting_on(settings, monkeypatch):
    """Visits are counted, and written when the test says so."""
    settings.VISITS_DAYS = 30
    monkeypatch.setattr(buffering, "SECONDS", 3600)
    buffering.buffer.flush()
    yield
    buffering.buffer.flush()
