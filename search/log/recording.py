"""Which searches are kept, and what of them."""

import logging
import re
import secrets
import unicodedata
from hashlib import blake2b

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from cms import visitors
from search.backends.base import SearchRequest, SearchResults
from search.folding import fold
from search.forms import clean_query
from search.log.buffer import Click, buffer
from search.models import SearchLogEntry

logger = logging.getLogger(__name__)

# A longer text is not a question that many ask.
LONGEST = 100
# Asked again by the same visitor within this time - reloaded, paged, narrowed - it is still one search.
ONE_SEARCH_SECONDS = 300
# A row opened later than this after the results were shown does not count.
CLICK_SECONDS = 3600
LAST_RANK = 1000

_SIGNER = signing.TimestampSigner(salt="search.log.click")
_MAIL = re.compile(r"\S@\S+\.\w")
_NUMBERS = re.compile(r"\+?\d[\d\s().\-/–]*\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# From the shortest numbers of subscribers on; without the years in them.
TELEPHONE_DIGITS = 7


def record(
    request: HttpRequest,
    question: SearchRequest,
    results: SearchResults,
    *,
    promoted: int = 0,
    seconds: float,
    engine: str,
) -> str:
    """Keep what was asked and how many pages were found, unless the visitor objects; no SQL, never raises.

    ``promoted`` pages were shown above them: a question that an editor answered by hand is no missed one any more.
    ``seconds`` is the time the answer took, ``engine`` the name of what gave it. Returns the signed token under which
    rows that are opened may be reported by ``clicked``; empty where nothing is kept.
    """
    try:
        token = _token(request, question, results, promoted=promoted, seconds=seconds, engine=engine)
    except Exception:  # the log is never worth an error to a reader
        logger.exception("A search could not be logged.")
        return ""
    return _SIGNER.sign(token) if token else ""


def clicked(signed: str, rank: int) -> bool:
    """Note that row ``rank`` (from 1; 0 is a promoted one) was opened; return whether the token is one of ours."""
    try:
        token = _SIGNER.unsign(signed, max_age=CLICK_SECONDS)
    except signing.BadSignature:
        return False
    if not settings.SEARCH_LOG_DAYS or not 0 <= rank <= LAST_RANK:
        return False
    buffer.add(clicks=[Click(token, rank)])
    return True


def is_kept(request: HttpRequest) -> bool:
    """Whether searches of this visitor are kept: a log is, no objection was sent, and it does not say it is a robot."""
    return bool(settings.SEARCH_LOG_DAYS) and visitors.may_be_counted(request)


def looks_personal(query: str) -> bool:
    """Whether the text holds what may be an e-mail address or a telephone number."""
    text = unicodedata.normalize("NFKC", query)
    if _MAIL.search(text):
        return True
    return any(
        sum(character.isdigit() for character in _YEAR.sub("", run)) >= TELEPHONE_DIGITS
        for run in _NUMBERS.findall(text)
    )


def _token(
    request: HttpRequest,
    question: SearchRequest,
    results: SearchResults,
    *,
    promoted: int,
    seconds: float,
    engine: str,
) -> str:
    typed = clean_query(question.query)
    if not is_kept(request) or looks_personal(typed):
        return ""
    folded = fold(typed)[:LONGEST].strip()
    if not folded:
        return ""
    whole = _is_whole(question)
    token, is_new = visitors.unless_cache_fails(
        lambda: _remembered(request, f"{question.language} {folded}", make=whole), _unremembered(make=whole)
    )
    if is_new:
        buffer.add(
            entries=[
                SearchLogEntry(
                    token=token,
                    asked_at=timezone.now().replace(minute=0, second=0, microsecond=0),
                    language=question.language,
                    query=folded,
                    typed=typed[:LONGEST].strip(),
                    # Rows of a guess are no hits of what was typed.
                    own=max(0 if results.instead else results.own.total, promoted),
                    other=results.other.total,
                    engine=engine[:20],
                    milliseconds=min(round(seconds * 1000), 600_000),
                )
            ]
        )
    return token


def _remembered(request: HttpRequest, asked: str, *, make: bool) -> tuple[str, bool]:
    """Return the token of this visitor's search, and whether it is a new one; empty where there is none to go on with.

    The visitor's key of the day and the question are hashed together, and forgotten after ONE_SEARCH_SECONDS.
    """
    visitor = visitors.pseudonym(request)
    if not visitor:
        return _unremembered(make=make)
    key = "asked-" + blake2b(f"{visitor} {asked}".encode(), digest_size=16).hexdigest()
    known = visitors.cache().get(key)
    if known or not make:
        return str(known or ""), False
    token = _new_token()
    if visitors.cache().add(key, token, ONE_SEARCH_SECONDS):
        return token, True
    # The same visitor asked twice at once.
    return str(visitors.cache().get(key, "")), False


def _unremembered(*, make: bool) -> tuple[str, bool]:
    return (_new_token(), True) if make else ("", False)


def _new_token() -> str:
    return secrets.token_urlsafe(12)


def _is_whole(question: SearchRequest) -> bool:
    """Whether these are all results, from the first: what was narrowed or paged says nothing of what can be found."""
    return question.page == 1 and not question.elsewhere and not question.filters
