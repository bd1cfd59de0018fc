"""Background work in the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.bootstrap.groups import make_groups
from tests.search.pages import make_homes
from translations import jobs
from translations.jobs import queue
from translations.models import Job, JobItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    make_groups(make_homes()["en"])
    made = {}
    for name, group in (("coordinator", "Coordinators"), ("translator", "Translators: 한국어"), ("other", "Editors")):
        made[name] = get_user_model().objects.create_user(name)
        made[name].groups.add(Group.objects.get(name=group))
    return made


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def running(user, items=3):
    job = jobs.enqueue("count", {}, user=user, label="Numbers")
    claimed = queue.claim()
    jobs.plan(claimed, lambda: [jobs.Item(f"Number {number}") for number in range(items)])
    queue.settle(claimed, claimed.items.get(position=0), JobItem.State.FAILED, "number 0 cannot be done")
    return job


def test_list_shows_how_far_it_is_and_asks_again_while_it_runs(people):
    job = running(people["translator"])
    html = client_of(people["coordinator"]).get(reverse("translations_jobs")).content.decode()
    assert "Numbers" in html
    assert 'value="33"' in html
    assert "data-running" in html
    jobs.cancel(job)
    assert "data-running" not in client_of(people["coordinator"]).get(reverse("translations_jobs")).content.decode()


def test_part_is_the_part_alone(people):
    running(people["translator"])
    html = (
        client_of(people["coordinator"])
        .get(reverse("translations_jobs"), headers={"x-requested-with": "XMLHttpRequest"})
        .content.decode()
    )
    assert "Numbers" in html
    assert "<html" not in html


def test_detail_says_why_an_item_failed(people):
    job = running(people["translator"])
    html = client_of(people["translator"]).get(reverse("translations_job", args=[job.pk])).content.decode()
    assert "number 0 cannot be done" in html


def test_others_see_nothing_of_it(people):
    job = running(people["translator"])
    client = client_of(people["other"])
    assert "Numbers" not in client.get(reverse("translations_jobs")).content.decode()
    assert client.get(reverse("translations_job", args=[job.pk])).status_code == 404


@pytest.mark.parametrize(("who", "done"), [("coordinator", True), ("translator", True), ("other", False)])
def test_stopping_is_for_who_started_it_and_coordinators(people, who, done):
    job = running(people["translator"])
    client_of(people[who]).post(reverse("translations_job_cancel", args=[job.pk]))
    job.refresh_from_db()
    assert (job.state == "cancelled") is done


def test_stopping_takes_a_post(people):
    job = running(people["translator"])
    assert client_of(people["translator"]).get(reverse("translations_job_cancel", args=[job.pk])).status_code == 405


def test_failed_items_are_tried_again(people):
    job = running(people["translator"])
    Job.objects.update(state="done")
    client_of(people["translator"]).post(reverse("translations_job_retry", args=[job.pk]))
    job.refresh_from_db()
    assert (job.state, job.failed) == ("waiting", 0)


def test_list_costs_the_same_for_many_jobs(people):
    client = client_of(people["coordinator"])

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("translations_jobs"))
        return len(captured)

    running(people["translator"])
    queries()
    few = queries()
    for _number in range(9):
        running(people["translator"])
    assert queries() == few


def test_long_lists_go_on_over_pages(people):
    client = client_of(people["coordinator"])
    job = running(people["translator"], items=35)
    for _ in range(35):
        jobs.enqueue("count", {}, user=people["translator"], label="Letters")
    for url in (reverse("translations_jobs"), reverse("translations_job", args=[job.pk])):
        page, rest = client.get(url).content.decode(), client.get(url, {"p": 2}).content.decode()
        assert 'href="?p=2"' in page
        assert 'href="?p=1"' in rest
