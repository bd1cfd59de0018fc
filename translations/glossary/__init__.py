"""The glossary, one thing with two readers: translators, and the public search.

Which terms has a text, and what are they in my language?   terms_in (terms)
Where are the terms of a text?     matches_in (matching)
What does search make of them?     search_terms (matching), named in SEARCH_SYNONYM_SOURCES
What is refused, how is it kept?   entries: the form and the import ask the same rules
What do translators propose?       proposals: propose, accept, decline; proposal_views show them
How does it go out and come back?  spreadsheet (CSV), tbx; importing takes over what they read, views show it
In the admin                       forms, viewset
"""

from translations.glossary.matching import glossary_changed, matches_in, search_terms
from translations.glossary.terms import TermHit, terms_in

__all__ = ["TermHit", "glossary_changed", "matches_in", "search_terms", "terms_in"]
