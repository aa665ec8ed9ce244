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
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from pyroaring import BitMap

from directory.search.documents import Document, Field
from directory.search.engines.arrays import Array, Strings, strings
from directory.search.ranking import OFTEN_MOST, weight

HEAD = struct.Struct("<4I")
# One posting in a number: term, listing, the fields that have it, weight.
TERM, NUMBER, FIELDS = 40, 16, 8
MASK_24, MASK_8 = (1 << 24) - 1, (1 << 8) - 1
NAME, OFFER = 1, 2


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
    """Collects the terms of documents, and gives their postings by document number."""

    def __init__(self) -> None:
        self.terms: dict[str, int] = {}
        self.packed = array("Q")

    def add(self, at: int, document: Document) -> None:
        """Take in the document that came as number `at`."""
        counts = [Counter(document.terms[field]) for field in Field]
        fields: dict[str, int] = {}
        for bit, found in enumerate(counts):
            for term in found:
                fields[term] = fields.get(term, 0) | 1 << bit
        length, terms, add = document.facts.length, self.terms, self.packed.append
        weights: dict[tuple[int, ...], int] = {}
        for term, bits in fields.items():
            often = tuple(min(found[term], OFTEN_MOST) for found in counts)
            if often not in weights:
                weights[often] = weight(often, length)
            known = terms.setdefault(term, len(terms))
            add(known << TERM | at << NUMBER | bits << FIELDS | weights[often])

    def written(self, numbers: Array) -> tuple[dict[str, Array], bytes]:
        """Arrays of the terms, and the records; numbers: the segment's number of each document."""
        names = sorted(self.terms, key=str.encode)
        places = np.zeros(len(names), np.uint64)
        places[[self.terms[name] for name in names]] = np.arange(len(names))
        packed = np.frombuffer(self.packed, np.uint64) if self.packed else np.zeros(0, np.uint64)
        rest = packed & np.uint64((1 << NUMBER) - 1)
        number = numbers[(packed >> np.uint64(NUMBER)) & np.uint64(MASK_24)].astype(np.uint64)
        term = places[packed >> np.uint64(TERM)]
        packed = term << np.uint64(TERM) | number << np.uint64(NUMBER) | rest
        packed.sort()
        ends = np.searchsorted(packed >> np.uint64(TERM), np.arange(len(names)), "right")
        return _records(names, packed, ends)


def _records(names: list[str], packed: Array, ends: Array) -> tuple[dict[str, Array], bytes]:
    out, starts, sums = BytesIO(), [], []
    begin = 0
    for end in ends.tolist():
        record = _record(packed[begin:end])
        starts.append(out.tell())
        sums.append(zlib.crc32(record))
        out.write(record)
        begin = end
    starts.append(out.tell())
    arrays = strings("terms", names)
    arrays["term_starts"] = np.array(starts, np.uint64)
    arrays["term_sums"] = np.array(sums, np.uint32)
    return arrays, out.getvalue()


def _record(packed: Array) -> bytes:
    numbers = ((packed >> np.uint64(NUMBER)) & np.uint64(MASK_24)).astype(np.uint32)
    fields = (packed >> np.uint64(FIELDS)) & np.uint64(MASK_8)
    weights = (packed & np.uint64(MASK_8)).astype(np.uint8)
    everywhere = bitmap(numbers).serialize()
    offer = numbers[(fields & np.uint64(NAME | OFFER)) > 0]
    name = numbers[(fields & np.uint64(NAME)) > 0]
    parts = [bitmap(one).serialize() if len(one) else b"" for one in (offer, name)]
    head = HEAD.pack(len(numbers), len(everywhere), *map(len, parts))
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
