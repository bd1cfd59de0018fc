"""Java for the Elasticsearch node, and the node's build."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

from tools import debian
from tools.problems import Problem, say
from tools.services import host

PROJECT = host.ROOT / "tools" / "elasticsearch"
TARGET = PROJECT / "target"
OLDEST = 21
PACKAGES = ("openjdk-25-jre-headless", "openjdk-21-jre-headless")


def node_version() -> str:
    """Return the Elasticsearch version that the Maven project names."""
    found = ElementTree.parse(PROJECT / "pom.xml").getroot().find(".//{*}es.version")
    if found is None or not found.text:
        raise Problem("tools/elasticsearch/pom.xml names no es.version.")
    return found.text


def find_java() -> Path:
    """Return the home of a Java that runs Elasticsearch: JAVA_HOME, else the one on PATH, else the newest installed.

    Raises Problem when there is none and, as root on Debian, none can be installed.
    """
    home = _newest_enough()
    if home is None and os.geteuid() == 0 and (package := debian.first_available(PACKAGES)):
        say(f"Installing Debian package: {package} …")
        debian.install([package])
        home = _newest_enough()
    if home is None:
        raise Problem(f"Elasticsearch needs Java {OLDEST} or newer: install a JDK and set JAVA_HOME to its folder.")
    return home


def _newest_enough() -> Path | None:
    named = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    if on_path := shutil.which("java"):
        named.append(Path(on_path).resolve().parents[1])
    installed = [*Path("/usr/lib/jvm").glob("*"), *Path("/Library/Java/JavaVirtualMachines").glob("*/Contents/Home")]
    for home in [*named, *sorted(installed, key=java_version, reverse=True)]:
        if java_version(home) >= OLDEST and host.can_reach(home / "bin" / "java"):
            return home.resolve()
    return None


def java_version(home: Path) -> int:
    """Return the major version of the Java in ``home``, or 0 where none runs."""
    try:
        shown = subprocess.run([home / "bin" / "java", "-version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    found = re.search(r'version "(\d+)', shown.stderr)
    return int(found[1]) if found else 0


def fingerprint() -> str:
    """Return a digest of all that the node is built from."""
    digest = hashlib.sha256((PROJECT / "pom.xml").read_bytes())
    for source in sorted((PROJECT / "src").rglob("*")):
        if source.is_file():
            digest.update(source.relative_to(PROJECT).as_posix().encode() + source.read_bytes())
    return digest.hexdigest()


def build_node(java: Path) -> Path:
    """Build the node with Maven, unless what stands in target/ is built from these sources; return its folder.

    Raises Problem when Maven is missing or fails, a failed download included.
    """
    node = TARGET / f"elasticsearch-{node_version()}"
    stamp = TARGET / ".built"
    if stamp.is_file() and stamp.read_text() == fingerprint() and (node / "bin" / "elasticsearch").is_file():
        return node
    debian.need(["maven"], "Building the Elasticsearch node")
    say("Building the Elasticsearch node (about 130 MB the first time) …")
    shutil.rmtree(TARGET, ignore_errors=True)
    env = os.environ | ({} if os.environ.get("JAVA_HOME") or shutil.which("java") else {"JAVA_HOME": str(java)})
    command = ["mvn", "--batch-mode", "--quiet", "-Dstyle.color=never", "package"]
    done = subprocess.run(
        command, cwd=PROJECT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        shutil.rmtree(TARGET, ignore_errors=True)
        raise Problem(f"The Elasticsearch node could not be built; Maven says: {_first_error(done.stdout)}")
    stamp.write_text(fingerprint())
    return node


def _first_error(output: str) -> str:
    plain = re.sub(r"\x1b\[[0-9;]*m", "", output)
    errors = [line.removeprefix("[ERROR]").strip() for line in plain.splitlines() if line.startswith("[ERROR]")]
    return next(filter(None, errors), "nothing")[:400]
