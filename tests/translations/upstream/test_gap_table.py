"""docs/localize-gaps.md names tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TABLE = (ROOT / "docs" / "localize-gaps.md").read_text()
NAMED = sorted(set(re.findall(r"`([\w/]+\.py(?:::\w+)?)`", TABLE)))


@pytest.mark.parametrize("name", NAMED)
def test_named_test_exists(name):
    path, _colons, function = name.partition("::")
    file = ROOT / path if path.startswith("bench/") else ROOT / "tests" / "translations" / path
    assert file.is_file()
    assert not function or re.search(rf"^(?:def|class) {function}\b", file.read_text(), re.MULTILINE)


def test_gaps_are_named_once_and_in_order():
    numbers = [int(number) for number in re.findall(r"^\| P(\d+) \|", TABLE, re.MULTILINE)]
    assert numbers == sorted(set(numbers))
    assert len(numbers) >= 30
