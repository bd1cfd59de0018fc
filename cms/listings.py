"""Index pages that list: a filter form, a page of rows, and what the template needs of both."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.places import country_name


class FilterForm(forms.Form):
    """Filters of a listing, read from the query string. Bad values are told beside the field and narrow nothing."""

    q = forms.CharField(
        label=_("Search for"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def narrow(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        """Return ``pages`` that meet the valid filters; subclasses extend it."""
        words = self.value("q").split()
        for word in words[:8]:
            pages = pages.filter(Q(title__icontains=word) | Q(summary__icontains=word))
        return pages

    def value(self, name: str) -> Any:
        """Return a filter's cleaned value, or "" where it is absent or was refused."""
        return self.cleaned_data.get(name) or ""

    @property
    def is_filtering(self) -> bool:
        """Whether any filter is set."""
        return any(self.cleaned_data.values()) if self.is_bound else False


class CountryFilterForm(FilterForm):
    """Filters of a listing whose pages lie in countries; offers only the countries that occur."""

    country = forms.ChoiceField(label=_("Country"), required=False)

    def offer_countries(self, codes: QuerySet[Any]) -> None:
        """Offer the distinct, non-empty country ``codes`` by their names in the reader's language."""
        pairs = sorted(((code, country_name(code)) for code in set(codes) if code), key=lambda pair: pair[1])
        self.fields["country"].choices = [("", _("All countries")), *pairs]

    def narrow(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        pages = super().narrow(pages)
        country = self.value("country")
        return pages.filter(country=country) if country else pages


class ListingMixin:
    """For index pages: ``filter_form`` narrows ``listed()``, ``per_page`` rows at a time."""

    filter_form: type[FilterForm] = FilterForm
    per_page = 12

    def listed(self) -> QuerySet[Any]:
        """Return all rows this page can list, in its order, with the relations its template shows."""
        raise NotImplementedError

    def build_filter(self, request: HttpRequest) -> FilterForm:
        """Return the filter form bound to the request."""
        return self.filter_form(request.GET)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        form = self.build_filter(request)
        form.is_valid()
        rows = Paginator(form.narrow(self.listed()), self.per_page).get_page(request.GET.get("page"))
        query = request.GET.copy()
        query.pop("page", None)
        return {**context, "filter_form": form, "rows": rows, "filter_query": query.urlencode()}


class WithMap:
    """For index pages whose rows have a place, left of ListingMixin: a map of all that match, not of one page only."""

    # A browser draws this many points at ease; a network of more needs another kind of map.
    most_places = 1000

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        placed = context["rows"].paginator.object_list.filter(latitude__isnull=False, longitude__isnull=False)
        columns = ["title", "url_path", "locale", "city", "country", "latitude", "longitude"]
        places = (
            placed.select_related(None)
            .select_related("locale")
            .prefetch_related(None)
            .only(*columns, "locale__language_code")
        )
        return {**context, "places": places[: self.most_places]}
