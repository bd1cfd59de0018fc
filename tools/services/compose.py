"""The servers in containers, where a Docker engine answers."""

import os
import shutil
import subprocess
from pathlib import Path

from tools.problems import Problem, say
from tools.services import host

FILE = Path(__file__).with_name("compose.yml")
PORTS = {"postgres": ("POSTGRES_PORT", 54329, 5432), "elasticsearch": ("ELASTICSEARCH_PORT", 9209, 9200)}
URLS = {"postgres": "postgres://encynet:encynet@127.0.0.1:{port}/encynet", "elasticsearch": "http://127.0.0.1:{port}"}


def is_available() -> bool:
    """Tell whether a Docker engine answers and has Compose."""
    if not shutil.which("docker"):
        return False
    for question in (["docker", "info"], ["docker", "compose", "version"]):
        try:
            asked = subprocess.run(question, stdin=subprocess.DEVNULL, capture_output=True, timeout=20, check=False)
        except subprocess.TimeoutExpired:
            return False
        if asked.returncode != 0:
            return False
    return True


def start() -> dict[str, str]:
    """Start what does not run yet, wait until it is healthy, and return the addresses by service.

    Raises Problem when Compose does not bring them up.
    """
    ports = {service: _published(service) for service in PORTS}
    env = dict(os.environ)
    for service, (variable, preferred, _) in PORTS.items():
        ports[service] = ports[service] or host.free_port(preferred)
        env[variable] = str(ports[service])
        if ports[service] != preferred:
            say(f"Port {preferred} is taken, so {service} listens on {ports[service]}.")
    done = _compose("up", "-d", "--build", "--wait", env=env)
    if done.returncode != 0:
        raise Problem(f"Docker Compose did not start the services; it says: {' '.join(done.stderr.split())[-400:]}")
    return {service: URLS[service].format(port=ports[service]) for service in PORTS}


def stop() -> None:
    """Stop the containers; what the databases hold stays."""
    _compose("stop")


def _published(service: str) -> int | None:
    shown = _compose("port", service, str(PORTS[service][2]))
    port = shown.stdout.strip().rpartition(":")[2]
    return int(port) if shown.returncode == 0 and port.isdigit() and int(port) else None


def _compose(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    command = ["docker", "compose", "-f", str(FILE), *arguments]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=env, check=False)
