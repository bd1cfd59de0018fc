"""Large TMX files: taken over by the worker, part by part, each once, whatever happens in between."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.translations.memory.test_tmx import tmx, unit
from tests.translations.trees import make_locales
from translations import jobs
from translations.jobs import queue
from translations.memory import importing, take_in
from translations.memory.tmx import TmxError
from translations.models import Job, JobItem, MemoryFile, MemoryUnit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    make_locales()
    monkeypatch.setattr("translations.memory.tmx.BATCH", 10)
    monkeypatch.setattr(importing, "LARGEST_AT_ONCE", 100)


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("old.tmx", data)


def many(number: int) -> bytes:
    return tmx(*(unit(en=f"Water {place}", ko=f"물 {place}") for place in range(number)))


def messages_of(job: Job) -> list[tuple[str, str]]:
    return list(JobItem.objects.filter(job=job).order_by("position").values_list("label", "message"))


def test_large_file_is_imported_by_the_worker(admin_user):
    job = take_in(upload(many(25)), admin_user)
    assert (isinstance(job, Job), MemoryUnit.objects.count()) == (True, 0)
    assert jobs.run_next()
    assert messages_of(job) == [
        ("Units 1 to 10", "10 translations added."),
        ("Units 11 to 20", "10 translations added."),
        ("Units 21 to 25", "5 translations added."),
    ]
    stored = MemoryUnit.objects.values_list("string__data", "text", "origin", "imported_by")
    assert set(stored) == {(f"Water {place}", f"물 {place}", "old.tmx", admin_user.pk) for place in range(25)}
    assert not MemoryFile.objects.exists()


def test_what_is_left_out_is_named_by_its_number_in_the_file(admin_user):
    units = [unit(en=f"Water {place}", ko=f"물 {place}", fr="eau") for place in range(12)]
    job = take_in(upload(tmx(*units, unit(ko="물"))), admin_user)
    jobs.run_next()
    assert messages_of(job)[1] == (
        "Units 11 to 13",
        "2 translations added. 2 in other languages were left out. Left out: 13: The unit has no English source.",
    )


def test_worker_that_dies_between_parts_is_followed_by_one_that_goes_on(admin_user, monkeypatch):
    job = take_in(upload(many(30)), admin_user)
    add, done = importing.tmx.add, []

    def dying(part, **options):
        if len(done) == 1:
            raise KeyboardInterrupt
        done.append(add(part, **options))

    with monkeypatch.context() as patch:
        patch.setattr(importing.tmx, "add", dying)
        with pytest.raises(KeyboardInterrupt):
            jobs.run_next()
    assert MemoryUnit.objects.count() == 10
    Job.objects.update(heartbeat_at=None)
    assert jobs.run_next()
    job.refresh_from_db()
    assert (job.state, job.done, MemoryUnit.objects.count()) == (Job.State.DONE, 3, 30)


def test_part_that_failed_can_be_tried_again(admin_user, monkeypatch):
    job = take_in(upload(many(30)), admin_user)
    add = importing.tmx.add

    def failing(part, **options):
        if part.units[0].number == 11:
            raise OSError("no space left")
        add(part, **options)

    with monkeypatch.context() as patch:
        patch.setattr(importing.tmx, "add", failing)
        jobs.run_next()
    assert (MemoryUnit.objects.count(), MemoryFile.objects.count()) == (20, 1)
    assert jobs.retry(job) == 1
    jobs.run_next()
    assert (MemoryUnit.objects.count(), MemoryFile.objects.count()) == (30, 0)


def test_file_of_a_job_that_was_stopped_long_ago_is_not_kept(admin_user):
    stopped = take_in(upload(many(20)), admin_user)
    queue.cancel(stopped)
    MemoryFile.objects.update(created_at="2020-01-01T00:00Z")
    take_in(upload(many(20)), admin_user)
    assert MemoryFile.objects.count() == 1
    jobs.retry(stopped)
    jobs.run_next()
    stopped.refresh_from_db()
    assert (stopped.state, stopped.error) == (Job.State.FAILED, "The file is not kept any more: upload it again.")


def test_broken_file_is_refused_before_anything_waits(admin_user):
    broken = many(20).removesuffix(b"</body></tmx>")
    with pytest.raises(TmxError, match="cannot be read as XML"):
        take_in(upload(broken), admin_user)
    assert not Job.objects.exists()


def test_coordinator_is_led_to_the_job(admin_client):
    answer = admin_client.post(reverse("translations_memory"), {"file": upload(many(20))}, follow=True)
    assert answer.redirect_chain[0][0] == reverse("translations_job", args=[Job.objects.get().pk])
    assert "The file is imported in the background." in answer.content.decode()
