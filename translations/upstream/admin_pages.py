"""A column in Wagtail's explorer, and a panel beside its page editor.

Wagtail 8.0 has hooks for buttons, menus and the queryset of a listing; the columns of its explorer are a list on the
view (wagtail/admin/views/pages/listing.py, ``base_columns``), and the side panels of its editor are made by a method
(wagtail/admin/views/pages/edit.py and create.py, ``get_side_panels``).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView


def add_column(column: BaseColumn, *, before: str) -> None:
    """Show a column in the explorer before the one of that name. To be called once the apps are ready."""
    for view in (IndexView, ExplorableIndexView):
        columns = list(view.base_columns)
        if all(there.name != column.name for there in columns):
            at = next((i for i, there in enumerate(columns) if there.name == before), len(columns))
            view.base_columns = [*columns[:at], column, *columns[at:]]


def add_side_panel(make: Callable[[Any, Any], BaseSidePanel | None]) -> None:
    """Show what ``make`` makes of a page and request beside the editor. To be called once the apps are ready.

    Beside the form for a new page too: the editor's own saving makes an editor of it and looks for the panel's place.
    """
    for view in (CreateView, EditView):
        if not getattr(view.get_side_panels, "is_ours", False):
            view.get_side_panels = _with_panel(view.get_side_panels, make)


def _with_panel(
    original: Callable[[Any], Any], make: Callable[[Any, Any], BaseSidePanel | None]
) -> Callable[[Any], Any]:
    @wraps(original)
    def get_side_panels(view: CreateView | EditView) -> Any:
        panels = original(view)
        panel = make(view.page, view.request)
        if panel and not view.expects_json_response:
            panels.append(panel)
        return panels

    get_side_panels.is_ours = True  # type: ignore[attr-defined]
    return get_side_panels
