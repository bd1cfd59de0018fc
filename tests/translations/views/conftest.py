import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import Translation

from tests.translations.trees import PARAGRAPH
from translations.segments import segments_of

SCRIPT = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@pytest.fixture
def translation(korean, page):
    return Translation.objects.select_related("source__specific_content_type", "source__locale", "target_locale").get(
        source__object_id=page.translation_key, target_locale__language_code="ko"
    )


@pytest.fixture
def changed(korean, page):
    """The English page's title and paragraph are other words now, and the translation's source follows."""
    page.title = "Energy and waste"
    page.body = [
        {"type": "paragraph", "id": page.body[0].id, "value": PARAGRAPH.replace("is <b>shared", "is <b>widely shared")}
    ]
    page.save_revision().publish()
    translation = Translation.objects.get(source__object_id=page.translation_key)
    translation.source.update_from_db()
    return translation


@pytest.fixture
def segment(translation):
    """A function: the text at a path, or whose source begins with some words."""

    def segment(start="Water"):
        return next(one for one in segments_of(translation) if one.source.startswith(start))

    return segment


@pytest.fixture
def call(admin, translation):
    """A function that asks the editor's addresses as its script does: by GET without values, else by POST."""

    def call(name, *parts, client=None, method=None, **values):
        url = reverse(f"translations_editor:{name}", args=[translation.pk, *parts])
        client = client or admin
        if method == "get" or (method is None and name in ("beside", "preview", "token")):
            return client.get(url, values, **SCRIPT)
        return client.post(url, values, **SCRIPT)

    return call


@pytest.fixture
def stranger(django_user_model):
    """A client of somebody who is in the admin but may not edit Korean pages."""
    group = Group.objects.create(name="Guests")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = django_user_model.objects.create_user("guest", password="x")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client
