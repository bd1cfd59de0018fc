"""Checks of what stands between the words: what programs fill in, links, emphasis."""

from collections import Counter
from collections.abc import Iterable, Iterator

from translations.quality.pairs import Element, Pair

# Elements without an end.
_VOID = ("br",)


def missing_placeholders(pair: Pair) -> Iterable[str]:
    """What is filled into the source, and not as often into the translation."""
    return _lacking(pair.source.placeholders, pair.target.placeholders)


def unknown_placeholders(pair: Pair) -> Iterable[str]:
    """What looks as if it were filled in, and is not in the source, or less often."""
    return _lacking(pair.target.placeholders, pair.source.placeholders)


def missing_links(pair: Pair) -> Iterable[str]:
    """Links of the source that the translation lacks."""
    return [_link(name) for name in _lacking(pair.source.links, pair.target.links)]


def unknown_links(pair: Pair) -> Iterable[str]:
    """Links that the source does not have, or not as often."""
    return [_link(name) for name in _lacking(pair.target.links, pair.source.links)]


def open_tags(pair: Pair) -> Iterator[str]:
    """Tags that are not closed, or closed and never opened."""
    opened: list[Element] = []
    for element in pair.target.elements:
        if element.name in _VOID:
            continue
        if not element.is_end:
            opened.append(element)
        elif opened and opened[-1].name == element.name:
            opened.pop()
        else:
            yield f"</{element.name}>"
    yield from (f"<{element.name}>" for element in opened)


def missing_tags(pair: Pair) -> Iterable[str]:
    """Emphasis of the source that the translation lacks."""
    return [f"<{name}>" for name in _lacking(_emphasis(pair.source.elements), _emphasis(pair.target.elements))]


def added_tags(pair: Pair) -> Iterable[str]:
    """Emphasis that the source does not have."""
    return [f"<{name}>" for name in _lacking(_emphasis(pair.target.elements), _emphasis(pair.source.elements))]


def _emphasis(elements: Iterable[Element]) -> list[str]:
    return [element.name for element in elements if not element.is_end and element.name not in ("a", *_VOID)]


def _link(name: str) -> str:
    return f'<a id="{name}">' if name else "<a>"


def _lacking(wanted: Iterable[str], there: Iterable[str]) -> list[str]:
    """Return what is wanted more often than it is there, in order."""
    return list((Counter(wanted) - Counter(there)).elements())
