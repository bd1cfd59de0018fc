"""manage.py build_translation_memory"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from translations.memory.index import build


class Command(BaseCommand):
    help = "Index translated texts for the translation memory. Safe to run again: it adds what is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anew", action="store_true", help="throw the index away and make it again")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{build(anew=options['anew'])} texts indexed")
