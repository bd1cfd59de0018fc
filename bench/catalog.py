"""The flows: what is measured, why, and what work a run must have done to count."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.flows import pages


@dataclass(frozen=True)
class Flow:
    """One measurement.

    ``measure`` does the work on a scratch database and returns its figures (JSON-ready); ``verify`` takes them and
    returns what was not really done, in sentences: an empty list makes the run count.
    """

    name: str
    why: str
    work: str
    measure: Callable[[], dict[str, Any]]
    verify: Callable[[dict[str, Any]], list[str]]


FLOWS: tuple[Flow, ...] = (
    Flow(
        name="pages",
        why="A visitor on a slow connection pays for every query and every millisecond of the server.",
        work="Every public page type, English and Korean, nothing cached, beside a bare Wagtail page as the unit.",
        measure=pages.measure,
        verify=pages.verify,
    ),
)


def by_name(name: str) -> Flow:
    """Return the flow ``name``. Raises KeyError with the names there are."""
    for flow in FLOWS:
        if flow.name == name:
            return flow
    raise KeyError(f"No flow {name!r}. Flows: {', '.join(flow.name for flow in FLOWS)}.")
