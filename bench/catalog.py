"""The flows: what is measured, why, and what work a run must have done to count."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.flows import (
    desk,
    memory,
    pages,
    rebuild_index,
    relevance,
    search_convergence,
    search_growth,
    search_view,
    submit_subtree,
    translation_editor,
)


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
    Flow(
        name="search_view",
        why="A search is answered while the reader looks at it; most of that time should be the engine's.",
        work="Questions in five languages over 5 x 20,000 documents: the view, its bare request, a plain multi_match.",
        measure=search_view.measure_search,
        verify=search_view.verify,
    ),
    Flow(
        name="suggest",
        why="A suggestion that comes after the next letter is none.",
        work="First letters in five languages over 5 x 20,000 documents: the view, and its bare request.",
        measure=search_view.measure_suggest,
        verify=search_view.verify,
    ),
    Flow(
        name="rebuild_index",
        why="A change of analysis needs a rebuild, on a working day, with people publishing.",
        work="100,000 pages: ours, Wagtail's own, prepared documents in turn; then ours with 500 publications.",
        measure=rebuild_index.measure,
        verify=rebuild_index.verify,
    ),
    Flow(
        name="search_growth",
        why="The network grows; what is quick with a thousand pages has to be with a hundred thousand.",
        work="1,000, 10,000 and 100,000 documents: time of a question, size, documents written a second.",
        measure=search_growth.measure,
        verify=search_growth.verify,
    ),
    Flow(
        name="search_convergence",
        why="A server loses its power while people publish; afterwards nobody may find what is not published.",
        work="20 seeds of 40 changes, in each a node of its own killed and started again; then contents compared.",
        measure=search_convergence.measure,
        verify=search_convergence.verify,
    ),
    Flow(
        name="relevance",
        why="Each part of the ranking costs the engine time; what adds nothing has to go.",
        work="Judged queries in five languages on both engines, with all parts of the ranking and without each.",
        measure=relevance.measure,
        verify=relevance.verify,
    ),
    Flow(
        name="memory",
        why="A translator opens a page and sees at once what was translated before, also when the network is large.",
        work="100,000 texts in the memory, pages of 50 texts: suggestions, and a plain scan by rapidfuzz in turn.",
        measure=memory.measure,
        verify=memory.verify,
    ),
    Flow(
        name="submit_subtree",
        why="A coordinator submits a part of the site; a worker that dies in the middle must lose nothing of it.",
        work="200 pages into four languages: wagtail-localize, ours, then ours with the worker killed by SIGKILL.",
        measure=submit_subtree.measure,
        verify=submit_subtree.verify,
    ),
    Flow(
        name="desk",
        why="A translator opens the desk many times a day; it must not become slower with every page of the site.",
        work="20 and 2,000 pages in five languages: the desk, tasks, coverage and home panel; states computed.",
        measure=desk.measure,
        verify=desk.verify,
    ),
    Flow(
        name="translation_editor",
        why="A translator opens a hundred texts a day, and each is asked for with all that helps with it.",
        work="20 and 2,000 pages in five languages: the editor of 5 texts and of 100, and all its script asks for.",
        measure=translation_editor.measure,
        verify=translation_editor.verify,
    ),
)


def by_name(name: str) -> Flow:
    """Return the flow ``name``. Raises KeyError with the names there are."""
    for flow in FLOWS:
        if flow.name == name:
            return flow
    raise KeyError(f"No flow {name!r}. Flows: {', '.join(flow.name for flow in FLOWS)}.")
