from collections.abc import Iterator

import pytest

from home.models import HomePage
from tests.rollback import rolled_back
from tests.translations.people import make_people
from tests.translations.trees import PARAGRAPH, add_page, make_home, translate_home
from translations.catalog import pair_rich_text, translate_page

KOREAN = (
    PARAGRAPH.replace("Water is", "물은").replace("the plan", "계획").replace("Rain", "비").replace("shared", "공유")
)


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
def page(home):
    """A published English page."""
    return add_page(home, "Water", "water", body=PARAGRAPH)


@pytest.fixture
def korean(page):
    """Its complete, published Korean translation."""
    return translate_page(page, "ko", {"Water": "물", **pair_rich_text(PARAGRAPH, KOREAN)})


@pytest.fixture
def admin(admin_client):
    admin_client.raise_request_exception = True
    return admin_client


@pytest.fixture
def staff(home):
    """Who works at the desk, by role or language: coordinator, editor, ko."""
    return make_people(home)
