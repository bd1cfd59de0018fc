"""The demonstration loaded for real: all of its pages, and their translations into Korean."""

import datetime
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.db.models import Q
from django.test import override_settings
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail_localize.models import Translation

from cases.models import CasePage
from cms.models import SiteDocument, SiteImage, User
from demo.accounts import ACCOUNTS, PASSWORD, account_lines, make_accounts
from demo.desk import PROPOSALS, REQUESTS
from demo.loader import load
from events.models import SeminarPage, SessionPage, SummitPage
from home.models import HomePage, StandardPage
from news.models import NewsPage
from partners.models import PartnerPage
from research.models import CallPage
from search.models import OutboxEntry
from tests.rollback import rolled_back
from translations.completeness import is_complete
from translations.models import PageTranslationState, StateCount, TermProposal, TranslationTask

TODAY = datetime.date(2026, 5, 17)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Load once for the module, into the embedded search of its own; the database is rolled back at the end."""
    folder = tmp_path_factory.mktemp("demo")
    with (
        django_db_blocker.unblock(),
        override_settings(
            SEARCH_BACKEND="search.backends.embedded.EmbeddedBackend",
            SEARCH_EMBEDDED_PATH=folder / "search.sqlite3",
            MEDIA_ROOT=folder / "media",
        ),
        rolled_back(),
    ):
        yield load(today=TODAY, accounts=True, languages=["ko"])


def live(model, language):
    return model.objects.live().filter(locale__language_code=language, alias_of__isnull=True)


def again():
    return load(today=TODAY, accounts=True, languages=["ko"])


def test_everything_is_live_in_english_and_most_in_korean(loaded):
    counts = {
        model.__name__: (live(model, "en").count(), live(model, "ko").count())
        for model in (
            HomePage,
            StandardPage,
            PartnerPage,
            CasePage,
            SummitPage,
            SessionPage,
            SeminarPage,
            CallPage,
            NewsPage,
        )
    }
    assert counts == {
        "HomePage": (1, 1),
        "StandardPage": (4, 4),
        "PartnerPage": (25, 25),
        "CasePage": (12, 9),
        "SummitPage": (2, 2),
        "SessionPage": (15, 15),
        "SeminarPage": (3, 3),
        "CallPage": (4, 3),
        "NewsPage": (5, 5),
    }
    assert loaded.pages == 77


def test_live_translations_are_complete_and_half_done_ones_wait(loaded):
    translations = Translation.objects.filter(target_locale__language_code="ko").select_related("source")
    waiting = {t.get_target_instance().slug for t in translations if not is_complete(t)}
    drafts = set(Page.objects.filter(locale__language_code="ko", live=False).values_list("slug", flat=True))
    assert drafts == {"curitiba-bus-corridors", "urban-trees-for-2060"}
    outdated = PageTranslationState.objects.filter(state="outdated", locale__language_code="ko")
    assert waiting == drafts | set(outdated.values_list("source__slug", flat=True))
    assert not Page.objects.filter(locale__language_code="ko", slug="copenhagen-cycling").exists()


def test_pages_have_revisions_by_the_editor_and_texts_by_the_translator(loaded):
    case = CasePage.objects.get(slug="freiburg-vauban", locale__language_code="en")
    assert case.latest_revision.user.username == "editor"
    korean = case.get_translations().get(locale__language_code="ko").specific
    assert korean.live_revision.user.username == "translator-ko"
    assert korean.title != case.title
    assert korean.cover_id == case.cover_id
    assert [block.block_type for block in korean.actions] == [block.block_type for block in case.actions]
    assert "파사드" not in korean.title and "주차" in str(korean.actions)


def test_outdated_pages_are_newer_than_their_translations(loaded):
    case = CasePage.objects.get(slug="kitakyushu-blue-sky", locale__language_code="en")
    record = Translation.objects.get(source__object_id=case.translation_key, target_locale__language_code="ko").source
    assert "Old photographs" in case.lessons
    assert "Old photographs" in record.content_json
    assert case.lessons.count("<ul>") == 1
    row = PageTranslationState.objects.get(source=case, locale__language_code="ko")
    assert (row.state, row.total - row.translated) == ("outdated", 1)
    assert "Old photographs" not in case.get_translation(row.locale).specific.lessons


def test_translators_find_work_on_their_desks(loaded):
    tasks = TranslationTask.objects.filter(locale__language_code="ko").values_list("source__slug", "state", "due")
    assert sorted(tasks) == [
        ("curitiba-bus-corridors", "in_translation", TODAY + datetime.timedelta(days=3)),
        ("urban-trees-for-2060", "in_translation", TODAY - datetime.timedelta(days=2)),
    ]
    assert TranslationTask.objects.count() == len(REQUESTS)
    assert StateCount.objects.filter(locale__language_code="ko").values("day").distinct().count() == 12
    assert mail.outbox == []


def test_coordinator_finds_terms_to_decide(loaded):
    assert TermProposal.objects.count() == len(PROPOSALS)
    assert dict(TermProposal.objects.values_list("language", "state")) == {
        "ko": "open",
        "ja": "open",
        "zh-hant": "open",
        "zh-hans": "declined",
    }


def test_relations_point_at_english_pages_and_are_filled(loaded):
    home = HomePage.objects.get(locale__language_code="en")
    assert [row.case.slug for row in home.featured_cases.all()][0] == "freiburg-vauban"
    assert [row.link_page.slug for row in home.roles.all()] == ["events", "cases", "research"]
    summit = SummitPage.objects.get(slug="biodiversity-summit-2014", locale__language_code="en")
    assert (summit.start_date, summit.end_date) == (datetime.date(2014, 10, 12), datetime.date(2014, 10, 14))
    assert [row.role for row in summit.summit_partners.all()].count("supporting") == 10
    assert [len(sessions) for _day, sessions in summit.programme()] == [5, 4, 3]
    coming = SummitPage.objects.get(slug="world-local-government-forum", locale__language_code="en")
    assert (coming.start_date, coming.end_date) == (datetime.date(2026, 8, 7), datetime.date(2026, 8, 8))
    noon = datetime.datetime.combine(TODAY, datetime.time(12), tzinfo=datetime.UTC)
    calls = CallPage.objects.filter(locale__language_code="en")
    assert sorted(call.status_at(noon) for call in calls) == ["closed", "closing_soon", "open", "upcoming"]


def test_references_and_search_are_up_to_date(loaded):
    image = SiteImage.objects.get(title="Demonstration: cheonggyecheon")
    sources = {row.object_id for row in ReferenceIndex.get_references_to(image)}
    cases = CasePage.objects.filter(slug="seoul-cheonggyecheon", live=True)
    assert {str(pk) for pk in cases.values_list("pk", flat=True)} <= sources
    assert not [row.page_id for row in OutboxEntry.objects.all() if row.version > row.written]
    assert "seoul-cheonggyecheon" in [page.slug for page in CasePage.objects.search("Cheonggyecheon")]


def test_second_load_changes_nothing(loaded):
    def state():
        pages = list(Page.objects.order_by("pk").values_list("pk", "path", "title", "live", "latest_revision_id"))
        return pages, Translation.objects.count(), SiteImage.objects.count(), SiteDocument.objects.count()

    before = state()
    second = again()
    assert (second.pages, second.translations) == (0, 0)
    assert state() == before


def test_second_load_in_nobodys_name_changes_nothing(loaded):
    User.objects.all().delete()
    revisions = Revision.objects.count()
    second = load(today=TODAY, accounts=False, languages=["ko"])
    assert (second.pages, second.translations) == (0, 0)
    assert Revision.objects.count() == revisions


def test_load_keeps_edits_and_completes_what_is_missing(loaded):
    home = HomePage.objects.get(locale__language_code="en")
    home.motto = "Edited"
    home.save_revision(user=User.objects.get(username="editor")).publish()
    call = CallPage.objects.get(slug="quiet-and-clean-buses", locale__language_code="en")
    for page in call.get_translations(inclusive=True):
        page.delete()
    second = again()
    assert (second.pages, second.translations) == (1, 1)
    assert HomePage.objects.get(locale__language_code="en").motto == "Edited"
    assert live(CallPage, "ko").filter(slug="quiet-and-clean-buses").exists()


def test_accounts_have_their_groups_and_one_password(loaded):
    assert len(account_lines()) == len(ACCOUNTS) == 7
    assert User.objects.get(username="admin").is_superuser
    korean = User.objects.get(username="translator-ko")
    assert [group.name for group in korean.groups.all()] == ["Translators: 한국어"]
    assert korean.wagtail_userprofile.preferred_language == "ko"
    assert Group.objects.get(name="Editors").user_set.get().username == "editor"


def test_account_with_another_password_is_kept_and_not_printed(loaded):
    admin = User.objects.get(username="admin")
    admin.set_password("my own words")
    admin.save()
    assert make_accounts() == []
    assert User.objects.get(username="admin").check_password("my own words")
    assert [line.split()[0] for line in account_lines()][:2] == ["coordinator", "editor"]


def test_command_refuses_accounts_where_debug_is_off(loaded):
    User.objects.all().delete()
    output = StringIO()
    call_command("load_demo", "--languages", "ko", stdout=output)
    assert not User.objects.exists()
    assert "--with-accounts" in output.getvalue()
    assert PASSWORD not in output.getvalue()


def test_command_makes_accounts_when_told_to(loaded):
    User.objects.all().delete()
    output = StringIO()
    call_command("load_demo", "--with-accounts", "--languages", "ko", "--today", "2026-05-17", stdout=output)
    assert User.objects.count() == 7
    # Wagtail would refuse to save their settings.
    assert not User.objects.filter(Q(first_name="") | Q(last_name="")).exists()
    assert output.getvalue().count(f"  {PASSWORD}  ") == 7
