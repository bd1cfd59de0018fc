"""What translation by machine was used for, and where it may be published unread."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.auth import permission_denied
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.model import ModelViewSet

from translations.models import MachineChoice, MachineUse

_SUBMIT = "wagtail_localize.submit_translation"


class MachineUseReport(ReportView):
    """One row a request; for coordinators. The CSV has the same columns."""

    model = MachineUse
    page_title = _("Machine translation")
    results_template_name = "wagtailadmin/reports/wide_report_results.html"
    header_icon = "cogs"
    index_url_name = "translations_machine_use"
    index_results_url_name = "translations_machine_use_results"
    list_export = [
        "at",
        "engine",
        "source_language",
        "target_language",
        "texts",
        "characters",
        "dropped",
        "problem",
        "user",
    ]
    columns = [
        DateColumn("at", label=_("When")),
        *(
            Column(name, label=label)
            for name, label in (
                ("engine", _("Engine")),
                ("source_language", pgettext_lazy("language", "From")),
                ("target_language", _("Into")),
                ("texts", _("Texts")),
                ("characters", _("Characters")),
                ("dropped", _("Unusable")),
                ("problem", _("Problem")),
                ("user", _("Asked by")),
            )
        ),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(_SUBMIT):
            return permission_denied(request)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_queryset(self) -> QuerySet[MachineUse]:
        return MachineUse.objects.select_related("user")


class MachineChoiceViewSet(ModelViewSet):
    """Where machine text may be published unread."""

    model = MachineChoice
    name = "machine_choices"
    icon = "cogs"
    form_fields = ["source_language", "target_language", "publish_unconfirmed"]
    list_display = ["source_language", "target_language", "publish_unconfirmed"]
    add_to_settings_menu = True
    menu_label = _("Machine translation")
    copy_view_enabled = False
