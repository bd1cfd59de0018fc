"""Debian packages that the tools need: found, installed when root, else named in one sentence."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

from tools.problems import Problem, say


def _on_path(*commands: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(command) for command in commands)


def _has_cjk_font() -> bool:
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
    return any(next(folder.rglob("NotoSansCJK*"), None) for folder in folders if folder.is_dir())


def _has_postgresql() -> bool:
    return bool(shutil.which("initdb")) or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


PRESENT: dict[str, Callable[[], bool]] = {
    "postgresql": _has_postgresql,
    "maven": _on_path("mvn"),
    "chromium": _on_path("chromium", "chromium-browser", "google-chrome"),
    "fonts-noto-cjk": _has_cjk_font,
    "gettext": _on_path("xgettext"),
}


def missing(packages: Iterable[str]) -> list[str]:
    """Return those of ``packages`` (keys of ``PRESENT``) that this machine lacks."""
    return [package for package in packages if not PRESENT[package]()]


def need(packages: Iterable[str], purpose: str) -> None:
    """Have ``packages`` on this machine, installing what is missing when root.

    Raises Problem, one sentence that names the missing packages and ``purpose``, when they cannot be had.
    """
    absent = missing(packages)
    if not absent:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Problem(f"{purpose} needs Debian packages that are missing: apt-get install {' '.join(absent)}.")
    say(f"Installing Debian packages: {' '.join(absent)} …")
    if not install(absent):
        raise Problem(f"{purpose} needs Debian packages that apt-get could not install: {' '.join(absent)}.")


def install(packages: list[str]) -> bool:
    """Install Debian packages, refreshing apt's lists first if need be; tell whether that worked."""
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    if _apt(command):
        return True
    return _apt(["apt-get", "update", "-qq"]) and _apt(command)


def first_available(packages: Iterable[str]) -> str | None:
    """Return the first of ``packages`` that apt knows, or None (also where there is no apt)."""
    if not shutil.which("apt-cache"):
        return None
    for package in packages:
        shown = subprocess.run(["apt-cache", "show", "--no-all-versions", package], capture_output=True, check=False)
        if shown.returncode == 0 and shown.stdout:
            return package
    return None


def _apt(command: list[str]) -> bool:
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=env, check=False)
    return done.returncode == 0
