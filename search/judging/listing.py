"""The list of judged queries, and a language's own line above it: how well are readers answered?"""

from typing import Any

from django.db.models import Avg, Count, Exists, Max, Min, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.languages import LANGUAGES
from search.judging.views import judge_url
from search.models import JudgedQuery


class QueryColumn(TitleColumn):
    """The query, in its language."""

    def get_link_attrs(self, instance: JudgedQuery, parent_context: dict[str, Any]) -> dict[str, str]:
        return {**super().get_link_attrs(instance, parent_context), "lang": instance.tag}


class AnsweredColumn(Column):
    """nDCG@10 in per cent, as measured last."""

    cell_template_name = "search/judging/answered.html"


# Beside the query itself.
COLUMNS = (
    "language",
    NumberColumn("pages", label=_("Pages judged"), sort_key="pages"),
    DateColumn("last_judged", label=_("Last judged"), sort_key="last_judged"),
    AnsweredColumn("percent", label=_("Well answered"), sort_key="ndcg"),
    DateColumn("measured_at", label=_("Measured"), sort_key="measured_at"),
)


class JudgedIndexView(IndexView):
    """Shows what was measured last, so that the list costs the search engine nothing."""

    template_name = "search/judging/list.html"
    results_template_name = "search/judging/list_results.html"

    def get_base_queryset(self) -> QuerySet[JudgedQuery]:
        page = Page.objects.filter(translation_key=OuterRef("judgements__translation_key"))
        return (
            super()
            .get_base_queryset()
            # What was judged of a page that was deleted is no use any more.
            .annotate(
                pages=Count("judgements", filter=Exists(page)),
                last_judged=Max("judgements__judged_at"),
            )
        )

    def _get_title_column(self, field_name: str, column_class: type = QueryColumn, **kwargs: Any) -> Column:
        column: Column = super()._get_title_column(field_name, column_class, **kwargs)
        return column

    def get_edit_url(self, instance: JudgedQuery) -> str | None:
        return judge_url(instance) if self.user_has_permission("add") else None

    @property
    def header_more_buttons(self) -> list[Any]:
        files = Button(gettext("Download (ZIP)"), url=reverse("search_judged:export"), icon_name="download")
        return [*super().header_more_buttons, files]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        if not self.results_only:
            context["languages"] = _languages()
            context["may_measure"] = self.user_has_permission("change")
        return context


def _languages() -> list[dict[str, Any]]:
    """Return each language with judged queries: how many there are, were measured, and how well they were answered."""
    rows = JudgedQuery.objects.order_by().values("language")
    counted = {
        row["language"]: row
        for row in rows.annotate(
            queries=Count("pk"), measured=Count("ndcg"), ndcg=Avg("ndcg"), oldest=Min("measured_at")
        )
    }
    return [
        {**counted[language.code], "language": language, "answered": _per_cent(counted[language.code]["ndcg"])}
        for language in LANGUAGES
        if language.code in counted
    ]


def _per_cent(ndcg: float | None) -> int | None:
    return None if ndcg is None else round(100 * ndcg)
