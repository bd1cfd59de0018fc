"""Every page type in every language: created by the editor's own form, edited, previewed, rendered and found."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.coreutils import get_dummy_request
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import querydict_from_html

from cms.languages import CODES, by_code
from cms.pages import BasePage
from tests.factories.pages import story_form_data
from tests.factories.words import WORDS

TYPES = [model.__name__ for model in get_page_models() if issubclass(model, BasePage)]

pytestmark = pytest.mark.django_db


@pytest.fixture
def checks(trees, client: Client) -> WagtailPageTestCase:
    """Wagtail's own assertions about pages."""
    case = WagtailPageTestCase()
    case.dummy_request = get_dummy_request()
    case.client = client
    return case


@pytest.fixture
def editor(admin_user, client: Client) -> Client:
    """A client whose user may do everything."""
    client.force_login(admin_user)
    return client


def as_new(data: QueryDict, slug: str) -> QueryDict:
    """Return the data of an edit form as that of a form for a new page: no row exists yet."""
    fresh = data.copy()
    for name in list(fresh):
        if name.endswith("-INITIAL_FORMS"):
            fresh[name] = "0"
        elif re.fullmatch(r".+-\d+-id", name):
            fresh[name] = ""
    for comments in ("comments-TOTAL_FORMS", "comments-INITIAL_FORMS"):
        fresh[comments] = "0"
    fresh["slug"] = slug
    fresh["action-publish"] = "1"
    return fresh


def edit_data(editor: Client, page: Page) -> QueryDict:
    """Return what the editor of ``page`` would send back unchanged."""
    response = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    data = querydict_from_html(response.content.decode(), form_id="page-edit-form").copy()
    # StreamFields are drawn by script, so the page's HTML does not hold them.
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            data.update(story_form_data(field.name, WORDS[page.locale.language_code]))
    return data


def test_every_page_type_has_an_example(trees) -> None:
    assert sorted(trees["en"].by_type) == sorted(TYPES)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", TYPES)
def test_page_renders_in_its_language(trees, client: Client, name: str, code: str) -> None:
    page = trees[code][name]
    response = client.get(page.url)
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{by_code(code).tag}"' in html
    assert WORDS[code].title in html


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", TYPES)
def test_page_can_be_previewed(trees, editor: Client, checks: WagtailPageTestCase, name: str, code: str) -> None:
    page = trees[code][name]
    checks.assertPageIsPreviewable(page, post_data=edit_data(editor, page))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", TYPES)
def test_page_can_be_edited_and_published(trees, editor: Client, name: str, code: str) -> None:
    page = trees[code][name]
    data = edit_data(editor, page)
    data["title"] = "XYZ " + WORDS[code].title
    data["action-publish"] = "1"
    response = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert response.status_code == 302, _errors(response)
    assert Page.objects.get(pk=page.pk).title == data["title"]
    assert Page.objects.get(pk=page.pk).has_unpublished_changes is False


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", [name for name in TYPES if name != "HomePage"])
def test_page_can_be_created_by_the_editors_form(trees, editor: Client, name: str, code: str) -> None:
    example = trees[code][name]
    parent = example.get_parent()
    data = as_new(edit_data(editor, example), slug="made-by-form")
    if example.max_count_per_parent:
        example.delete()
    model = apps.get_model(example._meta.label)
    url = reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])
    response = editor.post(url, data)
    assert response.status_code == 302, _errors(response)
    made: Any = model.objects.child_of(parent).get(slug="made-by-form")
    assert made.live
    assert made.locale.language_code == code
    assert made.title == WORDS[code].title


def _errors(response: Any) -> str:
    """Return the messages of a form that was refused, for the failure's text."""
    form = response.context and response.context.get("form")
    rows = {name: formset.errors for name, formset in getattr(form, "formsets", {}).items() if any(formset.errors)}
    return f"{form.errors if form else response.status_code} {rows}"
