"""Pictures for the page: which shapes there are, and the HTML of one."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

# Shape -> Wagtail filters, narrowest first. Widths fit the columns of layout.css at one and two device pixels.
SHAPES: dict[str, tuple[str, ...]] = {
    "hero": ("fill-720x640", "fill-1080x960", "fill-1600x1422"),
    "wide": ("fill-640x360", "fill-1120x630", "fill-1760x990", "fill-2560x1440"),
    "card": ("fill-400x267", "fill-640x427", "fill-960x640"),
    "square": ("fill-160x160", "fill-320x320"),
    "portrait": ("fill-240x300", "fill-480x600"),
    "natural": ("width-640", "width-1120", "width-1760"),
    "logo": ("max-240x160", "max-480x320"),
}


def img(image: Any, shape: str, *, alt: str, sizes: str, eager: bool) -> SafeString:
    """Return ``<img>`` of ``image`` in a shape of SHAPES; renditions come from their cache in a warm process.

    Raises KeyError for an unknown shape, SourceImageIOError where the file is missing.
    """
    filters = [f"{spec}|format-webp|preserve-svg" for spec in SHAPES[shape]]
    # A picture smaller than asked for comes in its own size, twice: one of a width is enough.
    by_width = {rendition.width: rendition for rendition in image.get_renditions(*filters).values()}
    widest = by_width[max(by_width)]
    srcset = ", ".join(f"{rendition.url} {width}w" for width, rendition in sorted(by_width.items()))
    loading = SafeString(' fetchpriority="high"' if eager else ' loading="lazy" decoding="async"')
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}>',
        by_width[min(by_width)].url,
        srcset,
        sizes,
        widest.width,
        widest.height,
        alt,
        loading,
    )
