"""The page of results."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.languages import by_code
from search.backends import get_backend
from search.backends.base import BackendUnavailableError
from search.forms import SearchForm
from search.results import ResultsPage

logger = logging.getLogger(__name__)


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show what was found; without a question, how to ask; with the engine gone, that it is (503)."""
    form = SearchForm(request.GET, language=by_code(get_language()).code)
    question = form.request()
    page, status = None, 200
    if question.query:
        try:
            page = ResultsPage(question, get_backend().search(question))
        except BackendUnavailableError as error:
            logger.error("Search cannot be answered: %s", error)
            status = 503
    response = render(
        request,
        "search/results.html",
        {"form": form, "question": question, "results": page, "unavailable": status == 503},
        status=status,
    )
    response["X-Robots-Tag"] = "noindex"
    return response
