"""Drafts: from the right text, never over a person's, and not published unread."""

import pytest
from django.urls import reverse
from wagtail_localize.models import StringSegment, Translation

from tests.translations.trees import PARAGRAPH, translate_home
from translations.catalog import pair_rich_text, translate_page
from translations.machine import draft, drafts, unconfirmed_segments
from translations.models import MachineChoice, MachineUse
from translations.review import why_not_publish
from translations.segments import segments_of
from translations.writing import write_text

CHINESE = PARAGRAPH.replace("Water is", "軟體").replace("shared", "網路").replace("the plan", "計畫")


@pytest.fixture
def simplified(home, page):
    """A page with a human Traditional translation of all but its last text, and an empty Simplified one."""
    translate_home(home, "zh-hant", "zh-hans")
    texts = {"Water": "水資訊", **pair_rich_text(PARAGRAPH, CHINESE)}
    del texts["Rain"]
    translate_page(page, "zh-hant", texts, publish=False)
    translate_page(page, "zh-hans", {"Rain": "雨"}, publish=False)
    return Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code="zh-hans")


def texts(translation):
    return {row.source: (row.translation, row.machine) for row in segments_of(translation)}


def test_simplified_is_drafted_from_a_persons_traditional_text(simplified, admin_user):
    drafted = draft(simplified, user=admin_user)
    assert texts(simplified) == {
        "Water": ("水信息", True),
        'Water is <b>shared</b>, see <a id="a1">the plan</a>.': (
            '软件 <b>网络</b>, see <a id="a1">计划</a>.',
            True,
        ),
        "Rain": ("雨", False),
    }
    assert (drafted.engine, len(drafted.texts), drafted.dropped, drafted.problem) == ("OpenCC", 2, [], "")
    use = MachineUse.objects.get()
    assert (use.engine, use.source_language, use.target_language, use.texts) == ("opencc", "zh-hant", "zh-hans", 2)


def test_text_without_a_persons_traditional_text_waits(simplified, admin_user):
    pivot = Translation.objects.get(source=simplified.source, target_locale__language_code="zh-hant")
    title = StringSegment.objects.get(source=simplified.source, context__path="title")
    write_text(pivot, title, "水", user=None, means="machine", detail="DeepL")
    drafted = draft(simplified, user=admin_user)
    assert (len(drafted.texts), drafted.without_source) == (1, 1)


def test_draft_that_lost_markup_is_dropped(simplified, admin_user, monkeypatch):
    route = drafts.route_for("en", "zh-hans")

    class Careless(type(route.engine)):
        def translate(self, texts, *languages):
            return [text.replace("<b>", "").replace("</b>", "") for text in super().translate(texts, *languages)]

    monkeypatch.setattr(drafts, "route_for", lambda *pair: type(route)(Careless(), "zh-hant", "zh-hans"))
    drafted = draft(simplified, user=admin_user)
    assert [reason for _segment, reason in drafted.dropped] == ["The machine changed a placeholder or markup."]
    assert (len(drafted.texts), MachineUse.objects.get().dropped) == (1, 1)


def test_machine_text_is_not_published_unread_unless_a_coordinator_lets_it(simplified, admin_user):
    draft(simplified, user=admin_user)
    page = simplified.get_target_instance()
    assert len(unconfirmed_segments(simplified)) == 2
    assert why_not_publish(simplified, page, admin_user).startswith("Not published: a machine wrote 2 texts")
    MachineChoice.objects.create(source_language="en", target_language="zh-hans", publish_unconfirmed=True)
    assert why_not_publish(simplified, page, admin_user) == ""


def test_coordinator_lets_the_pair_that_the_engine_converts_go_live_unread(simplified, admin_user, settings):
    draft(simplified, user=admin_user)
    page = simplified.get_target_instance()
    MachineChoice.objects.create(source_language="zh-hant", target_language="zh-hans", publish_unconfirmed=True)
    assert why_not_publish(simplified, page, admin_user) == ""
    # Another engine, which makes it from the English text, was not meant.
    settings.MACHINE_ENGINES, settings.DEEPL_AUTH_KEY = "en>zh-hans=deepl", "key"
    assert why_not_publish(simplified, page, admin_user).startswith("Not published: a machine wrote 2 texts")
    MachineChoice.objects.update(source_language="en")
    assert why_not_publish(simplified, page, admin_user) == ""


def test_view_drafts_for_those_who_may_edit(simplified, admin, client, django_user_model):
    url = reverse("translations_machine_draft")
    response = admin.post(url, {"translation": simplified.pk}, headers={"accept": "application/json"})
    assert sorted(response.json()["texts"].values()) == ["水信息", '软件 <b>网络</b>, see <a id="a1">计划</a>.']
    client.force_login(django_user_model.objects.create_user("jun"))
    assert client.post(url, {"translation": simplified.pk}).status_code in (302, 403)
    assert MachineUse.objects.count() == 1


def test_report_lists_the_use_and_exports_it(simplified, admin, admin_user):
    draft(simplified, user=admin_user)
    assert "opencc" in admin.get(reverse("translations_machine_use")).content.decode()
    rows = b"".join(admin.get(reverse("translations_machine_use"), {"export": "csv"}).streaming_content).decode()
    assert "opencc,zh-hant,zh-hans,2," in rows
