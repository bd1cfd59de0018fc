"""manage.py bootstrap_site on a database as Wagtail's migrations leave it."""

from io import StringIO

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import TestCase
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Locale, Page, PageLogEntry, Site, Workflow
from wagtail_localize.models import LocaleSynchronization, Translation

from cms.languages import CODES, LANGUAGES
from cms.models import Theme
from home.bootstrap import bootstrap_site
from home.bootstrap.pages import SECTIONS
from home.bootstrap.words import WORDS
from home.models import HomePage
from news.models import NewsIndexPage


def state():
    """Everything that a second run could change, as comparable values."""
    return {
        "pages": list(
            Page.objects.order_by("path").values_list(
                "path", "title", "slug", "live", "latest_revision", "locale__language_code", "show_in_menus"
            )
        ),
        "groups": {
            group.name: sorted(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()
        },
        "page_permissions": sorted(
            GroupPagePermission.objects.values_list("group__name", "page__url_path", "permission__codename")
        ),
        "collections": sorted(GroupCollectionPermission.objects.values_list("group__name", "permission__codename")),
        "sites": list(Site.objects.values_list("hostname", "port", "root_page", "site_name")),
        "themes": list(Theme.objects.order_by("slug").values()),
        "workflows": list(Workflow.objects.values_list("name", flat=True)),
        "translations": Translation.objects.count(),
        "log": PageLogEntry.objects.count(),
    }


class BootstrapTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.made = bootstrap_site()

    def addresses(self):
        sections = [
            (section.slug, *[f"{section.slug}/{child.slug}" for child in section.children]) for section in SECTIONS
        ]
        return ["", *[address for group in sections for address in group]]

    def test_words_are_those_of_the_sections_in_every_language(self):
        assert sorted(WORDS) == sorted(self.addresses())
        for words in WORDS.values():
            for texts in words.values():
                assert list(texts) == list(CODES)
                assert len(set(texts.values())) >= 4  # 沿革, 典範… may be the same in two

    def test_every_section_is_live_in_every_language_at_the_same_address(self):
        urls = {page.url for page in Page.objects.live().filter(depth__gt=1, alias_of__isnull=True)}
        assert urls == {f"/{code}/{address}/".replace("//", "/") for code in CODES for address in self.addresses()}

    def test_pages_are_titled_in_their_language(self):
        for address, words in WORDS.items():
            for code, title in words["title"].items():
                url = f"/{code}/{address}/".replace("//", "/")
                page = next(page for page in Page.objects.filter(title=title) if page.url == url).specific
                assert page.summary == words["summary"][code]

    def test_translations_are_known_to_wagtail_localize_and_complete(self):
        translations = list(Translation.objects.all())
        assert len(translations) == len(WORDS) * 4
        for translation in translations:
            total, done = translation.get_progress()
            assert (total, done) == (total, total)
            assert translation.enabled

    def test_sections_are_in_menus_and_their_children_are_not(self):
        for home in HomePage.objects.all():
            assert [page.slug for page in home.get_children().in_menu()] == [section.slug for section in SECTIONS]
            assert not Page.objects.descendant_of(home).filter(depth=4, show_in_menus=True).exists()

    def test_welcome_page_is_gone_and_the_site_stands_on_the_english_home(self):
        assert not Page.objects.filter(title__startswith="Welcome").exists()
        site = Site.objects.get()
        assert (site.is_default_site, site.root_page.specific_class) == (True, HomePage)
        assert site.root_page.locale.language_code == "en"
        assert (site.hostname, site.port, site.site_name) == ("localhost", 8000, "ENCYNET")

    def test_locales_are_those_of_the_table_and_none_copies_another(self):
        assert set(Locale.objects.values_list("language_code", flat=True)) == set(CODES)
        assert not LocaleSynchronization.objects.exists()

    def test_groups_are_editors_coordinators_and_one_of_translators_for_each_language(self):
        expected = {"Editors", "Coordinators"} | {f"Translators: {row.name}" for row in LANGUAGES if row.code != "en"}
        assert set(Group.objects.values_list("name", flat=True)) == expected

    def test_translators_have_their_own_tree_only(self):
        for language in LANGUAGES[1:]:
            group = Group.objects.get(name=f"Translators: {language.name}")
            rights = {(right.page.specific, right.permission.codename) for right in group.page_permissions.all()}
            home = HomePage.objects.get(locale__language_code=language.code)
            assert rights == {(home, "change_page"), (home, "publish_page")}
            assert set(group.permissions.values_list("codename", flat=True)) == {
                "access_admin", "view_glossaryterm", "view_pagevisits",
            }  # fmt: skip

    def test_only_coordinators_submit_and_work_on_all_trees(self):
        submitters = Group.objects.filter(permissions__codename="submit_translation")
        assert [group.name for group in submitters] == ["Coordinators"]
        rooted = GroupPagePermission.objects.filter(page__depth=1).values_list("group__name", flat=True)
        assert set(rooted) == {"Coordinators"}

    def test_editors_write_english(self):
        rights = GroupPagePermission.objects.filter(group__name="Editors")
        assert {right.page.locale.language_code for right in rights} == {"en"}
        assert {right.permission.codename for right in rights} == {"add_page", "change_page", "publish_page"}

    def test_review_is_asked_of_coordinators_on_every_tree(self):
        workflow = Workflow.objects.get()
        assert workflow.name == "Review by coordinators"
        assert [group.name for group in workflow.tasks.get().specific.groups.all()] == ["Coordinators"]
        for home in HomePage.objects.all():
            assert home.get_workflow() == workflow

    def test_themes_have_five_names(self):
        assert Theme.objects.count() == 14
        for theme in Theme.objects.values():
            assert all(theme.values())

    def test_second_run_changes_nothing(self):
        before = state()
        out = StringIO()
        call_command("bootstrap_site", stdout=out)
        assert state() == before
        assert out.getvalue() == "Nothing was missing.\n"

    def test_second_run_keeps_what_people_changed(self):
        news = NewsIndexPage.objects.get(locale__language_code="en")
        news.title, news.slug = "Messages", "messages"
        news.save_revision().publish()
        korean = Page.objects.get(locale__language_code="ko", slug="history").specific
        korean.title = "걸어온 길"
        korean.save_revision().publish()
        Page.objects.get(locale__language_code="en", slug="contact").delete()
        Page.objects.get(locale__language_code="ja", slug="membership").delete()
        Theme.objects.filter(slug="water").update(name_ko="물관리")
        Group.objects.get(name="Editors").permissions.clear()
        before = state()
        assert bootstrap_site() == []
        assert state() == before

    def test_second_run_adds_what_is_missing(self):
        Theme.objects.get(slug="food").delete()
        Group.objects.get(name="Translators: 한국어").delete()
        assert bootstrap_site() == ["group “Translators: 한국어”", "1 themes"]


class BootstrapOfAnExistingSiteTest(TestCase):
    def test_page_that_stands_at_the_root_is_kept(self):
        welcome = Page.objects.get(depth=2)
        welcome.title = "Our own page"
        welcome.save_revision().publish()
        bootstrap_site()
        assert Page.objects.filter(pk=welcome.pk, title="Our own page").exists()

    def test_group_with_people_is_kept(self):
        group = Group.objects.get(name="Moderators")
        group.user_set.create(username="somebody")
        bootstrap_site()
        assert Group.objects.filter(name="Moderators").exists()
