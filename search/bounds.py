"""How much of an address is read: more than any person's search needs, and no more than can be answered quickly."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, QueryDict

# A question of 200 characters is 1,800 when each is a Chinese one, percent-encoded; the rest is for filters.
LONGEST_QUERY_STRING = 8_000

View = Callable[..., HttpResponse]


def bounded(view: View) -> View:
    """Decorate a view: of a longer query string only the beginning exists, for it and for all that it shows.

    A page repeats its address in a dozen links, and Django refuses what has more than some thousand parameters, on a
    page that no visitor understands.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY_STRING:
            request.META["QUERY_STRING"] = query[:LONGEST_QUERY_STRING]
            request.GET = QueryDict(query[:LONGEST_QUERY_STRING].encode("latin-1"), encoding=request.encoding)
        return view(request, *args, **kwargs)

    return answer
