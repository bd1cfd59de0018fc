from typing import Any

from django.core.management.base import BaseCommand

from translations import sources, states


class Command(BaseCommand):
    help = (
        "Takes over pages that were published while nobody listened, and computes how far every page is in every "
        "language. Safe to run at any time; needed once where the desk is added to a site, or a language."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        taken = sources.take_over_missed()
        changed = states.refresh()
        self.stdout.write(f"{taken} sources taken over, {changed} states changed")
