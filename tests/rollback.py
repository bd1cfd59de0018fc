"""What several tests share in the database, and then take back."""

import contextlib
from collections.abc import Iterator

from django.db import transaction


@contextlib.contextmanager
def rolled_back() -> Iterator[None]:
    """A transaction of which nothing stays, for fixtures of a whole module; each test has its own inside it."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
