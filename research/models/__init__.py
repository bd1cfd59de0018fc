"""Calls for research: notices with an opening, deadlines on their own clocks, and a status that follows from them."""

from research.models.call import CLOSING_SOON, CallPage, CallStatus
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
