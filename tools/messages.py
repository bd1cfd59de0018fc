"""Bring the message catalogues in ``locale/`` up to date with the code: ``python -m tools.messages``.

English is the source, so it has no catalogue of its own. The files carry no dates and no line numbers: they change when
a message changes, not when someone runs this.
"""

import contextlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from tools import debian, upstream_words
from tools.problems import Problem, say

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "locale"
# What visitors and editors never see, and what others wrote.
IGNORED = (".*", "var", "tests", "tools", "bench", "docs", "vendor", "*.min.js")
HEADER = ("Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms")


def main() -> int:
    """Extract and merge the messages of every language but English; return the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    try:
        need_gettext()
        extract(ROOT, locales())
        for file in upstream_words.update(locales()):
            tidy(file)
    except Problem as problem:
        say(str(problem))
        return 1
    return 0


def need_gettext() -> None:
    """Raise Problem, naming the Debian package, when GNU gettext is missing and cannot be installed."""
    debian.need(["gettext"], "Extracting messages")


def locales() -> list[str]:
    """Return the names of the catalogues' folders, such as zh_Hant: every language of the site but English."""
    from django.utils.translation import to_locale  # noqa: PLC0415 -- slow import

    from cms.languages import language_choices  # noqa: PLC0415 -- slow import

    return [to_locale(code) for code, _ in language_choices() if code != "en"]


def extract(sources: Path, names: Iterable[str]) -> None:
    """Merge the messages of the code in ``sources`` into the catalogues ``names`` of its folder locale/.

    New messages come in untranslated, messages of changed wording fuzzy, and those that are gone go.
    Raises Problem when a message in the code cannot be read.
    """
    import django  # noqa: PLC0415 -- slow import
    from django.core.management import CommandError, call_command  # noqa: PLC0415 -- slow import
    from django.test.utils import override_settings  # noqa: PLC0415 -- slow import

    django.setup()
    catalogues = sources / LOCALE.name
    catalogues.mkdir(exist_ok=True)
    options = {"locale": list(names), "ignore_patterns": [*IGNORED], "add_location": "file", "no_obsolete": True}
    with contextlib.chdir(sources), override_settings(LOCALE_PATHS=[str(catalogues)]):
        for domain in ("django", "djangojs") if _has_scripts(sources) else ("django",):
            try:
                call_command("makemessages", domain=domain, no_wrap=True, verbosity=0, **options)
            except CommandError as error:
                raise Problem(f"The messages could not be extracted: {' '.join(str(error).split())[:600]}") from error
    for file in catalogues.glob("*/LC_MESSAGES/*.po"):
        tidy(file)


def tidy(file: Path) -> None:
    """Leave out of a catalogue's header what changes by itself: dates, and names nobody filled in."""
    import polib  # noqa: PLC0415 -- slow import, and not needed where nothing is extracted

    catalogue = polib.pofile(str(file), wrapwidth=0)
    catalogue.header = ""
    catalogue.metadata_is_fuzzy = 0
    kept = {name: catalogue.metadata[name] for name in HEADER if catalogue.metadata.get(name)}
    catalogue.metadata = {"Project-Id-Version": "encynet", **kept, "Language": file.parents[1].name}
    catalogue.save(str(file))


def _has_scripts(sources: Path) -> bool:
    return any("gettext(" in script.read_text(errors="replace") for script in sources.glob("static/js/*.js"))


if __name__ == "__main__":
    sys.exit(main())
