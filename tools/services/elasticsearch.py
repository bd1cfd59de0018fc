"""The Elasticsearch node, started on this machine."""

import json
import os
import shutil
import subprocess
import urllib.error
import urllib.request
from base64 import b64encode
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from tools.problems import Problem, say
from tools.services import host, java

PORT = 9209
START_SECONDS = 120
# A small heap and the quick compiler: the node is up in some ten seconds, and gives way to the tests.
JAVA_OPTIONS = "-Xms512m -Xmx512m -XX:TieredStopAtLevel=1 -XX:-AlwaysPreTouch"


def greeting(url: str) -> dict[str, Any] | None:
    """Return what the node at ``url`` says of itself, or None when no Elasticsearch answers there."""
    parts = urlsplit(url)
    request = urllib.request.Request(urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])))
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        request.add_header("Authorization", f"Basic {b64encode(pair.encode()).decode()}")
    if key := os.environ.get("ELASTICSEARCH_API_KEY"):
        request.add_header("Authorization", f"ApiKey {key}")
    try:
        with urllib.request.urlopen(request, timeout=3) as response:
            said = json.load(response)
    except (OSError, ValueError):
        return None
    return said if isinstance(said, dict) and "cluster_name" in said else None


def launch(home: Path) -> dict[str, Any]:
    """Start a node whose data lie in ``home``, without waiting for it; return its entry for the register.

    Raises Problem when Java is missing or the node cannot be built.
    """
    jdk = java.find_java()
    node = _reachable(java.build_node(jdk), home)
    port = host.free_port(PORT)
    if port != PORT:
        say(f"Port {PORT} is taken, so Elasticsearch listens on {port}.")
    folder = home / "elasticsearch"
    folder.mkdir(exist_ok=True)
    for part in ("data", "logs"):
        (folder / part).mkdir(exist_ok=True)
    for part in ("config", "tmp"):
        shutil.rmtree(folder / part, ignore_errors=True)
    (folder / "tmp").mkdir()
    shutil.copytree(node / "config", folder / "config")
    host.give(folder)
    pid = _spawn(node, folder, jdk, port)
    return {"pid": pid, "url": f"http://127.0.0.1:{port}", "folder": str(folder), "built_from": java.fingerprint()}


def _spawn(node: Path, folder: Path, jdk: Path, port: int) -> int:
    env = {
        "PATH": os.environ["PATH"],
        "ES_JAVA_HOME": str(jdk),
        "ES_PATH_CONF": str(folder / "config"),
        "ES_TMPDIR": str(folder / "tmp"),
        "ES_JAVA_OPTS": os.environ.get("ES_JAVA_OPTS", JAVA_OPTIONS),
        "CLI_JAVA_OPTS": "-XX:TieredStopAtLevel=1",
    }
    settings = {
        "http.port": port,
        "transport.port": "9300-9400",
        "path.data": folder / "data",
        "path.logs": folder / "logs",
    }
    command = [str(node / "bin" / "elasticsearch")]
    for name, value in settings.items():
        command += ["-E", f"{name}={value}"]
    process = None
    try:
        with (folder / "output.log").open("w") as output, host.uninterrupted():
            process = subprocess.Popen(
                command,
                env=env,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **host.as_server_user(),
            )
    except KeyboardInterrupt:
        if process:
            host.end(process.pid)
        raise
    return process.pid


def wait(entry: dict[str, Any]) -> None:
    """Wait until the node answers; raises Problem when it ends first or takes too long."""
    host.wait_until(
        lambda: greeting(entry["url"]) is not None or not host.is_alive(entry["pid"]), seconds=START_SECONDS, pause=0.2
    )
    if greeting(entry["url"]) is None:
        log = Path(entry["folder"]) / "output.log"
        stop(entry)
        raise Problem(f"Elasticsearch did not start; it says: {_reason(log)} (all of it: {log}).")


def is_up(entry: dict[str, Any]) -> bool:
    """Tell whether the node of this register entry answers and is built from the present sources."""
    if entry.get("built_from") != java.fingerprint():
        return False
    return host.runs_in(entry["pid"], Path(entry["folder"])) and greeting(entry["url"]) is not None


def stop(entry: dict[str, Any]) -> None:
    """End the node of this register entry, if it runs."""
    if host.runs_in(entry["pid"], Path(entry["folder"])):
        host.end(entry["pid"])


def _reachable(node: Path, home: Path) -> Path:
    """Return ``node``, or a copy of it in ``home`` when the server user cannot go where it was built."""
    if host.can_reach(node / "bin" / "elasticsearch"):
        return node
    copy = home / f"node-{java.fingerprint()[:12]}"
    if not (copy / ".complete").exists():
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(node, copy)
        (copy / ".complete").touch()
    return copy


def _reason(log: Path) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    telling = [line for line in lines if "ERROR" in line or "Exception" in line or "rror:" in line]
    return (telling or lines or ["nothing"])[0].strip()[:300]
