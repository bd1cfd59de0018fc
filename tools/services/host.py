"""This machine: the user that servers run as, folders that user can reach, ports, processes."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tools.problems import Problem

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".services"


def server_user() -> pwd.struct_passwd | None:
    """Return the user that servers run as, or None for the present one; both servers refuse to run as root."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def as_server_user() -> dict[str, Any]:
    """Return the arguments that make ``subprocess`` run a program as the server user."""
    user = server_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def can_reach(path: Path) -> bool:
    """Tell whether the server user can read ``path``."""
    seen = subprocess.run(["test", "-r", str(path)], cwd="/", check=False, **as_server_user())
    return seen.returncode == 0


def give(path: Path) -> None:
    """Hand ``path`` and all below it to the server user."""
    if user := server_user():
        for part in (path, *path.rglob("*")):
            os.chown(part, user.pw_uid, user.pw_gid, follow_symlinks=False)


def new_home(remembered: str | None) -> Path:
    """Return the folder for the servers' data: in the project where the server user can go there, else a temporary one.

    ``remembered`` is the temporary folder of an earlier start. Raises Problem when there is no such folder.
    """
    if remembered and Path(remembered).is_dir() and can_reach(Path(remembered)):
        return Path(remembered)
    STATE.mkdir(exist_ok=True)
    if can_reach(STATE):
        return STATE
    for parent in dict.fromkeys((tempfile.gettempdir(), "/tmp", "/var/tmp")):
        if can_reach(Path(parent)):
            home = Path(tempfile.mkdtemp(prefix="encynet-services-", dir=parent))
            home.chmod(0o755)
            return home
    raise Problem("No folder for the servers' data can be reached by the user nobody: set TMPDIR to one.")


def fresh_folder(path: Path) -> Path:
    """Make ``path`` an empty folder of the server user and return it."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    give(path)
    return path


def free_port(preferred: int) -> int:
    """Return ``preferred`` if nothing listens there on the loopback, else a port that is free."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return int(probe.getsockname()[1])
    raise Problem("This machine has no free port on 127.0.0.1.")


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Put off interrupts until the block is through, then raise KeyboardInterrupt if there was one.

    For the moments in which a server starts: cut short, it would run on unknown to anyone.
    """
    if threading.current_thread() is not threading.main_thread():
        # Signals reach the main thread only.
        yield
        return
    caught: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {
        number: signal.signal(number, lambda caught_number, _: caught.append(caught_number)) for number in numbers
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if caught:
        raise KeyboardInterrupt


def is_alive(pid: int) -> bool:
    """Tell whether process ``pid`` still runs, taking leave of it if it was our child and ended."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def runs_in(pid: int, folder: Path) -> bool:
    """Tell whether ``pid`` is a program started on ``folder``: a number alone may long belong to another one."""
    shown = subprocess.run(["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return str(folder) in shown.stdout


def end(pid: int, *, seconds: float = 30) -> None:
    """Ask the session of ``pid`` to end, and kill it if it has not done so in time."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    if not wait_until(lambda: not is_alive(pid), seconds=seconds):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        wait_until(lambda: not is_alive(pid), seconds=5)


def wait_until(condition: Callable[[], bool], *, seconds: float, pause: float = 0.1) -> bool:
    """Ask ``condition`` again and again until it holds; return False when ``seconds`` have passed first."""
    end_time = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end_time:
            return False
        time.sleep(pause)
    return True
