"""What the flows measure on: the same pages every time."""

from typing import Any

from bench.models import BarePage
from tests.factories import pages
from tests.factories.tree import Tree, make_homes, make_tree

ROWS = 12


def seed_pages(codes: tuple[str, ...]) -> tuple[dict[str, Tree], BarePage]:
    """Make one page of every type in each language and ``ROWS`` in every list; return the trees and a bare page."""
    homes = make_homes(codes)
    trees = {code: make_tree(homes[code]) for code in codes}
    for tree in trees.values():
        _fill_lists(tree)
    bare = pages.publish(homes["en"], BarePage(title="Bare page", slug="bare"))
    return trees, bare


def _fill_lists(tree: Any) -> None:
    for _row in range(ROWS - 1):
        pages.make_partner(tree["PartnerIndexPage"])
        pages.make_case(tree["CaseIndexPage"])
        pages.make_session(tree["SummitPage"])
        pages.make_seminar(tree["EventIndexPage"])
        pages.make_call(tree["ResearchIndexPage"])
        pages.make_news(tree["NewsIndexPage"])
