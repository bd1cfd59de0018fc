"""Say whether the public search says what is published."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.languages import CODES
from search import status
from search.backends import get_standby
from search.backends.base import BackendUnavailableError, SearchBackend
from search.breaker import LONGEST_REST
from search.models import EngineOutage
from search.status import LanguageStatus

ROW = "{:<8} {:>8} {:>8} {:>8} {:>6} {:>6}  {}"


class Command(BaseCommand):
    """A table for the operator; with --check an exit code for monitoring."""

    help = (
        "Shows per language how the search index, and this machine's standby, differ from what is published, what waits"
        " in the outbox, and which processes leave the engine alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="end with an error when anything is not in step")
        parser.add_argument("--deep", action="store_true", help="read every page and compare contents too (slow)")

    def handle(self, *args: Any, **options: Any) -> None:
        problems = self._index("index", None, deep=options["deep"])
        standby = get_standby()
        if standby:
            problems += self._index("standby", standby, deep=options["deep"])
        self._outages()
        waiting = status.outbox_status()
        oldest = int(waiting.oldest.total_seconds())
        summary = f"outbox: {waiting.waiting} waiting, oldest {oldest} s, {waiting.failing} failing"
        self.stdout.write(f"{summary}: {waiting.last_error}" if waiting.failing else summary)
        if options["check"] and (waiting.waiting or problems):
            how = "The search index is not in step. rebuild_search mends an index, drain_search_outbox the outbox."
            raise CommandError(" ".join([*problems, how]))

    def _index(self, what: str, backend: SearchBackend | None, *, deep: bool) -> list[str]:
        """Print a table of the index; return what is wrong with it, in sentences."""
        try:
            languages = [status.language_status(language, deep=deep, backend=backend) for language in CODES]
        except (BackendUnavailableError, OSError) as error:
            self.stdout.write(f"{what}: cannot be asked: {error}")
            return [f"The search {what if backend else 'engine'} cannot be asked. {error}"]
        self.stdout.write(ROW.format("language", "live", "indexed", "missing", "extra", "stale", what))
        for row in languages:
            self._row(row)
        return [] if all(row.in_step for row in languages) else [f"The {what} differs from what is published."]

    def _row(self, row: LanguageStatus) -> None:
        counts = (len(row.missing), len(row.extra), len(row.stale))
        state = "rebuild it" if row.outdated else "good"
        self.stdout.write(ROW.format(row.language, row.live, row.indexed, *counts, state))

    def _outages(self) -> None:
        outages = list(EngineOutage.objects.order_by("since"))
        if not outages:
            self.stdout.write("circuit breakers: closed")
        for outage in outages:
            self.stdout.write(
                f"circuit breaker open: {outage.process} since {outage.since:%Y-%m-%d %H:%M:%S} UTC,"
                f" asked again every {LONGEST_REST:.0f} s at most: {outage.reason}"
            )
