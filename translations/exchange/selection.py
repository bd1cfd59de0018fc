"""Which translations a user may take out and bring back: those whose page they may edit."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail_localize.models import Translation


@dataclass(frozen=True)
class Chosen:
    """A translation with its page, which does not exist where it was deleted."""

    translation: Translation
    page: Page | None

    def is_editable_by(self, user: Any) -> bool:
        """Whether the user may write its texts."""
        return self.page is not None and bool(self.page.permissions_for_user(user).can_edit())


def of_pages(pages: Iterable[Page], user: Any) -> list[Chosen]:
    """Return the translations that ``pages`` are, or that are made from them, as far as the user may edit them.

    In the order of the pages' tree. A constant number of queries.
    """
    wanted = {(page.translation_key, page.locale_id) for page in pages}
    translations = _translations().filter(source__object_id__in={key for key, _locale in wanted}, enabled=True)
    chosen = [
        row
        for row in _with_pages(translations)
        if {
            (row.translation.source.object_id, row.translation.target_locale_id),
            (row.translation.source.object_id, row.translation.source.locale_id),
        }
        & wanted
        and row.is_editable_by(user)
    ]
    return sorted(chosen, key=lambda row: row.page.path if row.page else "")


def by_uuid(ids: Iterable[str]) -> dict[str, Chosen]:
    """Return the translations of wagtail-localize's ids, as files name them; unknown ids are missing. Two queries."""
    known = {text: uuid for text in ids if (uuid := _uuid(text))}
    found = {row.translation.uuid: row for row in _with_pages(_translations().filter(uuid__in=known.values()))}
    return {text: found[uuid] for text, uuid in known.items() if uuid in found}


def _translations() -> "QuerySet[Translation]":
    return Translation.objects.select_related(
        "source__specific_content_type", "source__locale", "target_locale"
    ).order_by("pk")


def _with_pages(translations: "QuerySet[Translation]") -> list[Chosen]:
    rows = list(translations)
    pages = Page.objects.filter(
        translation_key__in={row.source.object_id for row in rows},
        locale__in={row.target_locale_id for row in rows},
        alias_of__isnull=True,
    ).select_related("locale")
    by_key = {(page.translation_key, page.locale_id): page for page in pages}
    return [Chosen(row, by_key.get((row.source.object_id, row.target_locale_id))) for row in rows]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
