"""Asking for a draft."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail_localize.models import Translation

from translations.exchange.selection import Chosen, by_uuid
from translations.machine.drafts import Drafted, draft
from translations.machine.registry import route_for
from translations.segments import segments_of

# A page may take an engine some seconds, and somebody is waiting.
MOST_AT_ONCE = 20


@require_POST
def draft_texts(request: HttpRequest) -> HttpResponse:
    """Draft the open texts of the translations in ``translation`` (ids), only those in ``segment`` if any are named.

    Answers in JSON where JSON is asked for, else leads to ``next``, with messages.
    """
    chosen = _chosen(request)
    wanted = _numbers(request.POST.getlist("segment"))
    done: list[Drafted] = []
    for row in chosen:
        segments = segments_of(row.translation)
        rows = [segment for segment in segments if not wanted or wanted.intersection(segment.pks)]
        done.append(draft(row.translation, rows, user=request.user))
        if done[-1].problem:
            # An engine that is down is down for the next page too.
            break
    problem = next((drafted.problem for drafted in done if drafted.problem), "")
    if "application/json" in request.headers.get("Accept", ""):
        texts = {pk: text for drafted in done for pk, text in drafted.texts.items()}
        dropped = {row.pk: reason for drafted in done for row, reason in drafted.dropped}
        return JsonResponse(
            {"texts": texts, "dropped": dropped, "message": _said(done), "problem": problem},
            status=502 if problem and not texts else 200,
        )
    if not problem or any(drafted.texts for drafted in done):
        messages.success(request, _said(done))
    if problem:
        messages.error(request, problem)
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


def _chosen(request: HttpRequest) -> list[Chosen]:
    """Return the translations that were named, all of which the user must be allowed to edit."""
    ids = _numbers(request.POST.getlist("translation"))
    uuids = Translation.objects.filter(pk__in=sorted(ids)[:MOST_AT_ONCE], enabled=True).values_list("uuid", flat=True)
    chosen = list(by_uuid(str(uuid) for uuid in uuids).values())
    for row in chosen:
        lock = row.page.get_lock() if row.page else None
        if not row.is_editable_by(request.user) or (lock and lock.for_user(request.user)):
            raise PermissionDenied
        if route_for(row.translation.source.locale.language_code, row.translation.target_locale.language_code) is None:
            raise PermissionDenied
    return chosen


def _said(done: list[Drafted]) -> str:
    """Return in words what came of drafts."""
    count = sum(len(drafted.texts) for drafted in done)
    parts = [
        ngettext(
            "%(count)s text drafted by machine. It stays marked until somebody has read it.",
            "%(count)s texts drafted by machine. They stay marked until somebody has read them.",
            count,
        )
        % {"count": count}
    ]
    dropped = sum(len(drafted.dropped) for drafted in done)
    if dropped:
        parts.append(_("Drafts that could not be used: %(count)s.") % {"count": dropped})
    waiting = sum(drafted.without_source for drafted in done)
    if waiting:
        parts.append(_("Texts that wait for the other Chinese translation: %(count)s.") % {"count": waiting})
    return " ".join(parts)


def _numbers(texts: list[str]) -> set[int]:
    return {int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 12}
