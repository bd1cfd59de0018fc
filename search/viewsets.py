"""Search in the admin: one menu, with what editors add to the answers, and the reports of what was looked for."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views.generic import CreateView, IndexView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from search.curation import shown_promotions
from search.judging import views as judging
from search.judging.listing import COLUMNS, JudgedIndexView
from search.models import HiddenQuery, JudgedQuery, Promotion, SynonymGroup
from search.reports.views import REPORTS


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
        Column("page", label=capfirst(_("page"))),
        "language",
        "starts_on",
        "ends_on",
        "sort_order",
        StatusTagColumn(
            "standing", label=capfirst(_("seen by visitors")), primary=lambda row: row.standing == gettext("now")
        ),
    ]
    list_filter = ["language"]
    search_fields = ["queries", "text", "page__title"]
    search_backend_name = None


class HiddenQueryViewSet(ModelViewSet):
    """What is not shown among the most sought queries."""

    model = HiddenQuery
    name = "search_hidden"
    icon = "view"
    menu_label = _("Hidden queries")
    add_view_class = PrefilledCreateView
    copy_view_enabled = False
    form_fields = ["language", "query"]
    list_display = ["query", "language"]
    list_filter = ["language"]
    search_fields = ["query"]
    search_backend_name = None


class JudgedQueryViewSet(ModelViewSet):
    """Queries of which editors judged what is found."""

    model = JudgedQuery
    name = "search_judged"
    icon = "tasks"
    menu_label = _("Judged queries")
    index_view_class = JudgedIndexView
    copy_view_enabled = False
    form_fields = ["language", "query"]
    list_display = ["query", *COLUMNS]
    list_filter = ["language"]
    search_fields = ["query"]
    search_backend_name = None
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        own = [
            path("new/", judging.judge, name="add"),
            path("edit/<int:pk>/", judging.edit, name="edit"),
            path("measure/", judging.measure_now, name="measure"),
            path("export/", judging.export, name="export"),
        ]
        replaced = {pattern.name for pattern in own}
        return [*own, *(pattern for pattern in super().get_urlpatterns() if pattern.name not in replaced)]


class ReportMenuItem(MenuItem):
    """Shown to those who may read the search log."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("search.view_searchlogentry"))


class SearchReportViewSet(ViewSet):
    """The reports of the search log: one entry of the menu, which leads from one to the others."""

    name = "search_reports"
    icon = "history"
    menu_label = _("Search log")
    menu_item_class = ReportMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        patterns = []
        for view in REPORTS:
            address = "" if view.name == "index" else f"{view.name}/"
            patterns.append(path(address, self.construct_view(view), name=view.name))
            rows = self.construct_view(view, results_only=True)
            patterns.append(path(f"{address}results/", rows, name=f"{view.name}_results"))
        return patterns


class SearchViewSetGroup(ModelViewSetGroup):
    """The menu “Search”."""

    menu_label = _("Search")
    menu_icon = "search"
    # Below the contents, above the reports.
    menu_order = 850
    items = (
        PromotionViewSet("search_promotions"),
        SynonymGroupViewSet("search_synonyms"),
        SearchReportViewSet("search_reports"),
        JudgedQueryViewSet("search_judged"),
        HiddenQueryViewSet("search_hidden"),
    )


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
