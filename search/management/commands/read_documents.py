"""Read the texts of documents for the public search."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count

from cms.models import SiteDocument
from search import document_texts, indexing
from search.models import DocumentText


class Command(BaseCommand):
    """What the worker does anyway, now; with --again for every file, after a change of limits or of readers."""

    help = "Reads the documents that wait to be read, and brings the pages that offer them in step."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="read all files anew")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            self.stdout.write(f"{document_texts.ask_again(SiteDocument.objects.all())} documents to read again")
        # A drain without an end reads files too.
        indexing.drain()
        for state, count in DocumentText.objects.values_list("state").annotate(Count("pk")).order_by("state"):
            self.stdout.write(f"{count} {state}")
