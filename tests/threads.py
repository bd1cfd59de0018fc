"""Two processes at once, as threads with connections of their own. SQLite has one writer, PostgreSQL locks rows."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

needs_row_locks = pytest.mark.skipif(connection.vendor != "postgresql", reason="needs more than one writer")


def in_threads(*works: Callable[[], None]) -> None:
    """Do all of it at once; fails if one of them raises, or does not end."""
    failures = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    assert not any(thread.is_alive() for thread in threads)
