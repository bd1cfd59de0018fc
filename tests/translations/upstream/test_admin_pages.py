import inspect

from wagtail.admin.views.pages import edit, listing

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
    before = edit.EditView.get_side_panels
    admin_pages.add_side_panel(lambda page, request: None)
    assert edit.EditView.get_side_panels is before
