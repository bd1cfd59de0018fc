"""StreamField blocks, one family a file; page types compose their stories from these."""

from cms.blocks.links import ButtonBlock, DocumentLinkBlock
from cms.blocks.media import FigureBlock
from cms.blocks.people import PersonBlock
from cms.blocks.story import StoryBlock
from cms.blocks.text import INLINE_FEATURES, TEXT_FEATURES, HeadingBlock, MilestoneBlock, ParagraphBlock, QuoteBlock

__all__ = [
    "INLINE_FEATURES",
    "TEXT_FEATURES",
    "ButtonBlock",
    "DocumentLinkBlock",
    "FigureBlock",
    "HeadingBlock",
    "MilestoneBlock",
    "ParagraphBlock",
    "PersonBlock",
    "QuoteBlock",
    "StoryBlock",
]
