"""What happens at the desk, for the modules that keep something up to date by it.

Each is sent inside the transaction that does the thing; receivers that are slow, or that tell people, wait for its
commit (``transaction.on_commit``).
"""

from django.dispatch import Signal

# Texts of a translation were written, removed or confirmed. translation: wagtail-localize's Translation;
# changes: list[TextChange].
texts_changed = Signal()

# A source was taken over anew from its published page. source: TranslationSource; minor: bool, whether the editor
# called it a minor edit, which outdates nothing.
source_synced = Signal()

# A task was made, assigned or went on. task: TranslationTask; before: its former state, "" for a new one;
# user: who did it, or None.
task_changed = Signal()

# A page was submitted for translation into a language. translation: Translation; source: the page; user: who
# submitted it.
page_submitted = Signal()

# Somebody proposed a term for the glossary, or a coordinator decided on it. proposal: TermProposal, whose state says
# which; user: who did it.
term_proposal_changed = Signal()

# Somebody commented on a translation. comment: TranslationComment; mentioned: the users whom it names by @username,
# of those who may open the translation.
comment_made = Signal()
