"""What a new site needs before anybody can write in it. Running it again adds what is missing and changes nothing else.

languages, home pages and sections    pages.py, words.py
groups, permissions, workflow         groups.py
themes                                themes.py
"""

from django.db import transaction

from home.bootstrap.groups import make_groups, make_workflow
from home.bootstrap.pages import make_locales, make_pages
from home.bootstrap.themes import make_themes


@transaction.atomic
def bootstrap_site() -> list[str]:
    """Make languages, trees, groups, the workflow and themes; return what was made, one line each.

    What an editor changed, moved or deleted stays so.
    """
    made = make_locales()
    home, pages = make_pages()
    return [*made, *pages, *make_groups(home), *make_workflow(), *make_themes()]
