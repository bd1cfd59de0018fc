"""The flow of the desk at a size for tests: it does its work, and notices when it was not done."""

import copy

import pytest
from django.conf import settings

from bench.flows import desk
from tests.rollback import rolled_back

# So that there is a database when these tests run by themselves.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def figures(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, rolled_back():
        patch.setenv("BENCH_PAGES", "60")
        patch.setattr(settings, "VISITS_DAYS", 90)
        yield desk.measure()


def test_desk_takes_the_same_queries_at_both_sizes(figures):
    assert desk.verify(figures) == []
    assert figures["sql_queries"]["20"] == figures["sql_queries"]["60"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: f["pages"]["20"]["desk"].update(status=500), "desk answered 500"),
        (lambda f: f["pages"]["20"]["tasks"].update(bytes=9), "tasks is empty"),
        (lambda f: f["states"]["60"]["found"].update(outdated=1), "are outdated, not"),
        (lambda f: f["sql_queries"].update({"60": 9999}), "depends on the size"),
    ],
)
def test_work_that_was_not_done_does_not_count(figures, change, said):
    wrong = copy.deepcopy(figures)
    change(wrong)
    (problem,) = desk.verify(wrong)
    assert said in problem
