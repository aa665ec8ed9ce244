"""The package data in memory: regions as objects, cities and names as sorted lines of bytes.

The data is read once, at the first question. Cities are parsed when they are asked for: they
stand in the file by falling population, so a city's line number is also its rank by size.
"""

from __future__ import annotations

import csv
import gzip
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np

from directory.geography.places import City, Country, Region

AFTER_ANY_PREFIX = b"\xff"


class SortedLines:
    """Lines of UTF-8 in the order of their bytes, searched by bisection without splitting them."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.ends = np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == ord("\n"))
        self.ends = self.ends.astype(np.int32)

    def __len__(self) -> int:
        return len(self.ends)

    def line(self, number: int) -> bytes:
        """The line of that number, counted from 0, without its end."""
        start = int(self.ends[number - 1]) + 1 if number else 0
        return self.text[start : int(self.ends[number])]

    def starting_with(self, prefix: bytes) -> bytes:
        """All lines that start with `prefix`, in order, without the last line's end."""
        first = bisect_left(range(len(self)), prefix, key=self.line)
        if first == len(self) or not self.line(first).startswith(prefix):
            return b""
        last = bisect_left(range(len(self)), prefix + AFTER_ANY_PREFIX, lo=first, key=self.line)
        start = int(self.ends[first - 1]) + 1 if first else 0
        return self.text[start : int(self.ends[last - 1])]


class CityTable:
    """All cities by GeoNames id; a row is parsed when it is asked for."""

    def __init__(self, text: bytes) -> None:
        self.rows = SortedLines(text.split(b"\n", 1)[1])
        fields = (row.split(b",", 1)[0] for row in self.rows.text.splitlines())
        ids = np.fromiter((int(field) for field in fields), dtype=np.int32, count=len(self.rows))
        self.order = np.argsort(ids).astype(np.int32)
        self.ids = ids[self.order]

    def __len__(self) -> int:
        return len(self.ids)

    def get(self, number: int) -> City | None:
        """The city of that GeoNames id."""
        at = int(np.searchsorted(self.ids, number))
        if at == len(self.ids) or int(self.ids[at]) != number:
            return None
        return _city(self.rows.line(int(self.order[at])))

    def __iter__(self) -> Iterator[City]:
        return (_city(self.rows.line(number)) for number in range(len(self)))


@cache
def countries() -> dict[str, Country]:
    """Countries by ISO 3166-1 alpha-2 code."""
    return {row["code"]: Country(row["code"], row["en"], row["de"]) for row in _rows("countries")}


@cache
def regions() -> dict[str, Region]:
    """Regions by ISO 3166-2 code."""
    return {
        row["code"]: Region(
            row["code"], row["country"], row["en"], row["de"], row["parent"] or None, row["kind"]
        )
        for row in _rows("subdivisions")
    }


@cache
def cities() -> CityTable:
    """Cities by GeoNames id, the largest first."""
    return CityTable(_unpacked("cities.csv.gz"))


@cache
def names() -> SortedLines:
    """`folded name <TAB> keys of places, best first` for every name in any language."""
    return SortedLines(_unpacked("names.txt.gz"))


@cache
def starts() -> SortedLines:
    """`folded rest of a name <TAB> weight <TAB> marks <TAB> key` for each word's start.

    Marks: `d`, `e` for the language of the name, `w` where the rest is the whole.
    """
    return SortedLines(_unpacked("starts.txt.gz"))


@lru_cache(maxsize=4096)
def _city(row: bytes) -> City:
    key, en, de, country, region, lat, lon, population = next(csv.reader([row.decode()]))
    return City(int(key), en, de, country, region or None, float(lat), float(lon), int(population))


def _rows(name: str) -> csv.DictReader[str]:
    text = (files(__package__) / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def _unpacked(name: str) -> bytes:
    return gzip.decompress((files(__package__) / "data" / name).read_bytes())
