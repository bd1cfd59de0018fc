"""A site of its own for the browser: scratch database, index and folder, demonstration content, a real server."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60


@dataclass
class Stack:
    """A running site. ``url`` ends without a slash; ``environment`` is what its commands run with."""

    url: str
    environment: dict[str, str] = field(repr=False)

    def manage(self, *words: str) -> str:
        """Run a management command against this site and return what it printed. Raises CalledProcessError."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        if done.returncode:
            raise AssertionError(f"manage.py {' '.join(words)}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
        return done.stdout


@contextlib.contextmanager
def scratch_database(url: str, name: str) -> Iterator[str]:
    """Create the PostgreSQL database ``name`` beside that of ``url``, yield its URL, and drop it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextlib.contextmanager
def running_stack(folder: Path, *, services: bool) -> Iterator[Stack]:
    """Load the demonstration and serve it: on PostgreSQL and Elasticsearch, or on the embedded default."""
    name = f"encynet-browser-{os.getpid()}"
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "ELASTICSEARCH_URL")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "cms.settings.demo",
        "VAR_DIR": str(folder),
        "SEARCH_INDEX_PREFIX": name,
        "PYTHONUNBUFFERED": "1",
        # A busy machine is not a broken engine: what the standby answers is tested elsewhere.
        "SEARCH_ENGINE_SECONDS": "20",
    }
    with contextlib.ExitStack() as stack:
        if services:
            environment["DATABASE_URL"] = stack.enter_context(scratch_database(os.environ["DATABASE_URL"], name))
            environment["ELASTICSEARCH_URL"] = os.environ["ELASTICSEARCH_URL"]
        site = Stack(f"http://127.0.0.1:{_free_port()}", environment)
        site.manage("migrate", "--verbosity=0")
        site.manage("load_demo", "--with-accounts")
        stack.enter_context(_server(site, folder))
        yield site


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _server(site: Stack, folder: Path) -> Iterator[None]:
    log = folder / "server.log"
    address = site.url.removeprefix("http://")
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "runserver", "--noreload", "--skip-checks", address],
            cwd=ROOT,
            env=site.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_it_answers(site.url + "/en/", process, log)
            yield
        finally:
            process.terminate()
            process.wait(20)


def _wait_until_it_answers(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5):
            return
        time.sleep(0.2)
    raise AssertionError(f"The site did not start.\n{log.read_text()[-4000:]}")
