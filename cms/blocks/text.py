"""Blocks of words."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# Pictures are left out on purpose: wagtail-localize does not translate their descriptions inside rich text (P38).
TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]
INLINE_FEATURES = ["bold", "italic", "link"]


class HeadingBlock(blocks.CharBlock):
    """A heading that divides a story."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        preview_value = "Water belongs to the whole valley"


class ParagraphBlock(blocks.RichTextBlock):
    """Running text with lists and links."""

    def __init__(self, **kwargs):
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/paragraph.html"
        preview_value = "<p>Four districts now share one plan for rain, rivers and shade.</p>"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, with their name."""

    text = blocks.TextBlock(label=_("Words"), help_text=_("Without quotation marks; they are set by language."))
    name = blocks.CharBlock(label=_("Who said it"), required=False)
    role = blocks.CharBlock(label=_("Position"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"
        preview_value = {"text": "A city learns fastest from another city.", "name": "Mayor", "role": ""}


class MilestoneBlock(blocks.StructBlock):
    """One step of a history: when, and what happened."""

    when = blocks.CharBlock(
        label=_("When"), max_length=40, help_text=_("A year or a month, for example “2012” or “October 2012”.")
    )
    title = blocks.CharBlock(label=_("What happened"))
    text = blocks.RichTextBlock(label=_("Text"), features=INLINE_FEATURES, required=False)

    class Meta:
        icon = "calendar"
        label = _("Milestone")
        template = "blocks/milestone.html"
        preview_value = {"when": "2012", "title": "The network is called for", "text": ""}
