"""What Wagtail asks the foundation for."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.rich_text import SitePageLinkHandler


@hooks.register("register_rich_text_features", order=100)
def register_page_links(features: FeatureRegistry) -> None:
    """Take the place of Wagtail's handler of links to pages."""
    features.register_link_type(SitePageLinkHandler)


@hooks.register("insert_global_admin_css", order=-1)
def add_screens_css() -> str:
    """What the admin's screens share; the apps' own styles come after it."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/screens.css"))


@hooks.register("insert_editor_js")
def hold_buttons_while_saving() -> str:
    """Let a button pressed in the midst of Wagtail's own saving wait for its end."""
    return format_html('<script src="{}"></script>', static("js/admin-autosave.js"))
