"""Which documents a page offers its visitors, and what is written in them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Attachment:
    """A file that a page offers: the words of its link, its address, and its text as far as that could be read."""

    title: str
    url: str
    text: str = ""
