"""Pages like the one that is read, for its foot. A page never waits for a search engine, and never fails with it."""

import logging

from django.core.cache import cache

from cms.pages import BasePage
from search.answering import ask_briefly
from search.backends.base import SIMILAR_SECONDS, BackendUnavailableError, Hit
from search.withdrawals import still_public

logger = logging.getLogger(__name__)

# One row of a wide screen.
SIZE = 3
# In seconds. What is withdrawn meanwhile is left out of what is kept (``withdrawals``).
KEPT = 120
# The index may not have the page yet that was published just now.
NOTHING_KEPT = 15
# After a failure nobody is asked for so long: readers shall not wait page after page.
PAUSE = 30

_PAUSED = "search-similar-paused"


def similar_pages(page: BasePage) -> tuple[Hit, ...]:
    """Return up to SIZE pages like ``page``, its own language's first; none where the engine cannot be asked.

    Kept for KEPT seconds, anew for each state that is published. No SQL while nothing is published or withdrawn.
    """
    if page.pk is None:
        return ()
    language = page.language.code
    published = page.last_published_at.timestamp() if page.last_published_at else ""
    key = f"search-similar-{page.pk}-{language}-{page.latest_revision_id}-{published}"
    known = cache.get_many([key, _PAUSED])
    if key in known:
        kept: tuple[Hit, ...] = known[key]
        return still_public(kept)
    return () if _PAUSED in known else still_public(_ask(page.pk, language, key))


def _ask(page_id: int, language: str, key: str) -> tuple[Hit, ...]:
    try:
        hits = ask_briefly(lambda backend: backend.similar(page_id, language, SIZE), seconds=SIMILAR_SECONDS)
    except Exception as error:
        # Said by the one that begins the pause. What is wrong with us, not with the engine, is told with its traceback.
        if cache.add(_PAUSED, True, PAUSE):
            ours = not isinstance(error, BackendUnavailableError)
            message = "Search: pages are shown without similar ones for %d seconds: %s"
            logger.warning(message, PAUSE, error, exc_info=ours)
        return ()
    cache.set(key, hits, KEPT if hits else NOTHING_KEPT)
    return hits
