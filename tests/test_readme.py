"""The README tells the truth: its commands, files and settings exist, and none is missing."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()


def section(title: str) -> str:
    """Return the text under a heading of the README."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, f"the README has no section {title!r}"
    return found[1]


def code(text: str) -> list[str]:
    """Return what stands between backticks."""
    return re.findall(r"`([^`\n]+)`", text)


def first_cells(text: str) -> list[str]:
    """Return the first cell of each row of a table, without head and rule."""
    rows = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("|")]
    return rows[2:]


def test_folders_it_names_exist_and_all_apps_are_named() -> None:
    named = {name.strip("/") for cell in first_cells(section("Where things live")) for name in code(cell)}
    assert [name for name in sorted(named) if not (ROOT / name).is_dir()] == []
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    folders = {line.split("/")[0] for line in tracked.splitlines() if "/" in line and not line.startswith(".")}
    assert folders - named == {"requirements"}


@pytest.mark.parametrize("name", [name for name in code(section("Where things happen")) if "/" in name])
def test_file_it_names_exists(name: str) -> None:
    assert (ROOT / name).exists()


@pytest.mark.parametrize("name", re.findall(r"\]\(([^)#]+)\)", README))
def test_link_leads_somewhere(name: str) -> None:
    assert (ROOT / name).exists()


def test_targets_it_names_are_those_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    named = set(re.findall(r"make (?:-s )?([a-z-]+)", README)) - {"is"}
    assert named - targets == set()


def test_settings_table_names_exactly_what_the_settings_read() -> None:
    read = set()
    for path in (ROOT / "cms/settings").glob("*.py"):
        read |= set(re.findall(r"""(?:environ\.get\(|environ\[|env=|getenv\()\s*["']([A-Z_]+)["']""", path.read_text()))
    named = [name for cell in first_cells(section("Settings")) for name in code(cell)]
    assert sorted(named) == sorted(read)
    assert len(named) == len(set(named))
