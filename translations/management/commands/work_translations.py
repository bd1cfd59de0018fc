"""The translators' desk's worker: jobs that were started in the admin, and duties that come back."""

import os
import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections

from translations.jobs import queue, work


class Command(BaseCommand):
    """Once, or with --loop until it is told to stop; several at once share the work."""

    help = "Does the jobs of the translators' desk, and its periodic duties, which -v 2 names."
    names_duties = False

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--loop", action="store_true", help="go on until SIGTERM or SIGINT")
        choice.add_argument("--once", action="store_true", help="do what waits now, then end (the default)")
        parser.add_argument("--interval", type=float, default=2.0, help="seconds between two looks (default: 2)")

        parser.add_argument("--parent", type=int, help="end when this process, which started the worker, is gone")

    def handle(self, *args: Any, **options: Any) -> None:
        work.stopping.clear()
        # Some duties come back every minute, most often to find nothing to do.
        self.names_duties = options["verbosity"] > 1
        if not options["loop"]:
            self.round()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: work.stopping.set())
        while not work.stopping.wait(options["interval"]):
            if options["parent"] and os.getppid() != options["parent"]:
                return
            close_old_connections()
            try:
                self.round()
            except OperationalError as error:
                # The database is away or being brought up to date: ask again later, and lose nothing.
                self.stderr.write(f"The database does not answer: {error}")

    def round(self) -> None:
        """Do what waits and what is due."""
        for name in work.run_due():
            if self.names_duties:
                self.stdout.write(f"{name}: done")
        while not work.stopping.is_set() and (job := queue.claim()):
            with work.heartbeat(job):
                work.run(job)
            job.refresh_from_db()
            self.stdout.write(f"{job}: {job.state}, {job.done} done, {job.failed} failed of {job.total}")
