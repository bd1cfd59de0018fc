"""What an editor sends: the question, and a grade for each page."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from cms.languages import language_choices
from search.forms import LONGEST_QUERY, clean_query
from search.judging.names import pages_named
from search.models import Judgement
from search.models.judged import judged_key
from search.visibility import searchable_pages

Grade = Judgement.Grade
# Names of fields, followed by the page's translation key: what is chosen, and what was when the form was shown.
CHOSEN = "grade-"
SHOWN = "shown-"
NONE = ""
GRADES = {NONE, *map(str, Grade.values)}


class QuestionForm(forms.Form):
    """What is to be judged."""

    language = forms.ChoiceField(
        label=_("Language"), choices=language_choices, help_text=_("The language of the readers who ask.")
    )
    query = forms.CharField(
        label=_("Query"),
        max_length=LONGEST_QUERY,
        help_text=_("As readers type it: words, or a question."),
    )

    def clean_query(self) -> str:
        """Return the words without characters that nobody types."""
        query = clean_query(self.cleaned_data["query"])
        if not judged_key(query):
            raise ValidationError(gettext("Write what readers look for."))
        return query


class AnyPageChooser(AdminPageChooser):
    """Wagtail's, for which what is no page's number is no page instead of an error."""

    def get_instance(self, value: Any) -> Page | None:
        try:
            return super().get_instance(value)
        except (ValueError, TypeError):
            return None


class GradesForm(QuestionForm):
    """The grades of the pages that were shown, and a page more."""

    page = forms.ModelChoiceField(
        label=_("A page that should have been found"),
        queryset=Page.objects.filter(depth__gt=1),
        required=False,
        widget=AnyPageChooser,
        help_text=_("In any language: its translations are judged with it."),
    )
    # Without JavaScript Wagtail's chooser does not open.
    address = forms.CharField(label=_("Or its address"), required=False, max_length=2000)
    page_grade = forms.ChoiceField(
        label=_("This page"),
        choices=[(Grade.ANSWERS, Grade.ANSWERS.label), (Grade.HELPS, Grade.HELPS.label)],
        initial=Grade.ANSWERS,
        required=False,
        widget=forms.RadioSelect,
    )

    _changed: Mapping[UUID, str] = {}

    @property
    def chosen(self) -> dict[UUID, str]:
        """What was chosen of pages that exist, where it differs from what the form showed; saved or not.

        What somebody else judged meanwhile is not undone by a form that was shown before.
        """
        return {key: value for key, value in self._changed.items() if value in GRADES}

    @property
    def grades(self) -> dict[UUID, int | None]:
        """What is to be saved: what was chosen, None where a grade is taken back, and the page that was added."""
        grades: dict[UUID, int | None] = {key: int(value) if value else None for key, value in self.chosen.items()}
        if key := self.cleaned_data.get("added"):
            grades[key] = int(self.cleaned_data["page_grade"] or Grade.ANSWERS)
        return grades

    def clean(self) -> dict[str, Any]:
        """Refuse grades that there are not, of pages that do not exist, and to add what readers cannot find."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        sent = dict(self._read())
        existing = set(Page.objects.filter(translation_key__in=sent).values_list("translation_key", flat=True))
        if set(sent) - existing:
            self.add_error(
                None, gettext("A page that you judged does not exist any more. See what is left, and save again.")
            )
        self._changed = {key: value for key, value in sent.items() if key in existing}
        if set(self._changed.values()) - GRADES:
            self.add_error(None, gettext("There is no such grade. Choose again."))
        cleaned["added"] = self._added(cleaned)
        return cleaned

    def _read(self) -> Iterator[tuple[UUID, str]]:
        """Yield each page whose choice was changed, and the choice; what is no key of a page is the nil key."""
        for name in self.data:
            page = name.removeprefix(CHOSEN)
            if page != name and self.data[name] != self.data.get(f"{SHOWN}{page}", NONE):
                try:
                    key = UUID(page)
                except ValueError:
                    key = UUID(int=0)
                yield key, self.data[name]

    def _added(self, cleaned: dict[str, Any]) -> UUID | None:
        """Return the key of the page to be added, chosen or named by its address."""
        page, address = cleaned.get("page"), cleaned.get("address")
        if page:
            if not searchable_pages().filter(translation_key=page.translation_key).exists():
                self.add_error("page", gettext("Readers cannot find this page: it is not public."))
            return UUID(str(page.translation_key))
        if address:
            key = pages_named([address]).get(address)
            if key is None:
                self.add_error("address", gettext("There is no public page at this address."))
            return key
        return None
