"""Have the Python environment ``.venv/`` as the lock files say, doing nothing when it already is.

``python -m tools.environment base|dev``: ``base`` serves the site, ``dev`` also tests and checks it. Once ``dev`` was
asked for, the environment stays that large, so that serving and testing in turn reinstall nothing. It is written with
the standard library alone.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import debian
from tools.problems import Problem, say

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
STAMP = VENV / ".requirements.json"
# Not .lock, which is the name of the lock that uv itself takes there.
LOCK = VENV / ".making"


def main() -> int:
    """Bring the environment to the level that the command line names and return the exit status."""
    level = sys.argv[1] if len(sys.argv) > 1 else "base"
    try:
        VENV.mkdir(exist_ok=True)
        with LOCK.open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            ensure(level)
    except Problem as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def ensure(level: str) -> None:
    """Make the environment if there is none, and bring it to ``level`` (base or dev) if it is not there.

    Raises Problem when Python cannot make environments, or a package cannot be had or has another hash than locked.
    """
    installed = _installed()
    if not _runs():
        installed = {}
        _make_environment()
    wanted = {"base": _digest("base")}
    if level == "dev" or "dev" in installed:
        wanted["dev"] = _digest("dev")
    if all(installed.get(name) == digest for name, digest in wanted.items()):
        return
    STAMP.unlink(missing_ok=True)
    _install("dev" if "dev" in wanted else "base")
    STAMP.write_text(json.dumps(wanted))


def _installed() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def _digest(level: str) -> str:
    return hashlib.sha256((ROOT / "requirements" / f"{level}.txt").read_bytes()).hexdigest()


def _runs() -> bool:
    """Tell whether the environment's Python starts: it does not when the one it was made from is gone."""
    code = "import sys; sys.exit(sys.version_info < (3, 11) or sys.prefix == sys.base_prefix)"
    try:
        return subprocess.run([PYTHON, "-c", code], check=False).returncode == 0
    except OSError:
        return False


def _make_environment() -> None:
    say("Making the Python environment .venv …")
    # The folder stands already, with our lock in it: everything else of an unfinished environment goes.
    for part in VENV.iterdir():
        if part.is_dir() and not part.is_symlink():
            shutil.rmtree(part)
        elif part != LOCK:
            part.unlink()
    done = _make()
    if done.returncode != 0 and os.geteuid() == 0 and debian.install(["python3-venv"]):
        done = _make()
    if done.returncode != 0:
        raise Problem("This Python cannot make an environment: on Debian, run apt-get install python3-venv.")


def _make() -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, check=False)


def _install(level: str) -> None:
    say(f"Installing requirements/{level}.txt …")
    if not UV.is_file():
        _run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv")
    _run(UV, "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", ROOT / "requirements" / f"{level}.txt")


def _run(*command: str | Path) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = " ".join((done.stderr or done.stdout).split())
        raise Problem(f"The requirements could not be installed; {Path(command[0]).name} says: {said[-400:]}")


if __name__ == "__main__":
    sys.exit(main())
