"""The report of translations.

Upstream shows every user of the admin all titles, drafts and private pages included, in no certain order
(views/report.py, 1.14.5; https://github.com/wagtail/wagtail-localize/pull/948 brings the order).
"""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail_localize.models import Translation
from wagtail_localize.views.report import TranslationsReportView


class OwnTranslationsReportView(TranslationsReportView):
    """Lists the translations whose page the user may edit."""

    def get_queryset(self) -> QuerySet[Translation]:
        translations: QuerySet[Translation] = super().get_queryset()
        return translations.filter(Exists(_editable_targets(self.request.user))).order_by(
            "source__object_repr", "target_locale", "pk"
        )


def _editable_targets(user: Any) -> QuerySet[Page]:
    editable: QuerySet[Page] = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return editable.filter(
        translation_key=OuterRef("source__object_id"), locale_id=OuterRef("target_locale_id")
    ).order_by()
