"""The translation memory: what was translated before, offered where the same or a similar text comes again.

It keeps no copy of what wagtail-localize holds: its texts are the translations that stand there now, and those that
were imported. Only the index by which similar texts are found is its own.

What is offered?                          suggest (ranking); placeables makes it fit
How are similar texts found?              grams: the marks of a text; index keeps them
How does it come from and go elsewhere?   tmx is the format; importing, at once or by the worker; views
"""

from translations.memory.importing import take_in
from translations.memory.ranking import Suggestion, suggest

__all__ = ["Suggestion", "suggest", "take_in"]
