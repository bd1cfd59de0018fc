"""Say whether the public search says what is published."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.languages import CODES
from search import status
from search.backends.base import BackendUnavailableError

ROW = "{:<8} {:>8} {:>8} {:>8} {:>6} {:>6}  {}"


class Command(BaseCommand):
    """A table for the operator; with --check an exit code for monitoring."""

    help = "Shows per language how the search index differs from what is published, and what waits in the outbox."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="end with an error when anything is not in step")
        parser.add_argument("--deep", action="store_true", help="read every page and compare contents too (slow)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            languages = [status.language_status(language, deep=options["deep"]) for language in CODES]
        except BackendUnavailableError as error:
            raise CommandError(f"The search engine cannot be asked. {error}") from error
        self.stdout.write(ROW.format("language", "live", "indexed", "missing", "extra", "stale", "index"))
        for row in languages:
            index = "rebuild it" if row.outdated else "good"
            counts = (len(row.missing), len(row.extra), len(row.stale))
            self.stdout.write(ROW.format(row.language, row.live, row.indexed, *counts, index))
        waiting = status.outbox_status()
        oldest = int(waiting.oldest.total_seconds())
        summary = f"outbox: {waiting.waiting} waiting, oldest {oldest} s, {waiting.failing} failing"
        self.stdout.write(f"{summary}: {waiting.last_error}" if waiting.failing else summary)
        if options["check"] and (waiting.waiting or not all(row.in_step for row in languages)):
            raise CommandError(
                "The search index is not in step. rebuild_search mends an index, drain_search_outbox the outbox."
            )
