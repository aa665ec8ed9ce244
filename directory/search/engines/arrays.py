"""Named arrays and sorted strings in one block of bytes, read without a copy or an object each."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
ALIGNED = 8
TEXT, ENDS = ".text", ".ends"
# How many first bytes of a string are compared as one number.
HEAD = 8


def pack(arrays: Mapping[str, Array]) -> bytes:
    """The arrays as bytes: the length of the table, the table (JSON), the contents."""
    table, contents, at = {}, [], 0
    for name, array in arrays.items():
        content = np.ascontiguousarray(array).tobytes()
        padding = -len(content) % ALIGNED
        table[name] = [array.dtype.str, at, len(array)]
        contents.append(content + bytes(padding))
        at += len(content) + padding
    head = json.dumps(table).encode()
    head += b" " * (-len(head) % ALIGNED)
    return b"".join([len(head).to_bytes(ALIGNED, "little"), head, *contents])


def unpack(content: bytes) -> dict[str, Array]:
    """What `pack` packed; the arrays share the bytes and can't be written to."""
    start = ALIGNED + int.from_bytes(content[:ALIGNED], "little")
    table = json.loads(content[ALIGNED:start])
    return {
        name: np.frombuffer(content, np.dtype(kind), count, start + at)
        for name, (kind, at, count) in table.items()
    }


class Strings:
    """Strings in one block of UTF-8; `find` needs them sorted by it."""

    def __init__(self, text: bytes, ends: Array) -> None:
        self.text = text
        self.ends = ends

    @classmethod
    def unpacked(cls, arrays: Mapping[str, Array], name: str) -> Strings:
        return cls(arrays[name + TEXT].tobytes(), arrays[name + ENDS])

    def __len__(self) -> int:
        return len(self.ends)

    def raw(self, at: int) -> bytes:
        """A string's bytes."""
        ends = self.ends
        return self.text[ends.item(at - 1) if at else 0 : ends.item(at)]

    def __getitem__(self, at: int) -> str:
        return self.raw(at).decode()

    def all(self) -> list[str]:
        return [self[at] for at in range(len(self))]

    def place(self, text: bytes) -> int:
        """Where the bytes stand or would stand: by their first bytes, then by all."""
        wanted = np.uint64(head(text))
        start = int(self._heads.searchsorted(wanted))
        if start == len(self) or self._heads[start] != wanted:
            return start
        end = int(self._heads.searchsorted(wanted, "right"))
        return start + bisect_left(range(start, end), text, key=self.raw)

    def find(self, text: str) -> int | None:
        """The index of a string, if it is there."""
        wanted = text.encode()
        at = self.place(wanted)
        return at if at < len(self) and self.raw(at) == wanted else None

    @cached_property
    def _heads(self) -> Array:
        """The first bytes of each as a number, so that few whole strings need to be compared."""
        text = np.frombuffer(self.text + bytes(HEAD), np.uint8)
        starts = np.concatenate(([0], self.ends[:-1])) if len(self) else self.ends
        found = np.zeros(len(self), np.uint64)
        for at in range(HEAD):
            byte = text[starts + at]
            byte[starts + at >= self.ends] = 0
            found = found << np.uint64(8) | byte
        return found


def head(text: bytes, fill: bytes = b"\0") -> int:
    """The first bytes of a text as a number, filled up where it is shorter."""
    return int.from_bytes(text[:HEAD].ljust(HEAD, fill), "big")


def strings(name: str, texts: Iterable[str | bytes]) -> dict[str, Array]:
    """Arrays of strings, or of blobs, for `pack`."""
    encoded = [text.encode() if isinstance(text, str) else text for text in texts]
    ends = np.cumsum([len(one) for one in encoded], dtype=np.int64)
    return {name + TEXT: np.frombuffer(b"".join(encoded), np.uint8), name + ENDS: ends}


def rows(starts: Array, numbers: Array) -> tuple[Array, Array]:
    """Indices of all entries of those rows, and the length of each row.

    starts: where each row begins in a flat array, and the end of the last one.
    """
    begin = starts[numbers].astype(np.int64)
    lengths = starts[numbers + 1] - begin
    ends = lengths.cumsum()
    at = (begin - ends + lengths).repeat(lengths)
    at += np.arange(len(at))
    return at, lengths


def starts_of(lengths: Iterable[int]) -> Array:
    """The `starts` of rows of those lengths."""
    return np.concatenate(([0], np.cumsum(list(lengths), dtype=np.uint32))).astype(np.uint32)
