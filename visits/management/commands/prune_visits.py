"""manage.py prune_visits"""

from typing import Any

from django.core.management.base import BaseCommand

from visits import counting


class Command(BaseCommand):
    help = "Forget visits older than VISITS_DAYS, all where that is 0. The translations' worker does it once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{counting.prune()} counts were forgotten.")
