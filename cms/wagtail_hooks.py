"""What Wagtail asks the foundation for."""

from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.rich_text import SitePageLinkHandler


@hooks.register("register_rich_text_features", order=100)
def register_page_links(features: FeatureRegistry) -> None:
    """Take the place of Wagtail's handler of links to pages."""
    features.register_link_type(SitePageLinkHandler)
