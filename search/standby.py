"""The standby: an embedded index of the same pages, on each machine that serves visitors, for when the engine fails."""

import logging

from cms.languages import CODES
from search.backends import get_standby
from search.backends.base import BackendUnavailableError, SearchBackend

logger = logging.getLogger(__name__)


def ready() -> SearchBackend | None:
    """Return the standby, if there is one and it has been filled."""
    standby = get_standby()
    if standby is None:
        return None
    try:
        return None if standby.outdated(CODES) else standby
    except BackendUnavailableError as error:
        logger.error("Search: the standby cannot be asked: %s", error)
        return None
