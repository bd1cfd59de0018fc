"""Blocks that lead somewhere."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from cms.rich_text import addresses


class LinkValue(blocks.StructValue):
    """Where a link leads, whichever of the two was chosen."""

    @property
    def url(self) -> str:
        """The address: of the page in the reader's language where one was chosen, otherwise of the site."""
        page = self.get("page")
        return addresses([page.pk])[page.pk] if page else self.get("address", "")


class ButtonBlock(blocks.StructBlock):
    """A button that leads to a page of the site or to another site."""

    label = blocks.CharBlock(label=_("Text of the button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"), required=False, help_text=_("A page of this site …"))
    address = blocks.URLBlock(label=_("Address"), required=False, help_text=_("… or the address of another site."))

    class Meta:
        icon = "link"
        label = _("Button")
        template = "blocks/button.html"
        value_class = LinkValue

    def clean(self, value):
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("address")):
            message = ValidationError(_("Choose a page or give an address, one of the two."))
            raise StructBlockValidationError(block_errors={"page": message})
        return cleaned


class DocumentLinkBlock(blocks.StructBlock):
    """A document to download, with the words of the link."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Text of the link"))

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "blocks/document_link.html"
