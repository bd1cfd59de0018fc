import inspect

from django.test import Client
from django.urls import reverse
from wagtail.admin.views.pages import create, edit, listing

from tests.factories.tree import Tree
from translations.upstream import admin_pages


def test_wagtail_has_no_hook_for_columns_or_side_panels_yet():
    """When it has, ``upstream/admin_pages.py`` can go."""
    assert "hook" not in inspect.getsource(inspect.unwrap(edit.EditView.get_side_panels))
    assert [line for line in inspect.getsource(listing).splitlines() if "get_hooks" in line] == [
        '        for hook in hooks.get_hooks("construct_explorer_page_queryset"):'
    ]


def test_column_is_added_once_and_before_the_other():
    column = next(column for column in listing.IndexView.base_columns if column.name == "translations")
    admin_pages.add_column(column, before="status")
    for view in (listing.IndexView, listing.ExplorableIndexView):
        names = [column.name for column in view.base_columns]
        assert names.count("translations") == 1
        assert names.index("translations") + 1 == names.index("status")


def test_side_panel_is_added_once():
    before = create.CreateView.get_side_panels, edit.EditView.get_side_panels
    admin_pages.add_side_panel(lambda page, request: None)
    assert (create.CreateView.get_side_panels, edit.EditView.get_side_panels) == before


def test_the_form_for_a_new_page_has_the_panels_place(admin_client: Client, trees: dict[str, Tree]):
    """The editor's own saving fills it, and reports an error in the console where it is missing."""
    form = admin_client.get(reverse("wagtailadmin_pages:add", args=["home", "standardpage", trees["en"].home.pk]))
    assert 'data-side-panel="translations"' in form.content.decode()
