"""Whether a translation is right, as far as a machine can tell: said as one types, and asked before publishing.

What can be wrong?             catalog: the table of checks; each is one small function in its subject's module
How are texts read?            pairs: markup apart from words, both languages' rows of cms.languages
How long may a field's text be? lengths
May a page go live?            pages.blocking
"""

from translations.quality.catalog import check
from translations.quality.lengths import max_lengths
from translations.quality.pages import blocking, check_segments
from translations.quality.problems import Problem

__all__ = ["Problem", "blocking", "check", "check_segments", "max_lengths"]
