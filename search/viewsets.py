"""Search in the admin: one menu, with what editors add to the answers."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views.generic import CreateView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from search.curation import shown_promotions
from search.models import Promotion, SynonymGroup


class PrefilledCreateView(CreateView):
    """A form that other pages of the admin can fill in advance, by the names of its fields in the address."""

    def get_initial_form_instance(self) -> Any:
        names = [field.name for field in self.model._meta.concrete_fields if not field.is_relation]
        given = {name: self.request.GET[name] for name in names if name in self.request.GET and name != "id"}
        return self.model(**given)


class SynonymGroupViewSet(ModelViewSet):
    """Words that mean the same, a language at a time."""

    model = SynonymGroup
    name = "search_synonyms"
    icon = "list-ul"
    add_view_class = PrefilledCreateView
    copy_view_enabled = False
    list_display = ["__str__", "language", "direction"]
    list_filter = ["language", "direction"]
    search_fields = ["words"]
    search_backend_name = None


class PromotionIndexView(IndexView):
    """Says of each recommendation whether visitors see it now, and why not."""

    def get_base_queryset(self) -> QuerySet[Promotion]:
        return super().get_base_queryset().select_related("page")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        shown = shown_promotions()
        for promotion in context["object_list"]:
            promotion.standing = _standing(promotion, shown)
        return context


class PromotionViewSet(ModelViewSet):
    """Pages shown above the results of certain searches."""

    model = Promotion
    name = "search_promotions"
    icon = "pick"
    index_view_class = PromotionIndexView
    add_view_class = PrefilledCreateView
    copy_view_enabled = False
    list_display = [
        "__str__",
        Column("page", label=_("page")),
        "language",
        "starts_on",
        "ends_on",
        "sort_order",
        StatusTagColumn("standing", label=_("seen by visitors"), primary=lambda row: row.standing == gettext("now")),
    ]
    list_filter = ["language"]
    search_fields = ["queries", "text", "page__title"]
    search_backend_name = None


class SearchViewSetGroup(ModelViewSetGroup):
    """The menu “Search”."""

    menu_label = _("Search")
    menu_icon = "search"
    # Below the contents, above the reports.
    menu_order = 850
    items = (PromotionViewSet("search_promotions"), SynonymGroupViewSet("search_synonyms"))


def _standing(promotion: Promotion, shown: frozenset[int]) -> str:
    """Return in words whether visitors see the page recommended, and if not, why."""
    today = timezone.localdate()
    if promotion.pk in shown:
        return gettext("now")
    if promotion.starts_on and promotion.starts_on > today:
        return gettext("later")
    if promotion.ends_on and promotion.ends_on < today:
        return gettext("no longer")
    return gettext("no: the page is not public")
