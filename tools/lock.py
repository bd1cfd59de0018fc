"""Lock the requirements: ``requirements/{base,production,dev}.txt`` from pyproject.toml, hashed, for any platform.

``python -m tools.lock`` takes the newest versions that pyproject.toml allows; ``--check`` tells whether the files still
say what pyproject.toml asks for, keeping the locked versions. No address of a package index gets into the files.
"""

import argparse
import difflib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.environment import ROOT, UV
from tools.problems import Problem, say

# The order matters: the larger sets are held to the versions of base, so that what is tested is what is served.
GROUPS: dict[str, list[str]] = {
    "base": [],
    "production": ["--group", "production", "-c", "requirements/base.txt"],
    "dev": ["--group", "dev", "-c", "requirements/base.txt"],
}


def main() -> int:
    """Do what the command line asks and return the exit status."""
    parser = argparse.ArgumentParser(prog="tools.lock", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only tell whether the files are up to date")
    try:
        return check() if parser.parse_args().check else lock()
    except Problem as problem:
        say(str(problem))
        return 1


def lock() -> int:
    """Rewrite the files with the newest versions allowed."""
    for name in GROUPS:
        _compile(ROOT, name, "--upgrade")
    return 0


def check() -> int:
    """Print how the files differ from what pyproject.toml asks for; return 1 if they do."""
    drifted = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copy(ROOT / "pyproject.toml", copy)
        shutil.copytree(ROOT / "requirements", copy / "requirements")
        for name in GROUPS:
            # The copy already holds the locked versions, which are kept as long as they fit.
            _compile(copy, name)
            file = f"requirements/{name}.txt"
            before, after = ((place / file).read_text().splitlines() for place in (ROOT, copy))
            if before != after:
                drifted.append(file)
                print(*difflib.unified_diff(before, after, file, "as pyproject.toml asks", lineterm=""), sep="\n")
    if drifted:
        print(f"Out of date: {', '.join(drifted)}. Run make lock.")
    return 1 if drifted else 0


def _compile(folder: Path, name: str, *extra: str) -> None:
    command = [str(UV), "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
    command += ["--custom-compile-command", "make lock", *GROUPS[name], *extra]
    command += ["pyproject.toml", "-o", f"requirements/{name}.txt"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Problem(f"uv could not lock requirements/{name}.txt; it says: {' '.join(done.stderr.split())[-600:]}")


if __name__ == "__main__":
    sys.exit(main())
