import pytest
from django.core.cache import caches
from django.http import HttpResponse

from cms import visitors
from cms.rate_limit import Limit, limited, refuse_silently, waiting_time

TEN = Limit("tests", 10, 60)
MANY = Limit("many", 300, 60)
BY = {"REMOTE_ADDR": "8.8.4.4"}


def ask(rf, times=1, **extra):
    """Return what the last of so many requests was told to wait."""
    return [waiting_time(rf.get("/", **{**BY, **extra}), TEN) for _ in range(times)][-1]


def test_burst_up_to_the_limit_passes(rf, clock):
    assert ask(rf, 10) == 0
    assert ask(rf) > 0


def test_told_wait_is_enough_and_not_too_long(rf, clock):
    ask(rf, 10)
    seconds = ask(rf)
    clock.now += seconds
    assert ask(rf) == 0
    clock.now -= seconds - 1
    assert 60 < seconds <= 120


def test_requests_count_less_as_they_grow_old(rf, clock):
    assert ask(rf, 10) == 0
    clock.now += 90
    # Half of the ten lie within the last minute.
    assert ask(rf, 5) == 0
    assert ask(rf) > 0


def test_person_never_meets_it(rf, clock):
    for _ in range(500):
        assert waiting_time(rf.get("/", **BY), MANY) == 0
        clock.now += 1


def test_visitors_do_not_hold_up_each_other(rf, clock):
    ask(rf, 11)
    assert ask(rf, REMOTE_ADDR="9.9.9.9") == 0


def test_network_of_a_household_is_one_visitor(rf, clock):
    for number in range(10):
        assert ask(rf, REMOTE_ADDR=f"2001:4860:4860:1::{number:x}") == 0
    assert ask(rf, REMOTE_ADDR="2001:4860:4860:1:ffff::1") > 0
    assert ask(rf, REMOTE_ADDR="2001:4860:4860:2::1") == 0
    assert ask(rf, 10, REMOTE_ADDR="::ffff:9.9.9.9") == 0
    assert ask(rf, REMOTE_ADDR="9.9.9.9") > 0


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "172.18.0.5", "fe80::1", "", "unix:", "nonsense"])
def test_address_of_a_proxy_is_no_visitor(rf, clock, address):
    assert ask(rf, 30, REMOTE_ADDR=address) == 0


def test_trusted_proxies_tell_the_address(rf, settings):
    settings.TRUSTED_PROXIES = 1
    claimed = rf.get("/", REMOTE_ADDR="172.18.0.5", HTTP_X_FORWARDED_FOR="1.1.1.1, 8.8.4.4")
    assert visitors.client_address(claimed) == "8.8.4.4"
    settings.TRUSTED_PROXIES = 2
    assert visitors.client_address(claimed) == "1.1.1.1"
    settings.TRUSTED_PROXIES = 3
    assert visitors.client_address(claimed) == "172.18.0.5"
    settings.TRUSTED_PROXIES = 0
    assert visitors.client_address(claimed) == "172.18.0.5"


def test_address_is_not_in_the_cache(rf, clock):
    ask(rf)
    assert caches["visitors"]._cache
    assert not any("8.8.4.4" in key for key in caches["visitors"]._cache)


def test_nobody_is_held_up_without_the_cache(rf, monkeypatch, caplog):
    def gone(*args, **kwargs):
        raise ConnectionError("refused")

    monkeypatch.setattr(type(caches["visitors"]), "get", gone)
    monkeypatch.setattr(visitors, "_said_at", float("-inf"))
    view = limited(Limit("tests", 1, 60), refuse_silently)(lambda request: HttpResponse("answer"))
    assert [view(rf.get("/", **BY)).status_code for _ in range(5)] == [200] * 5
    assert [record.message for record in caplog.records] == [
        "Visitors cannot be counted, so none is held up: ConnectionError: refused"
    ]
