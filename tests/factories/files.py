"""Pictures and documents with real content."""

import io

from django.core.files.base import ContentFile
from PIL import Image

from cms.models import SiteDocument, SiteImage


def make_image(title: str = "A river") -> SiteImage:
    """Return a saved picture of 320 × 180 pixels."""
    file = io.BytesIO()
    Image.new("RGB", (320, 180), (24, 86, 82)).save(file, "PNG")
    return SiteImage.objects.create(title=title, file=ContentFile(file.getvalue(), "river.png"), credit="Test")


def make_document(title: str = "Programme") -> SiteDocument:
    """Return a saved text document."""
    return SiteDocument.objects.create(title=title, file=ContentFile(b"Day 1\nOpening\n", "programme.txt"))
