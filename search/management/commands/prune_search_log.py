"""manage.py prune_search_log"""

from typing import Any

from django.core.management.base import BaseCommand

from search import log


class Command(BaseCommand):
    help = "Forget searches older than SEARCH_LOG_DAYS, all where that is 0. The site does it by itself once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{log.prune()} searches were forgotten.")
