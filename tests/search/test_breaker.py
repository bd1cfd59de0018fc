import contextlib
import threading

import pytest

from search.backends.base import BackendUnavailableError, RefusedQuestionError
from search.breaker import LONGEST_REST, Change, CircuitBreaker, CircuitOpenError, State


class Clock:
    """Time that passes when told."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def changes():
    return []


@pytest.fixture
def breaker(clock, changes):
    return CircuitBreaker(failures=3, rest=5, clock=clock, changed=changes.append)


def answers() -> str:
    return "answer"


def fails() -> str:
    raise BackendUnavailableError("cut")


def fail(breaker: CircuitBreaker, times: int) -> None:
    for _ in range(times):
        with pytest.raises(BackendUnavailableError, match="cut"):
            breaker.call(fails)


def refuses(breaker: CircuitBreaker) -> bool:
    """Whether the engine is left alone."""
    asked = []
    try:
        breaker.call(lambda: asked.append(1))
    except CircuitOpenError:
        return asked == []
    return False


def test_answers_pass_through(breaker):
    assert breaker.call(answers) == "answer"
    assert breaker.state is State.CLOSED


def test_failures_in_a_row_open_the_circuit(breaker, changes):
    fail(breaker, 2)
    assert changes == []
    fail(breaker, 1)
    assert breaker.state is State.OPEN
    assert refuses(breaker)
    assert changes == [Change(True, 3, "cut")]


def test_answer_between_failures_keeps_it_closed(breaker):
    for _ in range(4):
        fail(breaker, 2)
        breaker.call(answers)
    assert breaker.state is State.CLOSED


def test_refused_question_is_an_answer(breaker):
    def refused() -> None:
        raise RefusedQuestionError("too many clauses")

    fail(breaker, 2)
    for _ in range(5):
        with pytest.raises(RefusedQuestionError):
            breaker.call(refused)
    fail(breaker, 2)
    assert breaker.state is State.CLOSED


def test_error_of_ours_says_nothing_of_the_engine(breaker, clock):
    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            breaker.call(lambda: 1 / 0)
    assert breaker.state is State.CLOSED
    fail(breaker, 3)
    clock.now += 5
    with pytest.raises(ZeroDivisionError):
        breaker.call(lambda: 1 / 0)
    # The probe found out nothing: the next caller probes.
    assert breaker.call(answers) == "answer"


def test_successful_probe_closes_it(breaker, clock, changes):
    fail(breaker, 3)
    clock.now += 4.9
    assert refuses(breaker)
    clock.now += 0.1
    assert breaker.state is State.HALF_OPEN
    assert breaker.call(answers) == "answer"
    assert breaker.state is State.CLOSED
    assert changes == [Change(True, 3, "cut"), Change(False, 3, "")]
    fail(breaker, 2)
    assert breaker.state is State.CLOSED


def test_failed_probe_doubles_the_rest_up_to_a_limit(breaker, clock, changes):
    fail(breaker, 3)
    rests = []
    for _ in range(6):
        before = clock.now
        while refuses_without_asking(breaker):
            clock.now += 1
        rests.append(clock.now - before)
        fail(breaker, 1)
    assert rests == [5, 10, 20, 40, LONGEST_REST, LONGEST_REST]
    assert [change.is_open for change in changes] == [True]
    clock.now += LONGEST_REST
    breaker.call(answers)
    fail(breaker, 3)
    clock.now += 5
    assert breaker.state is State.HALF_OPEN


def refuses_without_asking(breaker: CircuitBreaker) -> bool:
    return breaker.state is State.OPEN


def test_one_probe_at_a_time(breaker, clock):
    fail(breaker, 3)
    clock.now += 5
    probing, over = threading.Event(), threading.Event()

    def slow() -> str:
        probing.set()
        assert over.wait(10)
        return "answer"

    probe = threading.Thread(target=breaker.call, args=(slow,))
    probe.start()
    assert probing.wait(10)
    assert refuses(breaker)
    over.set()
    probe.join(10)
    assert breaker.call(answers) == "answer"


def test_late_answer_does_not_close_it_and_late_failure_does_not_prolong_it(breaker, clock):
    """Calls that began before it opened, and end while it is open."""
    with pytest.raises(BackendUnavailableError):
        breaker.call(lambda: (fail(breaker, 3), fails()))
    assert breaker.state is State.OPEN
    clock.now += 5
    assert breaker.call(answers) == "answer"
    breaker.call(lambda: fail(breaker, 3))
    assert breaker.state is State.OPEN


def test_many_threads_open_it_once(clock, changes):
    breaker = CircuitBreaker(failures=3, rest=5, clock=clock, changed=changes.append)
    together = threading.Barrier(8)

    def work() -> None:
        together.wait(10)
        for _ in range(50):
            with contextlib.suppress(BackendUnavailableError):
                breaker.call(fails)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [change.is_open for change in changes] == [True]
