"""How the tools speak: one clear sentence on standard error, never a traceback."""

import sys


class Problem(Exception):  # noqa: N818 -- it is reported as a sentence, not as an error of the program
    """What a person must know or do; its text is one sentence."""


def say(sentence: str) -> None:
    """Write one sentence on standard error; standard output belongs to what other programs read."""
    print(sentence, file=sys.stderr, flush=True)
