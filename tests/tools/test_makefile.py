"""The commands that the README promises exist, and say what they do."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools import check, serve
from tools.problems import Problem

ROOT = Path(__file__).resolve().parents[2]
TARGETS = {
    "help",
    "demo",
    "run",
    "test",
    "check",
    "ci",
    "services",
    "services-stop",
    "bench",
    "lock",
    "messages",
    "pictures",
    "clean",
}


def make(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    # This test may itself be run by make, whose own variables would change what the inner one prints.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=ROOT,
        env=inherited | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_make_alone_lists_the_targets():
    listed = re.findall(r"^  make ([a-z-]+) +\S", make().stdout, re.MULTILINE)

    assert sorted(listed) == sorted(TARGETS)


def test_every_target_that_is_no_file_is_declared_so():
    text = (ROOT / "Makefile").read_text()
    declared = set(re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)[1].split())

    assert declared == set(re.findall(r"^([a-z-]+):", text, re.MULTILINE))


def test_a_python_that_is_too_old_or_missing_is_one_sentence():
    done = make("demo", "PYTHON=/bin/false")

    assert done.returncode != 0
    assert done.stderr.splitlines()[0].startswith("This project needs Python 3.11 or newer: ")


def test_a_taken_port_is_one_sentence_that_names_port():
    with socket.create_server((serve.HOST, 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(Problem, match=rf"^Port {port} is taken .*PORT=\d+\.$"):
            serve.need_port(port)


def test_checks_do_not_depend_on_the_developers_servers(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere")

    assert "DATABASE_URL" not in check.environment("migrations")
    assert check.environment("deployment")["DATABASE_URL"] == check.PRODUCTION["DATABASE_URL"]


def test_a_failing_check_prints_its_report(capsys):
    assert not check.run("made up", [sys.executable, "-c", "print('what is wrong'); raise SystemExit(1)"])
    assert check.run("made up", [sys.executable, "-c", "print('much')"])

    said = capsys.readouterr().out
    assert "FAILED made up" in said
    assert "what is wrong" in said
    assert "much" not in said
