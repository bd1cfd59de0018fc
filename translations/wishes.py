"""Who translates, until when, with which message: asked in wagtail-localize's own form of submission."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail_localize.components import register_translation_component

from translations import tasks
from translations.forms import WishesForm
from translations.models import TranslationRequest


class WishesHandler:
    """What wagtail-localize asks of a component's model: the form."""

    def bind_to_model(self, model: type[TranslationRequest]) -> "WishesHandler":
        """Return what makes the form for ``model``; there is but one."""
        return self

    def get_form_class(self) -> type[WishesForm]:
        """Return the form to show below wagtail-localize's."""
        return WishesForm


def register() -> None:
    """Add our questions to the form of submission. To be called once the apps are ready."""
    TranslationRequest.edit_handler = WishesHandler()  # type: ignore[attr-defined]  # wagtail-localize looks for it
    register_translation_component(heading=_("Who translates it, and until when"), required=True)(TranslationRequest)


def wishes_in(components: Iterable[tuple[Any, Any, Any]]) -> WishesForm | None:
    """Return our form among the components of a submission that was found valid."""
    return next((form for _component, _instance, form in components if isinstance(form, WishesForm)), None)


def request_submitted(components: Any, pages: Iterable[Page], locales: Iterable[Locale], user: Any) -> None:
    """Make the tasks of a submission, as its form asks."""
    wishes = wishes_in(components or ())
    if wishes is not None:
        tasks.request(pages, locales, user=user, assignees=wishes.assignees, due=wishes.due_on, message=wishes.words)
