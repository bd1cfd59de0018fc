"""What is read most, on Wagtail's own reports: filters, sorting, pages, and export to spreadsheets."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import F, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from cms.languages import by_code, language_choices
from cms.localized import visible
from cms.spreadsheets import BYTE_ORDER_MARK_UTF8, as_cell
from visits.counting import counted, days
from visits.models import PageVisits

# What may be asked for, as far as so much is kept.
PERIODS = (7, 30, 90, 365)


class VisitsFilterSet(WagtailFilterSet):
    """Which visits are counted."""

    language = django_filters.ChoiceFilter(label=_("Readers’ language"), choices=language_choices())
    days = django_filters.ChoiceFilter(label=_("Last days"), method="filter_days")

    class Meta:
        model = PageVisits
        fields = ["language", "days"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(n), ngettext("%d day", "%d days", n) % n) for n in PERIODS if n < days()]
        self.filters["days"].extra["choices"] = choices

    def filter_days(self, queryset: QuerySet[PageVisits], name: str, value: str) -> QuerySet[PageVisits]:
        """The last so many days, today included."""
        return queryset & counted(int(value))


class TitleColumn(Column):
    """The source's title; a link to what the readers of the language find."""

    cell_template_name = "visits/title_cell.html"


class LanguageColumn(Column):
    """The language by its own name, and whether the page exists in it."""

    cell_template_name = "visits/language_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "readers": by_code(instance["language"]), "is_translated": instance["is_translated"]}


class VisitsReportView(ReportView):
    """One row a page and language of its readers."""

    model = PageVisits
    permission_policy = ModelPermissionPolicy(PageVisits)
    permission_required = "view"
    page_title = _("Most visited pages")
    header_icon = "view"
    template_name = "visits/report.html"
    results_template_name = "wagtailadmin/reports/wide_report_results.html"
    index_url_name = "visits_report"
    index_results_url_name = "visits_report_results"
    filterset_class = VisitsFilterSet
    default_ordering = "-visits"
    # What there is none of where nothing was counted.
    verbose_name_plural = _("pages")
    paginate_by = 50
    columns = [
        NumberColumn("visits", label=_("Visits"), sort_key="visits"),
        TitleColumn("title", label=_("Page"), sort_key="title"),
        LanguageColumn("language", label=_("Readers’ language"), sort_key="language"),
    ]
    list_export = ["title", "address", "language", "is_translated", "visits"]
    export_headings = {
        "title": _("Page"),
        "address": _("Address"),
        "language": _("Readers’ language"),
        "is_translated": _("Exists in that language"),
        "visits": _("Visits"),
    }

    def get_base_queryset(self) -> QuerySet[PageVisits]:
        return counted().order_by()

    def get_filtered_queryset(self) -> QuerySet[PageVisits, Any]:
        rows = (
            self.filter_queryset(self.get_base_queryset())
            .values("page_id", "language", title=F("page__title"), key=F("page__translation_key"))
            .annotate(visits=Sum("number"))
        )
        ordered: QuerySet[PageVisits, Any] = self.order_queryset(rows)
        return ordered.order_by(*ordered.query.order_by, "page_id", "language")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Say of each row whether its page exists in its readers' language, and where they find it. One query."""
        keys = {row["key"] for row in object_list}
        found = visible(Page.objects.filter(translation_key__in=keys)).select_related("locale")
        versions = {(page.translation_key, page.locale.language_code): page for page in found}
        sources = {page.pk: page for page in versions.values()}
        # The rows are those that the table shows, too: a queryset keeps what it has read.
        for row in object_list:
            translated = versions.get((row["key"], row["language"]))
            read = translated or sources.get(row["page_id"])
            row |= {"is_translated": bool(translated), "address": read.url if read else ""}
        return object_list

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "days": days()}

    @property
    def export_filename(self) -> str:
        """The name of the spreadsheet, with the day."""
        return f"visits-{timezone.localdate():%Y-%m-%d}"

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {name: item[name] for name in self.list_export} | {"title": as_cell(item["title"])}

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        yield BYTE_ORDER_MARK_UTF8
        yield from super().stream_csv(queryset)


class ReportMenuItem(MenuItem):
    """Shown to those who may read the counts, where there are any."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(days()) and bool(request.user.has_perm("visits.view_pagevisits"))
