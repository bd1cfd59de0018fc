"""Work that outlasts a request: once each, by one worker, item by item, whatever dies."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Site
from wagtail.users.models import UserProfile

from translations import jobs
from translations.jobs import queue, registry, work
from translations.models import Job, JobItem, PeriodicDuty

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind(monkeypatch):
    """Register a kind of jobs whose items are numbers; what it did stands in ``did``, refusals in ``refuse``."""
    monkeypatch.setattr(registry, "HANDLERS", {})
    monkeypatch.setattr(work, "HANDLERS", registry.HANDLERS)

    class Kind:
        did: list[int] = []
        before = staticmethod(lambda number: None)

    Kind.did = []

    @jobs.handler("count")
    def count(job):
        jobs.plan(job, lambda: [jobs.Item(f"Number {number}", {"number": number}) for number in range(3)])

        def do(item):
            Kind.before(item.arguments["number"])
            Kind.did.append(item.arguments["number"])
            return f"did {item.arguments['number']}"

        jobs.each(job, do)

    return Kind


def start(kind="count", user=None):
    return jobs.enqueue(kind, {}, user=user, label="Numbers")


def states(job):
    return list(job.items.values_list("state", flat=True))


def test_job_is_done_item_by_item(kind):
    job = start()
    assert jobs.run_next() is True
    job.refresh_from_db()
    assert (job.state, job.total, job.done, job.failed, job.percent) == ("done", 3, 3, 0, 100)
    assert [item.message for item in job.items.all()] == ["did 0", "did 1", "did 2"]
    assert jobs.run_next() is False


def test_oldest_job_is_done_first(kind):
    first, second = start(), start()
    assert queue.claim() == first
    assert queue.claim() == second
    assert queue.claim() is None


def test_item_that_fails_is_undone_and_the_next_begun(kind, db):
    def refuse(number):
        if number == 1:
            Site.objects.create(hostname="half.example", root_page_id=1)
            raise jobs.ItemFailed("number 1 cannot be done")

    kind.before = refuse
    job = start()
    jobs.run_next()
    job.refresh_from_db()
    assert (job.state, job.done, job.failed) == ("done", 2, 1)
    assert states(job) == ["done", "failed", "done"]
    assert job.items.get(position=1).message == "number 1 cannot be done"
    assert not Site.objects.filter(hostname="half.example").exists()


def test_unforeseen_error_of_an_item_is_noted_and_logged(kind, caplog):
    kind.before = lambda number: 1 // number
    job = start()
    jobs.run_next()
    assert job.items.get(position=0).message == "ZeroDivisionError: integer division or modulo by zero"
    assert "Traceback" in caplog.text
    assert kind.did == [1, 2]


def test_failed_items_are_tried_again(kind):
    kind.before = lambda number: 1 // number
    job = start()
    jobs.run_next()
    kind.before = lambda number: None
    assert jobs.retry(job) == 1
    jobs.run_next()
    job.refresh_from_db()
    assert (job.state, job.done, job.failed) == ("done", 3, 0)
    assert kind.did == [1, 2, 0]


def test_retry_of_a_job_that_runs_does_nothing(kind):
    job = start()
    assert jobs.retry(job) == 0
    job.refresh_from_db()
    assert job.state == "waiting"


def test_worker_that_died_is_followed_by_another_where_it_stopped(kind):
    def die(number):
        if number == 1:
            raise SystemExit("killed")

    kind.before = die
    job = start()
    with pytest.raises(SystemExit):
        jobs.run_next()
    assert queue.claim() is None
    Job.objects.update(heartbeat_at=timezone.now() - queue.SILENCE - datetime.timedelta(seconds=1))
    kind.before = lambda number: None
    jobs.run_next()
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 3)
    assert kind.did == [0, 1, 2]


def test_worker_that_was_thought_dead_changes_nothing_any_more(kind):
    def overtaken(number):
        if number == 1:
            # Another worker takes the job over while this one is in the middle of an item.
            Job.objects.update(heartbeat_at=timezone.now() - queue.SILENCE * 2)
            assert queue.claim() == job
            Site.objects.create(hostname="late.example", root_page_id=1)

    kind.before = overtaken
    job = start()
    jobs.run_next()
    job.refresh_from_db()
    assert (job.state, job.done, states(job)) == ("running", 1, ["done", "waiting", "waiting"])
    assert not Site.objects.filter(hostname="late.example").exists()


def test_job_that_kills_its_workers_is_given_up(kind):
    def die(number):
        raise SystemExit

    kind.before = die
    job = start()
    for _attempt in range(queue.ATTEMPTS):
        with pytest.raises(SystemExit):
            jobs.run_next()
        Job.objects.update(heartbeat_at=timezone.now() - queue.SILENCE * 2)
    assert jobs.run_next() is False
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "Given up: its worker died 5 times.")


def test_cancelled_job_stops_and_undoes_the_item_under_way(kind):
    job = start()
    kind.before = lambda number: jobs.cancel(job) if number == 1 else None
    jobs.run_next()
    job.refresh_from_db()
    assert states(job) == ["done", "waiting", "waiting"]
    # The item under way was undone, and with it this test's own cancelling, which was in its transaction.
    assert job.done == 1


def test_cancelled_job_is_not_begun(kind):
    job = start()
    assert jobs.cancel(job) is True
    assert jobs.cancel(job) is False
    assert jobs.run_next() is False


def test_told_to_stop_the_worker_gives_the_job_back_at_once(kind, monkeypatch):
    kind.before = lambda number: work.stopping.set() if number == 0 else None
    job = start()
    try:
        jobs.run_next()
    finally:
        work.stopping.clear()
    job.refresh_from_db()
    assert (job.state, states(job)) == ("waiting", ["done", "waiting", "waiting"])
    jobs.run_next()
    assert kind.did == [0, 1, 2]


def test_job_of_a_kind_that_nobody_knows_fails_with_the_reason(kind):
    job = start("nothing")
    jobs.run_next()
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "Nothing does jobs of the kind 'nothing'.")


def test_reasons_are_in_the_language_of_who_started_it(kind):
    user = get_user_model().objects.create_user("minji")
    UserProfile.objects.create(user=user, preferred_language="ko")
    from django.utils.translation import get_language  # noqa: PLC0415 -- read while it runs

    seen = []
    kind.before = lambda number: seen.append(get_language())
    start(user=user)
    jobs.run_next()
    assert seen == ["ko", "ko", "ko"]


def test_duty_is_done_once_in_its_time(monkeypatch):
    monkeypatch.setattr(registry, "DUTIES", {})
    monkeypatch.setattr(work, "DUTIES", registry.DUTIES)
    done = []

    @jobs.periodic("water", every=datetime.timedelta(hours=1))
    def water():
        done.append(1)

    assert jobs.run_due() == ["water"]
    assert jobs.run_due() == []
    PeriodicDuty.objects.update(begun_at=timezone.now() - datetime.timedelta(hours=1, seconds=1))
    assert jobs.run_due() == ["water"]
    assert done == [1, 1]


def test_duty_that_fails_is_noted_and_hinders_no_other(monkeypatch):
    monkeypatch.setattr(registry, "DUTIES", {})
    monkeypatch.setattr(work, "DUTIES", registry.DUTIES)

    @jobs.periodic("fire")
    def fire():
        raise RuntimeError("no water")

    jobs.periodic("water")(lambda: None)
    assert jobs.run_due() == ["water"]
    assert PeriodicDuty.objects.get(name="fire").error == "RuntimeError: no water"


def test_command_does_what_waits(kind, capsys):
    start()
    start()
    call_command("work_translations")
    assert kind.did == [0, 1, 2, 0, 1, 2]
    # No duty is named beside them.
    told = [line.partition(" ")[2] for line in capsys.readouterr().out.splitlines()]
    assert told == ["Numbers: done, 3 done, 0 failed of 3"] * 2


def test_command_names_its_duties_when_asked(monkeypatch, db, capsys):
    monkeypatch.setattr(registry, "DUTIES", {})
    monkeypatch.setattr(work, "DUTIES", registry.DUTIES)
    jobs.periodic("water")(lambda: None)
    call_command("work_translations", verbosity=2)
    assert capsys.readouterr().out == "water: done\n"


def test_items_are_written_down_once(kind):
    job = start()
    claimed = queue.claim()
    jobs.plan(claimed, lambda: [jobs.Item("one")])
    jobs.plan(claimed, lambda: [jobs.Item("one"), jobs.Item("two")])
    assert JobItem.objects.filter(job=job).count() == 1
