"""The flow of the translators' editor at a size for tests: it does its work, and notices when it was not done."""

import copy

import pytest

from bench.flows import translation_editor
from tests.rollback import rolled_back

# So that there is a database when these tests run by themselves.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def figures(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, rolled_back():
        patch.setenv("BENCH_PAGES", "60")
        patch.setattr(translation_editor, "MANY", 20)
        yield translation_editor.measure()


def test_editor_takes_the_same_queries_whatever_the_size_of_site_and_page(figures):
    assert translation_editor.verify(figures) == []
    assert figures["sql_queries"]["20"] == figures["sql_queries"]["60"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: f["requests"]["20"]["few"]["open"].update(status=302), "open of few texts answered 302"),
        (lambda f: f["requests"]["60"]["many"]["beside"].update(helped=False), "offered nothing"),
        (lambda f: f["requests"]["20"]["few"]["preview"].update(bytes=0), "is empty"),
        (lambda f: f["memory"].update({"60": f["memory"]["20"]}), "not more than"),
        (lambda f: f["sql_queries"].update({"60": 9999}), "size of the site"),
        (lambda f: f["requests"]["60"]["many"]["save"].update(sql_queries=9999), "save takes"),
    ],
)
def test_work_that_was_not_done_does_not_count(figures, change, said):
    wrong = copy.deepcopy(figures)
    change(wrong)
    (problem,) = translation_editor.verify(wrong)
    assert said in problem
