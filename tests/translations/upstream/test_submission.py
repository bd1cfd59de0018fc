import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page, PageViewRestriction
from wagtail_localize.models import Translation

from tests.translations.trees import add_page, translate_home
from translations import jobs
from translations.catalog import translate_page
from translations.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def submit(admin):
    def submit(page, *codes, client=admin, **data):
        locales = [Locale.objects.get(language_code=code).pk for code in codes]
        return client.post(
            reverse("wagtail_localize:submit_page_translation", args=[page.pk]), {"locales": locales, **data}
        )

    return submit


def languages(page):
    return {
        row.locale.language_code: (row.live, row.alias_of_id)
        for row in page.get_translations().select_related("locale")
    }


def texts(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_submitted_page_becomes_a_draft_in_the_chosen_language(page, submit):
    submit(page, "ko")
    assert languages(page) == {"ko": (False, None)}
    assert page.get_translations().get().slug == "water"


def test_live_source_is_not_published_in_english_elsewhere(page, submit, client):
    submit(page, "ko")
    assert client.get("/ko/water/").status_code == 404


def test_page_under_an_untranslated_page_is_refused_with_the_reason(home, submit, admin):
    child = add_page(add_page(home, "Above", "above"), "Below", "below")
    url = reverse("wagtail_localize:submit_page_translation", args=[child.pk])
    assert "the page above, “Above”, is not translated yet" in admin.get(url).content.decode()
    submit(child, "ko")
    assert languages(child) == {}
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_language_without_a_home_is_refused(page, submit):
    submit(page, "ja")
    assert languages(page) == {}


def test_home_can_be_submitted_into_a_new_language(home, submit):
    submit(home, "ja")
    assert languages(home) == {"ko": (True, None), "ja": (False, None)}


def test_draft_is_refused_with_the_reason(home, submit):
    draft = add_page(home, "Draft", "draft", live=False)
    response = submit(draft, "ko")
    assert texts(response) == [
        "Publish the page before you submit it, or put it into a bundle, to go live with its translations."
    ]
    assert languages(draft) == {}


def test_pages_below_go_along_but_drafts_stay(page, submit):
    below = add_page(page, "Rivers", "rivers")
    add_page(below, "Wells", "wells")
    add_page(page, "Draft", "draft", live=False)
    response = submit(page, "ko", include_subtree="on")
    assert response.url == reverse("translations_job", args=[Job.objects.get().pk])
    assert languages(page) == {}
    jobs.run_next()
    drafts = Page.objects.filter(locale__language_code="ko", live=False).order_by("path")
    assert [row.slug for row in drafts] == ["water", "rivers", "wells"]


def test_coordinator_of_one_language_submits_into_that_one_only(page, home, client, submit, django_user_model):
    translate_home(home, "ja")
    group = Group.objects.create(name="Korean coordinators")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", "submit_translation"]))
    korean_home = home.get_translations().get(locale__language_code="ko")
    for tree, action in ((home, "change"), (korean_home, "add")):
        GroupPagePermission.objects.create(group=group, page=tree, permission_type=action)
    user = django_user_model.objects.create_user("minji")
    user.groups.add(group)
    client.force_login(user)
    submit(page, "ja", client=client)
    assert languages(page) == {}
    submit(page, "ko", client=client)
    assert languages(page) == {"ko": (False, None)}


@pytest.fixture
def synchronise(admin, django_capture_on_commit_callbacks):
    def synchronise(page, publish=True):
        source = Translation.objects.filter(source__object_id=page.translation_key).first().source
        url = reverse("wagtail_localize:update_translations", args=[source.pk])
        with django_capture_on_commit_callbacks(execute=True):
            return admin.post(url, {"publish_translations": "on"} if publish else {})

    return synchronise


def test_synchronising_with_publication_keeps_incomplete_translations_as_they_are(page, korean, synchronise):
    page.title = "Water and air"
    page.save_revision().publish()
    response = synchronise(page)
    assert (
        "Not published: 한국어. Something is untranslated or in review there, or it is not yours to publish."
        in texts(response)
    )
    korean = Page.objects.get(pk=korean.pk)
    assert (korean.title, korean.live, korean.slug) == ("물", True, "water")


def test_synchronising_with_publication_publishes_complete_translations(page, korean, synchronise):
    page.show_in_menus = True
    page.save_revision().publish()
    synchronise(page)
    assert Page.objects.get(pk=korean.pk).show_in_menus is True


def test_synchronising_without_publication_changes_no_page(page, korean, synchronise):
    page.show_in_menus = True
    page.save_revision().publish()
    synchronise(page, publish=False)
    assert Page.objects.get(pk=korean.pk).show_in_menus is False


def test_form_of_synchronisation_says_what_happens(page, korean, admin):
    source = Translation.objects.get(source__object_id=page.translation_key).source
    content = admin.get(reverse("wagtail_localize:update_translations", args=[source.pk])).content.decode()
    assert "Publishes the translations that are complete." in content
    assert "original language" not in content


def test_changed_address_of_the_source_reaches_its_translations(page, korean, synchronise):
    page.slug = "rivers"
    page.save_revision().publish()
    synchronise(page)
    assert Page.objects.get(pk=korean.pk).slug == "rivers"


def test_private_source_makes_its_translation_private(page, korean, synchronise):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    synchronise(page, publish=False)
    assert korean.view_restrictions.get().restriction_type == PageViewRestriction.LOGIN


def test_translating_again_after_deletion_finds_the_old_words(page, korean, submit):
    korean.delete()
    submit(page, "ko")
    assert page.get_translations().get().specific.title == "물"
    assert translate_page(page, "ko", {}).live
