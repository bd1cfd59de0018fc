"""Submitting pages for translation: one, a subtree or a selection, at once or in the background (decision 0045).

    rules.py     who may submit what into which language, asked anew for every page at its turn
    sources.py   a page's texts, as wagtail-localize keeps them, written by a few queries instead of some for each text
    drafts.py    the draft in the other language, written once instead of three times
    work.py      page by page and language by language: at once, or as a job

What is written is what wagtail-localize writes; ``tests/translations/submission/test_equality.py`` compares them for
every type of page.
"""

from translations.submission.rules import may_be_translated, open_languages, why_not_submit
from translations.submission.work import submit_now, submit_pages

__all__ = ["may_be_translated", "open_languages", "submit_now", "submit_pages", "why_not_submit"]
