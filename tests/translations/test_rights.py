"""Who may do what to pages in which language, by every address that exists: role x action x language."""

from io import BytesIO

from django.db import transaction
from django.test import Client, TestCase
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import SegmentOverride, Translation

from cms.models import User
from home.bootstrap import bootstrap_site
from home.models import HomePage
from tests.translations.roles import ROLES, TITLES, make_roles, make_water
from tests.translations.trees import add_page
from translations import bundles, jobs
from translations.catalog import translate_page
from translations.models import Bundle, BundleItem, Job, TranslationTask

# Action -> role -> the languages of the page in which it is allowed. Not named: refused.
RIGHTS = {
    "open": {"korean": "ko", "japanese": "ja", "editor": "en", "coordinator": "en ko ja"},
    "history": {"korean": "ko", "japanese": "ja", "editor": "en", "coordinator": "en ko ja"},
    "publish": {"korean": "ko", "japanese": "ja", "coordinator": "ko ja"},
    "save_string": {"korean": "ko", "japanese": "ja", "coordinator": "ko ja"},
    "save_override": {"korean": "ko", "japanese": "ja", "coordinator": "ko ja"},
    "preview": {"korean": "ko", "japanese": "ja", "coordinator": "ko ja"},
    "download": {"korean": "ko", "japanese": "ja", "coordinator": "ko ja"},
    "upload": {"korean": "ko", "japanese": "ja", "coordinator": "ko ja"},
    "unpublish": {"korean": "ko", "japanese": "ja", "editor": "en", "coordinator": "en ko ja"},
    "stop": {"coordinator": "ko ja"},
    "restart": {"coordinator": "ko ja"},
    "convert_to_alias": {},
    "submit": {"coordinator": "en"},
    "synchronise": {"coordinator": "en"},
    "submit_below": {"coordinator": "en"},
    # Whoever may publish a source may have it translated, and so its draft made in any language.
    "request": {"editor": "en", "coordinator": "en"},
    "offer_bundle": {"korean": "ko", "japanese": "ja", "editor": "en", "coordinator": "en ko ja"},
    "put_into_bundle": {"korean": "ko", "japanese": "ja", "editor": "en", "coordinator": "en ko ja"},
    "add_to_own_bundle": {"korean": "ko", "japanese": "ja", "editor": "en", "coordinator": "en ko ja"},
    "see_others_bundle": {"korean": "ko", "japanese": "ja", "editor": "en", "coordinator": "en ko ja"},
    "edit_others_bundle": {"coordinator": "en ko ja"},
    "publish_bundle": {"korean": "ko", "japanese": "ja", "editor": "en", "coordinator": "en ko ja"},
    "publish_others_bundle": {"coordinator": "en ko ja"},
    "bulk_publish": {"korean": "ko", "japanese": "ja", "editor": "en", "coordinator": "en ko ja"},
    "publish_by_api": {"korean": "ko", "japanese": "ja", "editor": "en", "coordinator": "en ko ja"},
    "bulk_unpublish": {"korean": "ko", "japanese": "ja", "editor": "en", "coordinator": "en ko ja"},
    "cancel_others_job": {"coordinator": "en ko ja"},
}
SOURCE_ONLY = {"submit", "synchronise", "submit_below", "request"}
ANY_PAGE = {
    "open", "history", "unpublish", "offer_bundle", "put_into_bundle", "add_to_own_bundle", "see_others_bundle",
    "edit_others_bundle", "publish_bundle", "publish_others_bundle", "bulk_publish", "publish_by_api", "bulk_unpublish",
    "cancel_others_job",
}  # fmt: skip
TRANSLATION_ONLY = set(RIGHTS) - SOURCE_ONLY - ANY_PAGE


class RightsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        bootstrap_site()
        cls.users = make_roles()
        cls.pages, cls.translations = make_water()
        cls.source = cls.pages["en"]

    def client_of(self, role):
        client = Client()
        client.force_login(self.users[role])
        return client

    def write(self, client, name, translation, segment, **values):
        return client.post(reverse(f"translations_editor:{name}", args=[translation.pk, segment.pk]), values)

    def attempt(self, action, client, code):
        """Do it; return whether it was done, judged by what changed or was shown."""
        page = Page.objects.get(pk=self.pages[code].pk)
        translation = self.translations.get(code)
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        if action == "open":
            return client.get(edit).status_code == 200
        if action == "history":
            return client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).status_code == 200
        if action == "publish":
            before = page.last_published_at
            with self.captureOnCommitCallbacks(execute=True):
                client.post(edit, {"action": "publish"})
            return Page.objects.get(pk=page.pk).last_published_at > before
        if action == "save_string":
            segment = translation.source.stringsegment_set.get(context__path="title")
            return self.write(client, "save", translation, segment, text="새 제목").status_code == 200
        if action == "save_override":
            segment = translation.source.overridablesegment_set.first()
            self.write(client, "override", translation, segment, value="https://new.example/")
            return SegmentOverride.objects.exists()
        if action == "preview":
            return client.get(reverse("wagtail_localize:preview_translation", args=[translation.pk])).status_code == 200
        if action == "download":
            return client.get(reverse("wagtail_localize:download_pofile", args=[translation.pk])).status_code == 200
        if action == "upload":
            po = translation.export_po()
            next(entry for entry in po if entry.msgctxt == "title").msgstr = "새 제목"
            file = BytesIO(str(po).encode())
            file.name = "x.po"
            response = client.post(reverse("wagtail_localize:upload_pofile", args=[translation.pk]), {"file": file})
            if response.status_code == 302 and "/import/" in response.url:
                client.post(response.url, {"digest": client.get(response.url).context["plan"].digest})
            return Page.objects.get(pk=page.pk).draft_title == "새 제목"
        if action == "unpublish":
            client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
            return not Page.objects.get(pk=page.pk).live
        if action == "stop":
            client.post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))
            return not Translation.objects.get(pk=translation.pk).enabled
        if action == "restart":
            Translation.objects.filter(pk=translation.pk).update(enabled=False)
            client.post(edit, {"localize-restart-translation": "1"})
            return Translation.objects.get(pk=translation.pk).enabled
        if action == "convert_to_alias":
            client.post(reverse("wagtail_localize:convert_to_alias", args=[page.pk]))
            return Page.objects.get(pk=page.pk).alias_of_id is not None
        if action == "submit":
            return client.get(reverse("wagtail_localize:submit_page_translation", args=[page.pk])).status_code == 200
        if action == "synchronise":
            source = self.translations["ko"].source
            before = source.last_updated_at
            client.post(reverse("wagtail_localize:update_translations", args=[source.pk]))
            source.refresh_from_db()
            return source.last_updated_at > before
        return self.attempt_on_several(action, client, page)

    def bundle_of(self, page, owner):
        bundle = Bundle.objects.create(name="Water", owner=owner)
        bundles.set_pages(bundle, [page])
        return bundle

    def put_into_bundle(self, client, page, user, *, new):
        """Whether a bundle of any page, new or the user's own, can be made to hold this one."""
        for other in self.pages.values():
            url = reverse("translations_bundle_add", args=[other.pk])
            if not new:
                url = reverse("translations_bundle_edit", args=[self.bundle_of(other, user).pk])
            client.post(url, {"name": "Mine", "pages": [other.pk, page.pk]})
            client.post(url, {"name": "Mine", "pages": [page.pk]})
        return BundleItem.objects.filter(page=page, bundle__name="Mine").exists()

    def attempt_on_several(self, action, client, page):
        """As ``attempt``, for what is done to several pages, or goes on in the background."""
        user = User.objects.get(pk=client.session["_auth_user_id"])
        if action == "submit_below":
            locale = Locale.objects.get(language_code="zh-hant")
            url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
            client.post(url, {"locales": [locale.pk], "include_subtree": "on"})
            return Job.objects.exists()
        if action == "request":
            locale = Locale.objects.get(language_code="zh-hant")
            client.post(f"{reverse('translations_request')}?page={page.pk}", {"languages": [locale.pk]})
            made = page.get_translations().filter(locale=locale, live=False).exists()
            assert made is TranslationTask.objects.filter(source=page, locale=locale).exists()
            return made
        if action == "cancel_others_job":
            job = jobs.enqueue("submit", {}, user=None, label="Water")
            client.post(reverse("translations_job_cancel", args=[job.pk]))
            return Job.objects.get(pk=job.pk).state == "cancelled"
        if action == "offer_bundle":
            return client.get(reverse("translations_bundle_add", args=[page.pk])).status_code == 200
        if action in ("put_into_bundle", "add_to_own_bundle"):
            return self.put_into_bundle(client, page, user, new=action == "put_into_bundle")
        if action == "see_others_bundle":
            bundle = self.bundle_of(page, None)
            listed = client.get(reverse("translations_bundles"))
            shown = client.get(reverse("translations_bundle", args=[bundle.pk])).status_code == 200
            assert shown is (listed.status_code == 200 and bundle in listed.context["bundles"])
            return shown
        if action == "edit_others_bundle":
            bundle = self.bundle_of(page, None)
            url = reverse("translations_bundle_edit", args=[bundle.pk])
            client.post(url, {"name": "Mine", "pages": [page.pk]})
            client.post(reverse("translations_bundle_cancel", args=[bundle.pk]))
            return Bundle.objects.filter(pk=bundle.pk, name="Mine", state="cancelled").exists()
        if action in ("publish_bundle", "publish_others_bundle"):
            bundle = self.bundle_of(page, user if action == "publish_bundle" else None)
            client.post(reverse("translations_bundle_publish", args=[bundle.pk]))
            return Bundle.objects.get(pk=bundle.pk).state == "published"
        if action == "publish_by_api":
            Page.objects.filter(pk=page.pk).update(live=False)
            client.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"]))
            return Page.objects.get(pk=page.pk).live
        if action in ("bulk_publish", "bulk_unpublish"):
            if action == "bulk_publish":
                Page.objects.filter(pk=page.pk).update(live=False)
            url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action.removeprefix("bulk_")])
            client.post(f"{url}?id={page.pk}&next=/admin/")
            return Page.objects.get(pk=page.pk).live is (action == "bulk_publish")
        raise AssertionError(action)

    def test_rights(self):
        for action, allowed in RIGHTS.items():
            for role in ROLES:
                client = self.client_of(role)
                for code in self.pages:
                    if (code == "en" and action in TRANSLATION_ONLY) or (code != "en" and action in SOURCE_ONLY):
                        continue
                    with self.subTest(action=action, role=role, language=code), transaction.atomic():
                        done = self.attempt(action, client, code)
                        transaction.set_rollback(True)
                        assert done is (code in allowed.get(role, "").split())

    def test_visitors_are_sent_to_the_login(self):
        names = ["submit_page_translation", "convert_to_alias", "stop_translation", "download_pofile", "upload_pofile"]
        for name in names:
            response = Client().post(reverse(f"wagtail_localize:{name}", args=[1]))
            assert response.status_code in (302, 403)
            assert "/admin/login/" in response.get("Location", "/admin/login/")

    def test_translator_finds_a_submitted_page_and_no_other_tree(self):
        page = add_page(HomePage.objects.get(locale__language_code="en"), "Forests", "forests")
        korean = page.get_parent().get_translations().get(locale__language_code="ko")
        response = self.client_of("coordinator").post(
            reverse("wagtail_localize:submit_page_translation", args=[page.pk]),
            {"locales": [korean.locale_id]},
        )
        assert response.status_code == 302
        submitted = page.get_translations().get()
        assert (submitted.locale.language_code, submitted.live) == ("ko", False)
        client = self.client_of("korean")
        listing = client.get(reverse("wagtailadmin_explore", args=[korean.pk]))
        assert reverse("wagtailadmin_pages:edit", args=[submitted.pk]) in listing.content.decode()
        top = client.get(reverse("wagtailadmin_explore_root"), follow=True)
        assert top.context["parent_page"].pk == korean.pk
        japanese = client.get(reverse("wagtailadmin_explore", args=[self.pages["ja"].get_parent().pk]), follow=True)
        assert TITLES["ja"] not in japanese.content.decode()

    def test_report_shows_what_is_ones_own(self):
        url = reverse("wagtail_localize:translations_report")
        draft = add_page(HomePage.objects.get(locale__language_code="en"), "Secret plan", "secret")
        translate_page(draft, "ja", {"Secret plan": "秘密"}, publish=False)
        seen = {
            role: {row.target_locale.language_code for row in self.client_of(role).get(url).context["object_list"]}
            for role in ("korean", "japanese", "editor", "coordinator")
        }
        assert seen == {
            "korean": {"ko"},
            "japanese": {"ja"},
            "editor": set(),
            "coordinator": {"zh-hant", "ko", "ja", "zh-hans"},
        }
        assert "Secret plan" not in self.client_of("korean").get(url).content.decode()
