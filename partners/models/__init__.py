"""Partners of the network and, among them, its members."""

from partners.models.index import MemberDirectoryPage, PartnerIndexPage
from partners.models.partner import PartnerKind, PartnerPage, Tier
from partners.models.parts import KeyFigure, Office, Qualifier

__all__ = [
    "KeyFigure",
    "MemberDirectoryPage",
    "Office",
    "PartnerIndexPage",
    "PartnerKind",
    "PartnerPage",
    "Qualifier",
    "Tier",
]
