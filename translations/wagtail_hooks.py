"""Puts our views before wagtail-localize's at the same addresses, and our guards before its hooks."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from translations import minor_edits
from translations.account import NoticesSettingsPanel
from translations.components import DeskMenuItem, DeskPanel
from translations.exchange import actions as exchange_actions
from translations.exchange import views as exchange
from translations.glossary import proposal_views
from translations.glossary.viewset import GlossaryViewSet
from translations.guide import guide
from translations.machine import report as machine_report
from translations.machine import views as machine
from translations.memory import views as memory
from translations.minor_edits import PublishMinorEditMenuItem
from translations.permissions import is_coordinator, may_publish
from translations.upstream import admin_api, aliases, cascade, editor, publishing, report, submission
from translations.views import bundles, coverage, desk, jobs, tasks
from translations.views.editor import open_editor
from translations.views.requests import RequestBulkAction, request_translations

# Hooks run in this order; wagtail-localize's have 0.
FIRST = -10


@hooks.register("register_admin_urls", order=FIRST)
def register_guarded_urls() -> list[URLPattern]:
    """The addresses are upstream's; their names stay upstream's too, so that its links lead here."""
    return [
        path("localize/submit/page/<int:page_id>/", submission.GuardedSubmitPageView.as_view()),
        path("localize/update/<int:translation_source_id>/", submission.GuardedUpdateView.as_view()),
        path("localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/", editor.gone),
        path("localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/", editor.gone),
        path("localize/translate/<int:translation_id>/machine_translate/", editor.gone),
        path("localize/translate/<int:translation_id>/disable/", editor.stop),
        path("localize/translate/<int:translation_id>/pofile/download/", exchange.download),
        path("localize/translate/<int:translation_id>/pofile/upload/", exchange.upload),
        path("localize/page/<int:page_id>/convert_to_alias/", editor.convert_to_alias),
        path("localize/reports/translations/", report.OwnTranslationsReportView.as_view()),
        path("localize/reports/translations/results/", report.OwnTranslationsReportView.as_view(results_only=True)),
    ]


@hooks.register("register_admin_urls")
def register_guide_url() -> list[URLPattern]:
    """The translators' guide."""
    return [path("localize/guide/", guide, name="translations_guide")]


@hooks.register("register_admin_urls")
def register_desk_urls() -> list[URLPattern]:
    """The desk, tasks, requests, notices, and coverage."""
    return [
        path("translations/", desk.desk, name="translations_desk"),
        path("translations/tasks/", tasks.task_list, name="translations_tasks"),
        path("translations/tasks/bulk/", tasks.bulk, name="translations_tasks_bulk"),
        path("translations/request/", request_translations, name="translations_request"),
        path("translations/notices/read/", desk.read_notices, name="translations_notices_read"),
        path("translations/notices/<int:notice_id>/", desk.notice, name="translations_notice"),
        path("translations/coverage/", coverage.overview, name="translations_coverage"),
        path("translations/coverage/pages/", coverage.CoveragePagesView.as_view(), name="translations_coverage_pages"),
        path(
            "translations/coverage/pages/results/",
            coverage.CoveragePagesView.as_view(results_only=True),
            name="translations_coverage_pages_results",
        ),
    ]


@hooks.register("register_admin_menu_item")
def register_desk_menu_item() -> DeskMenuItem:
    """The desk, for everybody who has a language."""
    return DeskMenuItem(
        _("Translation desk"),
        reverse_lazy("translations_desk"),
        name="translation-desk",
        icon_name="wagtail-localize-language",
        order=150,
    )


@hooks.register("construct_homepage_panels")
def add_desk_panel(request: HttpRequest, panels: list[Any]) -> None:
    """What is due, on the admin's home page."""
    panels.append(DeskPanel(request))


@hooks.register("register_page_action_menu_item")
def register_minor_edit() -> PublishMinorEditMenuItem:
    """Beside *Publish* in the editor."""
    return PublishMinorEditMenuItem(order=25)


@hooks.register("register_account_settings_panel")
def register_notices_panel(request: HttpRequest, user: Any, profile: Any) -> NoticesSettingsPanel:
    """How a person wants to be told what."""
    return NoticesSettingsPanel(request, user, profile)


@hooks.register("insert_global_admin_css")
def add_desk_css() -> str:
    """Badges appear in Wagtail's own lists too."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/desk.css"))


@hooks.register("register_help_menu_item")
def register_guide_in_help() -> MenuItem:
    """The guide in the help menu, for everybody who works in the admin."""
    return MenuItem(_("Guide for translators"), reverse_lazy("translations_guide"), icon_name="help", order=900)


@hooks.register("register_admin_urls")
def register_memory_urls() -> list[URLPattern]:
    """The translation memory's files."""
    return [
        path("translations/memory/", memory.index, name="translations_memory"),
        path("translations/memory/<slug:language>.tmx", memory.export, name="translations_memory_export"),
    ]


@hooks.register("register_admin_urls")
def register_proposal_urls() -> list[URLPattern]:
    """What is proposed for the glossary."""
    return [
        path("translations/proposals/", proposal_views.index, name="glossary_proposals"),
        path("translations/proposals/<int:proposal_id>/", proposal_views.decide, name="glossary_proposal_decide"),
    ]


@hooks.register("register_admin_urls")
def register_job_urls() -> list[URLPattern]:
    """Background work."""
    return [
        path("translations/jobs/", jobs.index, name="translations_jobs"),
        path("translations/jobs/<int:job_id>/", jobs.detail, name="translations_job"),
        path("translations/jobs/<int:job_id>/cancel/", jobs.cancel, name="translations_job_cancel"),
        path("translations/jobs/<int:job_id>/retry/", jobs.retry, name="translations_job_retry"),
    ]


@hooks.register("register_admin_urls")
def register_bundle_urls() -> list[URLPattern]:
    """What is published together."""
    return [
        path("translations/bundles/", bundles.index, name="translations_bundles"),
        path("translations/bundles/add/<int:page_id>/", bundles.add, name="translations_bundle_add"),
        path("translations/bundles/<int:bundle_id>/", bundles.detail, name="translations_bundle"),
        path("translations/bundles/<int:bundle_id>/edit/", bundles.edit, name="translations_bundle_edit"),
        path("translations/bundles/<int:bundle_id>/publish/", bundles.publish, name="translations_bundle_publish"),
        path("translations/bundles/<int:bundle_id>/cancel/", bundles.cancel, name="translations_bundle_cancel"),
    ]


@hooks.register("register_page_header_buttons")
def offer_bundle(page: Page, user: Any, next_url: str | None = None, view_name: str = "") -> Iterator[Button]:
    """The way to a bundle of a page and its other languages."""
    if not page.is_root() and may_publish(user, page):
        yield Button(
            _("Publish together"),
            reverse("translations_bundle_add", args=[page.pk]),
            icon_name="folder-open-inverse",
            priority=75,
        )


@hooks.register("register_reports_menu_item")
def register_bundles_menu_item() -> MenuItem:
    """The list of bundles among the reports."""
    return MenuItem(
        _("Bundles"),
        reverse_lazy("translations_bundles"),
        name="translation-bundles",
        icon_name="folder-open-inverse",
        order=905,
    )


class CoordinatorsMenuItem(MenuItem):
    """Shown to those who submit pages for translation."""

    def is_shown(self, request: HttpRequest) -> bool:
        return is_coordinator(request.user)


@hooks.register("register_reports_menu_item")
def register_jobs_menu_item() -> MenuItem:
    """The list of background work among the reports."""
    return CoordinatorsMenuItem(
        _("Background work"), reverse_lazy("translations_jobs"), name="translation-jobs", icon_name="history", order=910
    )


@hooks.register("register_reports_menu_item")
def register_memory_menu_item() -> MenuItem:
    """The translation memory among the reports."""
    return CoordinatorsMenuItem(
        _("Translation memory"),
        reverse_lazy("translations_memory"),
        name="translation-memory",
        icon_name="history",
        order=920,
    )


@hooks.register("register_admin_urls")
def register_exchange_urls() -> list[URLPattern]:
    """Texts in files."""
    return [
        path("translations/export/", exchange.export, name="translations_export"),
        path("translations/import/", exchange.import_, name="translations_import"),
        path("translations/import/<int:import_id>/", exchange.review, name="translations_import_review"),
    ]


@hooks.register("register_admin_urls")
def register_machine_urls() -> list[URLPattern]:
    """Drafts by machine, and what they cost."""
    report_view = machine_report.MachineUseReport
    return [
        path("translations/machine/draft/", machine.draft_texts, name="translations_machine_draft"),
        path("reports/machine-translation/", report_view.as_view(), name="translations_machine_use"),
        path(
            "reports/machine-translation/results/",
            report_view.as_view(results_only=True),
            name="translations_machine_use_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_machine_report() -> MenuItem:
    """The report of use, for coordinators."""
    return CoordinatorsMenuItem(
        _("Machine translation"), reverse_lazy("translations_machine_use"), icon_name="cogs", order=910
    )


@hooks.register("register_admin_viewset")
def register_machine_choices() -> machine_report.MachineChoiceViewSet:
    """Where machine text may be published unread."""
    return machine_report.MachineChoiceViewSet()


@hooks.register("register_admin_urls")
def register_editor_urls() -> list[URLResolver]:
    """What the editor's script and forms call."""
    return [path("translations/editor/<int:translation_id>/", include("translations.views.editor_urls"))]


@hooks.register("register_admin_viewset")
def register_glossary() -> GlossaryViewSet:
    """The menu of the glossary."""
    return GlossaryViewSet()


hooks.register("register_bulk_action", exchange_actions.ExportTextsAction)
hooks.register("register_page_header_buttons", exchange_actions.header_buttons)
# Before the guard: what was typed is saved even where the guard refuses to publish.
hooks.register("before_edit_page", open_editor, order=FIRST - 1)
hooks.register("before_edit_page", editor.guard_edit_page, order=FIRST)
hooks.register("construct_page_action_menu", editor.tidy_action_menu)
hooks.register("construct_admin_api", admin_api.guard_api)
hooks.register("before_bulk_action", publishing.guard_bulk, order=FIRST)
hooks.register("before_bulk_action", cascade.guard_bulk, order=FIRST)
hooks.register("after_bulk_action", cascade.move_along)
hooks.register("before_move_page", cascade.guard_move, order=FIRST)
hooks.register("before_delete_page", cascade.guard_delete, order=FIRST)
hooks.register("before_convert_alias_page", aliases.guard_convert, order=FIRST)
hooks.register("construct_translated_pages_to_cascade_actions", cascade.pages_to_take_along)
hooks.register("before_publish_page", publishing.guard_page, order=FIRST)
hooks.register("before_publish_page", minor_edits.remember)
hooks.register("after_publish_page", minor_edits.say_what_was_opened)
hooks.register("after_publish_page", minor_edits.offer_request, order=10)
hooks.register("register_bulk_action", RequestBulkAction)
