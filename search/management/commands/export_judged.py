"""Write what editors judged in the admin to files that ``evaluate_search --judged`` reads."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.judged import judged_lines
from search.judging.storing import exported


class Command(BaseCommand):
    """How the network's queries come into the repository, where tests hold the ranking to them."""

    help = "Writes the queries that editors judged to LANG.jsonl in a folder. Files of other languages stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="made where there is none; bench/relevance, e. g.")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        files = judged_lines(exported())
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for language, lines in files.items():
                (folder / f"{language}.jsonl").write_text(lines, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{folder}: {error}") from error
        count = sum(lines.count("\n") for lines in files.values())
        self.stdout.write(self.style.SUCCESS(f"{count} queries written, in {len(files)} files in {folder}"))
