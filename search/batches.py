"""Many items by so many at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield the items in lists of ``size``, the last one shorter; reads no further than it has to.

    As ``itertools.batched``, which Python has from 3.12 on.
    """
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
