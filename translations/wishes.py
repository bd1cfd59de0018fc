"""Who translates, until when, with which message: asked in wagtail-localize's own form of submission."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail_localize.components import register_translation_component
from wagtail_localize.models import Translation, TranslationSource

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


def request_submitted(
    components: Iterable[tuple[Any, Any, Any]], made: Mapping[TranslationSource, Iterable[Translation]], user: Any
) -> None:
    """Make the tasks of what was submitted, as the form asks; its ``components`` were found valid."""
    wishes = next((form for _row, _instance, form in components if isinstance(form, WishesForm)), None)
    if wishes is None or not made:
        return
    keys = {source.object_id: source for source in made}
    pages = {
        page.translation_key: page
        for page in Page.objects.filter(translation_key__in=keys, alias_of=None)
        if page.locale_id == keys[page.translation_key].locale_id
    }
    among = {
        (pages[source.object_id].pk, translation.target_locale_id)
        for source, translations in made.items()
        if source.object_id in pages
        for translation in translations
    }
    locales = [locale for locale in wishes.locales if any(locale.pk == wanted for _page, wanted in among)]
    tasks.request(
        pages.values(),
        locales,
        user=user,
        assignees=wishes.assignees,
        due=wishes.due_on,
        message=wishes.words,
        among=among,
    )
