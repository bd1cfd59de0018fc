from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale
from wagtail_localize.models import StringSegment

from tests.translations.test_sources import publish, translation_of
from tests.translations.trees import add_page
from translations import states, tasks
from translations.catalog import translate_page
from translations.events import task_changed
from translations.models import Kind, Notice, TranslationRequest, TranslationTask
from translations.tasks import TaskRefused
from translations.writing import write_text

State = TranslationTask.State


@pytest.fixture
def ko(home):
    return Locale.objects.get(language_code="ko")


@pytest.fixture
def task(page, ko, staff):
    record = tasks.request(
        [page], [ko], user=staff["coordinator"], assignees={ko: staff["ko"]}, due=date(2030, 1, 2), message="Please"
    )
    Notice.objects.all().delete()
    return record.tasks.get()


def told():
    return set(Notice.objects.values_list("user__username", "kind"))


def bring(task, state):
    TranslationTask.objects.filter(pk=task.pk).update(state=state)
    task.refresh_from_db()


def test_request_makes_a_task_for_each_page_and_language(home, page, staff):
    other = add_page(home, "Energy", "energy")
    locales = list(Locale.objects.filter(language_code__in=["ko", "ja"]))
    record = tasks.request([page, other], locales, user=staff["coordinator"], due=date(2030, 1, 2))
    assert sorted(record.tasks.values_list("source__slug", "locale__language_code", "state", "due")) == [
        (slug, code, State.REQUESTED, date(2030, 1, 2)) for slug in ("energy", "water") for code in ("ja", "ko")
    ]


def test_who_asked_and_may_not_review_leaves_it_to_the_coordinators(page, ko, staff):
    translate_page(page, "ko", {"Water": "물"}, publish=False)
    task = tasks.request([page], [ko], user=staff["editor"], assignees={ko: staff["ko"]}).tasks.get()
    Notice.objects.all().delete()
    tasks.hand_in(task, staff["ko"])
    assert told() == {("coordinator", Kind.REVIEW)}


def test_request_tells_the_assignee_what_was_said(page, ko, staff):
    tasks.request([page], [ko], user=staff["coordinator"], assignees={ko: staff["ko"]}, message="Please")
    notice = Notice.objects.get()
    assert (notice.user, notice.kind, notice.text, notice.actor) == (
        staff["ko"],
        Kind.ASSIGNED,
        "Please",
        staff["coordinator"],
    )


def test_request_without_assignee_tells_translators_and_coordinators_but_not_who_asks(page, ko, staff):
    tasks.request([page], [ko], user=staff["editor"])
    assert told() == {("translator-ko", Kind.REQUESTED), ("coordinator", Kind.REQUESTED)}


def test_request_again_joins_the_open_task(page, ko, staff, task):
    record = tasks.request([page], [ko], user=staff["editor"], due=date(2030, 5, 5))
    joined = TranslationTask.objects.get()
    assert (joined.pk, joined.request, joined.due, joined.assignee) == (
        task.pk,
        record,
        date(2030, 5, 5),
        staff["ko"],
    )


def test_request_makes_no_task_where_the_page_is_up_to_date(korean, page, ko, staff):
    states.refresh([page.pk])
    assert tasks.request([page], [ko], user=staff["coordinator"]).tasks.count() == 0


def test_request_takes_the_same_queries_for_many_pages(home, staff):
    pages = [add_page(home, f"Page {i}", f"page-{i}") for i in range(8)]
    locales = list(Locale.objects.exclude(language_code="en"))

    def cost(wanted):
        with CaptureQueriesContext(connection) as queries:
            tasks.request(wanted, locales, user=staff["coordinator"])
        return len(queries)

    assert cost(pages[:1]) == cost(pages[1:])


def test_work_goes_from_request_to_publication(task, staff):
    tasks.start(task, staff["ko"])
    tasks.hand_in(task, staff["ko"], "Done")
    assert (task.state, task.translated_by, task.note) == (State.IN_REVIEW, staff["ko"], "Done")
    tasks.send_back(task, staff["coordinator"], "The second paragraph")
    assert (task.state, task.reviewer, task.note) == (State.RETURNED, staff["coordinator"], "The second paragraph")
    tasks.hand_in(task, staff["ko"])
    tasks.accept(task, staff["coordinator"])
    tasks.published(task, staff["ko"])
    task.refresh_from_db()
    assert (task.state, task.is_open) == (State.PUBLISHED, False)
    assert told() == {
        ("coordinator", Kind.REVIEW),
        ("translator-ko", Kind.RETURNED),
        ("translator-ko", Kind.ACCEPTED),
        ("coordinator", Kind.FINISHED),
    }


ALLOWED = {
    "start": {State.REQUESTED, State.RETURNED, State.IN_REVIEW, State.ACCEPTED},
    "hand_in": {State.REQUESTED, State.IN_TRANSLATION, State.RETURNED},
    "accept": {State.IN_REVIEW},
    "send_back": {State.IN_REVIEW, State.ACCEPTED},
    "published": set(State) - {State.CANCELLED},
    "cancel": set(State) - {State.PUBLISHED, State.CANCELLED},
    "assign": set(State) - {State.PUBLISHED, State.CANCELLED},
}
EXTRA = {"send_back": ("Why",)}


@pytest.mark.parametrize("name", ALLOWED)
def test_every_way_is_open_from_its_states_only(name, task, staff):
    done = set()
    for state in State:
        bring(task, state)
        try:
            if name == "assign":
                tasks.assign(task, staff["coordinator"], staff["coordinator"])
            else:
                getattr(tasks, name)(task, staff["coordinator"], *EXTRA.get(name, ()))
        except TaskRefused:
            assert TranslationTask.objects.get(pk=task.pk).state == state
        else:
            done.add(state)
    assert done == ALLOWED[name]


def test_of_two_who_decide_at_once_the_second_is_refused(task, staff):
    bring(task, State.IN_REVIEW)
    seen = TranslationTask.objects.get(pk=task.pk)
    tasks.accept(task, staff["coordinator"])
    with pytest.raises(TaskRefused, match="Accepted"):
        tasks.accept(seen, staff["coordinator"])


def test_return_needs_a_reason(task, staff):
    bring(task, State.IN_REVIEW)
    with pytest.raises(TaskRefused):
        tasks.send_back(task, staff["coordinator"], "  ")
    task.refresh_from_db()
    assert task.state == State.IN_REVIEW


def test_assigning_tells_the_new_and_the_former_translator(task, staff):
    tasks.assign(task, staff["editor"], staff["coordinator"])
    assert told() == {("editor", Kind.ASSIGNED), ("translator-ko", Kind.CANCELLED)}


def test_cancelled_page_can_be_requested_again(page, ko, staff, task):
    tasks.cancel(task, staff["coordinator"])
    assert tasks.request([page], [ko], user=staff["coordinator"]).tasks.count() == 1


def test_typing_begins_the_task(korean, page, task, staff):
    translation = translation_of(page)
    segment = StringSegment.objects.select_related("string").get(source=translation.source, context__path="title")
    write_text(translation, segment, "물!", user=staff["ko"])
    task.refresh_from_db()
    assert task.state == State.IN_TRANSLATION


def test_publishing_the_translation_closes_its_task(korean, page, task):
    korean.save_revision().publish()
    task.refresh_from_db()
    assert task.state == State.PUBLISHED


def test_changed_source_takes_an_accepted_task_back_and_tells_its_translator(korean, page, task):
    bring(task, State.ACCEPTED)
    publish(page, title="Energy")
    task.refresh_from_db()
    assert task.state == State.IN_TRANSLATION
    assert told() == {("translator-ko", Kind.CHANGED)}


def test_minor_edit_leaves_the_task_alone(korean, page, task):
    bring(task, State.ACCEPTED)
    publish(page, minor=True, title="Waters")
    task.refresh_from_db()
    assert (task.state, told()) == (State.ACCEPTED, set())


def test_task_for_finds_the_open_one(korean, page, task, staff):
    translation = translation_of(page)
    assert tasks.task_for(translation) == task
    tasks.cancel(task, staff["coordinator"])
    assert tasks.task_for(translation) is None


def test_changes_are_told_to_the_modules(task, staff):
    heard = []

    def hear(sender, task, before, user, **kwargs):
        heard.append((before, task.state, user))

    task_changed.connect(hear)
    tasks.hand_in(task, staff["ko"])
    task_changed.disconnect(hear)
    assert heard == [(State.REQUESTED, State.IN_REVIEW, staff["ko"])]
    assert TranslationRequest.objects.count() == 1
