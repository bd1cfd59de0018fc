"""Write what waits in the outbox to the search engine."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from search import indexing, standby

LONGEST_INTERVAL = 60.0


class Command(BaseCommand):
    """Once, or with --loop as the site's worker until it is told to stop."""

    help = "Brings the search index in step with the pages that changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until SIGTERM or SIGINT")
        parser.add_argument("--interval", type=float, default=2.0, help="seconds between two looks (default: 2)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["loop"]:
            self._report(indexing.drain())
            standby.compare()
            return
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        pause = options["interval"]
        follower = standby.Follower()
        while not stopped.wait(pause):
            close_old_connections()
            drained = indexing.drain()
            self._report(drained)
            follower.step()
            # The engine is gone: ask less and less often, and at once again when it answers.
            pause = min(pause * 2, LONGEST_INTERVAL) if drained.unavailable else options["interval"]

    def _report(self, drained: indexing.Drained) -> None:
        if drained != indexing.Drained():
            gone = ", the engine cannot be asked" if drained.unavailable else ""
            self.stdout.write(f"{drained.written} written, {drained.removed} removed, {drained.failed} failed{gone}")
