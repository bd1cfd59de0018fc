"""Bundles in the admin: making them, seeing what is missing, publishing and cancelling them."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.models import Page

from translations import bundles
from translations.forms import RowsField
from translations.models import Bundle, BundleItem
from translations.permissions import is_coordinator, may_publish, publishable_pages
from translations.views.requests import requestable


class PageInLanguageField(RowsField):
    """Pages named with their language."""

    def label_from_instance(self, page: Page) -> str:
        return f"{page.locale.get_display_name()}: {page.get_admin_display_title()}"


class BundleForm(forms.ModelForm):
    """A bundle's name, time and pages: of those that belong together, in any language, the user's to publish.

    Coordinators are offered all of them.
    """

    pages = PageInLanguageField(
        label=gettext_lazy("Pages"), queryset=Page.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Bundle
        fields = ["name", "publish_at"]
        widgets = {"publish_at": AdminDateTimeInput}

    def __init__(self, *args: Any, keys: set[Any], user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Page.objects.all() if is_coordinator(user) else publishable_pages(user)
        self.offered = (
            offered.filter(translation_key__in=keys, alias_of__isnull=True)
            .select_related("locale")
            .order_by("translation_key", "locale_id")
        )
        cast("PageInLanguageField", self.fields["pages"]).queryset = self.offered

    def chosen_pages(self) -> list[Page]:
        """Return the pages that were chosen, and those in the bundle that were not the user's to choose."""
        others = Page.objects.filter(pk__in=self.instance.items.values("page"))
        others = others.exclude(pk__in=self.offered.order_by().values("pk"))
        return [*self.cleaned_data["pages"], *others]

    def clean_publish_at(self) -> Any:
        """A time that is over says nothing."""
        at = self.cleaned_data["publish_at"]
        if at and at <= timezone.now():
            raise forms.ValidationError(_("This time is over."))
        return at


def visible_bundles(user: Any) -> QuerySet[Bundle]:
    """Return the bundles that a user may see: coordinators all, others their own and those of pages they publish."""
    found = Bundle.objects.select_related("owner")
    if is_coordinator(user):
        return found
    concerned = BundleItem.objects.filter(page__in=publishable_pages(user).values("pk"))
    return found.filter(Q(owner=user) | Q(pk__in=concerned.values("bundle")))


def index(request: HttpRequest) -> HttpResponse:
    """The list, newest first."""
    context = {
        "bundles": Paginator(visible_bundles(request.user), 30).get_page(request.GET.get("p")),
        "page_title": _("Bundles"),
        "header_icon": "folder-open-inverse",
        "breadcrumbs_items": [{"url": "", "label": _("Bundles")}],
    }
    return TemplateResponse(request, "translations/bundles/list.html", context)


def add(request: HttpRequest, page_id: int) -> HttpResponse:
    """Make a bundle of a page and its other languages."""
    page = get_object_or_404(Page, pk=page_id)
    if not may_publish(request.user, page):
        raise PermissionDenied
    family = page.get_translations(inclusive=True).filter(alias_of__isnull=True)
    initial = {"name": page.get_admin_display_title()[:120], "pages": list(family)}
    form = BundleForm(request.POST or None, initial=initial, keys={page.translation_key}, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.instance.owner = request.user
        return _save(request, form)
    return _form(request, form, _("Publish together"))


def edit(request: HttpRequest, bundle_id: int) -> HttpResponse:
    """Change a bundle's name, time or pages."""
    bundle = _managed(request, bundle_id)
    pages = Page.objects.filter(pk__in=bundle.items.values("page"))
    keys = set(pages.values_list("translation_key", flat=True))
    initial = {"pages": list(pages)}
    form = BundleForm(request.POST or None, instance=bundle, initial=initial, keys=keys, user=request.user)
    if bundle.is_over:
        messages.error(request, _("This bundle was published or cancelled already."))
        return redirect("translations_bundle", bundle.pk)
    if request.method == "POST" and form.is_valid():
        return _save(request, form)
    return _form(request, form, bundle.name)


def detail(request: HttpRequest, bundle_id: int) -> HttpResponse:
    """What is in a bundle, and what hinders it."""
    bundle = get_object_or_404(visible_bundles(request.user), pk=bundle_id)
    parts = [] if bundle.is_over else bundles.parts(bundle, request.user)
    sources = [part.page for part in parts if part.translation is None]
    context = {
        "bundle": bundle,
        "parts": parts,
        "may_manage": bundles.may_manage(request.user, bundle),
        "ready": bool(parts) and not any(part.problem for part in parts),
        "requestable": [page.pk for page in requestable(sources, request.user)],
        "page_title": bundle.name,
        "header_icon": "folder-open-inverse",
        "breadcrumbs_items": _crumbs(bundle.name),
    }
    return TemplateResponse(request, "translations/bundles/detail.html", context)


@require_POST
def publish(request: HttpRequest, bundle_id: int) -> HttpResponse:
    """Publish a bundle now, all or none."""
    bundle = _managed(request, bundle_id)
    try:
        bundles.publish(bundle, request.user)
    except bundles.BundleRefused as reason:
        messages.error(request, _("Nothing was published. %(reason)s") % {"reason": reason})
    else:
        messages.success(request, _("All pages of “%(name)s” are published.") % {"name": bundle.name})
    return redirect("translations_bundle", bundle.pk)


@require_POST
def cancel(request: HttpRequest, bundle_id: int) -> HttpResponse:
    """Give a bundle up."""
    bundle = _managed(request, bundle_id)
    if bundles.cancel(bundle):
        messages.success(request, _("Cancelled. Its pages can be published one by one again."))
    return redirect("translations_bundles")


def _managed(request: HttpRequest, bundle_id: int) -> Bundle:
    bundle = get_object_or_404(visible_bundles(request.user), pk=bundle_id)
    if not bundles.may_manage(request.user, bundle):
        raise PermissionDenied
    return bundle


def _save(request: HttpRequest, form: BundleForm) -> HttpResponse:
    bundle = form.save(commit=False)
    bundles.schedule(bundle)
    bundles.set_pages(bundle, form.chosen_pages())
    messages.success(request, _("Saved."))
    return redirect("translations_bundle", bundle.pk)


def _form(request: HttpRequest, form: BundleForm, title: str) -> HttpResponse:
    context = {
        "form": form,
        "page_title": title,
        "header_icon": "folder-open-inverse",
        "breadcrumbs_items": _crumbs(title),
        "back_url": reverse("translations_bundles"),
        "media": form.media,
    }
    return TemplateResponse(request, "translations/bundles/form.html", context)


def _crumbs(label: str) -> list[dict[str, str]]:
    return [{"url": reverse("translations_bundles"), "label": _("Bundles")}, {"url": "", "label": label}]
