"""Have the Python environment ``.venv/`` as the lock files say, doing nothing when it already is.

``python tools/environment.py base|dev``: ``base`` serves the site, ``dev`` also tests and checks it. Once ``dev`` was asked
for, the environment stays that large, so that serving and testing in turn reinstall nothing. Standard library only, and
written to be understood by Pythons that are too old for the rest, since it is the one that says so.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools import debian  # noqa: E402 -- the path above makes the package known
from tools.problems import Problem, say  # noqa: E402

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
VENV = ROOT / ".venv"
STAMP = VENV / ".requirements.json"


def main() -> int:
    """Bring the environment to the level that the command line names and return the exit status."""
    if sys.version_info < OLDEST:
        return _again_with_a_newer_python()
    level = sys.argv[1] if len(sys.argv) > 1 else "base"
    try:
        VENV.mkdir(exist_ok=True)
        with (VENV / ".lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            ensure(level)
    except Problem as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def ensure(level):  # type: (str) -> None
    """Make the environment if there is none, and bring it to ``level`` (base or dev) if it is not there."""
    installed = _installed()
    if not _runs():
        installed = {}
        _make_environment()
    wanted = {"base": _digest("base")}
    if level == "dev" or "dev" in installed:
        wanted["dev"] = _digest("dev")
    if all(installed.get(name) == digest for name, digest in wanted.items()):
        return
    with contextlib.suppress(FileNotFoundError):
        STAMP.unlink()
    _install("dev" if "dev" in wanted else "base")
    STAMP.write_text(json.dumps(wanted))


def _again_with_a_newer_python():  # type: () -> int
    for name in NEWER:
        found = shutil.which(name)
        if found:
            return subprocess.call([found, *sys.argv])
    say("This project needs Python 3.11 or newer: install one, or name it by make PYTHON=/path/to/python3.")
    return 1


def _installed():  # type: () -> dict
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def _digest(level):  # type: (str) -> str
    return hashlib.sha256((ROOT / "requirements" / (level + ".txt")).read_bytes()).hexdigest()


def _runs():  # type: () -> bool
    """Tell whether the environment's Python starts: it does not when the one it was made from is gone."""
    code = "import sys; sys.exit(sys.version_info < (3, 11) or sys.prefix == sys.base_prefix)"
    try:
        return subprocess.run([str(VENV / "bin" / "python"), "-c", code], check=False).returncode == 0
    except OSError:
        return False


def _make_environment():  # type: () -> None
    say("Making the Python environment .venv …")
    # The folder stands already, with our lock in it: everything else of an unfinished environment goes.
    for part in VENV.iterdir():
        if part.is_dir() and not part.is_symlink():
            shutil.rmtree(part)
        elif part.name != ".lock":
            part.unlink()
    command = [sys.executable, "-m", "venv", str(VENV)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0 and os.geteuid() == 0 and debian.install(["python3-venv"]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Problem("Python cannot make an environment: on Debian, run apt-get install python3-venv.")


def _install(level):  # type: (str) -> None
    say("Installing requirements/%s.txt …" % level)
    uv = VENV / "bin" / "uv"
    if not uv.is_file():
        _run([str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"])
    _run([str(uv), "pip", "sync", "--quiet", "--python", str(VENV / "bin" / "python"), "--require-hashes",
          str(ROOT / "requirements" / (level + ".txt"))])  # fmt: skip


def _run(command):  # type: (list) -> None
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = [line.strip() for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        raise Problem("The requirements could not be installed; %s says: %s" % (Path(command[0]).name, " ".join(said)[-400:]))


if __name__ == "__main__":
    sys.exit(main())
