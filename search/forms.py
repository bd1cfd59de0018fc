"""The query string of a search, as a form: what is wrong with it is said in the reader's words."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.pages import SearchKind
from search.backends.base import Filters, SearchRequest
from search.scripts import reading_order
from search.snippets import without_marks

LONGEST_QUERY = 200
# Nobody reads on; engines count rows up to ten thousand.
LAST_PAGE = 100

_SPACE = re.compile(r"\s+")


class SearchForm(forms.Form):
    """``q`` what is looked for, ``type`` one kind of page, ``page`` from 1, ``in`` “other”: other languages only."""

    q = forms.CharField(label=_("Search for"), required=False, strip=True)
    type = forms.ChoiceField(label=_("Type"), required=False, choices=[("", _("Everything")), *SearchKind.choices])
    page = forms.IntegerField(required=False, min_value=1, max_value=LAST_PAGE)

    def __init__(self, data: Any, *, language: str) -> None:
        super().__init__(data)
        # Characters that nobody types are dropped, not complained about.
        self.fields["q"].validators = []
        self.language = language
        self.elsewhere = data.get("in") == "other"

    def clean_q(self) -> str:
        """Return the words without characters that nobody types; of a text too long ``words`` is the beginning."""
        if len(self.cleaned_data["q"]) > LONGEST_QUERY:
            message = _("Your search is longer than %(number)d characters; only the beginning was used.")
            raise forms.ValidationError(message, code="too_long", params={"number": LONGEST_QUERY})
        return self.words

    @property
    def words(self) -> str:
        """What is looked for, also where other fields are wrong: one line, at most LONGEST_QUERY characters."""
        return clean_query(self.data.get("q", ""))

    @property
    def messages(self) -> list[str]:
        """What was wrong and what was done instead, for the reader."""
        said: list[str] = []
        if "q" in self.errors:
            said += [str(error) for error in self.errors["q"]]
        if "type" in self.errors:
            said.append(gettext("There is no such type of page; pages of every type are shown."))
        if "page" in self.errors:
            said.append(gettext("There is no such page of results; the first one is shown."))
        return said

    def request(self) -> SearchRequest:
        """Return the question, with what was wrong left out."""
        self.is_valid()
        kind = self.cleaned_data.get("type")
        return SearchRequest(
            query=self.words,
            language=self.language,
            # Who types Korean reads it: those pages come before what they chose to read otherwise.
            preferred=reading_order(self.words, self.language),
            filters=Filters(kinds=(kind,) if kind else ()),
            page=self.cleaned_data.get("page") or 1,
            elsewhere=self.elsewhere,
        )


def clean_query(text: str) -> str:
    """Return what a person can have meant to type: no control characters, marks or broken surrogates, single spaces."""
    # Cut first: what follows costs time for every character.
    text = without_marks(text[: 4 * LONGEST_QUERY])
    kept = "".join(" " if unicodedata.category(character) == "Cc" else character for character in text)
    return _SPACE.sub(" ", kept).strip()[:LONGEST_QUERY].strip()
