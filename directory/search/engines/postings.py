"""Where terms occur: written as one record a term, read one record at a time.

A record: how many listings, the lengths of three bitmaps, the bitmaps (listings that have the term
anywhere, in name or offer, in the name), a weight for each listing. Numbers are the segment's.
"""

from __future__ import annotations

import os
import struct
import weakref
import zlib
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

import numpy as np
from pyroaring import BitMap

from directory.search.documents import Document, Field
from directory.search.engines.arrays import Array, Strings, strings
from directory.search.ranking import weight

HEAD = struct.Struct("<4I")
# One posting in a number: term, listing, the fields that have it, weight.
TERM, NUMBER, FIELDS = 40, 16, 8
MASK_24, MASK_8 = (1 << 24) - 1, (1 << 8) - 1
NAME, OFFER = 1, 2
# Postings changed in one step.
AT_ONCE = 1 << 20


class Damage(Exception):
    """A record is not what was written."""


@dataclass(frozen=True)
class Posting:
    """Where one term occurs.

    within: listings that have it in the name; in name or offer; anywhere. numbers: the last ones
    as an array; weights: a weight for each of these.
    """

    within: tuple[BitMap, BitMap, BitMap]
    numbers: Array
    weights: Array


class Inversion:
    """Collects the terms of documents, and gives their postings.

    A number of 64 bits for each of some ten millions is all that is held of them, and is changed
    in place.
    """

    def __init__(self) -> None:
        self.terms: dict[str, int] = {}
        self.packed = array("Q")

    def add(self, at: int, document: Document) -> None:
        """Take in the document that came as number `at`."""
        counts = [Counter(document.terms[field]) for field in Field]
        name, offer, description = (found.get for found in counts)
        length, terms, add = document.facts.length, self.terms, self.packed.append
        known: dict[tuple[int, ...], int] = {}
        came = at << NUMBER
        for term in {**counts[2], **counts[1], **counts[0]}:
            often = (name(term, 0), offer(term, 0), description(term, 0))
            said = known.get(often)
            if said is None:
                said = known[often] = came | _fields_of(often) << FIELDS | weight(often, length)
            add(terms.setdefault(term, len(terms)) << TERM | said)

    @cached_property
    def names(self) -> list[str]:
        """All terms in their order."""
        return sorted(self.terms, key=str.encode)

    @cached_property
    def ordered(self) -> tuple[Array, list[int]]:
        """All postings by term and document, and where each term's end."""
        places = np.zeros(len(self.names), np.uint64)
        places[[self.terms[name] for name in self.names]] = np.arange(len(self.names))
        packed = np.frombuffer(self.packed, np.uint64) if self.packed else np.zeros(0, np.uint64)
        for start in range(0, len(packed), AT_ONCE):
            some = packed[start : start + AT_ONCE]
            term = places[some >> np.uint64(TERM)] << np.uint64(TERM)
            some &= np.uint64((1 << TERM) - 1)
            some |= term
        packed.sort()
        ends = np.arange(1, len(self.names) + 1, dtype=np.uint64) << np.uint64(TERM)
        return packed, packed.searchsorted(ends).tolist()

    def by_document(self) -> Iterator[tuple[bytes, array[int]]]:
        """Each term in order with the ascending numbers of its documents as they came."""
        for term, some in self._by_term():
            numbers = (some >> np.uint64(NUMBER)) & np.uint64(MASK_24)
            yield term.encode(), array("I", numbers.astype(np.uint32).tobytes())

    def written(self, numbers: Array) -> tuple[dict[str, Array], bytes]:
        """Arrays of the terms, and the records; numbers: the segment's number of each document."""
        out, starts, sums = BytesIO(), [0], []
        for _, some in self._by_term():
            record = _record(some, numbers)
            sums.append(zlib.crc32(record))
            out.write(record)
            starts.append(out.tell())
        arrays = strings("terms", self.names)
        arrays["term_starts"] = np.array(starts, np.uint64)
        arrays["term_sums"] = np.array(sums, np.uint32)
        return arrays, out.getvalue()

    def _by_term(self) -> Iterator[tuple[str, Array]]:
        packed, ends = self.ordered
        begin = 0
        for name, end in zip(self.names, ends, strict=True):
            yield name, packed[begin:end]
            begin = end


def _fields_of(often: tuple[int, ...]) -> int:
    return sum(1 << bit for bit, count in enumerate(often) if count)


def _record(postings: Array, numbers: Array) -> bytes:
    """One term's record, by the segment's numbers."""
    packed = numbers[(postings >> np.uint64(NUMBER)) & np.uint64(MASK_24)] << np.uint64(NUMBER)
    packed |= postings & np.uint64((1 << NUMBER) - 1)
    packed.sort()
    number = (packed >> np.uint64(NUMBER)).astype(np.uint32)
    fields = (packed >> np.uint64(FIELDS)) & np.uint64(MASK_8)
    weights = (packed & np.uint64(MASK_8)).astype(np.uint8)
    everywhere = bitmap(number).serialize()
    offer = number[(fields & np.uint64(NAME | OFFER)) > 0]
    name = number[(fields & np.uint64(NAME)) > 0]
    parts = [bitmap(one).serialize() if len(one) else b"" for one in (offer, name)]
    head = HEAD.pack(len(number), len(everywhere), *map(len, parts))
    return b"".join([head, everywhere, *parts, weights.tobytes()])


class TermFile:
    """The terms of one segment; records are read when they are asked for."""

    def __init__(self, path: Path, arrays: dict[str, Array]) -> None:
        self.terms = Strings.unpacked(arrays, "terms")
        self.starts = arrays["term_starts"]
        self.sums = arrays["term_sums"]
        # Open as long as this lives, so that it can be read after its directory was removed.
        self.file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, self.file)

    def posting(self, term: str) -> Posting | None:
        """Where a term occurs; raises Damage."""
        at = self.terms.find(term)
        if at is None:
            return None
        start, end = self.starts.item(at), self.starts.item(at + 1)
        record = os.pread(self.file, end - start, start)
        if zlib.crc32(record) != self.sums.item(at):
            raise Damage("a posting is not what was written")
        return _read(record)


def _read(record: bytes) -> Posting:
    count, *lengths = HEAD.unpack_from(record)
    at = HEAD.size
    bitmaps = []
    for length in lengths:
        bitmaps.append(BitMap.deserialize(record[at : at + length]) if length else BitMap())
        at += length
    everywhere, offer, name = bitmaps
    weights = np.frombuffer(record, np.uint8, count, at)
    return Posting((name, offer, everywhere), as_array(everywhere), weights)


def bitmap(numbers: Array) -> BitMap:
    """A bitmap of an array of numbers; made from an `array` it takes a tenth of the time."""
    return BitMap(array("I", numbers.astype(np.uint32).tobytes()))


def as_array(numbers: BitMap) -> Array:
    """A bitmap's numbers, ascending."""
    return np.frombuffer(numbers.to_array(), np.uint32)
