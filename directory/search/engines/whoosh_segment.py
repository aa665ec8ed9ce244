"""Whoosh keeps a segment's documents and terms, and gives them back.

Nobody's text is parsed as a query, and nothing is read that was not checked.
"""

from __future__ import annotations

import gc
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from whoosh.fields import STORED, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.reading import IndexReader

from directory.search.documents import Document, Facts, Field
from directory.search.engines.compiling import Compiler
from directory.search.engines.whoosh_codec import TERMS, SortedCodec, Terms


def _schema() -> Schema:
    return Schema(id=STORED(), checksum=STORED(), document=STORED(), **{TERMS: Terms()})


def written(documents: Iterable[Document], *, whole: bool) -> tuple[dict[str, bytes], int]:
    """The files of a segment, Whoosh's and the plane's, and how many documents it has.

    whole: keep the documents themselves, so that the segment can be merged into another one.
    """
    compiler = Compiler()
    with tempfile.TemporaryDirectory(prefix="index-") as scratch, _without_collector():
        memory = _Memory({}, scratch)
        index = memory.create_index(_schema())
        codec = SortedCodec(compiler.inversion.by_document)
        writer = index.writer(codec=codec, compound=False)
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
