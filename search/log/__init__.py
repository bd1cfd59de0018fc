"""What visitors look for and whether they find it, without anything about who they are (decision 0031).

record        a search, at the end of the view: into the process's memory, no SQL; returns the token for its clicks
clicked       a row that was opened, by that token
most_sought   what many readers asked and found, for those who found nothing
prune         forgets what is older than SEARCH_LOG_DAYS
"""

from search.log.buffer import flush, prune
from search.log.frequent import forget_most_sought, most_sought
from search.log.recording import clicked, is_kept, record

__all__ = ["clicked", "flush", "forget_most_sought", "is_kept", "most_sought", "prune", "record"]
