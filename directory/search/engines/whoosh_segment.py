"""The one module that knows Whoosh: it keeps a segment's documents and terms, and gives them back.

Nobody's text is parsed as a query, and nothing is read that was not checked.
"""

from __future__ import annotations

import gc
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import ID, STORED, FieldType, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.formats import Existence
from whoosh.reading import IndexReader

from directory.search.documents import Document, Facts, Field
from directory.search.engines.compiling import Compiler

BLOCK = 65536
MEMORY_MB = 64


class _Terms(FieldType):  # type: ignore[misc]
    """A field of terms that our own analysis made."""

    scorable = stored = unique = False
    vector = analyzer = column_type = None

    def __init__(self) -> None:
        self.format = Existence()

    def index(
        self, value: Iterable[str], **_options: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        return ((term.encode(), 1, 1.0, b"") for term in value)


def _schema() -> Schema:
    return Schema(
        id=ID(unique=True, stored=True), terms=_Terms(), checksum=STORED(), document=STORED()
    )


def written(documents: Iterable[Document], *, whole: bool) -> tuple[dict[str, bytes], int]:
    """The files of a segment, Whoosh's and the plane's, and how many documents it has.

    whole: keep the documents themselves, so that the segment can be merged into another one.
    """
    compiler = Compiler()
    with tempfile.TemporaryDirectory(prefix="index-") as scratch, _without_collector():
        memory = _Memory({}, scratch)
        index = memory.create_index(_schema())
        codec = W3Codec(blocklimit=BLOCK, compression=0)
        writer = index.writer(codec=codec, compound=False, limitmb=MEMORY_MB)
        for document in documents:
            compiler.add(document)
            writer.add_document(**_fields(document, whole=whole))
        writer.commit()
        return memory.files | compiler.files(), len(compiler.facts)


def documents_of(files: Mapping[str, bytes]) -> Iterator[Document]:
    """The documents of a segment that keeps them whole."""
    for fields in _reader(files).all_stored_fields():
        facts, words = json.loads(fields["document"])
        yield Document(Facts.from_json(facts), {field: tuple(words[field]) for field in Field})


def checksums_of(files: Mapping[str, bytes]) -> dict[int, str]:
    """The checksum of each document of a segment, by listing id."""
    return {int(one["id"]): one["checksum"] for one in _reader(files).all_stored_fields()}


def _reader(files: Mapping[str, bytes]) -> IndexReader:
    return _Memory(files).open_index().reader()


class _Memory(RamStorage):  # type: ignore[misc]
    """An index in memory; what is intermediate lies in the directory `scratch`."""

    def __init__(self, files: Mapping[str, bytes], scratch: str = "") -> None:
        super().__init__()
        self.files = dict(files)
        self.scratch = scratch

    def temp_storage(self, _name: str | None = None) -> FileStorage:
        return FileStorage(self.scratch)


def _fields(document: Document, *, whole: bool) -> dict[str, Any]:
    fields = {
        "id": str(document.facts.id),
        "terms": {term for field in Field for term in document.terms[field]},
        "checksum": document.checksum(),
    }
    if whole:
        words = {field.value: document.terms[field] for field in Field}
        fields["document"] = json.dumps([document.facts.as_json(), words])
    return fields


@contextmanager
def _without_collector() -> Iterator[None]:
    """A bulk build makes millions of objects and no cycles: collecting only costs time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
