from typing import Any

from django.core.management.base import BaseCommand

from translations import duties


class Command(BaseCommand):
    help = (
        "Does what the translation desk needs every hour: mends states that events missed, counts the day for the "
        "trend, reminds of dates, and mails what waits. Safe to run at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = duties.tend()
        self.stdout.write(
            f"{done.taken_over} sources taken over, {done.states} states changed, {done.reminded} tasks reminded of, "
            f"{done.mails} mails sent"
        )
