"""What every page of the site is: the abstract BasePage, and mixins of one idea each."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import classproperty
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.coreutils import find_available_slug, string_to_ascii
from wagtail.models import Orderable, Page, PageViewRestriction, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.fields import CoordinateField
from cms.forms import SitePageCopyForm, SitePageForm
from cms.languages import Language, by_code
from cms.places import country_choices, country_name, place_words
from cms.rich_text import prepare_links


class SearchKind(models.TextChoices):
    """What a visitor can narrow a search to. A page type names one; search.E001 says where it is forgotten."""

    # Not the "Pages" of the admin's menu.
    PAGE = "page", pgettext_lazy("kind of page", "Pages")
    PARTNER = "partner", _("Partners")
    CASE = "case", _("Model-city cases")
    EVENT = "event", _("Events")
    CALL = "call", _("Calls for research")
    NEWS = "news", _("News")


@dataclass(frozen=True)
class SearchFacts:
    """What public search may know of a page beside its text.

    ``country`` is ISO 3166-1 alpha-2, ``themes`` slugs; times are aware, ``deadlines`` those of a call, in order.
    """

    country: str = ""
    places: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    date: datetime.date | None = None
    starts_at: datetime.datetime | None = None
    ends_at: datetime.datetime | None = None
    deadlines: tuple[datetime.datetime, ...] = ()


class BasePage(Page):
    """A page of the site: it can be summed up, pictured, found, and translated."""

    search_kind: SearchKind
    # Relations that ``search_facts`` reads, so that many pages are read at once.
    search_prefetch: tuple[str, ...] = ()
    # What every answer with the page needs besides its own row, fetched with it.
    served_with: tuple[str, ...] = ("locale", "cover")
    is_open_to_all = False

    summary = models.TextField(
        _("summary"),
        max_length=320,
        blank=True,
        help_text=_(
            "Two sentences that say what the page is about. Shown in lists, in search results and when shared."
        ),
    )
    cover = models.ForeignKey(
        "cms.SiteImage",
        verbose_name=_("cover picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("A wide picture, at least 1600 pixels across. Leave empty for a page without a picture."),
    )
    cover_alt = models.CharField(
        _("description of the cover picture"),
        max_length=200,
        blank=True,
        help_text=_("What can be seen, for people who cannot see it. Leave empty if the picture is decoration only."),
    )

    class Meta:
        abstract = True

    base_form_class = SitePageForm
    copy_form_class = SitePageCopyForm
    search_fields = [*Page.search_fields, index.SearchField("summary", boost=2)]
    introduction_panels: list[Any] = ["summary", MultiFieldPanel(["cover", "cover_alt"], heading=_("Cover picture"))]
    content_panels = [*Page.content_panels, *introduction_panels]
    # This type's own tabs between content and the address: (heading, name of the attribute that holds the panels).
    tabs: list[tuple[Any, str]] = []
    # Addresses stay latin and the same in every language (P3); dates of publishing belong to each language.
    override_translatable_fields = [SynchronizedField("slug", overridable=False), SynchronizedField("show_in_menus")]

    @classproperty
    def edit_handler(cls) -> TabbedInterface:
        """The editor's tabs: content, this type's own ``tabs``, address and search engines, publishing."""
        own = [ObjectList(getattr(cls, name), heading=heading) for heading, name in cls.tabs]
        return TabbedInterface(
            [
                ObjectList(cls.content_panels, heading=_("Content")),
                *own,
                ObjectList(cls.promote_panels, heading=_("Address and search engines")),
                ObjectList(cls.settings_panels, heading=_("Publishing")),
            ],
            base_form_class=cls.base_form_class,
        )

    @property
    def language(self) -> Language:
        """The row of the language table that this page is written in."""
        return by_code(self.locale.language_code)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._give_address()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self._give_address()
        super().minimal_clean()

    def _give_address(self) -> None:
        """Give a page without an address a latin one, whatever script its title is in (decision 0006)."""
        words = slugify(string_to_ascii(self.title))[:80].strip("-")
        if not self.slug and words and self.path:
            self.slug = find_available_slug(self.get_parent(), words, ignore_page_id=self.pk)

    def search_facts(self) -> SearchFacts:
        """Return what public search may know beside the text; page types with places or dates say more."""
        return SearchFacts()

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return the restrictions on the page and those above it; no query where its address told there are none."""
        return PageViewRestriction.objects.none() if self.is_open_to_all else super().get_view_restrictions()

    def serve_password_required_response(self, request: HttpRequest, form: Any, action_url: str) -> TemplateResponse:
        """Ask for the password. Wagtail's own answer gives the template the page, and with it its title and summary."""
        template = self.password_required_template or settings.WAGTAIL_PASSWORD_REQUIRED_TEMPLATE
        return TemplateResponse(request, template, {"form": form, "action_url": action_url})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        prepare_links(self)
        return super().get_context(request, *args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Render the page. An alias in another language sends the reader to the page it repeats (decision 0004)."""
        if self.alias_of_id and self.alias_of.locale_id != self.locale_id:
            return redirect(self.alias_of.get_url(request))
        return super().serve(request, *args, **kwargs)


class TranslatableOrderable(TranslatableMixin, Orderable):
    """An ordered part of a page with words in it: it has a translation of its own in every language."""

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True


class WithPlace(models.Model):
    """Somewhere on Earth: a country, a town as its readers call it, and a point for the map."""

    country = models.CharField(_("country"), max_length=2, blank=True, choices=country_choices)
    city = models.CharField(
        _("city or town"),
        max_length=120,
        blank=True,
        help_text=_("As readers of this language write it, for example “Suwon”."),
    )
    latitude = CoordinateField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[
            MinValueValidator(-90, _("Latitude lies between −90 (south) and 90 (north).")),
            MaxValueValidator(90, _("Latitude lies between −90 (south) and 90 (north).")),
        ],
        help_text=_("In degrees, north positive: 37.2636 for Suwon. Both or neither of latitude and longitude."),
    )
    longitude = CoordinateField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[
            MinValueValidator(-180, _("Longitude lies between −180 (west) and 180 (east).")),
            MaxValueValidator(180, _("Longitude lies between −180 (west) and 180 (east).")),
        ],
        help_text=_("In degrees, east positive: 127.0286 for Suwon."),
    )

    class Meta:
        abstract = True

    place_panels = [
        MultiFieldPanel(
            [FieldPanel("country"), FieldPanel("city"), FieldPanel("latitude"), FieldPanel("longitude")],
            heading=_("Place"),
        )
    ]

    @property
    def country_name(self) -> str:
        """The country's name in the reader's language."""
        return country_name(self.country) if self.country else ""

    @property
    def place_words(self) -> str:
        """The town and its country, as one phrase of the reader's language."""
        return place_words(self.city, self.country)


class WithContact(models.Model):
    """Whom to write to."""

    contact_name = models.CharField(_("contact"), max_length=160, blank=True, help_text=_("A person or an office."))
    contact_role = models.CharField(_("position"), max_length=160, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True, help_text=_("Shown to the public."))
    contact_phone = models.CharField(
        _("telephone"), max_length=60, blank=True, help_text=_("With country code: +82 31 …")
    )
    contact_url = models.URLField(_("contact page"), blank=True)

    class Meta:
        abstract = True

    contact_panels = [
        MultiFieldPanel(
            ["contact_name", "contact_role", "contact_email", "contact_phone", "contact_url"], heading=_("Contact")
        )
    ]
    contact_translation = [SynchronizedField("contact_phone")]

    @property
    def has_contact(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.contact_name or self.contact_email or self.contact_phone or self.contact_url)
