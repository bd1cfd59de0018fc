"""Notices by mail: one mail for what a person waits for, in their language; nothing is lost where the server fails."""

import logging
import smtplib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override
from wagtail.users.models import UserProfile

from translations.models import Delivery, Notice
from translations.wording import Line, line_of

logger = logging.getLogger(__name__)

# The hour of a person's own clock at which the mail of the day is due.
DAILY_AT = time(7)
# Who was written to has this long to read it; what comes meanwhile waits for the next round.
PAUSE = timedelta(minutes=10)
# After a failure no visitor's request tries the server for so long; the worker does.
RECOVERY = timedelta(minutes=5)
# A mail that is refused for itself is tried again after as long as it has waited, a day at most; after this no more.
LONGEST, GIVEN_UP = timedelta(days=1), timedelta(days=14)
# What the server says of one mail or its reader; it would take the next one.
_OF_ONE_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)
# A process that died while it mailed is forgotten after this.
_CLAIM = timedelta(minutes=10)
# A mail names so many things; the rest is a number and a link to the desk.
_MAX_LINES = 50


def send_at_once(user_ids: Iterable[int]) -> int:
    """Mail users what they want at once; return the number of mails.

    Whoever was written to just now, or whose mails were refused, is left to the worker.
    """
    now = timezone.now()
    if Notice.objects.filter(failed_at__gt=now - RECOVERY, mailed_at=None).exists():
        return 0
    mine = Notice.objects.filter(user__in=list(user_ids))
    lately = mine.filter(
        Q(delivery=Delivery.NOW, mailed_at__gt=now - PAUSE) | Q(mailed_at=None, retry_at__isnull=False)
    )
    waiting = _waiting(now).filter(user__in=list(user_ids), delivery=Delivery.NOW)
    return _send(list(waiting.exclude(user__in=list(lately.values_list("user", flat=True)))), now)


def send_waiting(now: datetime | None = None) -> int:
    """Mail everybody everything that is due, and what failed before; return the number of mails. For the worker."""
    now = now or timezone.now()
    rows = list(_waiting(now).exclude(delivery=Delivery.NONE))
    zones = dict(
        UserProfile.objects.filter(user__in={row.user_id for row in rows}).values_list("user", "current_time_zone")
    )
    due = [
        row
        for row in rows
        if row.delivery == Delivery.NOW or row.created_at <= _last_digest(now, zones.get(row.user_id, ""))
    ]
    return _send(due, now)


def _waiting(now: datetime) -> Any:
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - _CLAIM)
    ripe = Q(retry_at=None) | Q(retry_at__lte=now)
    return (
        Notice.objects.filter(free, ripe, mailed_at=None, user__is_active=True)
        .select_related("source", "locale", "proposal", "bundle", "actor", "user__wagtail_userprofile", "task")
        .order_by("user", "created_at", "pk")
    )


def _last_digest(now: datetime, zone: str) -> datetime:
    """Return when the mail of the day was due last on the clock of a time zone."""
    local = now.astimezone(ZoneInfo(zone) if zone else timezone.get_default_timezone())
    moment = datetime.combine(local.date(), DAILY_AT, tzinfo=local.tzinfo)
    return moment if moment <= local else moment - timedelta(days=1)


def _send(notices: Sequence[Notice], now: datetime) -> int:
    by_user: dict[int, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_user[notice.user_id].append(notice)
    sent = 0
    for rows in by_user.values():
        claimed = _claim(rows)
        if claimed:
            try:
                _mail(claimed)
            except Exception as error:
                # Whatever the backend raises: what was not sent is kept.
                if isinstance(error, OSError) and not isinstance(error, _OF_ONE_MAIL):
                    # The server is gone, or wants nothing of us: the others would fare no better.
                    _failed(claimed, error)
                    break
                _refused(claimed, error, now)
                continue
            Notice.objects.filter(pk__in=[row.pk for row in claimed]).update(
                mailed_at=timezone.now(), failure="", retry_at=None
            )
            sent += 1
    return sent


def _claim(rows: Sequence[Notice]) -> list[Notice]:
    """Return those of a user's notices that no other process is mailing, and keep others from it."""
    now = timezone.now()
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - _CLAIM)
    wanted = Notice.objects.filter(pk__in=[row.pk for row in rows], mailed_at=None)
    wanted.filter(free).update(claimed_at=now)
    mine = set(wanted.filter(claimed_at=now).values_list("pk", flat=True))
    return [row for row in rows if row.pk in mine]


def _failed(rows: Sequence[Notice], error: Exception) -> None:
    logger.error("translators' notices not mailed, will be tried again: %s", error)
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(
        claimed_at=None, failed_at=timezone.now(), failure=_in_words(error)
    )


def _refused(rows: Sequence[Notice], error: Exception, now: datetime) -> None:
    """Let notices wait the longer the longer they have waited: so new ones part from one that spoils their mail."""
    logger.error("translators' notices to user %s not mailed, will be tried again: %s", rows[0].user_id, error)
    for row in rows:
        waited = now - row.created_at
        row.claimed_at, row.failure = None, _in_words(error)
        row.retry_at = now + min(waited, LONGEST)
        if waited > GIVEN_UP:
            # It stays on the desk.
            row.delivery, row.retry_at = Delivery.NONE, None
    Notice.objects.bulk_update(rows, ["claimed_at", "failure", "retry_at", "delivery"])


def _in_words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]


def _mail(notices: Sequence[Notice]) -> None:
    user = notices[0].user
    profile = getattr(user, "wagtail_userprofile", None)
    language = (profile.preferred_language if profile else "") or settings.LANGUAGE_CODE
    with override(language):
        lines = [line_of(notice) for notice in notices[:_MAX_LINES]]
        context = {
            "lines": lines,
            "more": len(notices) - len(lines),
            "user": user,
            "language": language,
            "site_name": settings.WAGTAIL_SITE_NAME,
            "desk_url": settings.WAGTAILADMIN_BASE_URL + reverse("translations_desk"),
            "settings_url": settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_account"),
        }
        message = EmailMultiAlternatives(
            subject=_subject(lines, len(notices)),
            body=render_to_string("emails/translation_notices.txt", context),
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated", "Content-Language": language},
        )
        message.attach_alternative(render_to_string("emails/translation_notices.html", context), "text/html")
    message.send()


def _subject(lines: Sequence[Line], number: int) -> str:
    site = settings.WAGTAIL_SITE_NAME
    if number == 1:
        words = gettext("%(what)s: “%(title)s”") % {"what": lines[0].heading, "title": lines[0].title}
    else:
        words = ngettext(
            "%(count)s notice from the translation desk", "%(count)s notices from the translation desk", number
        )
        words %= {"count": number}
    # A line break in a title would end the header.
    return " ".join(f"[{site}] {words}".split())
