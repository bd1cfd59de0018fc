"""The page of results, and what it tells of itself."""

import time

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from cms.languages import by_code
from cms.rate_limit import limited, refuse_silently
from search import log
from search.answering import answer, ask
from search.backends import engine_name
from search.backends.base import BackendUnavailableError
from search.bounds import bounded
from search.curation import promotions
from search.forms import SearchForm, clean_query
from search.limits import CLICKS, SEARCHES, SUGGESTIONS
from search.reading import languages_read, remember
from search.results import ResultsPage
from search.scripts import reading_order
from search.suggested import suggested
from search.suggesting import SuggestRequest
from search.withdrawals import withheld

# In seconds: who deletes a letter sees at once what was there, and a page just unpublished is not offered for long.
SUGGESTIONS_KEPT = 60
LONGEST_CLICK = 1_000

# Of a query string with a long question and every filter.
LONGEST_QUERY_STRING = 8000


def refuse(request: HttpRequest, seconds: int) -> HttpResponse:
    """Ask a visitor to wait before the next search; what was typed stays."""
    form = _form(request)
    return _page(request, {"form": form, "question": form.request(), "wait": seconds})


@require_safe
@bounded
@limited(SEARCHES, refuse)
def results(request: HttpRequest) -> HttpResponse:
    """Show what was found; without a question, how to ask; with the engine gone, that it is (503)."""
    form = _form(request)
    question = form.request()
    said: dict[str, object] = {"form": form, "question": question}
    if not question.query:
        return _page(request, said)
    begun = time.perf_counter()
    answered = answer(question)
    if answered.results is None:
        return _page(request, said | {"unavailable": True}, status=503)
    seconds = time.perf_counter() - begun
    engine = engine_name(standby=answered.standby)
    promoted = promotions(question)
    token = log.record(request, question, answered.results, promoted=len(promoted), seconds=seconds, engine=engine)
    said |= {
        "results": ResultsPage(question, answered.results, promoted),
        "standby": answered.standby,
        "search_token": token,
    }
    return _page(request, said)


@require_safe
@bounded
@limited(SUGGESTIONS, refuse_silently)
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer a script, letter after letter: what there is that begins like that. Nothing where the engine is gone."""
    language = by_code(get_language()).code
    query = clean_query(request.GET.get("q", ""))
    question = SuggestRequest(query, language, reading_order(query, language), withheld())
    try:
        asked = ask(lambda backend: backend.suggest(question))
        found, seconds = asked.value, 0 if asked.standby else SUGGESTIONS_KEPT
    except BackendUnavailableError:
        found, seconds = (), 0
    response = JsonResponse(suggested(found, language))
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=seconds)
    return response


# Whoever has the page's signed token may say that one of its rows was opened; no cookie is read, none is set.
@csrf_exempt
@require_POST
@limited(CLICKS, refuse_silently)
def clicked(request: HttpRequest) -> HttpResponse:
    """Note which row of a page of results was opened; what is forged, late or wrong is passed over alike (204)."""
    # More than a token and a number is not read at all.
    size = str(request.META.get("CONTENT_LENGTH", ""))
    told = request.POST if size.isdecimal() and len(size) < 9 and int(size) <= LONGEST_CLICK else {}
    rank = told.get("rank", "")
    if rank.isascii() and rank.isdecimal() and len(rank) < 6:
        log.clicked(told.get("token", ""), int(rank))
    response = HttpResponse(status=204)
    response["X-Robots-Tag"] = "noindex"
    return response


# A reader's own choice of what they see, of no use to anybody who would make them send it.
@csrf_exempt
@require_POST
@limited(CLICKS, refuse_silently)
def also_read(request: HttpRequest) -> HttpResponse:
    """Keep in a cookie which languages the reader also reads, and show the same results again."""
    query = QueryDict(request.POST.get("search", "")[:LONGEST_QUERY_STRING].lstrip("?"), mutable=True)
    query.pop("page", None)
    response = redirect(f"{reverse('search:search')}?{query.urlencode()}")
    remember(response, request.POST.getlist("also"))
    response["X-Robots-Tag"] = "noindex"
    return response


def _form(request: HttpRequest) -> SearchForm:
    return SearchForm(request.GET, language=by_code(get_language()).code, also_read=languages_read(request))


def _page(request: HttpRequest, said: dict[str, object], *, status: int = 200) -> HttpResponse:
    response = render(request, "search/results.html", said, status=status)
    # What is shown follows from the languages the reader said to read; and a shared cache would give one reader's token
    # to all, and their clicks to one search.
    patch_vary_headers(response, ["Cookie"])
    patch_cache_control(response, private=True)
    response["X-Robots-Tag"] = "noindex"
    return response
