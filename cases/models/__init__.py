"""Model-city cases: what a city did, what came of it, and whether one can come and see."""

from cases.models.case import CasePage, CaseStatus, Season
from cases.models.index import CaseIndexPage
from cases.models.parts import CaseIndicator, CasePicture, CaseSource

__all__ = [
    "CaseIndexPage",
    "CaseIndicator",
    "CasePage",
    "CasePicture",
    "CaseSource",
    "CaseStatus",
    "Season",
]
