"""Values kept by a process until they change."""

import time

import pytest
from django.core.cache import cache
from django.db import transaction

from cms import versioned
from cms.versioned import Versioned


@pytest.fixture
def counted():
    made = []
    return Versioned("test", lambda: made.append(len(made)) or made[-1]), made


def test_value_is_made_once(counted):
    value, made = counted
    assert [value.get(), value.get()] == [0, 0]
    assert made == [0]


@pytest.mark.django_db
def test_change_is_seen_after_the_commit_only(counted, django_capture_on_commit_callbacks):
    value, _made = counted
    value.get()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        value.changed()
        assert value.get() == 0
    assert value.get() == 1


@pytest.mark.django_db
def test_change_in_another_process_is_seen(counted, django_capture_on_commit_callbacks):
    value, _made = counted
    elsewhere = Versioned("test", lambda: None)
    value.get()
    with django_capture_on_commit_callbacks(execute=True):
        elsewhere.changed()
    assert value.get() == 1


def test_without_shared_cache_others_look_again_after_a_while(counted, monkeypatch):
    value, _made = counted
    value.get()
    now = time.monotonic()
    monkeypatch.setattr(versioned.time, "monotonic", lambda: now + versioned.SECONDS + 1)
    assert value.get() == 1


def test_lost_mark_is_no_error(counted):
    value, _made = counted
    value.get()
    cache.clear()
    assert [value.get(), value.get()] == [1, 1]


def test_value_outlives_a_cache_that_fails(monkeypatch):
    made = iter(range(10))
    value = Versioned("outlives", lambda: next(made))
    assert value.get() == 0
    monkeypatch.setattr(cache, "get", lambda *args, **kwargs: 1 / 0)
    assert value.get() == 0
