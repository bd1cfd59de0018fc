"""manage.py bootstrap_site"""

from typing import Any

from django.core.management.base import BaseCommand

from home.bootstrap import bootstrap_site


class Command(BaseCommand):
    help = "Make languages, home pages, sections, groups, the workflow and themes. Safe to run again: edits stay."

    def handle(self, *args: Any, **options: Any) -> None:
        made = bootstrap_site()
        for line in made:
            self.stdout.write(f"made {line}")
        if not made:
            self.stdout.write("Nothing was missing.")
