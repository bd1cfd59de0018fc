"""Columns of the reports, and what an editor can do about a query."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, NumberColumn

from cms.languages import by_code

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Action:
    """A form of the admin that begins with the query: shown to those who may add what it makes."""

    label: str | Promise
    url_name: str
    permission: str
    given: Callable[[Row], dict[str, str]]

    def url(self, row: Row) -> str:
        """Return the form's address with what is known of the query; empty where the admin has no such form."""
        try:
            return f"{reverse(self.url_name)}?{urlencode(self.given(row))}"
        except NoReverseMatch:
            return ""


SYNONYM = Action(
    _("Add a synonym"),
    "search_synonyms:add",
    "search.add_synonymgroup",
    lambda row: {"language": row["language"], "words": row["form"]},
)
TERM = Action(
    _("Add a glossary term"),
    "glossary:add",
    "translations.add_glossaryterm",
    lambda row: {"language": row["language"], "term": row["form"]},
)
PROMOTION = Action(
    _("Recommend a page"),
    "search_promotions:add",
    "search.add_promotion",
    lambda row: {"language": row["language"], "queries": row["form"]},
)
JUDGING = Action(
    _("Judge what is found"),
    "search_judged:add",
    "search.add_judgedquery",
    lambda row: {"language": row["language"], "query": row["form"]},
)
HIDING = Action(
    _("Hide from the most sought"),
    "search_hidden:add",
    "search.add_hiddenquery",
    lambda row: {"language": row["language"], "query": row["form"]},
)


def public_address(row: Row) -> str:
    """Return where a reader of the language sees what is found for the query now."""
    with override(row["language"]):
        return f"{reverse('search:search')}?{urlencode({'q': row['form']})}"


class QueryColumn(Column):
    """What was asked, as somebody typed it, in its language; a link to what it finds now."""

    cell_template_name = "search/reports/query.html"

    def get_cell_context_data(self, instance: Row, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "url": public_address(instance), "tag": by_code(instance["language"]).tag}


class LanguageColumn(Column):
    """The language by its own name."""

    cell_template_name = "search/reports/language.html"

    def get_value(self, instance: Row) -> Any:
        return by_code(instance["language"])


class ShareColumn(Column):
    """``name`` of all searches of the query, in per cent."""

    cell_template_name = "search/reports/share.html"

    def get_value(self, instance: Row) -> int:
        return round(100 * instance[self.name] / instance["searches"])


class ActionsColumn(BaseColumn):
    """What can be done about the query."""

    cell_template_name = "search/reports/actions.html"

    def __init__(self, *actions: Action) -> None:
        super().__init__("actions", label=_("What you can do"))
        self.actions = actions

    def get_cell_context_data(self, instance: Row, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "links": list(self._links(instance, context["request"]))}

    def _links(self, row: Row, request: HttpRequest) -> Iterator[tuple[str | Promise, str]]:
        for action in self.actions:
            url = action.url(row)
            if url and request.user.has_perm(action.permission):
                yield action.label, url


# Columns that several reports have.
ASKED = (
    QueryColumn("form", label=_("Query"), sort_key="query"),
    LanguageColumn("language", label=_("Language"), sort_key="language"),
)
SEARCHES = NumberColumn("searches", label=_("Searches"), sort_key="searches")
FOUND = NumberColumn("found", label=_("Pages found"), sort_key="found")
ELSEWHERE = NumberColumn("elsewhere", label=_("Found in other languages"), sort_key="elsewhere")
LAST_ASKED = DateColumn("last_asked", label=_("Last asked"), sort_key="last_asked")
