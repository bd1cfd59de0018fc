"""python -m demo.draw [name ...]: draw all pictures, or those named, into demo/images."""

import inspect
import sys
from collections.abc import Callable
from pathlib import Path

from demo.draw import land, life, towns
from demo.draw.canvas import Canvas

TARGET = Path(__file__).resolve().parent.parent / "images"


def pictures() -> dict[str, Callable[[], Canvas]]:
    """Return every picture by the name of its file."""
    return {
        name.replace("_", "-"): function
        for module in (land, life, towns)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


def main(names: list[str]) -> None:
    """Draw, saying what is drawn."""
    for name, draw in pictures().items():
        if not names or name in names:
            path = TARGET / f"{name}.webp"
            draw().save(path)
            print(f"{name}: {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
