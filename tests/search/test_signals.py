import datetime

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from search import outbox
from search.backends.base import SearchRequest, SearchResults
from search.models import OutboxEntry
from search.visibility import is_searchable
from tests.search.pages import commit, make_homes, make_page, publish, translate

pytestmark = pytest.mark.django_db


def ask(engine, query: str, language: str = "en") -> SearchResults:
    commit()
    return engine.search(SearchRequest(query, language))


def found(engine, query: str, language: str = "en") -> list[int]:
    return sorted(hit.page_id for hit in ask(engine, query, language).own.hits)


def found_elsewhere(engine, query: str, language: str) -> list[int]:
    return sorted(hit.page_id for hit in ask(engine, query, language).other.hits)


def urls(engine, query: str, language: str = "en") -> list[str]:
    return sorted(hit.url for hit in ask(engine, query, language).own.hits)


def restrict(page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def test_published_page_is_found(homes, engine):
    page = make_page(homes["en"], "Clean rivers", "Otters came back.", slug="rivers")
    assert found(engine, "otters") == [page.pk]
    assert urls(engine, "rivers") == ["/en/rivers/"]
    assert not outbox.waiting().exists()


def test_draft_is_not_found_and_marks_nothing(homes, engine):
    before = OutboxEntry.objects.count()
    make_page(homes["en"], "Clean rivers", slug="rivers", live=False)
    assert found(engine, "rivers") == []
    assert OutboxEntry.objects.count() == before


def test_draft_beside_a_live_page_changes_nothing(homes, engine):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    version = OutboxEntry.objects.get(pk=page.pk).version
    page.title = "Dirty rivers"
    page.save_revision()
    assert found(engine, "dirty") == []
    assert found(engine, "clean") == [page.pk]
    assert OutboxEntry.objects.get(pk=page.pk).version == version


def test_live_page_added_by_a_script_is_found(homes, engine):
    page = make_page(homes["en"], "Clean rivers", slug="rivers", live=False)
    page.live = True
    page.save()
    assert found(engine, "rivers") == [page.pk]


def test_republished_page_is_found_by_its_new_text(homes, engine):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    page.title = "Quiet forests"
    publish(page)
    assert found(engine, "rivers") == []
    assert found(engine, "forests") == [page.pk]


def test_unpublished_page_is_not_found(homes, engine):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    page.unpublish()
    assert found(engine, "rivers") == []


def test_deleted_subtree_is_not_found(homes, engine):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    make_page(page, "Rivers of Suwon", slug="suwon")
    kept = make_page(homes["en"], "Other rivers", slug="other")
    page.delete()
    assert found(engine, "rivers") == [kept.pk]


def test_moved_subtree_has_its_new_addresses(homes, engine):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    make_page(page, "Rivers of Suwon", slug="suwon")
    target = make_page(homes["en"], "Archive", slug="archive")
    page.move(target, "last-child")
    assert urls(engine, "rivers") == ["/en/archive/rivers/", "/en/archive/rivers/suwon/"]


def test_subtree_moved_below_a_private_page_is_not_found(homes, engine):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    make_page(page, "Rivers of Suwon", slug="suwon")
    private = make_page(homes["en"], "Internal", slug="internal")
    restrict(private)
    page.move(private, "last-child")
    assert found(engine, "rivers") == []


def test_changed_slug_changes_the_addresses_below(homes, engine):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    make_page(page, "Rivers of Suwon", slug="suwon")
    page.slug = "waters"
    publish(page)
    assert urls(engine, "rivers") == ["/en/waters/", "/en/waters/suwon/"]


def test_restriction_hides_the_subtree_and_its_end_shows_it(homes, engine):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    below = make_page(page, "Rivers of Suwon", slug="suwon")
    restriction = restrict(page)
    assert found(engine, "rivers") == []
    restriction.delete()
    assert found(engine, "rivers") == [page.pk, below.pk]


def test_title_of_a_private_translation_is_not_told_by_the_others(homes, engine):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    korean = translate(page, homes["ko"], "맑은 하천")
    assert found(engine, "맑은 하천") == [page.pk]
    restriction = restrict(korean)
    assert found(engine, "맑은 하천") == []
    restriction.delete()
    assert found(engine, "맑은 하천") == [page.pk]


def test_publishing_and_unpublishing_a_translation_renews_the_others(homes, engine):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    korean = translate(page, homes["ko"], "맑은 하천")
    assert found(engine, "맑은 하천", "en") == [page.pk]
    assert found(engine, "rivers", "ko") == [korean.pk]
    korean.title = "깨끗한 강"
    korean = publish(korean)
    assert found(engine, "맑은 하천", "en") == []
    assert found(engine, "깨끗한 강", "en") == [page.pk]
    korean.unpublish()
    assert found(engine, "깨끗한 강", "en") == []
    assert found_elsewhere(engine, "rivers", "ko") == [page.pk]


def test_deleting_a_translation_renews_the_others(homes, engine):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    translate(page, homes["ko"], "맑은 하천").delete()
    assert found(engine, "하천", "en") == []
    assert found_elsewhere(engine, "rivers", "ko") == [page.pk]


def test_alias_is_never_found(homes, engine):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    alias = page.create_alias(parent=homes["ko"], update_slug="alias", update_locale=homes["ko"].locale)
    page.title = "Clean lakes"
    publish(page)
    alias.refresh_from_db()
    assert (alias.live, alias.title, is_searchable(alias)) == (True, "Clean lakes", False)
    assert found(engine, "lakes", "ko") == []
    assert not OutboxEntry.objects.filter(pk=alias.pk).exists()


def test_scheduled_page_appears_and_expires(homes, engine):
    page = make_page(homes["en"], "Clean rivers", slug="rivers", live=False)
    page.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    page.save_revision().publish()
    assert found(engine, "rivers") == []
    # An hour later: what was to come has come.
    earlier = timezone.now() - datetime.timedelta(minutes=1)
    revision = page.latest_revision
    revision.content = {**revision.content, "go_live_at": earlier.isoformat()}
    revision.approved_go_live_at = earlier
    revision.save()
    call_command("publish_scheduled")
    assert found(engine, "rivers") == [page.pk]

    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    assert not is_searchable(page)
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert page.expired
    assert found(engine, "rivers") == []


def test_copied_page_is_found_when_it_is_kept_live(homes, engine):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    copied = page.copy(update_attrs={"slug": "copy"}, keep_live=True)
    assert found(engine, "rivers") == [page.pk, copied.pk]


def test_site_with_another_root_is_found_as_far_as_it_goes(homes, engine):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    below = make_page(page, "Rivers of Suwon", slug="suwon")
    site = Site.objects.get()
    site.root_page = page
    site.save()
    assert found(engine, "rivers") == [page.pk, below.pk]
    assert urls(engine, "suwon") == ["/en/suwon/"]
    assert found(engine, "home") == []


def test_nothing_is_indexed_when_the_transaction_fails(homes, engine):
    with pytest.raises(RuntimeError), transaction.atomic():
        page = make_page(homes["en"], "Clean rivers", slug="rivers")
        raise RuntimeError
    assert found(engine, "rivers") == []
    assert not OutboxEntry.objects.filter(pk=page.pk).exists()


class TestTransactions:
    @pytest.mark.django_db(transaction=True)
    def test_site_changed_outside_a_transaction_is_read_as_it_is_now(self, engine):
        """As by a command or a shell: the index is brought in step in the very call that saves the site."""
        homes = make_homes()
        page = make_page(homes["en"], "Clean rivers", slug="rivers")
        site = Site.objects.get()
        for root, findable in ((page.page_ptr, [page.pk]), (homes["en"].page_ptr, [homes["en"].pk, page.pk])):
            site.root_page = root
            site.save()
            assert [indexed.page_id for indexed in engine.inventory("en")] == findable
            assert not outbox.waiting().exists()
