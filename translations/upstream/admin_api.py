"""The API of Wagtail's admin: its actions on pages do what the admin's views do, or refuse in words (400).

Upstream's actions (wagtail/admin/api/actions, 8.0) ask for permissions on the one page and call none of the hooks by
which views are guarded. So each of them asks here what its view would: whether translations can follow (``cascade``),
whether the newest revision may go live (``publishing``), whether the page is locked. What this site does not do is
refused to everybody. Unpublishing is upstream's: translations follow it by its signal.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework.response import Response
from wagtail.actions.delete_page import DeletePageAction
from wagtail.admin.api.actions.convert_alias import ConvertAliasPageAPIAction
from wagtail.admin.api.actions.copy import CopyPageAPIAction
from wagtail.admin.api.actions.copy_for_translation import CopyForTranslationAPIAction
from wagtail.admin.api.actions.create_alias import CreatePageAliasAPIAction
from wagtail.admin.api.actions.delete import DeletePageAPIAction
from wagtail.admin.api.actions.move import MovePageAPIAction
from wagtail.admin.api.actions.publish import PublishPageAPIAction
from wagtail.admin.api.actions.revert_to_page_revision import RevertToPageRevisionAPIAction
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.forms import why_not_copy_to
from translations.permissions import may_publish
from translations.upstream import aliases, cascade, publishing


class GuardedPublish(PublishPageAPIAction):
    """Publishes a page as its editor would; of a translation, what its texts say now."""

    def execute(self, instance: Page, data: Any) -> Response:
        if not may_publish(self.request.user, instance):
            raise PermissionDenied
        with transaction.atomic():
            _refuse_if(publishing.prepare(instance, self.request.user))
            return super().execute(instance, data)


class GuardedMove(MovePageAPIAction):
    """Moves a page with its translations, or none of them; they get its place among theirs."""

    def execute(self, instance: Page, data: Any) -> Response:
        user = self.request.user
        # Wagtail compares pages, and none is equal to its own specific instance.
        page = Page.objects.get(pk=instance.pk)
        target = get_object_or_404(Page, pk=data["destination_page_id"])
        parent = target if (data.get("position") or "").endswith("-child") else target.get_parent()
        if parent is None:
            raise BadRequestError(_("There is no place beside the root of all pages."))
        if not page.permissions_for_user(user).can_move_to(parent):
            raise PermissionDenied
        if page.get_parent() != parent:
            _refuse_if(cascade.why_not_move(user, page, parent))
        with transaction.atomic():
            response = super().execute(instance, data)
            moved, parent = Page.objects.get(pk=page.pk), Page.objects.get(pk=parent.pk)
            cascade.follow(moved, parent, user)
            cascade.reorder_along(moved, parent, parent)
        return response


class GuardedDelete(DeletePageAPIAction):
    """Deletes a page with its translations, or none of them."""

    def execute(self, instance: Page, data: Any) -> Response:
        user = self.request.user
        DeletePageAction(instance, user=user).check()
        _refuse_if(cascade.why_not_delete(user, instance))
        with transaction.atomic():
            along = list(cascade.translations_from(instance).specific())
            response = super().execute(instance, data)
            for translation in along:
                DeletePageAction(translation, user=user).execute(skip_permission_checks=True)
        return response


class GuardedCopy(CopyPageAPIAction):
    """Copies a page within its language."""

    def execute(self, instance: Page, data: Any) -> Response:
        number = data.get("destination_page_id")
        parent = instance.get_parent() if number is None else get_object_or_404(Page, pk=number)
        _refuse_if(why_not_copy_to(instance, parent))
        return super().execute(instance, data)


class GuardedRevert(RevertToPageRevisionAPIAction):
    """Takes a page back to a former revision, unless it is locked or made of translated texts."""

    def execute(self, instance: Page, data: Any) -> Response:
        if Translation.objects.filter(
            source__object_id=instance.translation_key, target_locale_id=instance.locale_id, enabled=True
        ).exists():
            raise BadRequestError(
                _("A translation is not taken back as a whole. Its editor shows the former texts, and restores each.")
            )
        _refuse_if(publishing.why_locked(instance, self.request.user))
        return super().execute(instance, data)


class GuardedConvertAlias(ConvertAliasPageAPIAction):
    """Makes an ordinary page of an alias, unless it has another language's words."""

    def execute(self, instance: Page, data: Any) -> Response:
        _refuse_if(aliases.why_not_convert(instance))
        return super().execute(instance, data)


class NoAlias(CreatePageAliasAPIAction):
    """Refuses (decision 0004)."""

    def execute(self, instance: Page, data: Any) -> Response:
        raise BadRequestError(_("This site makes no aliases: a page stands in one place, in its own language."))


class NoCopyForTranslation(CopyForTranslationAPIAction):
    """Refuses: what it makes, the desk knows nothing of, and the source's words are in it."""

    def execute(self, instance: Page, data: Any) -> Response:
        raise BadRequestError(_("Pages are translated at the translation desk: request the translation there."))


class GuardedPagesViewSet(PagesAdminAPIViewSet):
    """The pages of the admin's API."""

    actions = {
        **PagesAdminAPIViewSet.actions,
        "convert_alias": GuardedConvertAlias,
        "copy": GuardedCopy,
        "copy_for_translation": NoCopyForTranslation,
        "create_alias": NoAlias,
        "delete": GuardedDelete,
        "move": GuardedMove,
        "publish": GuardedPublish,
        "revert_to_page_revision": GuardedRevert,
    }


def guard_api(router: WagtailAPIRouter) -> None:
    """Put our pages in place of Wagtail's."""
    router.register_endpoint("pages", GuardedPagesViewSet)


def _refuse_if(reason: str) -> None:
    if reason:
        raise BadRequestError(reason)
