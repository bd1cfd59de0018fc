"""Build the public search's indices again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.languages import CODES
from search import indexing
from search.backends.base import BackendUnavailableError


class Command(BaseCommand):
    """Aside, then swapped in at once: the old indices answer until then, and stay if anything fails."""

    help = "Builds the search indices of all languages, or of those named, aside and puts them in use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("languages", nargs="*", metavar="language", help=f"any of {', '.join(CODES)}; default: all")

    def handle(self, *args: Any, **options: Any) -> None:
        languages = options["languages"] or list(CODES)
        if unknown := sorted(set(languages) - set(CODES)):
            raise CommandError(f"No such language: {', '.join(unknown)}. There are {', '.join(CODES)}.")
        try:
            written = indexing.rebuild(list(dict.fromkeys(languages)), report=self.stdout.write)
        except BackendUnavailableError as error:
            raise CommandError(f"The search engine cannot be asked; the old indices are unchanged. {error}") from error
        self.stdout.write(self.style.SUCCESS(f"{written} pages in {len(languages)} languages"))
