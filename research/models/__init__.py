"""Calls for research: notices with an opening, deadlines on their own clocks, and a status that follows from them."""

from cms.times import CLOSING_SOON
from research.models.call import CallPage, CallStatus
from research.models.index import ResearchIndexPage
from research.models.parts import CallDeadline, CallIssuer

__all__ = [
    "CLOSING_SOON",
    "CallDeadline",
    "CallIssuer",
    "CallPage",
    "CallStatus",
    "ResearchIndexPage",
]
