"""The translators' editor, in place of wagtail-localize's: what it shows and keeps; the views are in ``views/``.

rows.py        one text as the editor shows it
labels.py      where a text stands on its page, in the words of the page's editor
markup.py      inline HTML as people read and type it
overrides.py   values that are synchronised and may be another in one language; related objects
comments.py    threads about a text or the page, and whom they mention
presence.py    who else is in
history.py     what a text said before
problems.py    what the checks find, without what was let stand
"""
