"""What counts of visits add to the admin."""

from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from visits.report import ReportMenuItem, VisitsReportView


@hooks.register("register_admin_urls")
def register_report_urls() -> list[URLPattern]:
    """The report, and its rows alone."""
    return [
        path("reports/visits/", VisitsReportView.as_view(), name="visits_report"),
        path("reports/visits/results/", VisitsReportView.as_view(results_only=True), name="visits_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def register_report_menu_item() -> MenuItem:
    """The report among the others."""
    return ReportMenuItem(
        _("Most visited pages"), reverse_lazy("visits_report"), name="visits", icon_name="view", order=1150
    )
