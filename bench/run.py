"""Run flows of the catalogue: ``python -m bench.run [NAME]``. Measures, then verifies, then prints one line of JSON."""

import argparse
import json
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from typing import Any


def main(arguments: list[str] | None = None) -> int:
    """Run one flow here, or all of them, each in a process of its own. Returns 0, or 1 where work was not done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("flow", nargs="?", help="name of a flow in bench/catalog.py; all of them without")
    name = parser.parse_args(arguments).flow
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django  # noqa: PLC0415 -- app ready: the settings must be named first

    django.setup()
    from bench.catalog import FLOWS  # noqa: PLC0415 -- app ready

    if name:
        return run_flow(name)
    codes = [subprocess.run([sys.executable, "-m", "bench.run", flow.name], check=False).returncode for flow in FLOWS]
    return max(codes)


def run_flow(name: str) -> int:
    """Measure and verify the flow ``name`` on a scratch database and print its figures as the last line."""
    from bench.catalog import by_name  # noqa: PLC0415 -- app ready

    try:
        flow = by_name(name)
    except KeyError as error:
        print(error.args[0], file=sys.stderr)
        return 2
    print(f"{flow.name}: {flow.work}", file=sys.stderr)
    figures = _on_scratch_database(flow.measure)
    problems = flow.verify(figures)
    for problem in problems:
        print(f"Work not done: {problem}", file=sys.stderr)
    print(json.dumps({"flow": flow.name, "verified": not problems, **figures, "run": _circumstances()}))
    return 1 if problems else 0


def _on_scratch_database(measure: Any) -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415 -- app ready
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: PLC0415 -- app ready

    setup_test_environment(debug=False)
    old = setup_databases(verbosity=0, interactive=False)
    try:
        figures: dict[str, Any] = measure()
        figures["database"] = connection.vendor
        return figures
    finally:
        _end_other_sessions()
        teardown_databases(old, verbosity=0)


def _end_other_sessions() -> None:
    """End what threads still have open, such as the search log's: PostgreSQL drops no database that is in use."""
    from django.db import connection  # noqa: PLC0415 -- app ready

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def _circumstances() -> dict[str, Any]:
    """Return what the figures depend on: commit, whether the tree was clean, versions, cores."""

    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
        return done.stdout.strip()

    return {
        "commit": git("rev-parse", "--short", "HEAD"),
        "clean": not git("status", "--porcelain"),
        "python": platform.python_version(),
        "django": version("django"),
        "wagtail": version("wagtail"),
        "cores": os.cpu_count(),
    }


if __name__ == "__main__":
    sys.exit(main())
