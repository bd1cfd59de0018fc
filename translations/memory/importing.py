"""Taking TMX files over: a small one at once, a large one as a job for the worker, which says how far it is."""

import zlib
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from translations import jobs
from translations.memory import tmx
from translations.models import Job, JobItem, MemoryFile

KIND = "import_tmx"
# In bytes. Larger files have thousands of units, and nobody waits for them.
LARGEST_AT_ONCE = 1024 * 1024
# Files of jobs that were stopped and not taken up again are kept so long.
KEPT = timedelta(days=30)
# Problems that are named beside each part of a large file.
NAMED = 20


def take_in(upload: UploadedFile, user: Any) -> tmx.Imported | Job:
    """Import a TMX file; return what came of it, or the job that imports it. Raises TmxError.

    A file that cannot be read to its end is refused as a whole, whatever its size.
    """
    tmx.check_size(upload.size or 0)
    data, name = upload.read(), (upload.name or "").replace("\0", "")[-200:]
    if len(data) <= LARGEST_AT_ONCE:
        return tmx.read_tmx(data, origin=name, user=user)
    units = tmx.count_units(data)
    with transaction.atomic():
        MemoryFile.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
        file = MemoryFile.objects.create(name=name, content=zlib.compress(data), units=units)
        label = gettext("Translation memory: %(file)s") % {"file": name}
        return jobs.enqueue(KIND, {"file": file.pk}, user=user, label=label)


@jobs.handler(KIND)
def import_job(job: Job) -> None:
    """Import a file part by part: each is an item, written once."""
    file = MemoryFile.objects.filter(pk=job.arguments["file"]).first()
    if file is None:
        raise jobs.ItemFailed(gettext("The file is not kept any more: upload it again."))
    jobs.plan(job, lambda: [_item(first, file.units) for first in range(0, file.units, tmx.BATCH)])
    # Items come in the order of the parts; those that were done before are passed over.
    parts = enumerate(tmx.parts(zlib.decompress(file.content)))

    def take(item: JobItem) -> str:
        part = next(part for place, part in parts if place == item.arguments["part"])
        tmx.add(part, origin=file.name, user=job.user)
        return _message(part.imported)

    jobs.each(job, take)
    if not JobItem.objects.filter(job=job).exclude(state=JobItem.State.DONE).exists():
        file.delete()


def _item(first: int, units: int) -> jobs.Item:
    numbers = {"first": first + 1, "last": min(first + tmx.BATCH, units)}
    return jobs.Item(gettext("Units %(first)d to %(last)d") % numbers, {"part": first // tmx.BATCH})


def _message(imported: tmx.Imported) -> str:
    said, problems = tmx.described(imported), imported.problems
    if not problems:
        return said
    named = " ".join(f"{number}: {problem}" for number, problem in problems[:NAMED])
    more = "…" if len(problems) > NAMED else ""
    return gettext("%(said)s Left out: %(problems)s") % {"said": said, "problems": f"{named} {more}".strip()}
