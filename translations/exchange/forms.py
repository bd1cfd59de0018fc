"""The forms of taking texts out and bringing them back."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.languages import by_code
from translations.exchange.archive import READERS
from translations.exchange.selection import Chosen

FORMATS = [
    ("xliff1", _("XLIFF 1.2 (most translation programs)")),
    ("xliff2", _("XLIFF 2.0")),
    ("po", _("PO (gettext)")),
]
_ACCEPTED = ",".join([*READERS, ".zip"])


class ExportForm(forms.Form):
    """Which of the chosen translations, in which format."""

    language = forms.MultipleChoiceField(label=_("Languages"), widget=forms.CheckboxSelectMultiple)
    format = forms.ChoiceField(label=_("Format"), choices=FORMATS, widget=forms.RadioSelect, initial="xliff1")
    only_open = forms.BooleanField(
        label=_("Only texts that nobody has translated yet"),
        required=False,
        help_text=_("Texts that a machine translated are among them."),
    )

    def __init__(self, data: Any, *, chosen: Iterable[Chosen], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        codes = dict.fromkeys(row.translation.target_locale.language_code for row in chosen)
        language: Any = self.fields["language"]
        language.choices = [(code, by_code(code).name) for code in codes]
        language.initial = list(codes)


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
        help_text=_("A PO or XLIFF file that was exported here, or a ZIP file of several."),
    )
