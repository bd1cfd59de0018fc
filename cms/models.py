"""The models that belong to the whole site rather than to one subject."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Orderable
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from cms.languages import by_code
from cms.pages import TranslatableOrderable


class User(AbstractUser):
    """Someone with an account. Ours from the first migration, since Django cannot change its user model later."""

    def __str__(self) -> str:
        """Return the name that others know a person by: theirs, else that of the account."""
        return self.get_full_name() or self.get_username()


class SiteImage(AbstractImage):
    """A picture with its credit."""

    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Photographer or source, as it must be shown.")
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class SiteRendition(AbstractRendition):
    """A picture at one size."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]


class SiteDocument(AbstractDocument):
    """A file to download."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")


@register_snippet
class Theme(index.Indexed, models.Model):
    """A subject that pages are filed under. Its names stand side by side, so that one address serves all languages."""

    slug = models.SlugField(
        _("short name for addresses"), unique=True, help_text=_("Latin letters, for example “water”. Keep it.")
    )
    name_en = models.CharField(_("name in English"), max_length=80)
    name_zh_hant = models.CharField(_("name in Traditional Chinese"), max_length=80)
    name_ko = models.CharField(_("name in Korean"), max_length=80)
    name_ja = models.CharField(_("name in Japanese"), max_length=80)
    name_zh_hans = models.CharField(_("name in Simplified Chinese"), max_length=80)

    search_fields = [index.AutocompleteField(f"name_{code}") for code in ("en", "zh_hant", "ko", "ja", "zh_hans")]
    panels = [
        "slug",
        MultiFieldPanel(["name_en", "name_zh_hant", "name_ko", "name_ja", "name_zh_hans"], heading=_("Names")),
    ]

    class Meta:
        ordering = ["slug"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language, in English where that is empty."""
        column = by_code(get_language()).code.replace("-", "_")
        return getattr(self, f"name_{column}") or self.name_en


class PageTheme(Orderable):
    """One theme of one page. On wagtailcore.Page, so that pages of all types are filed in one table."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="page_themes")
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="page_themes")

    panels = [FieldPanel("theme")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "theme"], name="cms_page_theme_once")]


class PageAttachment(TranslatableOrderable):
    """A document that belongs to a page, with the words readers see on the link."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(SiteDocument, verbose_name=_("document"), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(
        _("text of the link"), max_length=200, help_text=_("What the document is, for example “Programme (PDF)”.")
    )

    class Meta(TranslatableOrderable.Meta):
        verbose_name = _("attached document")
        verbose_name_plural = _("attached documents")

    panels = ["document", "title"]


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """Facts about the publisher that every page shows. Words live in the catalogues, so that they are translated."""

    contact_email = models.EmailField(_("e-mail of the secretariat"), blank=True)
    contact_phone = models.CharField(_("telephone of the secretariat"), max_length=60, blank=True)

    panels = ["contact_email", "contact_phone"]

    class Meta:
        verbose_name = _("site settings")
