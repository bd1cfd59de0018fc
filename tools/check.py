"""Check what can be checked without running the site: ``python -m tools.check [NAME ...]``; without names, everything.

All checks run, each failing one prints its report, and one that fails makes the exit status 1.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON = sys.executable
MANAGE = [PYTHON, "manage.py"]
# What a production site must be told, as long as nothing is contacted.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "a-long-random-text-that-only-this-check-knows-0123456789-abcdefghij",
    "ALLOWED_HOSTS": "www.example.org",
    "CSRF_TRUSTED_ORIGINS": "https://www.example.org",
    "SITE_URL": "https://www.example.org",
    "DATABASE_URL": "postgres://encynet:secret@postgres:5432/encynet",
    "ELASTICSEARCH_URL": "http://elasticsearch:9200",
}
DEVELOPMENT = {"DJANGO_SETTINGS_MODULE": "cms.settings.dev"}


def templates() -> list[str]:
    """Return the paths of the site's templates."""
    folders = [ROOT / "templates", *ROOT.glob("*/templates")]
    return sorted(str(file.relative_to(ROOT)) for folder in folders for file in folder.rglob("*.html"))


def checks() -> dict[str, list[str]]:
    """Return the command of each check by the name of what it checks."""
    return {
        "style": [str(BIN / "ruff"), "check", "--quiet", "."],
        "format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
        "templates": [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates()],
        "indentation": [str(BIN / "djhtml"), "--check", "--tabwidth", "2", *templates()],
        "types": [str(BIN / "mypy")],
        "imports": [str(BIN / "lint-imports"), "--no-cache"],
        "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
        "catalogues": [PYTHON, "-m", "tools.check_catalogues"],
        "settings": [*MANAGE, "check", "--fail-level", "WARNING"],
        "deployment": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
        "locks": [PYTHON, "-m", "tools.lock", "--check"],
    }


def environment(name: str) -> dict[str, str]:
    """Return the environment of the check ``name``: the developer's own, without the site's variables."""
    mine = {variable: value for variable, value in os.environ.items() if variable not in PRODUCTION}
    return mine | (PRODUCTION if name == "deployment" else DEVELOPMENT)


def run(name: str, command: list[str]) -> bool:
    """Run one check, print its outcome, with its report when it fails, and tell whether it passed."""
    begun = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(name),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    passed = done.returncode == 0
    report = "" if passed else f"\n{done.stdout.rstrip()}"
    print(f"{'ok    ' if passed else 'FAILED'} {name} ({time.monotonic() - begun:.1f} s){report}", flush=True)
    return passed


def main() -> int:
    """Run the checks that the command line names and return the exit status."""
    known = checks()
    names = sys.argv[1:] or list(known)
    if unknown := [name for name in names if name not in known]:
        print(f"There is no check {', '.join(unknown)}; there are {', '.join(known)}.", file=sys.stderr)
        return 2
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        passed = dict(zip(names, pool.map(lambda name: run(name, known[name]), names), strict=True))
    failed = [name for name, fine in passed.items() if not fine]
    print(
        f"{len(failed)} of {len(names)} checks failed: {', '.join(failed)}."
        if failed
        else f"All {len(names)} checks passed."
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
