"""What the editor's template is given."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import PageStatusSidePanel
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.languages import by_code
from translations.components import TranslationsSidePanel
from translations.editor import comments, presence
from translations.editor.overrides import overrides_of, related_of
from translations.editor.review import review_of
from translations.editor.rows import Attempt, groups_of, progress_of, rows_of
from translations.machine import engine_for
from translations.models import TextChange
from translations.review import why_source_holds_back
from translations.views.editor_access import why_locked


def context_of(
    request: HttpRequest, translation: Translation, page: Page, attempts: Mapping[int, Attempt] | None = None
) -> dict[str, Any]:
    """Return what the editor shows. The number of queries does not depend on the number of texts or pages."""
    specific = page.specific
    _warn_of_schema(request, translation)
    _warn_of_source(request, translation)
    rows = rows_of(translation, attempts)
    siblings = list(page.get_translations().select_related("locale"))
    permissions = specific.permissions_for_user(request.user)
    others = presence.report(translation, request.user)
    latest = TextChange.objects.filter(translation=translation).order_by("-pk").values_list("pk", flat=True).first()
    locked = why_locked(request, specific)
    panels = [_status_panel(request, translation, specific, siblings), TranslationsSidePanel(specific, request)]
    return {
        "translation": translation,
        "page": specific,
        "page_perms": permissions,
        "source_language": by_code(translation.source.locale.language_code),
        "target_language": by_code(translation.target_locale.language_code),
        "source_page": next((one for one in siblings if one.locale_id == translation.source.locale_id), None),
        "groups": groups_of(rows),
        "progress": progress_of(rows),
        "filters": _filters(rows),
        "overrides": overrides_of(translation),
        "related": related_of(translation),
        "threads": comments.page_threads(translation),
        "locked": locked,
        "review": review_of(translation, specific, request.user, locked=locked, note=request.POST.get("note", "")),
        "machine": engine_for(translation.source.locale.language_code, translation.target_locale.language_code),
        "can_coordinate": request.user.has_perm("wagtail_localize.submit_translation"),
        "preview_modes": specific.preview_modes,
        "settings": _settings(request, translation, page, latest or 0, others),
        "side_panels": panels,
        "media": MediaContainer(panels).media,
    }


def _filters(rows: Any) -> list[tuple[str, Any, int]]:
    """The filters of the list: name, label, how many texts they show."""
    names = [
        ("all", _("All texts")),
        ("open", _("To translate")),
        ("changed", _("Source changed")),
        ("machine", _("By machine")),
        ("problems", _("With problems")),
        ("comments", _("With comments")),
    ]
    return [(name, label, sum(name == "all" or name in row.flags.split() for row in rows)) for name, label in names]


def _settings(request: HttpRequest, translation: Translation, page: Page, since: int, others: Any) -> dict[str, Any]:
    """What the script is told: addresses and words."""

    def address(name: str, *rest: Any) -> str:
        return reverse(f"translations_editor:{name}", args=[translation.pk, *rest])

    return {
        "translation": str(translation.uuid),
        "user": request.user.pk,
        "since": since,
        "others": [{"name": other.name, "segment": other.segment_id} for other in others],
        "people": [
            {"name": str(one), "account": one.get_username()} for one in comments.mentionable(translation, request.user)
        ],
        "texts": address("beside", 0).removesuffix("0/"),
        "presence": address("presence"),
        "token": address("token"),
        "preview": address("preview"),
        "login": f"{reverse('wagtailadmin_login')}?next={reverse('wagtailadmin_pages:edit', args=[page.pk])}",
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "saved": _("Saved."),
        "people": _("People"),
        "peopleFound": _("People who can be told: %(number)s. Choose with the arrow keys, take with Enter."),
        "saving": _("Saving…"),
        "unsaved": _("Not saved yet"),
        "failed": _("Not saved: the server did not answer. Your text is kept in this browser. Try again."),
        "loggedOut": _("Not saved: you are not logged in any more. Log in in a new window, then save again."),
        "forbidden": _("Not saved: you may not edit this page any more. Your text is kept in this browser."),
        "notSent": _("Not sent: the server did not answer. What you typed is kept in this browser. Try again."),
        "notSentLoggedOut": _("Not sent: you are not logged in any more. Log in in a new window, then try again."),
        "logIn": _("Log in in a new window"),
        "retry": _("Save again"),
        "restored": _("This text was typed here before and not saved."),
        "discard": _("Discard it"),
        "conflict": _("Somebody else changed this text while you were working on it."),
        "conflictBy": _("%(name)s changed this text while you were working on it."),
        "mine": _("Yours"),
        "theirs": _("Theirs"),
        "keepMine": _("Save mine"),
        "takeTheirs": _("Take theirs"),
        "alsoHere": _("Also here: %(names)s"),
        "isHere": _("%(name)s is working on this text."),
        "theyWrote": _("Changed just now by somebody else."),
        "loading": _("Loading…"),
        "notLoaded": _("This could not be loaded."),
        "none": _("No text matches."),
        "allDone": _("Nothing is left to translate."),
        "leave": _("Some texts are not saved."),
        "reason": _("Why does this warning not apply here?"),
        "unsavedCount": _("Texts not saved: %(count)s"),
    }


def _status_panel(
    request: HttpRequest, translation: Translation, page: Page, siblings: list[Page]
) -> PageStatusSidePanel:
    """Wagtail's own panel: status, schedule, languages, lock, history."""
    return PageStatusSidePanel(
        page,
        request,
        show_schedule_publishing_toggle=False,
        live_object=page,
        scheduled_object=page.get_scheduled_revision_as_object(),
        locale=translation.target_locale,
        translations=[
            {"locale": sibling.locale, "url": reverse("wagtailadmin_pages:edit", args=[sibling.pk])}
            for sibling in siblings
            if sibling.permissions_for_user(request.user).can_edit()
        ],
    )


def _warn_of_source(request: HttpRequest, translation: Translation) -> None:
    """Say before anybody translates that the page cannot be published alone for now."""
    reason = why_source_holds_back(translation)
    if reason:
        messages.warning(request, reason)


def _warn_of_schema(request: HttpRequest, translation: Translation) -> None:
    """Say that the page type has changed since the source was taken over: new fields may be missing here."""
    if not translation.source.schema_out_of_date():
        return
    model = translation.source.specific_content_type.model_class()
    messages.warning(
        request,
        _("The page type “%(type)s” has changed since this page was last taken over: some texts may be missing here.")
        % {"type": capfirst(model._meta.verbose_name)},
    )
