"""``python -m tools.services start | stop | clean | run [--packages NAME ...] -- COMMAND``."""

import argparse
import os
import shlex
import shutil
import signal
import subprocess
import sys
from types import FrameType

from tools import debian
from tools.problems import Problem, say
from tools.services import host, register, servers


def main() -> int:
    """Do what the command line asks and return the exit status."""
    parser = argparse.ArgumentParser(prog="tools.services", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("start", help="start what is not up and print its addresses as export lines")
    commands.add_parser("stop", help="stop what was started here")
    commands.add_parser("clean", help="stop it and forget its data")
    runner = commands.add_parser("run", help="run a command on the services, then stop what was started for it")
    runner.add_argument("--packages", nargs="*", default=[], help="Debian packages that the command needs, too")
    runner.add_argument("argv", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        if arguments.command == "run":
            return run(arguments.argv[1:] if arguments.argv[:1] == ["--"] else arguments.argv, arguments.packages)
        return {"start": start, "stop": stop, "clean": clean}[arguments.command]()
    except Problem as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130


def start() -> int:
    """Start the servers and print nothing but export lines on standard output."""
    urls, problems = servers.start(keep=True)
    for variable, url in urls.items():
        print(f"export {variable}={shlex.quote(url)}")
    for problem in problems:
        say(str(problem))
    return 1 if problems else 0


def stop() -> int:
    """Stop what was started here."""
    servers.stop()
    return 0


def clean() -> int:
    """Stop what was started here and delete its data."""
    servers.stop()
    if not register.in_use():
        home = register.read().get("home")
        for folder in (home, host.STATE):
            if folder:
                shutil.rmtree(folder, ignore_errors=True)
    return 0


def run(argv: list[str], packages: list[str]) -> int:
    """Run ``argv`` with the servers' addresses in its environment; return its exit status.

    What cannot be had is named in one sentence each; the command then runs without it, or, where CI is set, not at all.
    """
    problems: list[Problem] = []
    try:
        debian.need(packages, "The whole suite")
    except Problem as problem:
        problems.append(problem)
    try:
        with register.leased():
            urls, failed = servers.start(keep=False)
            problems += failed
            for lack in problems:
                say(str(lack))
            if problems and os.environ.get("CI"):
                return 1
            env = {name: value for name, value in os.environ.items() if name not in servers.VARIABLES.values()}
            return supervise(argv, env | urls)
    finally:
        servers.stop_if_unused()


def supervise(argv: list[str], env: dict[str, str]) -> int:
    """Run ``argv`` to its end and return its exit status, passing on signals that would end us first."""
    process = subprocess.Popen(argv, env=env)

    def pass_on(number: int, frame: FrameType | None) -> None:
        process.send_signal(number)

    # The terminal sends an interrupt to the whole group: the command hears it itself, and has the time to end well.
    signal.signal(signal.SIGINT, signal.SIG_IGN if sys.stdin and sys.stdin.isatty() else pass_on)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, pass_on)
    status = process.wait()
    # From here on the servers are stopped, which must not be interrupted.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    return 128 - status if status < 0 else status


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
