"""Blocks about people."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class PersonBlock(blocks.StructBlock):
    """Someone, and what they do."""

    name = blocks.CharBlock(label=_("Name"))
    role = blocks.CharBlock(label=_("Position"), required=False)
    affiliation = blocks.CharBlock(label=_("Organisation"), required=False)
    portrait = ImageBlock(label=_("Portrait"), required=False)

    class Meta:
        icon = "user"
        label = _("Person")
        template = "blocks/person.html"
        preview_value = {
            "name": "Name of a person",
            "role": "Director",
            "affiliation": "City of Suwon",
            "portrait": None,
        }
