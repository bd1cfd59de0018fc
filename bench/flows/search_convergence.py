"""Flow ``search_convergence``: editors at work while a real node is killed and started; then the index has to agree."""

import os
import random
import shutil
import signal
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.db import connections
from django.test.utils import override_settings
from django.utils import timezone

from bench import engine
from cms.languages import CODES
from search import indexing, outbox, standby, status
from search.backends import get_backend, get_standby
from search.models import OutboxEntry
from tools.services import elasticsearch


def measure() -> dict[str, Any]:
    """Return ``missing``, ``extra`` and ``stale`` of index and standby after each seed, and how often it was killed."""
    seeds, actions = engine.size("SEEDS", 20), engine.size("ACTIONS", 40)
    home = Path(tempfile.mkdtemp(prefix="encynet-node-"))
    home.chmod(0o755)
    node = _Node(home)
    name = "search.backends.elasticsearch.ElasticsearchBackend"
    try:
        with override_settings(
            SEARCH_BACKEND=name,
            SEARCH_INDEX_PREFIX="bench-convergence",
            SEARCH_STANDBY=True,
            SEARCH_STANDBY_PATH=home / "standby.sqlite3",
        ):
            return _converge(node, seeds, actions)
    finally:
        node.kill()
        shutil.rmtree(home, ignore_errors=True)


def verify(figures: dict[str, Any]) -> list[str]:
    """Return what was not done: pages that differ, seeds that were not run, a node that was never killed."""
    problems = [
        "seed {seed}: {missing} missing, {extra} extra, {stale} stale, {waiting} wait".format(**row)
        for row in figures["seeds"]
        if row["missing"] or row["extra"] or row["stale"] or row["waiting"]
    ]
    if len(figures["seeds"]) != figures["wanted"]:
        problems.append(f"{len(figures['seeds'])} of {figures['wanted']} seeds were run")
    if figures["kills"] < figures["wanted"]:
        problems.append(f"the node was killed {figures['kills']} times only")
    return problems


class _Node:
    """A node of this flow's own; killed as by a power cut, started again on the same data and port."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.kills = 0
        self.entry = elasticsearch.launch(home)
        elasticsearch.wait(self.entry)

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        try:
            os.killpg(self.entry["pid"], signal.SIGKILL)
            os.waitpid(self.entry["pid"], 0)
        except (ProcessLookupError, ChildProcessError):
            pass

    def restart(self) -> None:
        """Kill it and start it again; returns when it answers."""
        self.kill()
        self.kills += 1
        self.entry = elasticsearch.launch(self.home)
        elasticsearch.wait(self.entry)


def _converge(node: _Node, seeds: int, actions: int) -> dict[str, Any]:
    from tests.search.convergence import Editors  # noqa: PLC0415 -- app ready: models need the scratch database
    from tests.search.pages import make_homes  # noqa: PLC0415 -- app ready

    with override_settings(ELASTICSEARCH_URL=node.entry["url"]), indexing.together():
        homes = make_homes()
    rows = []
    for seed in range(seeds):
        editors = Editors(seed, homes)
        with override_settings(ELASTICSEARCH_URL=node.entry["url"]):
            editors.begin()
            killed_at = random.Random(seed).randrange(actions)
            with ThreadPoolExecutor(1) as beside:
                restarting: Future[None] | None = None
                for number in range(actions):
                    if number == killed_at:
                        restarting = beside.submit(node.restart)
                    editors.act()
            if restarting:
                restarting.result()
        # The node may have come back on another port.
        with override_settings(ELASTICSEARCH_URL=node.entry["url"]):
            rows.append({"seed": seed, **_settled()})
    connections.close_all()
    return {"wanted": seeds, "actions": actions, "kills": node.kills, "seeds": rows}


def _settled() -> dict[str, int]:
    """Let the worker go on until nothing waits; return how both indices differ from what is published."""
    for _ in range(60):
        OutboxEntry.objects.update(next_attempt_at=timezone.now(), claim=None, claimed_until=None)
        indexing.drain()
        if not outbox.waiting().exists():
            break
    if standby.ready() is None:
        standby.build()
    standby.compare()
    found = [
        status.language_status(code, deep=True, backend=backend)
        for backend in (get_backend(), get_standby())
        for code in CODES
    ]
    return {
        "missing": sum(len(row.missing) for row in found),
        "extra": sum(len(row.extra) for row in found),
        "stale": sum(len(row.stale) for row in found),
        "waiting": outbox.waiting().count(),
    }
