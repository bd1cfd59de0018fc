import pytest
from django.contrib.messages import get_messages
from django.test.client import MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from wagtail.models import Page, Workflow, WorkflowState
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation, TranslationSource

from tests.translations.trees import add_page
from translations.catalog import translate_page

pytestmark = pytest.mark.django_db


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def translation_of(page):
    return Translation.objects.get(source__object_id=page.translation_key)


def sync(page):
    TranslationSource.objects.get_for_instance(page).update_from_db()


@pytest.fixture
def changed(page, korean):
    """The English page has a new title, and the change was taken over into the translation's source."""
    page.title = "Water and air"
    page.save_revision().publish()
    sync(page)
    return page


@pytest.fixture
def publish(admin, django_capture_on_commit_callbacks):
    def publish(page):
        with django_capture_on_commit_callbacks(execute=True):
            response = admin.post(edit_url(page), {"action": "publish"})
        return [str(message) for message in get_messages(response.wsgi_request)]

    return publish


@pytest.fixture
def save(admin):
    def save(translation, path, value):
        segment = translation.source.stringsegment_set.get(context__path=path)
        return admin.post(reverse("translations_editor:save", args=[translation.pk, segment.pk]), {"text": value})

    return save


def test_editor_opens_for_translations(admin, korean):
    assert "translation-editor" in admin.get(edit_url(korean)).content.decode()


def test_incomplete_translation_is_not_published_and_the_last_good_text_stays(changed, korean, publish, client):
    assert publish(korean) == [
        "Not published: 1 text is not translated yet. Readers keep seeing what was published before."
    ]
    korean = Page.objects.get(pk=korean.pk)
    assert (korean.title, korean.live) == ("물", True)


def test_translation_is_published_once_it_is_complete(changed, korean, publish, save):
    assert save(translation_of(changed), "title", "물과 공기").status_code == 200
    publish(korean)
    korean = Page.objects.get(pk=korean.pk)
    assert (korean.title, korean.slug, korean.live) == ("물과 공기", "water", True)


def test_new_translation_is_not_published_before_it_is_complete(home, publish):
    page = add_page(home, "Soil", "soil", body="<p>One.</p><p>Two.</p>")
    korean = translate_page(page, "ko", {"Soil": "흙"})
    assert publish(korean) == ["Not published: 2 texts are not translated yet."]
    assert not Page.objects.get(pk=korean.pk).live


def test_empty_string_that_came_another_way_counts_as_missing(page, korean, publish):
    StringTranslation.objects.filter(context__path="title", context__object_id=page.translation_key).update(data=" ")
    assert publish(korean)[0].startswith("Not published: 1 text")
    assert Page.objects.get(pk=korean.pk).title == "물"


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("edit_string_translation", "put"),
        ("edit_string_translation", "delete"),
        ("edit_override", "put"),
        ("edit_override", "delete"),
        ("machine_translate", "post"),
    ],
)
def test_nothing_is_written_by_the_addresses_of_upstreams_editor(page, korean, admin, name, method):
    source = translation_of(page).source
    segment = {
        "edit_string_translation": source.stringsegment_set.get(context__path="title"),
        "edit_override": source.overridablesegment_set.first(),
    }.get(name)
    url = reverse(f"wagtail_localize:{name}", args=[translation_of(page).pk, *([segment.pk] if segment else [])])
    body = encode_multipart("BoUnDaRyStRiNg", {"value": "물길"})
    assert admin.generic(method.upper(), url, body, content_type=MULTIPART_CONTENT).status_code == 410
    assert StringTranslation.objects.get(context__path="title", context__object_id=page.translation_key).data == "물"
    assert not SegmentOverride.objects.exists()


def test_locked_translation_is_not_published(page, korean, publish, save, django_user_model):
    save(translation_of(page), "title", "새 물")
    Page.objects.filter(pk=korean.pk).update(locked=True, locked_by=django_user_model.objects.create_user("other"))
    publish(korean)
    assert Page.objects.get(pk=korean.pk).title == "물"


def test_translation_in_review_is_not_published(page, korean, publish, save, admin_user):
    workflow = Workflow.objects.first()
    korean.save_revision()
    workflow.start(korean, admin_user)
    save(translation_of(page), "title", "새 물")
    assert publish(korean) == ["This page is in review. Finish or cancel the review before you publish it."]
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS


@pytest.mark.parametrize("complete", [True, False])
def test_bulk_publishing_publishes_complete_translations_only(home, admin, complete):
    page = add_page(home, "Soil", "soil", body="<p>One.</p>")
    korean = translate_page(page, "ko", {"Soil": "흙", **({"One.": "하나."} if complete else {})}, publish=False)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = admin.post(f"{url}?id={korean.pk}&next=/admin/pages/")
    assert (response.status_code, response["Location"]) == (302, "/admin/pages/")
    assert Page.objects.get(pk=korean.pk).live is complete


def test_nobody_makes_an_alias_of_a_translation(page, korean, admin):
    response = admin.post(reverse("wagtail_localize:convert_to_alias", args=[korean.pk]), follow=True)
    assert "This site makes no aliases." in response.content.decode()
    assert Page.objects.get(pk=korean.pk).alias_of_id is None


def test_page_edited_by_hand_offers_no_alias(page, korean, admin):
    Translation.objects.update(enabled=False)
    content = admin.get(edit_url(korean)).content.decode()
    assert "localize-restart-translation" in content
    assert "localize-convert-to-alias" not in content


def test_bulk_publishing_below_a_page_asks_for_each_translation(page, home, korean, admin):
    segment = translation_of(page).source.stringsegment_set.get(context__path="title")
    segment.string.translations.all().delete()
    Page.objects.filter(pk=korean.pk).update(live=False, has_unpublished_changes=True)
    top = home.get_translations().get()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = admin.post(f"{url}?id={top.pk}&next=/admin/", {"include_descendants": "on"})
    assert "1 text is not translated yet" in str(next(iter(get_messages(response.wsgi_request))))
    assert not Page.objects.get(pk=korean.pk).live


def test_synchronisation_is_not_begun_again_during_a_review(page, korean, admin, admin_user):
    korean.save_revision()
    Workflow.objects.first().start(korean, admin_user)
    Translation.objects.update(enabled=False)
    admin.post(edit_url(korean), {"localize-restart-translation": "1"})
    assert not translation_of(page).enabled
