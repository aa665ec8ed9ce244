"""Names of a segment's listings: shown, compared, and completed from any of their words on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from directory.kernel.text import fold_name
from directory.search.engines.arrays import HEAD, Array, Strings, head, strings

LAST = b"\xff"


def named(names: Sequence[str]) -> dict[str, Array]:
    """Arrays of the names by number, and of all their ends in order."""
    folded = [fold_name(name).encode() for name in names]
    ends = sorted(
        (name[at:], number, at) for number, name in enumerate(folded) for at in _words(name)
    )
    return {
        **strings("names", names),
        **strings("folded", folded),
        "end_head": np.array([head(end) for end, _, _ in ends], np.uint64),
        "end_number": np.array([number for _, number, _ in ends], np.uint32),
        "end_at": np.array([at for _, _, at in ends], np.uint16),
    }


class Names:
    """The names of one segment, by its numbers."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self.shown = Strings.unpacked(arrays, "names")
        self.folded = Strings.unpacked(arrays, "folded")
        self.head = arrays["end_head"]
        self.number = arrays["end_number"]
        self.at = arrays["end_at"]

    def beginning(self, prefix: str) -> Array:
        """Numbers of the listings in whose name words begin so; one may be there twice."""
        start, end = self._range(prefix.encode())
        return self.number[start:end]

    def called(self, name: str) -> Iterator[int]:
        """Numbers of the listings whose whole folded name that is."""
        whole = name.encode()
        start, end = self._range(whole)
        for at in range(start, end):
            if self._end(at) != whole:
                break
            if not self.at.item(at):
                yield self.number.item(at)

    def _range(self, prefix: bytes) -> tuple[int, int]:
        """Where the ends stand that begin so: by their first bytes, then by all."""
        low = np.uint64(head(prefix))
        high = np.uint64(head(prefix, LAST))
        start = int(np.searchsorted(self.head, low))
        end = int(np.searchsorted(self.head, high, "right"))
        if len(prefix) > HEAD:
            cut = len(prefix)
            inside = range(start, end)
            start, end = (
                start + bisect_left(inside, prefix, key=lambda at: self._end(at)[:cut]),
                start + bisect_right(inside, prefix, key=lambda at: self._end(at)[:cut]),
            )
        return start, end

    def _end(self, at: int) -> bytes:
        return self.folded.raw(self.number.item(at))[self.at.item(at) :]


def _words(name: bytes) -> list[int]:
    """Where the words of a folded name begin."""
    return [0, *(at + 1 for at, one in enumerate(name) if one == ord(" "))] if name else []
