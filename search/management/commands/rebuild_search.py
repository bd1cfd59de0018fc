"""Build the public search's indices again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.languages import CODES
from search import indexing, standby
from search.backends.base import BackendUnavailableError
from search.progress import ProgressReport


class Command(BaseCommand):
    """Aside, then swapped in at once: the old indices answer until then, and stay if anything fails."""

    help = "Builds the search indices of all languages, or of those named, aside and puts them in use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("languages", nargs="*", metavar="language", help=f"any of {', '.join(CODES)}; default: all")
        parser.add_argument("--standby", action="store_true", help="only the standby of this machine, all languages")

    def handle(self, *args: Any, **options: Any) -> None:
        languages = list(dict.fromkeys(options["languages"])) or list(CODES)
        if unknown := sorted(set(languages) - set(CODES)):
            raise CommandError(f"No such language: {', '.join(unknown)}. There are {', '.join(CODES)}.")
        try:
            if not options["standby"]:
                with ProgressReport(self.stdout, "pages") as progress:
                    written = indexing.rebuild(languages, progress=progress, report=self.stdout.write)
                self.stdout.write(self.style.SUCCESS(f"{written} pages in {len(languages)} languages"))
            with ProgressReport(self.stdout, "pages of the standby") as progress:
                standby.build(progress=progress)
        except BackendUnavailableError as error:
            raise CommandError(
                "The search engine cannot be asked. Languages whose new index is not in use yet keep the old one;"
                f" run this again once the engine answers, and see search_status. {error}"
            ) from error
