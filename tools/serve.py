"""Serve the site on this machine: ``python -m tools.serve demo|run [--port 8000]``.

``demo`` uses SQLite and the embedded search whatever the environment says, and brings the demonstration content.
``run`` uses what DATABASE_URL and ELASTICSEARCH_URL name. Both bring the database up to date first.
"""

import argparse
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.problems import Problem, say

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parents[1]
# What would lead the demonstration away from its own files.
OTHER_SERVERS = (
    "DATABASE_URL",
    "ELASTICSEARCH_URL",
    "ELASTICSEARCH_API_KEY",
    "CACHE_URL",
    "EMAIL_URL",
    "MEDIA_ROOT",
    "STATIC_ROOT",
)


def main() -> int:
    """Prepare and serve until interrupted; return the exit status."""
    parser = argparse.ArgumentParser(prog="tools.serve", description=__doc__)
    parser.add_argument("site", choices=["demo", "run"])
    parser.add_argument("--port", type=int, default=8000)
    arguments = parser.parse_args()
    if arguments.site == "demo":
        for name in OTHER_SERVERS:
            os.environ.pop(name, None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.demo"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    try:
        need_port(arguments.port)
        serve(arguments.site, arguments.port)
    except Problem as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def need_port(port: int) -> None:
    """Raise Problem when something else listens on ``port`` of the loopback, or the port is not ours to open."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            other = port % 60000 + 1
            raise Problem(f"Port {port} is taken or closed to you: choose another one, as in PORT={other}.") from error


def serve(site: str, port: int) -> None:
    """Bring the database and the content up to date, print where the site is, and serve it."""
    # All in one process: each further start of Django would cost a second.
    import django  # noqa: PLC0415 -- slow import
    from django.core.management import call_command  # noqa: PLC0415 -- slow import

    django.setup()
    migrate()
    if site == "demo":
        call_command("load_demo", with_accounts=True)
    else:
        call_command("bootstrap_site")
    address = f"http://{HOST}:{port}/"
    print(f"\nThe site:   {address}\nThe admin:  {address}admin/\nStop it by Ctrl-C.\n", flush=True)
    with worker():
        call_command("runserver", f"{HOST}:{port}", use_reloader=site == "run", skip_checks=site == "demo")


@contextmanager
def worker() -> Iterator[None]:
    """Run the translators' desk's worker beside the site, until the site ends."""
    if os.environ.get("RUN_MAIN"):
        # The reloader's child is this program again; its parent has a worker.
        yield
        return
    process = subprocess.Popen(
        [sys.executable, "manage.py", "work_translations", "--loop", "--parent", str(os.getpid())], cwd=ROOT
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def migrate() -> None:
    """Apply the migrations that are not applied yet; where there are none, spare the seconds that trying takes."""
    from django.core.management import call_command  # noqa: PLC0415 -- slow import
    from django.db import OperationalError, connection  # noqa: PLC0415 -- slow import
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 -- slow import

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        raise Problem(f"The database does not answer: {' '.join(str(error).split())[:200]}") from error
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Bringing the database up to date …")
        call_command("migrate", interactive=False, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
