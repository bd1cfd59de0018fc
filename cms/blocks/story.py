"""The story: what an editor can put into the body of a page."""

from wagtail import blocks

from cms.blocks.links import ButtonBlock, DocumentLinkBlock
from cms.blocks.media import FigureBlock
from cms.blocks.people import PersonBlock
from cms.blocks.text import HeadingBlock, MilestoneBlock, ParagraphBlock, QuoteBlock


class StoryBlock(blocks.StreamBlock):
    """A closed set on purpose: every one of these has a template, a print style and a translation."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    figure = FigureBlock()
    quote = QuoteBlock()
    milestone = MilestoneBlock()
    person = PersonBlock()
    button = ButtonBlock()
    document = DocumentLinkBlock()

    class Meta:
        template = "blocks/story.html"
