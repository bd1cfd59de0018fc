"""An editor at the admin's own forms: what the browser would send, and what the editor reads back."""

from typing import Any

from django.db.models import BooleanField
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, querydict_from_html, rich_text, streamfield

TEXT = rich_text("<p>Words.</p>")
STORY = streamfield([("paragraph", rich_text("<p>Words.</p>"))])


class Desk:
    """Fills in and sends the forms of pages as ``user``."""

    # Drawing a form takes longest, and an empty one is always the same.
    _blank: dict[type[Page], QueryDict] = {}

    def __init__(self, client: Client, user: Any):
        self.client = client
        client.force_login(user)

    def new(self, model: type[Page], parent: Page) -> QueryDict:
        """Return the fields of the empty form for a page of ``model`` under ``parent``."""
        if model not in self._blank:
            response = self.client.get(self._add_url(model, parent))
            assert response.status_code == 200
            self._blank[model] = _fields(response, model)
        return self._blank[model].copy()

    def opened(self, page: Page) -> QueryDict:
        """Return the fields of the form for ``page`` as they stand; StreamFields hold one paragraph."""
        response = self.client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert response.status_code == 200
        return _fields(response, type(page))

    def create(self, model: type[Page], parent: Page, *, publish: bool = True, **values: Any) -> HttpResponse:
        """Send the form for a new page; ``values`` may hold ``rows`` (lists of inline rows) and nested data."""
        return self.client.post(self._add_url(model, parent), _filled(self.new(model, parent), publish, values))

    def edit(self, page: Page, *, publish: bool = True, **values: Any) -> HttpResponse:
        """Send the form of ``page`` with ``values`` changed."""
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return self.client.post(url, _filled(self.opened(page), publish, values))

    def preview_new(self, model: type[Page], parent: Page, **values: Any) -> HttpResponse:
        """Return the preview of a page that was typed and not saved."""
        labels = [model._meta.app_label, model._meta.model_name, parent.pk]
        url = reverse("wagtailadmin_pages:preview_on_add", args=labels)
        told = self.client.post(url, _filled(self.new(model, parent), False, values)).json()
        assert told == {"is_valid": True, "is_available": True}
        return self.client.get(url)

    def _add_url(self, model: type[Page], parent: Page) -> str:
        return reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])


def rows(*data: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    """Return inline rows as the browser sends them, the first ``initial`` of which exist already."""
    return inline_formset([{"ORDER": str(place), **row} for place, row in enumerate(data, 1)], initial=initial)


def messages(response: HttpResponse) -> dict[str, list[str]]:
    """Return what a refused form says: by field ("__all__" for the page), rows as "relation-0-field"."""
    form = response.context["form"]
    told = {name: list(errors) for name, errors in form.errors.items()}
    for relation, formset in form.formsets.items():
        for place, row in enumerate(formset.forms):
            told |= {f"{relation}-{place}-{name}": list(errors) for name, errors in row.errors.items()}
    return told


def _fields(response: HttpResponse, model: type[Page]) -> QueryDict:
    data = querydict_from_html(response.content.decode(), form_id="page-edit-form").copy()
    for field in model._meta.get_fields():
        if isinstance(field, StreamField):
            data.update(nested_form_data({field.name: STORY}))
        if isinstance(field, BooleanField) and field.name in data:
            data[field.name] = "on"  # what browsers send for a ticked box that names no value
    data.update({"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"})
    return data


def _filled(data: QueryDict, publish: bool, values: dict[str, Any]) -> dict[str, list[str]]:
    for name, value in values.items():
        if isinstance(value, dict):
            for key in [key for key in data if key.startswith(f"{name}-")]:
                del data[key]
            data.update(nested_form_data({name: value}))
        elif isinstance(value, (list, tuple)):
            data.setlist(name, value)
        else:
            data[name] = value
    if publish:
        data["action-publish"] = "1"
    return dict(data.lists())
