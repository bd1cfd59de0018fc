"""Links to pages inside stories and rich text: to the reader's language, with one query for all links of a page.

Wagtail's own handler asks for each text anew, and again for each link's translation; a long case would take dozens.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import Any

from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import LinkHandler

from cms.languages import by_code
from cms.localized import visible

# In the database's form of rich text, also inside a StreamField's JSON, where quotation marks are escaped.
_LINK = re.compile(r"<a\s[^>]*linktype=\\?\"page\\?\"[^>]*>")
_ID = re.compile(r"\bid=\\?\"(\d+)\\?\"")
_BUTTON = re.compile(r"\"page\": (\d+)")

# (language code, page id) -> address, of the page that is being answered with in this thread.
_known: ContextVar[dict[tuple[str, int], str] | None] = ContextVar("cms_rich_text_links", default=None)


def prepare_links(page: Page) -> None:
    """Look up where all links of ``page`` lead, before its texts are rendered. One query, none without links."""
    code = by_code(get_language()).code
    _known.set({(code, page_id): address for page_id, address in _look_up(linked_ids(page), code).items()})


def forget_links(**kwargs: Any) -> None:
    """Forget them when the answer is sent: addresses change. Receiver of request_finished."""
    _known.set(None)


def addresses(page_ids: Iterable[int]) -> dict[int, str]:
    """Return page id -> address in the reader's language, else of the page itself; "" where nobody may open either."""
    code = by_code(get_language()).code
    ids = set(page_ids)
    known = _known.get() or {}
    result = {page_id: known[(code, page_id)] for page_id in ids if (code, page_id) in known}
    return {**result, **_look_up(ids - set(result), code)}


def linked_ids(page: Page) -> set[int]:
    """Return the ids of the pages that rich text and buttons of ``page`` lead to."""
    ids: set[int] = set()
    for field in page._meta.get_fields():
        if isinstance(field, RichTextField):
            ids |= _ids_in(getattr(page, field.attname) or "")
        elif isinstance(field, StreamField):
            raw = json.dumps(list(getattr(page, field.attname).raw_data), default=str)
            ids |= _ids_in(raw) | {int(number) for number in _BUTTON.findall(raw)}
    return ids


def _ids_in(text: str) -> set[int]:
    return {int(found[1]) for link in _LINK.findall(text) if (found := _ID.search(link))}


def _look_up(page_ids: set[int], code: str) -> dict[int, str]:
    """Return an address, or "", for every one of ``page_ids``."""
    if not page_ids:
        return {}
    keys = Page.objects.filter(pk__in=page_ids).values("translation_key")
    rows = list(visible(Page.objects.filter(translation_key__in=keys)).select_related("locale"))
    own = {page.translation_key: page for page in rows if page.locale.language_code == code}
    found = {page.pk: own.get(page.translation_key, page).url or "" for page in rows if page.pk in page_ids}
    return dict.fromkeys(page_ids, "") | found


class SitePageLinkHandler(LinkHandler):
    """A link to a page in rich text."""

    identifier = "page"

    @staticmethod
    def get_model() -> type[Page]:
        return Page

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return the opening tag of each link; one that leads nowhere any more has no address."""
        ids = [int(attrs["id"]) if attrs.get("id", "").isdecimal() else 0 for attrs in attrs_list]
        found = addresses(ids)
        return [f'<a href="{escape(found[page_id])}">' if found[page_id] else "<a>" for page_id in ids]

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterator[tuple[type[Page], str, str, str]]:
        """Yield what the reference index notes of a link: the page's type, its id, and no path below it."""
        yield Page, attrs["id"], "", ""
