"""What the desk adds to Wagtail's own pages: the menu, the home page, the explorer and the editor."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.ui.tables import Column
from wagtail.models import Page

from cms.languages import by_code
from translations import notices, people
from translations.desk import figures_for, heap_of, rows_of
from translations.models import Notice, PageTranslationState, TranslationTask
from translations.wording import line_of

State = PageTranslationState.State
# So many tasks are named on the home page.
_HOME_ROWS = 5


class DeskMenuItem(MenuItem):
    """The desk, with the number of what is new: unread notices."""

    def is_shown(self, request: Any) -> bool:
        return bool(people.languages_of(request.user))

    def render_component(self, request: Any) -> LinkMenuItem:
        component = super().render_component(request)
        new = Notice.objects.filter(user=request.user, read_at=None).count()
        if new:
            component.label = _("%(label)s (%(count)s)") % {"label": self.label, "count": new}
        return component


class DeskPanel(Component):
    """On the home page of the admin: the user's figures, and what is due first. Without a desk, what is new."""

    name = "translation_desk"
    template_name = "translations/desk/home_panel.html"
    order = 50

    def __init__(self, request: Any) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        user = self.request.user
        locales = people.languages_of(user)
        if not locales:
            new = notices.unread(user)[:_HOME_ROWS]
            return {"figures": None, "notices": [(notice, line_of(notice)) for notice in new]}
        mine = [*heap_of("returned", user, locales)[:_HOME_ROWS], *heap_of("assigned", user, locales)[:_HOME_ROWS]]
        return {
            "figures": figures_for(user, locales),
            "rows": rows_of(mine[:_HOME_ROWS], locales),
            "desk_url": reverse("translations_desk"),
        }


class TranslationsColumn(Column):
    """In the explorer: a badge for each language of a page, or for the page itself where it is a translation."""

    cell_template_name = "translations/desk/badges_cell.html"

    def get_cell_context_data(self, instance: Page, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        table = parent_context["table"]
        if not hasattr(table, "translation_states"):
            # The first cell reads for all rows of the listing.
            table.translation_states = states_of(table.data)
        context["badges"] = table.translation_states.get(instance.pk, [])
        return context

    def get_value(self, instance: Page) -> str:
        return ""


class TranslationsSidePanel(BaseSidePanel):
    """In the editor: how far the page is in every language, and whom it is asked of."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        icon_name = "wagtail-localize-language"

        @property
        def aria_label(self) -> str:
            """What the button does, for people who do not see it."""
            return _("Toggle translations")

    name = "translations"
    template_name = "translations/desk/side_panel.html"
    order = 450

    @property
    def title(self) -> str:
        """The panel's heading."""
        return _("Translations")

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        # A page that is just being made has no state yet.
        rows = states_of([self.object]).get(self.object.pk, []) if self.object.pk else []
        source = rows[0].source_id if rows else None
        tasks = TranslationTask.open_for(source=source).select_related("assignee") if source else []
        by_locale = {task.locale_id: task for task in tasks}
        context["badges"] = [(row, by_locale.get(row.locale_id)) for row in rows]
        context["is_source"] = source == self.object.pk
        return context


def states_of(pages: Iterable[Page]) -> Mapping[int, list[PageTranslationState]]:
    """Return the states to show at each of some pages: of a source in every language, of a translation its own.

    One query, and a second one for locales, however many pages.
    """
    ids = {page.pk for page in pages}
    found: dict[int, list[PageTranslationState]] = {}
    codes = {locale.pk: locale.language_code for locale in people.target_languages()}
    order = list(codes)
    rows = [
        row
        for row in PageTranslationState.objects.filter(source__in=ids)
        | PageTranslationState.objects.filter(target__in=ids)
        if row.locale_id in codes
    ]
    for row in sorted(rows, key=lambda row: order.index(row.locale_id)):
        vars(row)["language"] = by_code(codes[row.locale_id])
        for pk in ids & {row.source_id, row.target_id or 0}:
            found.setdefault(pk, []).append(row)
    return found
