"""A section of the site to put pages in, and an editor to do it."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import pages
from tests.factories.desk import Desk
from tests.factories.tree import make_homes


@pytest.fixture
def index(db: None) -> Any:
    """The section's index page in English."""
    return pages.make_case_index(make_homes(("en",))["en"], slug="cases", title="Section")


@pytest.fixture
def desk(index: Any, admin_user: Any) -> Desk:
    """An editor who may do everything."""
    return Desk(Client(), admin_user)
