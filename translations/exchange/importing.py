"""Taking an upload over: first it is read and shown, then written as a whole or not at all."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from wagtail_localize.models import Translation

from translations.exchange.archive import read_upload
from translations.exchange.plan import FilePlan, Options, Outcome, Plan, Row, make_plan
from translations.exchange.selection import by_uuid
from translations.exchange.units import ReadPart
from translations.models import TextChange, TextImport
from translations.writing import write_texts

# Uploads that nobody confirmed, and the reports of others, are kept so long.
KEPT = timedelta(days=30)
# What a report names without its texts.
UNREMARKABLE = (Outcome.SAME, Outcome.EMPTY)


class PlanChangedError(Exception):
    """Something was changed since the user saw what would happen; nothing was written."""


class AlreadyImportedError(Exception):
    """The upload was taken over before."""


def begin(upload: UploadedFile, user: Any, *, only: Translation | None = None) -> TextImport:
    """Read an upload and keep it for its user to look at. Writes no text. Raises ExchangeError."""
    parts = read_upload(upload)
    TextImport.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    name = (upload.name or "").replace("\0", "")[-200:]
    return TextImport.objects.create(name=name, user=user, only=only, parts=[part.to_json() for part in parts])


def plan_of(record: TextImport, options: Options | None = None) -> Plan:
    """Say what taking over an upload would do now."""
    parts = [ReadPart.from_json(part) for part in record.parts]
    return make_plan(parts, record.user, options, only=record.only)


def carry_out(record: TextImport, options: Options, digest: str) -> Plan:
    """Write the texts of an upload by its user, whose rights are checked anew, and return what was done.

    One transaction. ``digest`` is that of the plan that the user saw; if it would be another now, PlanChangedError is
    raised. AlreadyImportedError for an upload that was taken over before.
    """
    with transaction.atomic():
        record = TextImport.objects.select_for_update(of=("self",)).select_related("user", "only").get(pk=record.pk)
        if record.done_at:
            raise AlreadyImportedError
        _lock(record)
        plan = plan_of(record, options)
        if plan.digest != digest:
            raise PlanChangedError
        for file in plan.files:
            if file.translation and file.new_texts:
                write_texts(
                    file.translation,
                    file.new_texts,
                    user=record.user,
                    means=TextChange.Means.IMPORT,
                    detail=file.name,
                )
        record.report = report(plan)
        record.parts, record.done_at = [], timezone.now()
        record.save(update_fields=["report", "parts", "done_at"])
    return plan


def report(plan: Plan) -> list[dict[str, Any]]:
    """Return what becomes of each text in words, as a page shows it and JSON can hold it."""
    return [_file_report(file) for file in plan.files]


def _file_report(file: FilePlan) -> dict[str, Any]:
    counts = file.counts
    return {
        "name": file.name,
        "title": file.title,
        "language": file.language,
        "problem": file.problem,
        "page": file.page.pk if file.page else None,
        "counts": [[outcome.value, str(outcome.label), count] for outcome, count in counts.items()],
        "rows": [_row_report(row) for row in file.rows],
    }


def _row_report(row: Row) -> dict[str, str]:
    texts = {"source": row.source, "text": row.text, "current": row.current}
    return {
        "key": row.key,
        "place": row.place,
        "outcome": row.outcome.value,
        "label": str(row.outcome.label),
        "message": row.message,
        **(dict.fromkeys(texts, "") if row.outcome in UNREMARKABLE else texts),
    }


def _lock(record: TextImport) -> None:
    """Keep others from writing these translations until the end of the transaction, in one order for all."""
    chosen = by_uuid(part["translation"] for part in record.parts)
    ids = [row.translation.pk for row in chosen.values()]
    list(Translation.objects.filter(pk__in=ids).select_for_update().order_by("pk").values_list("pk"))
