"""A private PostgreSQL cluster, from the programs that Debian installs."""

import contextlib
import os
import secrets
import shutil
import socket
import struct
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tools import debian
from tools.problems import Problem, say
from tools.services import host

PORT = 54329
NAME = "encynet"
# A crash may cost these data, which are for development and tests, and nothing waits for the disk.
OPTIONS = (
    "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' "
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
)
SSL_REQUEST = struct.pack("!ii", 8, 80877103)


def answers(url: str) -> bool:
    """Tell whether a PostgreSQL server answers at the address of ``url`` (a DATABASE_URL)."""
    parts = urlsplit(url)
    if not parts.scheme.startswith("postgres"):
        return False
    address = (parts.hostname or "127.0.0.1", parts.port or 5432)
    with contextlib.suppress(OSError), socket.create_connection(address, timeout=3) as line:
        # Every PostgreSQL server answers this request by one letter, before any password.
        line.sendall(SSL_REQUEST)
        return line.recv(1) in (b"S", b"N")
    return False


def start(home: Path) -> dict[str, Any]:
    """Start a cluster whose data lie in ``home``, making it the first time; return its entry for the register.

    Raises Problem when the programs are missing or the server does not start.
    """
    debian.need(["postgresql"], "PostgreSQL")
    folder = home / "postgres"
    password_file = host.STATE / "postgres.password"
    if not (folder / "data" / "PG_VERSION").is_file() or not password_file.is_file() or not _same_version(folder):
        _create(folder, password_file)
    port = host.free_port(PORT)
    if port != PORT:
        say(f"Port {PORT} is taken, so PostgreSQL listens on {port}.")
    password = password_file.read_text()
    entry = {"url": f"postgres://{NAME}:{password}@127.0.0.1:{port}/{NAME}", "folder": str(folder)}
    log = folder / "server.log"
    try:
        with host.uninterrupted():
            done = _pg_ctl(folder, "start", "-w", "-t", "60", "-l", str(log), "-o", f"-p {port} {OPTIONS}")
        if done.returncode != 0:
            raise Problem(f"PostgreSQL did not start; its log is {log}, and make clean begins with new data.")
        _create_database(port, password)
    except BaseException:
        stop(entry)
        raise
    return entry


def is_up(entry: dict[str, Any]) -> bool:
    """Tell whether the server of this register entry answers."""
    return (Path(entry["folder"]) / "data" / "postmaster.pid").is_file() and answers(entry["url"])


def stop(entry: dict[str, Any]) -> None:
    """End the server of this register entry, if it runs."""
    folder = Path(entry["folder"])
    if (folder / "data" / "postmaster.pid").is_file():
        _pg_ctl(folder, "stop", "-w", "-t", "30", "-m", "fast")


def _program(name: str) -> str:
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parents[1].name))
    found = str(versions[-1]) if versions else shutil.which(name)
    if not found:
        raise Problem(f"PostgreSQL's program {name} was not found.")
    return found


def _same_version(folder: Path) -> bool:
    shown = subprocess.run([_program("initdb"), "--version"], capture_output=True, text=True, check=True)
    return f" {(folder / 'data' / 'PG_VERSION').read_text().strip()}." in shown.stdout


def _create(folder: Path, password_file: Path) -> None:
    password_file.unlink(missing_ok=True)
    host.fresh_folder(folder)
    password = secrets.token_hex(16)
    handed = folder / "password"
    handed.touch(mode=0o600)
    handed.write_text(password)
    host.give(folder)
    options = ["--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={handed}", "--no-sync"]
    done = subprocess.run(
        [_program("initdb"), "-D", str(folder / "data"), "-U", NAME, *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **host.as_server_user(),
    )
    handed.unlink()
    if done.returncode != 0:
        raise Problem(f"PostgreSQL could not make its cluster; it says: {' '.join(done.stderr.split())[:300]}")
    password_file.touch(mode=0o600)
    password_file.write_text(password)


def _create_database(port: int, password: str) -> None:
    env = {"PATH": os.environ["PATH"], "PGPASSWORD": password, "PGCONNECT_TIMEOUT": "10"}
    command = [_program("createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", NAME, NAME]
    # It exists from the second start on, and then this says so and changes nothing.
    subprocess.run(command, env=env, cwd="/", capture_output=True, check=False)


def _pg_ctl(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    # Not captured: the server inherits the pipes of pg_ctl, and reading them would wait for the server's end.
    return subprocess.run(
        [_program("pg_ctl"), "-D", str(folder / "data"), *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        check=False,
        **host.as_server_user(),
    )
