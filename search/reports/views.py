"""The reports, on Wagtail's own: filters, sorting, pages, and export to spreadsheets."""

import datetime
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import NumberColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from cms.languages import LANGUAGES, language_choices
from cms.spreadsheets import BYTE_ORDER_MARK_UTF8, as_cell
from search.models import SearchLogEntry
from search.reports import figures
from search.reports.columns import (
    ASKED,
    ELSEWHERE,
    FOUND,
    HIDING,
    JUDGING,
    LAST_ASKED,
    PROMOTION,
    SEARCHES,
    SYNONYM,
    TERM,
    ActionsColumn,
    ShareColumn,
)


class SearchLogFilterSet(WagtailFilterSet):
    """Which searches are counted."""

    language = django_filters.ChoiceFilter(label=_("Language"), choices=language_choices())
    asked_at = django_filters.DateFromToRangeFilter(label=_("Asked"), widget=DateRangePickerWidget)

    class Meta:
        model = SearchLogEntry
        fields = ["language", "asked_at"]


class SearchReportView(ReportView):
    """One row a query and language, counted over the searches that the filters leave."""

    model = SearchLogEntry
    permission_policy = ModelPermissionPolicy(SearchLogEntry)
    permission_required = "view"
    template_name = "search/reports/report.html"
    results_template_name = "wagtailadmin/reports/wide_report_results.html"
    filterset_class = SearchLogFilterSet
    header_icon = "search"
    # What is counted below the rows.
    verbose_name_plural = _("queries")
    page_title: str | Promise = ""
    name = ""
    tab: str | Promise = ""
    explained: str | Promise = ""
    list_export = ["query", "form", "language", "searches", "missed", "opened", "found", "elsewhere", "last_asked"]
    export_headings = {
        "query": _("Query"),
        "form": _("As typed"),
        "language": _("Language"),
        "searches": _("Searches"),
        "missed": _("Without results in the language"),
        "opened": _("With a row opened"),
        "found": _("Pages found"),
        "elsewhere": _("Found in other languages"),
        "average": _("Average, ms"),
        "p95": _("95% within, ms"),
        "slowest": _("Slowest, ms"),
        "last_asked": _("Last asked"),
    }
    custom_value_preprocess = {**ReportView.custom_value_preprocess, str: {ReportView.FORMAT_CSV: as_cell}}

    @property
    def index_url_name(self) -> str:
        """The address of the report, for its filters and pages."""
        return f"search_reports:{self.name}"

    @property
    def index_results_url_name(self) -> str:
        """The address of its rows alone."""
        return f"search_reports:{self.name}_results"

    @property
    def export_filename(self) -> str:
        """The name of the spreadsheet, with the day."""
        return f"searches-{self.name}-{datetime.date.today():%Y-%m-%d}"

    @cached_property
    def entries(self) -> QuerySet[SearchLogEntry]:
        """The searches that are counted."""
        filtered: QuerySet[SearchLogEntry] = self.filter_queryset(SearchLogEntry.objects.order_by())
        return filtered

    def rows(self) -> figures.Rows:
        """Return what the report is about."""
        return figures.by_query(self.entries)

    def get_filtered_queryset(self) -> figures.Rows:
        rows = self.order_queryset(self.rows())
        return rows.order_by(*rows.query.order_by, "language", "query")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        kept = {name: value for name, value in self.request.GET.lists() if name.startswith(("language", "asked_at"))}
        context["reports"] = [(view, f"{reverse(view.index_url())}{_query(kept)}") for view in REPORTS]
        context["languages"] = LANGUAGES
        return context

    @classmethod
    def index_url(cls) -> str:
        """Return the name of the report's address."""
        return f"search_reports:{cls.name}"

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        yield BYTE_ORDER_MARK_UTF8
        yield from super().stream_csv(queryset)


class MostSoughtReport(SearchReportView):
    """What readers ask most, and the totals of the last weeks."""

    name = "index"
    page_title = _("Search log")
    tab = _("Most sought")
    explained = _("What readers look for most, and how often they opened one of the pages found.")
    default_ordering = "-searches"
    columns = [
        *ASKED,
        SEARCHES,
        FOUND,
        ShareColumn("opened", label=_("With a row opened"), sort_key="opened"),
        LAST_ASKED,
        ActionsColumn(JUDGING, PROMOTION, SYNONYM, TERM, HIDING),
    ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        if not (self.results_only or self.is_export):
            context["weeks"] = figures.weekly(self.entries)
            p95 = figures.p95_of_languages(self.entries)
            context["p95"] = [p95.get(language.code) for language in LANGUAGES]
        return context


class MissedReport(SearchReportView):
    """What readers asked last without finding anything in their language."""

    name = "missed"
    page_title = _("Searches without results")
    tab = _("Without results")
    explained = _(
        "Nothing was found in the reader’s language. A synonym or a glossary term leads to pages that say it "
        "otherwise; where there is no such page, it may be worth writing or translating one. A query leaves this "
        "list as soon as a reader finds something with it."
    )
    default_ordering = "-missed"
    columns = [
        *ASKED,
        NumberColumn("missed", label=_("Searches"), sort_key="missed"),
        ELSEWHERE,
        LAST_ASKED,
        ActionsColumn(SYNONYM, TERM, PROMOTION, JUDGING),
    ]

    def rows(self) -> figures.Rows:
        return figures.still_missed(self.entries)


class UnopenedReport(SearchReportView):
    """What was found and never opened."""

    name = "unopened"
    page_title = _("Searches of which nothing was opened")
    tab = _("Nothing opened")
    explained = _(
        "Pages were found, but no reader opened one: perhaps they are not what was meant, or their titles and "
        "summaries do not say it. Readers without JavaScript are not seen here."
    )
    default_ordering = "-searches"
    columns = [
        *ASKED,
        SEARCHES,
        FOUND,
        ELSEWHERE,
        LAST_ASKED,
        ActionsColumn(PROMOTION, SYNONYM, TERM, JUDGING),
    ]

    def rows(self) -> figures.Rows:
        return figures.never_opened(self.entries)


class SlowReport(SearchReportView):
    """What took long."""

    name = "slow"
    page_title = _("Slow searches")
    tab = _("Slow")
    explained = _("How long the search engine took, in milliseconds; the page around it is not counted.")
    default_ordering = "-average"
    list_export = ["query", "form", "language", "searches", "average", "p95", "slowest", "last_asked"]
    columns = [
        *ASKED,
        SEARCHES,
        NumberColumn("average", label=_("Average, ms"), accessor=lambda row: round(row["average"]), sort_key="average"),
        NumberColumn("p95", label=_("95% within, ms")),
        NumberColumn("slowest", label=_("Slowest, ms"), sort_key="slowest"),
        LAST_ASKED,
        ActionsColumn(PROMOTION, SYNONYM, TERM, JUDGING),
    ]

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        shown = None if self.is_export else [row["query"] for row in object_list]
        p95 = figures.p95_of_queries(self.entries, shown)
        # The rows are those that the table shows, too: a queryset keeps what it has read.
        for row in object_list:
            row["p95"] = p95.get((row["language"], row["query"]))
            row["average"] = round(row["average"])
        return object_list


REPORTS: tuple[type[SearchReportView], ...] = (MostSoughtReport, MissedReport, UnopenedReport, SlowReport)


def _query(parameters: dict[str, list[Any]]) -> str:
    return f"?{urlencode(parameters, doseq=True)}" if parameters else ""
