"""Pictures and documents of the demonstration."""

from pathlib import Path

import yaml
from django.core.files import File
from django.core.files.images import ImageFile

from cms.models import SiteDocument, SiteImage
from demo.building import document_title, picture_title
from demo.texts import CONTENT, SOURCE

IMAGES = Path(__file__).resolve().parent / "images"
DOCUMENTS = Path(__file__).resolve().parent / "documents"
CREDIT = "Drawn for this demonstration"


def make_files() -> int:
    """Add the pictures and documents that are missing; return how many."""
    return _make_pictures() + _make_documents()


def _make_pictures() -> int:
    descriptions = yaml.safe_load((CONTENT / SOURCE / "images.yaml").read_text(encoding="utf-8"))
    made = 0
    for path in sorted(IMAGES.glob("*.webp")):
        title = picture_title(path.stem)
        if SiteImage.objects.filter(title=title).exists():
            continue
        with path.open("rb") as content:
            SiteImage.objects.create(
                title=title, credit=CREDIT, description=descriptions[path.stem], file=ImageFile(content, name=path.name)
            )
        made += 1
    return made


def _make_documents() -> int:
    made = 0
    for path in sorted(DOCUMENTS.iterdir()):
        title = document_title(path.stem)
        if SiteDocument.objects.filter(title=title).exists():
            continue
        with path.open("rb") as content:
            document = SiteDocument(title=title, file=File(content, name=path.name))
            document.file_size = path.stat().st_size
            document.save()
        made += 1
    return made
