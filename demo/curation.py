"""The demonstration's glossary, synonyms and recommended pages: what is missing is added, what is there stays."""

from collections.abc import Callable, Mapping
from typing import Any

import yaml
from django.db import transaction
from wagtail.models import Page

from demo.texts import CONTENT
from search.models import Promotion, SynonymGroup
from translations.glossary.entries import Entry, Place, problems, save_wordings
from translations.models import GlossaryTerm, GlossaryWording

Status = GlossaryWording.Status


def load_glossary() -> int:
    """Add those terms of glossary.yaml none of whose words the glossary has; return how many."""
    return sum(_add_term(written) for written in _read("glossary.yaml"))


def load_curation(find_page: Callable[[str], Page]) -> int:
    """Add the synonyms and recommended pages of curation.yaml that are not there; return how many."""
    content = _read("curation.yaml")
    added = 0
    for group in content["synonyms"]:
        words = "\n".join(group["words"])
        same = SynonymGroup.objects.filter(language=group["language"], words__startswith=group["words"][0])
        if not same.exists():
            SynonymGroup.objects.create(language=group["language"], words=words)
            added += 1
    for promotion in content["promotions"]:
        try:
            page = find_page(promotion["page"])
        except Page.DoesNotExist:
            continue
        known = {"page": page, "language": promotion["language"]}
        if not Promotion.objects.filter(**known).exists():
            queries = "\n".join(promotion["queries"])
            Promotion.objects.create(**known, queries=queries, text=promotion.get("text", ""))
            added += 1
    return added


def entry_of(written: Mapping[str, Any]) -> Entry:
    """Return a term of glossary.yaml as the glossary keeps it: of a list the first is the term."""
    wordings: dict[Place, tuple[str, ...]] = {}
    for code, words in written["words"].items():
        first, *others = [words] if isinstance(words, str) else words
        wordings[Place(code, Status.PREFERRED)] = (first,)
        wordings[Place(code, Status.ADMITTED)] = tuple(others)
    for code, words in written.get("not", {}).items():
        wordings[Place(code, Status.FORBIDDEN)] = tuple(words)
    return Entry(wordings)


def _add_term(written: Mapping[str, Any]) -> bool:
    entry = entry_of(written)
    if problems(entry):
        return False
    with transaction.atomic():
        term = GlossaryTerm.objects.create(
            definition=written["definition"],
            part_of_speech=written.get("part_of_speech", GlossaryTerm.PartOfSpeech.NOUN),
            do_not_translate=written.get("do_not_translate", False),
        )
        save_wordings(term, entry)
    return True


def _read(name: str) -> Any:
    return yaml.safe_load((CONTENT / name).read_text(encoding="utf-8"))
