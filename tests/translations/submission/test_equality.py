"""What we write for a submitted page is what wagtail-localize writes, for every type of page, by fewer queries."""

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageLogEntry, PageViewRestriction, ReferenceIndex
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    StringSegment,
    TemplateSegment,
    Translation,
    TranslationContext,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.operations import translate_object

from tests.factories.tree import make_homes, make_tree
from translations.submission import submit_now

pytestmark = pytest.mark.django_db

# What differs between any two writings: ids, moments, and the revision that is counted below.
VOLATILE = {"pk", "id", "page_ptr", "path", "latest_revision", "latest_revision_created_at", "created_at"}


@pytest.fixture
def user(db):
    return get_user_model().objects.create_superuser("coordinator")


@pytest.fixture
def site(db):
    homes = make_homes(("en", "ko"))
    tree = make_tree(homes["en"])
    cover = tree["NewsPage"]
    PageViewRestriction.objects.create(page=cover, restriction_type="password", password="water")
    return homes


def rows(queryset: Any, *fields: str) -> list[Any]:
    return sorted(map(str, queryset.values_list(*fields)))


def settled(value: Any, pks: set[int]) -> Any:
    """The value without what no two writings have in common."""
    if isinstance(value, dict):
        return {
            key: settled(inner, pks)
            for key, inner in value.items()
            if key not in VOLATILE and not (key == "page" and inner in pks)
        }
    if isinstance(value, list):
        return [settled(inner, pks) for inner in value]
    return value


def written(page: Page, locale: Any) -> dict[str, Any]:
    """Everything that is kept of the page's translation into the language, comparable."""
    source = TranslationSource.objects.get(object_id=page.translation_key, locale=page.locale)
    target = page.get_translation(locale).specific
    revision = target.latest_revision
    here = {"source": source}
    plain = {
        field.attname: field.value_from_object(target)
        for field in target._meta.concrete_fields
        if field.name not in VOLATILE
    }
    references = ReferenceIndex.objects.filter(object_id=str(target.pk), base_content_type=target.cached_content_type)
    return {
        "source": (
            source.specific_content_type_id,
            source.object.content_type_id,
            source.object_repr,
            json.loads(source.content_json),
            source.schema_version,
        ),
        "contexts": rows(
            TranslationContext.objects.filter(object_id=source.object_id), "path", "path_id", "field_path"
        ),
        "strings": rows(
            StringSegment.objects.filter(**here),
            "order", "context__path", "string__data", "string__data_hash", "string__locale", "attrs",
        ),
        "templates": rows(
            TemplateSegment.objects.filter(**here),
            "order", "context__path", "template__uuid", "template__template", "template__template_format",
            "template__string_count",
        ),
        "related": rows(RelatedObjectSegment.objects.filter(**here), "order", "context__path", "object_id"),
        "overridable": rows(OverridableSegment.objects.filter(**here), "order", "context__path", "data_json"),
        "translation": rows(Translation.objects.filter(**here), "target_locale", "enabled"),
        "row": {key: str(value) for key, value in plain.items()},
        "content": settled(target.serializable_data(), {target.pk}),
        "revision": settled(revision.content, {target.pk}),
        "said": (revision.object_str, revision.user_id, str(revision.content["pk"]) == str(target.pk)),
        "path": (target.depth, target.get_parent().pk),
        "references": rows(references, "model_path", "content_path", "to_content_type", "to_object_id"),
        "restrictions": rows(PageViewRestriction.objects.filter(page=target), "restriction_type", "password"),
        "log": TranslationLog.objects.filter(source=source, locale=locale, revision=revision).count(),
        "history": rows(PageLogEntry.objects.filter(page=target).exclude(action__startswith="wagtail.view"), "action"),
    }  # fmt: skip


def test_rows_are_those_of_wagtail_localize(site, user):
    korean = site["ko"].locale
    compared = []
    totals = {"upstream": 0, "ours": 0}
    for page in Page.objects.descendant_of(site["en"]).order_by("path").specific():
        with transaction.atomic():
            with CaptureQueriesContext(connection) as upstream:
                translate_object(page, [korean], user=user)
            expected = written(page, korean)
            transaction.set_rollback(True)
        with CaptureQueriesContext(connection) as ours:
            submit_now(Page.objects.get(pk=page.pk), [korean], user=user)
        found = written(page, korean)
        for part, value in expected.items():
            assert found[part] == value, (type(page).__name__, part)
        compared.append(type(page).__name__)
        totals["upstream"] += len(upstream)
        totals["ours"] += len(ours)
    assert len(set(compared)) >= 14
    # Into one language; the texts of a page are read once for all its languages (bench flow submit_subtree).
    assert totals["ours"] <= totals["upstream"] / 3, totals


def test_draft_has_one_revision(site, user):
    page = Page.objects.descendant_of(site["en"]).order_by("path").first()
    submit_now(page, [site["ko"].locale], user=user)
    assert page.get_translation(site["ko"].locale).revisions.count() == 1


def test_former_translation_is_taken_up_as_wagtail_localize_does(site, user):
    korean = site["ko"].locale
    page = Page.objects.child_of(site["en"]).order_by("path").first()
    submit_now(page, [korean], user=user)
    segment = StringSegment.objects.get(source__object_id=page.translation_key, context__path="title")
    segment.string.translations.create(
        locale=korean, context=segment.context, data="물", translation_type="manual", last_translated_by=user
    )
    page.get_translation(korean).delete()
    with transaction.atomic():
        translate_object(page, [korean], user=user)
        expected = written(page, korean)
        transaction.set_rollback(True)
    submit_now(page, [korean], user=user)
    assert written(page, korean) == expected
    assert page.get_translation(korean).title == "물"
