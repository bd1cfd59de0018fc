"""Gaps of wagtail-localize 1.14.5 that this site cannot live with. A module goes once upstream closes its gap.

    submission.py    who may submit and synchronise, and into which languages
    editor.py        the translation editor publishes complete translations only; empty strings; stopping; aliases
    publishing.py    Wagtail's own ways to publish the newest revision publish what the texts say, if that may go live
    approving.py     the same for what a workflow approved
    admin_api.py     the actions of the admin's API do what its views do, or refuse
    report.py        the report shows a user the translations that are theirs
    aliases.py       no synchronisation of whole trees, no page of its own out of an alias
    cascade.py       unpublishing, moving and deleting a page takes its translations along

``wagtail_hooks.py`` puts these views before upstream's at the same addresses. ``tests/translations/upstream/`` also
shows each gap as upstream has it, in tests that fail when it is closed.
"""
