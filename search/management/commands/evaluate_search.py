"""Ask questions with known answers, and write down what the search ranks first."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.languages import CODES
from search.backends import get_backend
from search.backends.base import BackendUnavailableError, SearchRequest, SearchResults
from search.evaluation import BACKENDS, CorpusError, evaluate, scratch_backend
from search.judged import JudgedError, Verdict, judge, read_judged
from search.judging.measuring import measure
from search.models import JudgedQuery
from search.understanding import understand

WORST = 10
# --judged without a file.
DATABASE = Path()


class Command(BaseCommand):
    """Of a corpus the ranking is judged elsewhere; the network's own queries are judged here."""

    help = (
        "Indexes a corpus into scratch indices, asks its queries through the public search and writes the ranked ids; "
        "or asks the site's own index the network's judged queries and prints nDCG@10 a language."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        asked = parser.add_mutually_exclusive_group(required=True)
        asked.add_argument("--corpus", type=Path, help="folder of corpus.LANG and queries.LANG.jsonl")
        asked.add_argument(
            "--judged",
            type=Path,
            nargs="?",
            const=DATABASE,
            metavar="FILE",
            help="LANG.jsonl of judged queries, or a folder of such files; without: what editors judged",
        )
        parser.add_argument("--out", type=Path, help='with --corpus: file for lines of {"lang", "qid", "ranked"}')
        parser.add_argument(
            "--backend", choices=BACKENDS, default="elasticsearch", help="with --corpus; default: %(default)s"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["corpus"] and not options["out"]:
            raise CommandError("--corpus needs --out, the file for what was ranked.")
        try:
            if options["judged"] is DATABASE:
                self.print_verdicts(measure(self.search, JudgedQuery.objects.all()))
            elif options["judged"]:
                self.print_verdicts(list(judge(read_judged(options["judged"]), self.search)))
            else:
                self.rank(options["backend"], options["corpus"], options["out"])
        except (CorpusError, JudgedError) as error:
            raise CommandError(str(error)) from error
        except BackendUnavailableError as error:
            raise CommandError(f"The search engine cannot be asked. {error}") from error

    def rank(self, backend_name: str, corpus: Path, path: Path) -> None:
        """Write what a scratch engine ranks for each of the corpus's queries."""
        count = 0
        try:
            with scratch_backend(backend_name) as backend, path.open("w", encoding="utf-8") as out:
                for ranking in evaluate(backend, corpus):
                    line = {"lang": ranking.language, "qid": ranking.query_id, "ranked": list(ranking.ranked)}
                    out.write(json.dumps(line, ensure_ascii=False) + "\n")
                    count += 1
        except OSError as error:
            raise CommandError(f"{path}: {error}") from error
        self.stdout.write(self.style.SUCCESS(f"{count} queries answered, in {path}"))

    def search(self, request: SearchRequest) -> SearchResults:
        """Return what the site's own engine answers, however long it takes."""
        return get_backend().search(understand(request))

    def print_verdicts(self, verdicts: Sequence[Verdict]) -> None:
        """Print how well the site's index answers the network's own queries, and which it answers worst."""
        by_language: dict[str, list[Verdict]] = {}
        for verdict in sorted(verdicts, key=lambda each: CODES.index(each.judged.language)):
            by_language.setdefault(verdict.judged.language, []).append(verdict)
        self.stdout.write(f"{'language':10} {'queries':>7} {'nDCG@10':>8}")
        for language, found in by_language.items():
            mean = sum(verdict.ndcg for verdict in found) / len(found)
            self.stdout.write(f"{language:10} {len(found):7d} {mean:8.3f}")
        if not verdicts:
            self.stdout.write("No queries are judged, or none of which a page is public.")
        worst = sorted((verdict for verdict in verdicts if verdict.ndcg < 1), key=lambda verdict: verdict.ndcg)
        for verdict in worst[:WORST]:
            wanted = ", ".join(verdict.judged.pages)
            shown = ", ".join(verdict.shown[:3]) or "nothing"
            judged = verdict.judged
            self.stdout.write(f"{verdict.ndcg:.2f} {judged.language} “{judged.query}”: wanted {wanted}; shown {shown}")
