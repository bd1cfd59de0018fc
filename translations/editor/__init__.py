"""The translators' editor, in place of wagtail-localize's.

labels.py      where a text stands on its page, in the words of the page's editor
"""
