"""What runs, and who needs it: ``.services/state.json``, a lock for changing it, and a lease for using what it names.

Two runs at once share the servers; the last one stops them, unless a person asked for them by ``make services``.
"""

import contextlib
import fcntl
import json
from collections.abc import Iterator
from typing import Any

from tools.services import host

FILE = host.STATE / "state.json"


def read() -> dict[str, Any]:
    """Return the register (an entry a server, ``kept``, ``valued``, ``home``), or {} if there is none."""
    try:
        content = json.loads(FILE.read_text())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def write(content: dict[str, Any]) -> None:
    """Replace the register; it holds a password, so only its owner may read it."""
    FILE.touch(mode=0o600)
    FILE.write_text(json.dumps(content, indent=1))


@contextlib.contextmanager
def locked() -> Iterator[None]:
    """Hold the right to start and stop servers, waiting for whoever has it."""
    with _open("lock") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def leased() -> Iterator[None]:
    """Be one of the users of the servers, who are not stopped meanwhile."""
    with _open("lease") as handle:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield


def in_use() -> bool:
    """Tell whether anyone holds a lease."""
    with _open("lease") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


@contextlib.contextmanager
def _open(name: str) -> Iterator[int]:
    host.STATE.mkdir(exist_ok=True)
    with (host.STATE / name).open("w") as handle:
        yield handle.fileno()
