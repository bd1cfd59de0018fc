"""The demonstration's judged queries: those of bench/relevance, which ask for its pages."""

from django.conf import settings

from search.judged import read_judged
from search.judging.storing import take_in

FOLDER = settings.BASE_DIR / "bench" / "relevance"


def load_judged() -> int:
    """Add those queries that nobody judged yet; return how many. Nothing where the files are not there."""
    return take_in(read_judged(FOLDER)) if FOLDER.exists() else 0
