"""Visits of three months, made up: so that the desk and the report of the demonstration have something to show.

Nobody read these pages. A page that a language lacks is opened by some of its readers all the same, in English.
"""

import datetime
import random
from collections.abc import Iterable
from zlib import crc32

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from cms.languages import CODES, DEFAULT
from cms.localized import visible
from visits.models import PageVisits

DAYS = 90
# Of a hundred readers, so many read each language.
READERS = dict(zip(CODES, (46, 12, 17, 15, 10), strict=True))
# Of a page that is not in their language fewer readers get to see anything.
SHARE_OF_FALLBACK = 0.25
# What an ordinary page has on a weekday; the home page has many times that.
ORDINARY = 6.0
BY_DEPTH = {2: 12.0, 3: 4.0}


def load_visits() -> int:
    """Fill an empty table with three months of visits up to today; return how many. Nothing where none are counted."""
    if not settings.VISITS_DAYS or PageVisits.objects.exists():
        return 0
    pages = visible(Page.objects.filter(depth__gt=1)).select_related("locale")
    sources = [page for page in pages if page.locale.language_code == DEFAULT.code]
    translated = {(page.translation_key, page.locale.language_code) for page in pages}
    rows = [row for page in sources for row in _of_page(page, translated)]
    PageVisits.objects.bulk_create(rows, batch_size=2000)
    return sum(row.number for row in rows)


def _of_page(page: Page, translated: set[tuple[object, str]]) -> Iterable[PageVisits]:
    """Yield a page's visits: the same whenever they are made up, since they follow from its slug."""
    chance = random.Random(crc32(page.slug.encode()))
    # Few pages are read by many, many by few.
    popular = ORDINARY * BY_DEPTH.get(page.depth, 1.0) * chance.paretovariate(1.6) / 2
    today = timezone.localdate()
    for code, share in READERS.items():
        expected = popular * share / 100
        if (page.translation_key, code) not in translated:
            expected *= SHARE_OF_FALLBACK
        for back in range(min(DAYS, settings.VISITS_DAYS)):
            day = today - datetime.timedelta(days=back)
            of_the_week = 1.0 if day.weekday() < 5 else 0.45
            if number := round(chance.gammavariate(2, expected * of_the_week / 2)):
                yield PageVisits(page_id=page.pk, language=code, day=day, number=number)
