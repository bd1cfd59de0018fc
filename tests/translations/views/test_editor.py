import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from tests.translations.trees import add_page
from translations.catalog import translate_page
from translations.models import TextChange
from translations.segments import segments_of


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.fixture
def post(admin, korean, translation):
    """A function that sends the editor's form without its script: texts by their source's beginning."""

    def post(texts, action="save", client=admin, seen=None):
        values = {"action": action}
        for one in segments_of(translation):
            values[f"text-{one.pk}"] = values[f"seen-{one.pk}"] = one.translation
            for start, text in texts.items():
                if one.source.startswith(start):
                    values[f"text-{one.pk}"] = text
                    values[f"seen-{one.pk}"] = one.translation if seen is None else seen
        return client.post(edit_url(korean), values)

    return post


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_former_version_is_not_offered_to_be_taken_back_and_why_is_said(admin, korean):
    url = reverse("wagtailadmin_pages:revisions_revert", args=[korean.pk, korean.revisions.first().pk])
    response = admin.get(url)
    assert response.url == edit_url(korean)
    assert [words.split(",")[0] for words in said(response)] == [
        "A former version of a translation cannot be taken back as a whole"
    ]


def text_of(page, path="title"):
    return StringTranslation.objects.get(context__path=path, context__object_id=page.translation_key).data


def test_editor_shows_source_as_structure_and_translation_as_typed(admin, korean):
    content = admin.get(edit_url(korean)).content.decode()
    assert 'Water is <b>shared</b>, see <span class="te-link"' in content
    assert "물은 &lt;b&gt;공유&lt;/b&gt;, see &lt;a id=&quot;a1&quot;&gt;계획&lt;/a&gt;." in content
    assert 'lang="ko" dir="auto" spellcheck="true"' in content


def test_editor_names_fields_and_blocks(admin, korean):
    groups = admin.get(edit_url(korean)).context["groups"]
    assert [(group.heading, [row.segment.source[:5] for row in group.rows]) for group in groups] == [
        (("Title",), ["Water"]),
        (("Story", "Text 1"), ["Water", "Rain"]),
    ]


def test_editor_offers_all_that_upstreams_does(admin, korean, translation):
    content = admin.get(edit_url(korean)).content.decode()
    for name, arguments in (
        ("wagtail_localize:download_pofile", [translation.pk]),
        ("wagtail_localize:upload_pofile", [translation.pk]),
        ("wagtail_localize:stop_translation", [translation.pk]),
        ("wagtailadmin_pages:unpublish", [korean.pk]),
        ("wagtailadmin_pages:delete", [korean.pk]),
        ("wagtailadmin_pages:history", [korean.pk]),
        ("translations_editor:preview", [translation.pk]),
    ):
        assert reverse(name, args=arguments) in content, name
    assert "Locking: " in content
    for button in ("publish", "draft", "save"):
        assert f'name="action" value="{button}"' in content
    assert edit_url(Page.objects.get(translation_key=korean.translation_key, locale__language_code="en")) in content


def test_stopped_translation_is_edited_by_hand_and_restarted(admin, korean, translation):
    admin.post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))
    content = admin.get(edit_url(korean)).content.decode()
    assert "translation-editor" not in content
    admin.post(edit_url(korean), {"localize-restart-translation": "1"})
    assert 'id="translation-editor"' in admin.get(edit_url(korean)).content.decode()


def test_form_saves_what_was_changed_and_nothing_else(post, page, korean):
    TextChange.objects.all().delete()
    response = post({"Water is": '물은 널리 <b>공유</b>, <a id="a1">계획</a>.'})
    assert (response.status_code, said(response)) == (302, ["Saved."])
    assert [(change.text, change.means) for change in TextChange.objects.all()] == [
        ('물은 널리 <b>공유</b>, <a id="a1">계획</a>.', "typed")
    ]


def test_form_shows_again_what_could_not_be_saved(post, page):
    response = post({"Water is": '<a id="a9">물</a>', "Rain": "비와 눈"})
    content = response.content.decode()
    assert said(response) == ["1 text was not saved: see below."]
    assert response.context["groups"][1].rows[0].typed == '<a id="a9">물</a>'
    assert response.context["groups"][1].rows[0].refusal == "Unrecognised id found in an <a> tag: a9"
    assert "Unrecognised id found in an &lt;a&gt; tag: a9" in content
    assert StringTranslation.objects.filter(data="비와 눈").exists()


def test_form_does_not_overwrite_what_somebody_else_wrote(post, page):
    response = post({"Water": "물, 우리 것"}, seen="what stood there before")
    rows = [row for group in response.context["groups"] for row in group.rows]
    assert [row.conflict for row in rows if row.conflict is not None] == [
        "물",
        '물은 <b>공유</b>, see <a id="a1">계획</a>.',
    ]
    assert text_of(page) == "물"


def test_publishing_saves_the_form_first(post, page, korean, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = post({"Rain": "비와 눈"}, action="publish")
    assert said(response) == ["Published “물” in 한국어."]
    assert "비와 눈" in str(Page.objects.get(pk=korean.pk).specific.body)


def test_form_keeps_its_texts_when_publishing_is_refused(post, changed, korean):
    response = post({"Energy": "에너지"}, action="publish")
    assert said(response)[0].startswith("Not published: 1 text is not translated yet.")
    assert StringTranslation.objects.filter(data="에너지").exists()


def test_draft_has_the_texts_and_readers_do_not(post, korean):
    response = post({"Rain": "비와 눈"}, action="draft")
    assert response.status_code == 302
    page = Page.objects.get(pk=korean.pk)
    assert "비와 눈" in str(page.get_latest_revision_as_object().body)
    assert "비와 눈" not in str(page.specific.body)


def test_locked_page_takes_no_text(post, page, korean, django_user_model):
    Page.objects.filter(pk=korean.pk).update(locked=True, locked_by=django_user_model.objects.create_user("other"))
    response = post({"Rain": "비와 눈"})
    assert response.context["groups"][1].rows[1].typed == "비와 눈"
    assert not StringTranslation.objects.filter(data="비와 눈").exists()
    assert "readonly" in response.content.decode()


def test_nobody_opens_another_languages_editor(stranger, korean):
    assert stranger.get(edit_url(korean)).status_code == 302
    assert stranger.post(edit_url(korean), {"action": "publish"}).status_code == 302


def test_editor_says_what_changed_and_offers_the_former_translation(admin, korean, changed):
    rows = [row for group in admin.get(edit_url(korean)).context["groups"] for row in group.rows]
    assert [(row.state, row.former_typed[:3]) for row in rows] == [
        ("changed", "물"),
        ("changed", "물은 "),
        ("translated", ""),
    ]
    assert [piece.text for piece in rows[1].change if piece.kind == "insert"] == ["widely "]
    assert [(name, count) for name, _label, count in admin.get(edit_url(korean)).context["filters"]] == [
        ("all", 3),
        ("open", 2),
        ("changed", 2),
        ("machine", 0),
        ("problems", rows[2].open_problems and 1),
        ("comments", 0),
    ]


@pytest.fixture
def long_page(home):
    """A page of many paragraphs and its Korean translation, by number of paragraphs."""

    def long_page(number):
        body = "".join(f"<p>Paragraph {place} of {number}, <b>bold</b>.</p>" for place in range(number))
        page = add_page(home, f"Long {number}", f"long-{number}", body=body)
        texts = {
            f"Paragraph {place} of {number}, <b>bold</b>.": f"문단 {place}/{number}, <b>굵게</b>."
            for place in range(number)
        }
        return translate_page(page, "ko", {f"Long {number}": f"길다 {number}", **texts})

    return long_page


def test_number_of_queries_does_not_depend_on_the_number_of_texts(admin, long_page):
    counts = {}
    for number in (3, 60):
        korean = long_page(number)
        admin.get(edit_url(korean))
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(edit_url(korean)).context["progress"].total == number + 1
        counts[number] = len(queries)
    assert counts[60] == counts[3]
