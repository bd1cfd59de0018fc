"""Which visits are counted."""

import logging
from hashlib import blake2b

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from cms import visitors
from cms.languages import CODES
from visits.buffer import Seen, buffer

logger = logging.getLogger(__name__)

# Seen again by the same visitor's network within this time, a page was still visited once.
ONE_VISIT_SECONDS = 1800
# Of a page's number in the database.
LARGEST_NUMBER = 2**31 - 1


def seen(request: HttpRequest, page: str, came_from: str = "") -> bool:
    """Note that the page with this number was seen; return whether it counts. No SQL, never raises.

    ``came_from`` is the code of the language the reader came from, if it is another one than the page's. Both are told
    by a script, so they may be anything. Whether there is such a page is found out when it is written.
    """
    try:
        number = int(page) if page.isascii() and page.isdecimal() and len(page) <= 10 else 0
        if not (settings.VISITS_DAYS and 0 < number <= LARGEST_NUMBER and visitors.may_be_counted(request)):
            return False
        if not visitors.unless_cache_fails(lambda: _is_new(request, number), True):
            return False
        buffer.add(Seen(number, came_from if came_from in CODES else "", timezone.localdate()))
    except Exception:  # a count is never worth an error to a reader
        logger.exception("A visit could not be counted.")
        return False
    return True


def _is_new(request: HttpRequest, page: int) -> bool:
    """Whether this is the visitor's first look at the page for a while.

    The visitor's key of the day and the page are hashed together, and forgotten after ONE_VISIT_SECONDS.
    """
    visitor = visitors.pseudonym(request)
    if not visitor:
        return True
    key = "seen-" + blake2b(f"{visitor} {page}".encode(), digest_size=16).hexdigest()
    return visitors.cache().add(key, True, ONE_VISIT_SECONDS)
