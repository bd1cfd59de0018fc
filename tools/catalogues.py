"""Compile the message catalogues that changed: ``locale/**/LC_MESSAGES/*.po`` to ``.mo``, which are not committed.

With Babel, since Django's own compilemessages needs GNU gettext, which a person who only wants to see the site lacks.
Fuzzy translations stay out: a wrong text is worse than an English one.
"""

import sys
from pathlib import Path

from tools.problems import Problem, say

ROOT = Path(__file__).resolve().parents[1]


def sources() -> list[Path]:
    """Return the catalogues in the project, in a stable order."""
    locale = ROOT / "locale"
    return sorted([*locale.glob("*/LC_MESSAGES/*.po"), *locale.glob("upstream/*/LC_MESSAGES/*.po")])


def is_stale(source: Path) -> bool:
    """Tell whether the compiled form of ``source`` is missing or older than it."""
    compiled = source.with_suffix(".mo")
    return not compiled.is_file() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def compile_catalogue(source: Path) -> None:
    """Write the compiled form of ``source`` beside it; raises Problem, naming the line, when it cannot be read."""
    # The slow import is spared the usual start, where nothing changed.
    from babel.messages.mofile import write_mo  # noqa: PLC0415 -- slow import
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415 -- slow import

    try:
        with source.open("rb") as handle:
            catalogue = read_po(handle, locale=source.parents[1].name, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise Problem(f"{source.relative_to(ROOT)} cannot be compiled: {error}.") from error
    # Written aside and moved into place: a running site reads the old or the new one, never half of it.
    partial = source.with_suffix(".mo.partial")
    with partial.open("wb") as handle:
        write_mo(handle, catalogue, use_fuzzy=False)
    partial.replace(source.with_suffix(".mo"))


def main() -> int:
    """Compile what is stale and return the exit status."""
    try:
        for source in sources():
            if is_stale(source):
                compile_catalogue(source)
    except Problem as problem:
        say(str(problem))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
