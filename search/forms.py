"""The query string of a search, as a form: what is wrong with it is said in the reader's words."""

import re
import unicodedata
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.formats import list_text
from cms.languages import LANGUAGES, Language
from search.addresses import kept_fields
from search.backends.base import Filters, SearchRequest
from search.choices import PARAMETERS, is_known
from search.scripts import reading_order
from search.snippets import without_marks

LONGEST_QUERY = 200
# Nobody reads on; engines count rows up to ten thousand.
LAST_PAGE = 100
# More than anybody ticks.
MOST_CHOICES = 50
SORTS = ("relevance", "date", "deadline")

_SPACE = re.compile(r"\s+")
# Control characters end a word; format characters, as soft hyphens and marks of direction, stand in the middle of one.
_UNTYPED = {"Cc": " ", "Cf": ""}


class SearchForm(forms.Form):
    """``q`` what is looked for, ``page`` from 1, ``sort``, ``in`` “other”: other languages only.

    Facets have the names of ``search.choices.PARAMETERS``, each as often as it has choices: ``type=case&type=news``.
    """

    q = forms.CharField(label=_("Search for"), required=False, strip=True)
    sort = forms.ChoiceField(required=False, choices=[(order, order) for order in SORTS])
    page = forms.IntegerField(required=False, min_value=1, max_value=LAST_PAGE)

    def __init__(self, data: QueryDict, *, language: str, also_read: tuple[str, ...] = ()) -> None:
        super().__init__(data)
        # Characters that nobody types are dropped, not complained about.
        self.fields["q"].validators = []
        self.query = data
        self.language = language
        self.also_read = tuple(code for code in also_read if code != language)
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

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        """(facet, value) of all that is asked for, known or not, each once, at most MOST_CHOICES."""
        asked = dict.fromkeys(
            (facet, value) for facet, name in PARAMETERS.items() for value in self.query.getlist(name) if value
        )
        self.has_too_many = len(asked) > MOST_CHOICES
        return list(asked)[:MOST_CHOICES]

    @cached_property
    def unknown(self) -> list[str]:
        """Values that no facet has."""
        return [clean_query(value)[:40] for facet, value in self.choices if not is_known(facet, value)]

    @property
    def filters(self) -> Filters:
        """What is chosen, with what is unknown left out."""
        chosen: dict[str, Any] = {
            facet: tuple(value for of, value in self.choices if of == facet and is_known(facet, value))
            for facet in PARAMETERS
        }
        return Filters(**{**chosen, "years": tuple(int(year) for year in chosen["years"])})

    @property
    def messages(self) -> list[str]:
        """What was wrong and what was done instead, for the reader."""
        said: list[str] = []
        if "q" in self.errors:
            said += [str(error) for error in self.errors["q"]]
        if self.unknown:
            shown = list_text([value for value in self.unknown if value][:3] or ["…"])
            said.append(gettext("Some filters do not exist and were left out: %(values)s") % {"values": shown})
        if self.has_too_many:
            said.append(
                gettext("Too many filters were chosen; the first %(number)d are used.") % {"number": MOST_CHOICES}
            )
        if "sort" in self.errors:
            said.append(gettext("There is no such order; the pages that fit best come first."))
        if "page" in self.errors:
            said.append(gettext("There is no such page of results; the first one is shown."))
        return said

    @property
    def other_languages(self) -> list[tuple[Language, bool]]:
        """The languages that are not the reader's, and whether they said to read them."""
        others = [language for language in LANGUAGES if language.code != self.language]
        return [(language, language.code in self.also_read) for language in others]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """(name, value) of hidden fields that keep filters and sorting when other words are typed."""
        return list(kept_fields(self.request()))

    def request(self) -> SearchRequest:
        """Return the question, with what was wrong left out."""
        self.is_valid()
        return SearchRequest(
            query=self.words,
            language=self.language,
            preferred=reading_order(self.words, self.language, self.also_read),
            filters=self.filters,
            sort=self.cleaned_data.get("sort") or SORTS[0],
            page=self.cleaned_data.get("page") or 1,
            elsewhere=self.elsewhere,
        )


def clean_query(text: str) -> str:
    """Return what a person can have meant to type: nothing invisible or broken, single spaces.

    What is invisible comes by copying, and some of it turns the writing of what follows around.
    """
    # Cut first: what follows costs time for every character.
    text = without_marks(text[: 4 * LONGEST_QUERY])
    kept = "".join(_UNTYPED.get(unicodedata.category(character), character) for character in text)
    return _SPACE.sub(" ", kept).strip()[:LONGEST_QUERY].strip()
