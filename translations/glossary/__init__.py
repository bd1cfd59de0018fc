"""The glossary, one thing with two readers: translators, and the public search.

Where are the terms of a text?     terms_in (matching)
What does search make of them?     search_terms (matching), named in SEARCH_SYNONYM_SOURCES
What is refused, how is it kept?   entries: the form and the import ask the same rules
In the admin                       forms, viewset; spreadsheet reads and writes CSV, views show it
"""

from translations.glossary.matching import glossary_changed, search_terms, terms_in

__all__ = ["glossary_changed", "search_terms", "terms_in"]
