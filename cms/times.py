"""Wall-clock times: editors type what the clock at the venue shows, the database orders by the moment itself."""

import datetime
import zoneinfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# A team that starts now can still finish an application in this time.
CLOSING_SOON = datetime.timedelta(days=14)


def moment(date: datetime.date, time: datetime.time, zone: str) -> datetime.datetime:
    """Return the aware datetime at which the clocks of ``zone`` (IANA name) show ``date`` and ``time``.

    Raises ValidationError if they never do, because the clocks were put forward over that hour; a time shown twice
    means its first occurrence.
    """
    info = zoneinfo.ZoneInfo(zone)
    local = datetime.datetime.combine(date, time, tzinfo=info)
    if local.astimezone(datetime.UTC).astimezone(info).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValidationError(
            _("The clocks of %(zone)s skip this time on %(date)s. Choose another time."),
            params={"zone": zone, "date": date},
            code="skipped_time",
        )
    return local


def day_start(date: datetime.date, zone: str) -> datetime.datetime:
    """Return the aware datetime at which ``date`` begins in ``zone``, also where the clocks skip its midnight."""
    info = zoneinfo.ZoneInfo(zone)
    midnight = datetime.datetime.combine(date, datetime.time(0, 0), tzinfo=info)
    return midnight.astimezone(datetime.UTC).astimezone(info)


def on_clock(time: datetime.datetime | None, zone: str) -> datetime.datetime | None:
    """Return the moment on the clock of ``zone`` (IANA name): databases give it in UTC, often on another day."""
    return time.astimezone(zoneinfo.ZoneInfo(zone)) if time else None


def refuse_skipped(field: str, date: datetime.date, time: datetime.time, zone: str) -> None:
    """Raise ValidationError on ``field`` (a model field's name) where ``moment`` refuses the time."""
    try:
        moment(date, time, zone)
    except ValidationError as error:
        raise ValidationError({field: error}) from error


def zone_label(when: datetime.datetime) -> str:
    """Return a zone's abbreviation and offset from UTC at that moment, such as "KST, UTC+9"."""
    offset = when.utcoffset() or datetime.timedelta()
    minutes = int(offset.total_seconds() // 60)
    sign = "+" if minutes >= 0 else "−"
    hours, rest = divmod(abs(minutes), 60)
    utc = f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "") if minutes else "UTC"
    name = when.tzname() or ""
    return utc if not name or name[0] in "+-" or name == "UTC" else f"{name}, {utc}"
