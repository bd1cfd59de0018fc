import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import StringSegment, TranslationSource

from home.models import StandardPage
from translations.upstream import refreshing


def set_paragraphs(page, *texts):
    """Publish the page with other paragraphs, without taking it over; return its source with them."""
    StandardPage.objects.filter(pk=page.pk).update(
        body=[{"type": "paragraph", "id": page.body[0].id, "value": "".join(f"<p>{text}</p>" for text in texts)}]
    )
    source = TranslationSource.objects.get(object_id=page.translation_key)
    source.content_json = StandardPage.objects.get(pk=page.pk).to_json()
    source.save()
    return source


def rows(source):
    return dict(StringSegment.objects.filter(source=source).values_list("string__data", "pk"))


def everything(source):
    return [
        sorted(manager.filter(source=source).values_list("order", "context__path", *fields))
        for manager, fields in (
            (source.stringsegment_set, ["string__data", "attrs"]),
            (source.templatesegment_set, ["template__template"]),
            (source.overridablesegment_set, ["data_json"]),
            (source.relatedobjectsegment_set, ["object"]),
        )
    ]


def queries_of(refresh, source):
    with CaptureQueriesContext(connection) as queries:
        refresh(source)
    return len(queries)


def upstream(source):
    source.refresh_segments()


@pytest.mark.parametrize(
    "texts", [("A",), ("A", "B"), ("B", "A"), ("A", "A"), ('<a href="https://x.example/">A</a>', "B"), ()]
)
def test_refreshing_comes_to_what_upstream_comes_to(korean, page, texts):
    source = set_paragraphs(page, *texts)
    refreshing.refresh_segments(source)
    ours = everything(source)
    source.refresh_segments()
    assert everything(source) == ours


def test_refreshing_twice_changes_nothing(korean, page):
    source = set_paragraphs(page, "A", "B")
    refreshing.refresh_segments(source)
    before = rows(source)
    refreshing.refresh_segments(source)
    assert rows(source) == before


@pytest.mark.parametrize(("refresh", "kept"), [(refreshing.refresh_segments, True), (upstream, False)])
def test_text_that_moved_keeps_its_row_unlike_upstream(korean, page, refresh, kept):
    source = set_paragraphs(page, "A", "B")
    refresh(source)
    before = rows(source)
    refresh(set_paragraphs(page, "New", "A", "B"))
    assert ((rows(source)["A"], rows(source)["B"]) == (before["A"], before["B"])) is kept


@pytest.mark.parametrize(("refresh", "grows"), [(refreshing.refresh_segments, False), (upstream, True)])
def test_queries_do_not_grow_with_the_texts_unlike_upstream(korean, page, refresh, grows):
    costs = []
    for number in (5, 50):
        source = set_paragraphs(page, *(f"Paragraph {i}" for i in range(number)))
        refresh(source)
        costs.append(queries_of(refresh, source))
    assert (costs[0] < costs[1]) is grows
