"""The tools that bring PostgreSQL and Elasticsearch: what they find, share, pass on and leave behind."""

import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tools import debian
from tools.problems import Problem
from tools.services import __main__ as commands
from tools.services import elasticsearch, host, java, postgres, register, servers


@pytest.fixture
def state(tmp_path, monkeypatch):
    """Give the register a folder of its own, so that the developer's servers are not touched."""
    monkeypatch.setattr(host, "STATE", tmp_path)
    monkeypatch.setattr(register, "FILE", tmp_path / "state.json")
    return tmp_path


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def own_signals():
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def make_java(folder: Path, version: str) -> Path:
    """Make a program that says it is Java ``version``; return its home."""
    program = folder / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2025-01-01' >&2\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return folder


def test_a_free_port_is_taken_as_asked(listener):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]

    assert host.free_port(free) == free
    assert host.free_port(listener) != listener


def test_what_answers_otherwise_is_neither_server(listener):
    assert not postgres.answers(f"postgres://someone@127.0.0.1:{listener}/name")
    assert not postgres.answers("sqlite:///site.sqlite3")
    assert elasticsearch.greeting(f"http://127.0.0.1:{listener}") is None


def test_servers_of_the_environment_are_known_when_they_answer():
    urls = {name: os.environ[name] for name in servers.VARIABLES.values() if os.environ.get(name)}
    if not urls and not os.environ.get("CI"):
        pytest.skip("no servers are named")

    assert servers._from_environment() == urls
    assert set(urls) == {"DATABASE_URL", "ELASTICSEARCH_URL"}


def test_an_address_where_nothing_answers_is_set_aside_in_one_sentence(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing")
    monkeypatch.delenv("ELASTICSEARCH_URL", raising=False)

    assert servers._from_environment() == {}
    assert capsys.readouterr().err == "No PostgreSQL answers where DATABASE_URL points, so it is set aside.\n"


@pytest.mark.parametrize(("version", "major"), [("21.0.4", 21), ("25", 25), ("17.0.15", 17), ("1.8.0_392", 1)])
def test_java_version_is_read(tmp_path, version, major):
    assert java.java_version(make_java(tmp_path / "jdk", version)) == major


def test_java_home_comes_first_when_it_is_new_enough(tmp_path, monkeypatch):
    new, old = make_java(tmp_path / "new", "21.0.1"), make_java(tmp_path / "old", "17.0.1")
    monkeypatch.setattr(host, "can_reach", Path.is_file)

    monkeypatch.setenv("JAVA_HOME", str(new))
    assert java.find_java() == new
    monkeypatch.setenv("JAVA_HOME", str(old))
    monkeypatch.setenv("PATH", f"{new}/bin:{os.environ['PATH']}")
    assert java.find_java() == new


def test_a_missing_java_is_one_sentence(monkeypatch):
    monkeypatch.setattr(java, "_newest_enough", lambda: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(Problem, match=r"^Elasticsearch needs Java 21 or newer: .*JAVA_HOME"):
        java.find_java()


def test_what_maven_says_is_its_first_error_without_colours():
    said = "\x1b[0m\x1b[31m[ERROR] Could not download.\x1b[0m\n[ERROR] \n[ERROR] Re-run.\n"

    assert java._first_error(said) == "Could not download."


def test_missing_packages_are_named_to_who_may_not_install_them(monkeypatch):
    monkeypatch.setattr(debian, "PRESENT", {"gettext": lambda: False, "maven": lambda: True, "chromium": lambda: False})
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(Problem) as problem:
        debian.need(["gettext", "maven", "chromium"], "This")
    assert str(problem.value) == "This needs Debian packages that are missing: apt-get install gettext chromium."


def test_the_register_is_read_as_it_was_written_and_by_its_owner_alone(state):
    assert register.read() == {}
    register.write({"kept": True})

    assert register.read() == {"kept": True}
    assert stat.S_IMODE(register.FILE.stat().st_mode) == 0o600


def test_servers_are_in_use_while_anyone_holds_a_lease(state):
    assert not register.in_use()
    with register.leased():
        with register.leased():
            assert register.in_use()
        assert register.in_use()
    assert not register.in_use()


def test_the_last_run_stops_what_no_person_asked_for(state, monkeypatch):
    stopped = []
    monkeypatch.setattr(servers, "STOPS", dict.fromkeys(servers.VARIABLES, stopped.append))
    entry = {"url": "http://127.0.0.1:1", "folder": str(state)}

    register.write({"postgres": entry, "kept": True})
    servers.stop_if_unused()
    assert stopped == []
    register.write({"postgres": entry, "kept": False})
    with register.leased():
        servers.stop_if_unused()
    assert stopped == []
    servers.stop_if_unused()
    assert (stopped, register.read()) == ([entry], {"kept": False})


def test_stopping_what_a_run_uses_is_left_to_that_run(state, monkeypatch, capsys):
    monkeypatch.setattr(servers, "STOPS", {})
    register.write({"postgres": {"url": "http://127.0.0.1:1"}, "kept": True})

    with register.leased():
        servers.stop()

    assert register.read()["kept"] is False
    assert "they stop when it ends" in capsys.readouterr().err


@pytest.mark.parametrize(("code", "status"), [("raise SystemExit(5)", 5), ("import os; os.kill(os.getpid(), 9)", 137)])
def test_a_run_ends_with_the_status_of_its_command(own_signals, code, status):
    assert commands.supervise([sys.executable, "-c", code], dict(os.environ)) == status


def test_a_run_passes_the_signal_that_would_end_it_to_its_command(own_signals, tmp_path):
    ready = tmp_path / "ready"
    code = f"import pathlib, time; pathlib.Path({str(ready)!r}).touch(); time.sleep(30)"

    def interrupt() -> None:
        host.wait_until(ready.exists, seconds=10)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=interrupt).start()
    begun = time.monotonic()

    assert commands.supervise([sys.executable, "-c", code], dict(os.environ)) == 128 + signal.SIGTERM
    assert time.monotonic() - begun < 20


def test_an_interrupt_is_put_off_until_a_server_has_started(own_signals):
    done = []

    with pytest.raises(KeyboardInterrupt), host.uninterrupted():
        os.kill(os.getpid(), signal.SIGTERM)
        done.append("started")

    assert done == ["started"]


def test_a_server_can_be_started_by_another_thread():
    def start():
        with host.uninterrupted():
            return "started"

    with ThreadPoolExecutor(1) as beside:
        assert beside.submit(start).result() == "started"


def test_a_process_is_recognised_by_its_folder_and_ended(tmp_path):
    code = f"import time; time.sleep(60) # {tmp_path}"
    process = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)

    assert host.runs_in(process.pid, tmp_path)
    assert not host.runs_in(process.pid, tmp_path / "another")
    host.end(process.pid)
    assert not host.is_alive(process.pid)
