"""What tests of judging share: an editor, and a question that pages of two languages answer."""

from django.contrib.auth.models import Group
from django.urls import reverse

from cms.models import User
from home.bootstrap.groups import EDITORS, make_groups
from search.models import JudgedQuery
from tests.search.pages import commit, make_page, translate

ADDRESS = "search_judged:add"


def log_in(client, homes):
    """Log an editor in, who is nothing but an editor; return them."""
    make_groups(homes["en"])
    user = User.objects.create_user("editor", password="x")
    user.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(user)
    return user


def make_rivers(homes):
    """Make pages for “rivers” and “하천”: one in both languages, one in English alone; return name -> page."""
    clean = make_page(homes["en"], "Clean rivers", "Rivers that came back.", slug="clean-rivers")
    clean_ko = translate(clean, homes["ko"], "맑은 하천", "되살아난 하천.")
    other = make_page(homes["en"], "Other rivers", "Rivers 하천.", slug="other-rivers")
    commit()
    return {"clean": clean, "clean_ko": clean_ko, "other": other}


def show(client, query="rivers", language="en"):
    """Return the answer to asking for the page on which the query is judged."""
    return client.get(reverse(ADDRESS), {"language": language, "query": query})


def fields(page, grade, shown=""):
    """Return the fields of a page's row as a browser sends them."""
    name = page.translation_key.hex
    return {f"grade-{name}": str(grade), f"shown-{name}": str(shown)}


def save(client, *sent, query="rivers", language="en", **more):
    """Return the answer to sending the rows."""
    data = {"language": language, "query": query, "page_grade": "2", **more}
    for row in sent:
        data |= row
    return client.post(reverse(ADDRESS), data)


def judgements():
    """Return (language, query) -> {translation key: grade} of all that is judged."""
    return {
        (judged.language, judged.query): {row.translation_key: row.grade for row in judged.judgements.all()}
        for judged in JudgedQuery.objects.prefetch_related("judgements")
    }
