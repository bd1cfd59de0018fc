"""Ask questions with known answers, and write down what the search ranks first."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.backends.base import BackendUnavailableError
from search.evaluation import BACKENDS, CorpusError, evaluate, scratch_backend


class Command(BaseCommand):
    """The ranking is judged elsewhere: this command never sees what is relevant."""

    help = "Indexes a corpus into scratch indices, asks its queries through the public search, writes the ranked ids."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", required=True, type=Path, help="folder of corpus.LANG and queries.LANG.jsonl")
        parser.add_argument("--out", required=True, type=Path, help='file for lines of {"lang", "qid", "ranked"}')
        parser.add_argument("--backend", choices=BACKENDS, default="elasticsearch", help="default: %(default)s")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with scratch_backend(options["backend"]) as backend, options["out"].open("w", encoding="utf-8") as out:
                count = 0
                for ranking in evaluate(backend, options["corpus"]):
                    line = {"lang": ranking.language, "qid": ranking.query_id, "ranked": list(ranking.ranked)}
                    out.write(json.dumps(line, ensure_ascii=False) + "\n")
                    count += 1
        except CorpusError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{options['out']}: {error}") from error
        except BackendUnavailableError as error:
            raise CommandError(f"The search engine cannot be asked. {error}") from error
        self.stdout.write(self.style.SUCCESS(f"{count} queries answered, in {options['out']}"))
