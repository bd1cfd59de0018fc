"""Start and stop both servers together, reusing what already answers."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools.problems import Problem, say
from tools.services import compose, elasticsearch, host, postgres, register

VARIABLES = {"postgres": "DATABASE_URL", "elasticsearch": "ELASTICSEARCH_URL"}
ANSWERS: dict[str, Callable[[str], bool]] = {
    "postgres": postgres.answers,
    "elasticsearch": lambda url: elasticsearch.greeting(url) is not None,
}
STOPS: dict[str, Callable[[dict[str, Any]], None]] = {"postgres": postgres.stop, "elasticsearch": elasticsearch.stop}
NAMES = {"postgres": "PostgreSQL", "elasticsearch": "Elasticsearch"}


def start(*, keep: bool) -> tuple[dict[str, str], list[Problem]]:
    """Have both servers up: the environment's own, those already started here, else new ones.

    ``keep`` leaves them running when the run that uses them ends. Returns their addresses by environment variable,
    and one Problem for each server that could not be had. What was begun is stopped when this is interrupted.
    """
    urls = _from_environment()
    wanted = [service for service in VARIABLES if VARIABLES[service] not in urls]
    if not wanted:
        return urls, []
    with register.locked():
        state = register.read()
        try:
            problems = _start_containers(state) if compose.is_available() else _start_processes(state, wanted)
            state["kept"] = state.get("kept", False) or keep
            state["valued"] = state.get("valued", False) or keep
        finally:
            register.write(state)
    urls |= {VARIABLES[service]: state[service]["url"] for service in wanted if service in state}
    return urls, problems


def stop() -> None:
    """Stop what was started here, or leave that to the run that still uses it."""
    with register.locked():
        state = register.read()
        if register.in_use():
            state["kept"] = False
            register.write(state)
            say("A run is using the services: they stop when it ends.")
            return
        _stop_all(state)


def stop_if_unused() -> None:
    """Stop what was started here, unless a person asked for it or another run uses it."""
    with register.locked():
        state = register.read()
        if state and not state.get("kept") and not register.in_use():
            _stop_all(state)
            _forget_temporary_home(state)


def _from_environment() -> dict[str, str]:
    urls = {}
    for service, variable in VARIABLES.items():
        url = os.environ.get(variable)
        if url and ANSWERS[service](url):
            urls[variable] = url
        elif url:
            say(f"No {NAMES[service]} answers where {variable} points, so it is set aside.")
    return urls


def _start_containers(state: dict[str, Any]) -> list[Problem]:
    try:
        for service, url in compose.start().items():
            state[service] = {"url": url, "container": True}
    except Problem as problem:
        return [problem]
    return []


def _start_processes(state: dict[str, Any], wanted: list[str]) -> list[Problem]:
    """Start the wanted servers that are not up, the slow one first; ``state`` gets an entry for each that is."""
    problems: list[Problem] = []
    home = host.new_home(state.get("home"))
    state["home"] = str(home)
    begun: list[str] = []
    try:
        if "elasticsearch" in wanted and not _is_up(state, "elasticsearch", elasticsearch.is_up):
            with _Collected(problems):
                state["elasticsearch"] = elasticsearch.launch(home)
                begun.append("elasticsearch")
        if "postgres" in wanted and not _is_up(state, "postgres", postgres.is_up):
            with _Collected(problems):
                state["postgres"] = postgres.start(home)
                begun.append("postgres")
        if "elasticsearch" in begun:
            with _Collected(problems):
                _await_node(state)
    except BaseException:
        for service in begun:
            STOPS[service](state.pop(service))
        raise
    return problems


def _await_node(state: dict[str, Any]) -> None:
    try:
        elasticsearch.wait(state["elasticsearch"])
    except Problem:
        del state["elasticsearch"]
        raise


def _is_up(state: dict[str, Any], service: str, check: Callable[[dict[str, Any]], bool]) -> bool:
    """Tell whether the register's server is up; one that is not is stopped and forgotten."""
    if service not in state:
        return False
    if not state[service].get("container") and check(state[service]):
        return True
    entry = state.pop(service)
    if not entry.get("container"):
        STOPS[service](entry)
    return False


def _stop_all(state: dict[str, Any]) -> None:
    if any(state[service].get("container") for service in VARIABLES if service in state):
        compose.stop()
    for service in VARIABLES:
        entry = state.pop(service, None)
        if entry and not entry.get("container"):
            STOPS[service](entry)
    state["kept"] = False
    register.write(state)


def _forget_temporary_home(state: dict[str, Any]) -> None:
    """Delete a temporary folder that only runs have used: nobody would ever find it again."""
    home = state.get("home")
    if home and Path(home) != host.STATE and not state.get("valued"):
        shutil.rmtree(home, ignore_errors=True)
        del state["home"]
        register.write(state)


class _Collected:
    """Keeps a Problem of its block in a list, so that one server's lack does not cost the other."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, Problem):
            self.problems.append(error)
            return True
        return False
