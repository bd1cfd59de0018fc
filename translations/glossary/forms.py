"""The form of a glossary term: five languages on one page."""

from typing import Any

from django import forms
from django.db.models import prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from cms.languages import LANGUAGES
from translations.glossary.entries import PLACES, Entry, Place, problems, save_wordings
from translations.models import GlossaryTerm, GlossaryWording

Status = GlossaryWording.Status


def field_name(place: Place) -> str:
    """Return the name of the form's field for a place."""
    return f"{place.language.replace('-', '_')}_{place.status}"


def _field(place: Place) -> forms.CharField:
    lang = {"lang": place.language}
    if place.status == Status.PREFERRED:
        return forms.CharField(
            label=capfirst(Status.PREFERRED.label), required=False, widget=forms.TextInput(attrs=lang)
        )
    return forms.CharField(
        label=capfirst(Status(place.status).label),
        help_text=_("One a line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, **lang}),
    )


_WordingFields: type[forms.Form] = type(
    "_WordingFields", (forms.Form,), {field_name(place): _field(place) for place in PLACES}
)


class GlossaryTermForm(_WordingFields, WagtailAdminModelForm):  # type: ignore[misc, valid-type]
    """A concept, and its wordings in every language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            prefetch_related_objects([self.instance], "wordings")
            for place in PLACES:
                self.initial[field_name(place)] = "\n".join(self.instance.texts(place.language, place.status))

    @property
    def entry(self) -> Entry:
        """What was written, once the form is cleaned."""
        return Entry({place: _lines(self.cleaned_data.get(field_name(place), "")) for place in PLACES})

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts itself or another term."""
        cleaned: dict[str, Any] = super().clean()
        for problem in problems(self.entry, self.instance):
            self.add_error(field_name(problem.place) if problem.place else None, problem.message)
        return cleaned

    def save(self, commit: bool = True) -> GlossaryTerm:
        """Save the term, and with ``commit`` its wordings."""
        term: GlossaryTerm = super().save(commit=commit)
        if commit:
            save_wordings(term, self.entry)
            # Whoever names the term after this reads what was written.
            term.refresh_from_db()
        return term


def edit_handler() -> ObjectList:
    """Return the form's layout: a section for each language, then what holds for all."""
    languages = [
        MultiFieldPanel(
            [
                FieldPanel(field_name(Place(language.code, Status.PREFERRED))),
                FieldRowPanel(
                    [
                        FieldPanel(field_name(Place(language.code, status)))
                        for status in (Status.ADMITTED, Status.FORBIDDEN)
                    ]
                ),
            ],
            heading=language.name,
        )
        for language in LANGUAGES
    ]
    concept = MultiFieldPanel(
        ["definition", FieldRowPanel(["part_of_speech", "do_not_translate"])], heading=_("In all languages")
    )
    return ObjectList([*languages, concept], base_form_class=GlossaryTermForm)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
