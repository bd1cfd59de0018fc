"""Submitting pages for translation, and taking changes of a source over into its translations.

Upstream asks for one permission of the whole site and for none on the pages (views/submit_translations.py and
views/update_translations.py, ``dispatch``, 1.14.5), creates the missing pages above as live aliases
(``copy_parent_pages=True`` in models.py, ``save_target``), takes up drafts by their first text
(https://github.com/wagtail/wagtail-localize/issues/861), and publishes source text where a translation is missing.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitTranslationForm
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView

from translations.completeness import is_complete
from translations.upstream.aliases import retire_alias


def open_languages(page: Page, user: Any) -> dict[Locale, str]:
    """Return the locales that ``page`` is not translated into, each with why ``user`` cannot submit it there, or "".

    A language is open if the page above exists in it, live or not, and the user may add pages there.
    """
    have = page.get_translations(inclusive=True).filter(alias_of__isnull=True).values("locale")
    above = page.get_parent()
    parents = {row.locale_id: row for row in above.get_translations().filter(alias_of__isnull=True)}
    reasons: dict[Locale, str] = {}
    for locale in Locale.objects.exclude(pk__in=have):
        # A home page has no page above it in any language; its translations stand beside it.
        parent = above if above.is_root() else parents.get(locale.pk)
        if parent is None:
            reasons[locale] = _("the page above, “%(title)s”, is not translated yet") % {"title": above.title}
        elif not parent.permissions_for_user(user).can_add_subpage():
            reasons[locale] = _("you may not add pages in this language")
        else:
            reasons[locale] = ""
    return reasons


class GuardedSubmitForm(SubmitTranslationForm):
    """Offers the languages that are open and names the others with the reason."""

    def __init__(self, instance: Page, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(instance, *args, **kwargs)
        reasons = open_languages(instance, user)
        field = self.fields["locales"]
        field.queryset = Locale.objects.filter(pk__in=[locale.pk for locale, reason in reasons.items() if not reason])
        field.help_text = " ".join(
            _("Not offered: %(language)s, since %(reason)s.")
            % {"language": locale.get_display_name(), "reason": reason}
            for locale, reason in reasons.items()
            if reason
        )
        self.fields["include_subtree"].help_text = _("Published pages below that are not translated yet go along.")


class GuardedSubmitPageView(SubmitPageTranslationView):
    """Submits a published page that the user may edit, into languages where the user may add pages."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("wagtail_localize.submit_translation"):
            raise PermissionDenied
        page = self.get_object()
        if not page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        if not page.live or page.alias_of_id:
            messages.error(request, _("Publish the page before you submit it: translators work on the published text."))
            return redirect("wagtailadmin_explore", page.get_parent().pk)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_form(self) -> forms.Form:
        data = self.request.POST if self.request.method == "POST" else None
        chosen = Locale.objects.filter(language_code=self.request.GET.get("select_locale", ""))
        return GuardedSubmitForm(self.object, data, user=self.request.user, initial={"locales": chosen})

    def form_valid(self, form: forms.Form) -> HttpResponse:
        below = form.cleaned_data["include_subtree"]
        # Upstream's own walk takes drafts along and asks for nothing.
        form.cleaned_data["include_subtree"] = False
        with transaction.atomic():
            for locale in form.cleaned_data["locales"]:
                retire_alias(self.object, locale, self.request.user)
            response: HttpResponse = super().form_valid(form)
            if below:
                submit_below(self.object, form.cleaned_data["locales"], self.request.user)
        return response


def submit_below(page: Page, locales: Any, user: Any) -> None:
    """Submit the published pages below ``page`` into those of ``locales`` that are open to each, upper pages first."""
    for child in page.get_descendants().live().filter(alias_of__isnull=True).specific():
        if child.permissions_for_user(user).can_edit():
            reasons = open_languages(child, user)
            chosen = [locale for locale in locales if reasons.get(locale) == ""]
            if chosen:
                for locale in chosen:
                    retire_alias(child, locale, user)
                translate_object(child, chosen, user=user)


class GuardedUpdateForm(UpdateTranslationsForm):
    """Says what this site does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["publish_translations"].help_text = gettext_lazy(
            "Publishes the translations that are complete. The others stay as readers see them now, until a translator "
            "has done the rest."
        )


class GuardedUpdateView(UpdateTranslationsView):
    """Takes the published source over into its translations, and publishes those that are complete if asked."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("wagtail_localize.submit_translation"):
            raise PermissionDenied
        source = self.get_object().get_source_instance()
        if isinstance(source, Page) and not source.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_form(self) -> forms.Form:
        return GuardedUpdateForm(self.request.POST if self.request.method == "POST" else None)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        publish = form.cleaned_data["publish_translations"]
        form.cleaned_data["publish_translations"] = False
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            waiting = self.publish_complete() if publish else []
        if waiting:
            messages.warning(
                self.request,
                _("Not published: %(languages)s. Something is untranslated there, or it is not yours to publish.")
                % {"languages": ", ".join(waiting)},
            )
        return response

    def publish_complete(self) -> list[str]:
        """Publish the complete translations that the user may publish; return the other languages' names."""
        waiting = []
        for translation in Translation.objects.filter(source=self.object, enabled=True).select_related("target_locale"):
            target = translation.get_target_instance()
            allowed = not isinstance(target, Page) or target.permissions_for_user(self.request.user).can_publish()
            try:
                if not (allowed and is_complete(translation)):
                    raise ValidationError("incomplete")
                translation.save_target(user=self.request.user, publish=True)
            except ValidationError:
                waiting.append(translation.target_locale.get_display_name())
        return waiting
