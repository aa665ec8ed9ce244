"""How terms reach Whoosh: as whole postings that are sorted already, in its usual format.

Its own way takes each posting by itself, pickles and sorts it: nine tenths of a rebuild. These few
internals are the same in both of its distributions, and a test reads back what was written.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3PostingsWriter
from whoosh.fields import FieldType
from whoosh.formats import Existence

TERMS = "terms"
BLOCK = 65536
Postings = Iterable[tuple[bytes, "array[int]"]]


class Terms(FieldType):  # type: ignore[misc]
    """A field of terms that our own analysis made; a document gives none of them itself."""

    scorable = stored = unique = False
    vector = analyzer = column_type = None

    def __init__(self) -> None:
        self.format = Existence()

    def index(self, _value: object, **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        return iter(())


class SortedCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's format.

    postings: asked at the end, each term in order with the ascending numbers of its documents.
    """

    length_stats = False

    def __init__(self, postings: Callable[[], Postings]) -> None:
        super().__init__(blocklimit=BLOCK, compression=0)
        self.postings = postings

    def field_writer(self, storage: Any, segment: Any) -> W3FieldWriter:
        return _Fields(self, storage, segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> W3PostingsWriter:
        return _Postings(dbfile, blocklimit=BLOCK, byteids=byteids, compression=0)


class _Fields(W3FieldWriter):  # type: ignore[misc]
    def add_postings(self, schema: Any, _lengths: object, _items: object) -> None:
        self.start_field(TERMS, schema[TERMS])
        for term, numbers in self._codec.postings():
            self.start_term(term)
            self._postwriter.add_all(numbers)
            self.finish_term()
        self.finish_field()


class _Postings(W3PostingsWriter):  # type: ignore[misc]
    _ids: array[int]

    def add_all(self, numbers: array[int]) -> None:
        """Take the ascending numbers of all documents of the term that was started."""
        for start in range(0, len(numbers), BLOCK):
            if start:
                self._write_block()
            self._ids = numbers[start : start + BLOCK]
            self._weights = array("f", [1.0]) * len(self._ids)
            self._maxweight = 1.0
