"""How often one visitor may ask: far more often than a person does, far less often than a program can.

A sliding window over two counters, raised atomically, so that several processes count together (with a shared cache)
and a hundred requests at once are counted as a hundred. Not a token bucket: its state would have to be read and
written in two steps.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponse

from cms import visitors

View = Callable[..., HttpResponse]
Refusal = Callable[[HttpRequest, int], HttpResponse]


@dataclass(frozen=True)
class Limit:
    """At most ``number`` requests in any ``seconds``, of one visitor's network."""

    name: str
    number: int
    seconds: int


def waiting_time(request: HttpRequest, limit: Limit) -> int:
    """Count this request; return 0, or the seconds after which the visitor may ask again."""
    visitor = visitors.pseudonym(request)
    if not visitor:
        return 0
    now = time.time()
    window, passed = divmod(now, limit.seconds)
    before = visitors.cache().get(_key(limit, visitor, window - 1), 0)
    count = _raised(_key(limit, visitor, window), limit.seconds * 2)
    # As if those of the window before had come evenly: what of them lies within the last ``seconds``.
    recent = before * (1 - passed / limit.seconds) + count
    if recent <= limit.number:
        return 0
    return max(1, math.ceil(_until_free(limit, before=before, count=count, passed=passed)))


def limited(limit: Limit, refuse: Refusal) -> Callable[[View], View]:
    """Decorate a view: past the limit answer with ``refuse(request, seconds)``, as 429 with Retry-After.

    With the cache gone nobody is held up.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            seconds = visitors.unless_cache_fails(lambda: waiting_time(request, limit), 0)
            if not seconds:
                return view(request, *args, **kwargs)
            response = refuse(request, seconds)
            response.status_code = 429
            response["Retry-After"] = str(seconds)
            return response

        return answer

    return decorate


def refuse_silently(request: HttpRequest, seconds: int) -> HttpResponse:
    """Answer a script: it reads the status."""
    return HttpResponse(content_type="text/plain; charset=utf-8")


def _key(limit: Limit, visitor: str, window: float) -> str:
    return f"rate-{limit.name}-{visitor}-{int(window)}"


def _raised(key: str, seconds: int) -> int:
    counters = visitors.cache()
    counters.add(key, 0, seconds)
    try:
        return int(counters.incr(key))
    except ValueError:
        # Forgotten between the two steps.
        return 1


def _until_free(limit: Limit, *, before: int, count: int, passed: float) -> float:
    """Return after how many seconds one more request fits, if none comes meanwhile."""
    if count < limit.number and before:
        return limit.seconds * (1 - (limit.number - count - 1) / before) - passed
    # In the next window this one's requests fade away.
    return limit.seconds - passed + limit.seconds * (1 - (limit.number - 1) / count)
