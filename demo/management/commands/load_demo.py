"""manage.py load_demo"""

import datetime
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from demo.accounts import account_lines
from demo.coverage import TARGETS
from demo.loader import load


class Command(BaseCommand):
    help = "Load the demonstration network in five languages. Safe to run again: it adds what is missing, edits stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        accounts = parser.add_mutually_exclusive_group()
        accounts.add_argument("--no-accounts", action="store_true", help="make no accounts")
        accounts.add_argument(
            "--with-accounts",
            action="store_true",
            help="make the accounts with the well-known password even where DEBUG is off",
        )
        parser.add_argument(
            "--languages",
            nargs="+",
            choices=TARGETS,
            default=TARGETS,
            help="the languages to translate into (default: all)",
        )
        parser.add_argument(
            "--today",
            type=datetime.date.fromisoformat,
            default=None,
            metavar="YYYY-MM-DD",
            help="the day that relative dates count from (default: today)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["with_accounts"] or (settings.DEBUG and not options["no_accounts"])
        today = options["today"] or timezone.localdate()
        loaded = load(today=today, accounts=wanted, languages=options["languages"], report=self.stdout.write)
        self.stdout.write(f"Loaded {loaded.pages} pages and {loaded.translations} translations.")
        lines = account_lines()
        if lines:
            self.stdout.write("Accounts of the demonstration (name, password, task):")
            self.stdout.write("\n".join(lines))
        elif not wanted:
            self.stdout.write("No accounts were made: say --with-accounts if the well-known password may be used here.")
