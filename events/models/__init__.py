"""Page types about events, one role a module."""

from events.models.index import EventIndexPage
from events.models.seminar import SeminarPage, SeminarSpeaker
from events.models.session import SessionPage, SessionSpeaker
from events.models.summit import SummitPage, SummitPartner

__all__ = [
    "EventIndexPage",
    "SeminarPage",
    "SeminarSpeaker",
    "SessionPage",
    "SessionSpeaker",
    "SummitPage",
    "SummitPartner",
]
