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
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitTranslationForm
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView

from translations import wishes
from translations.permissions import is_coordinator, may_coordinate, may_publish
from translations.review import why_not_publish
from translations.submission import open_languages, submit_now, submit_pages, why_not_submit
from translations.submission.work import SubmissionRefused


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
        page = self.get_object()
        if not may_coordinate(request.user, page):
            raise PermissionDenied
        reason = why_not_submit(page, request.user)
        if reason:
            messages.error(request, reason)
            return redirect("wagtailadmin_explore", page.get_parent().pk)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_form(self) -> forms.Form:
        data = self.request.POST if self.request.method == "POST" else None
        chosen = Locale.objects.filter(language_code=self.request.GET.get("select_locale", ""))
        return GuardedSubmitForm(self.object, data, user=self.request.user, initial={"locales": chosen})

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Submit the page now, or it and the pages below it in the background."""
        locales = list(form.cleaned_data["locales"])
        if form.cleaned_data["include_subtree"]:
            return self.in_background(locales)
        try:
            with transaction.atomic():
                made = submit_now(self.object, locales, user=self.request.user)
                self.components.save(self.object, sources_and_translations={made[0].source: made})
                wishes.request_submitted(self.components, {made[0].source: made}, self.request.user)
        except SubmissionRefused as reason:
            messages.error(self.request, str(reason))
            return redirect("wagtailadmin_explore", self.object.get_parent().pk)
        names = ", ".join(locale.get_display_name() for locale in locales)
        messages.success(self.request, self.get_success_message(names))
        only = self.object.get_translation(locales[0]) if len(locales) == 1 else None
        return redirect(self.get_success_url() or self.get_default_success_url(only))

    def in_background(self, locales: list[Locale]) -> HttpResponse:
        """Leave the page and those below it to the worker."""
        title = self.object.get_admin_display_title()
        job = submit_pages(
            [self.object],
            locales,
            user=self.request.user,
            below=True,
            components=self.filled_in_components(),
            label=_("Submit “%(title)s” and the pages below it") % {"title": title},
        )
        messages.success(
            self.request, _("This goes on in the background. You may leave this page; what was done is shown here.")
        )
        return redirect("translations_job", job.pk)

    def filled_in_components(self) -> dict[str, list[str]]:
        """Return what the form says for those components that are wanted, as it was posted."""
        prefixes = tuple(
            f"{form.prefix}-"
            for component, _instance, form in self.components
            if component["required"] or form["enabled"].value()
        )
        return {name: values for name, values in self.request.POST.lists() if prefixes and name.startswith(prefixes)}


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
        source = self.get_object().get_source_instance()
        allowed = may_coordinate(request.user, source) if isinstance(source, Page) else is_coordinator(request.user)
        if not allowed:
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
                _(
                    "Not published: %(languages)s. Something is untranslated or in review there, or it is not yours to "
                    "publish."
                )
                % {"languages": ", ".join(waiting)},
            )
        return response

    def publish_complete(self) -> list[str]:
        """Publish the translations that may go live by this user; return the other languages' names."""
        waiting = []
        for translation in Translation.objects.filter(source=self.object, enabled=True).select_related("target_locale"):
            target = translation.get_target_instance()
            try:
                if isinstance(target, Page) and not (
                    may_publish(self.request.user, target)
                    and not why_not_publish(translation, target, self.request.user)
                ):
                    raise ValidationError("not ready")
                translation.save_target(user=self.request.user, publish=True)
            except ValidationError:
                waiting.append(translation.target_locale.get_display_name())
        return waiting
