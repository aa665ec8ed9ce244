"""The one module that knows Whoosh: it keeps documents and terms, never parses a query."""

from __future__ import annotations

import gc
import tempfile
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pyroaring import BitMap
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import ID, KEYWORD, STORED, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.reading import IndexReader, TermNotFound

from directory.kernel.text import fold_name
from directory.search.documents import Document, Facts, Field
from directory.search.engines import EngineAway, Found, Query
from directory.search.engines.finding import Finder
from directory.search.engines.matching import Matcher, Postings
from directory.search.engines.plane import Plane
from directory.search.engines.storage import Damaged, Generation, NoIndex, Storage

# Another layout than this one is not read; changed with what is stored or how words become terms.
LAYOUT = "2026-11"
BLOCK = 65536
MEMORY_MB = 64


def _schema() -> Schema:
    terms = {field.value: KEYWORD(lowercase=False) for field in Field}
    return Schema(id=ID(unique=True, stored=True), facts=STORED(), checksum=STORED(), **terms)


class WhooshEngine:
    """An engine over a Whoosh index in a directory.

    It is opened when first asked, and again when another process wrote a new generation.
    """

    def __init__(self, root: Path) -> None:
        self.storage = Storage(root)
        self._opened: _Opened | None = None
        self._lock = threading.Lock()

    @property
    def generation(self) -> str:
        return self._open().generation

    def put(self, documents: Iterable[Document], remove: Collection[int] = ()) -> None:
        """See `Engine.put`. Raises EngineAway when there is no sound index to change."""
        with self.storage.writing():
            files, count = _written(self._load().files, documents, remove)
            self.storage.publish(files, layout=LAYOUT, count=count)

    def replace(self, documents: Iterable[Document]) -> int:
        """See `Engine.replace`; needs no sound index."""
        with self.storage.writing():
            files, count = _written({}, documents, ())
            self.storage.publish(files, layout=LAYOUT, count=count)
        return count

    def find(self, query: Query) -> Found:
        with self._guarded() as opened:
            return opened.finder.find(query)

    def is_name(self, name: str, query: Query) -> bool:
        with self._guarded() as opened:
            named = opened.plane.names.get(fold_name(name), BitMap())
            return bool(named & opened.finder.allowed(query))

    def suggest(self, prefix: str, query: Query, limit: int) -> list[int]:
        with self._guarded() as opened:
            found = opened.plane.begins(fold_name(prefix)) & opened.finder.allowed(query)
            return [opened.plane.listings[number].id for number in found[:limit]]

    def is_missing(self) -> bool:
        """See `Engine.is_missing`: a look at the pointer."""
        try:
            return not self.storage.pointer().endswith(f" {LAYOUT}")
        except NoIndex:
            return True

    def checksums(self) -> dict[int, str]:
        """See `Engine.checksums`: read from the files, whatever is in memory."""
        generation = self._load()
        try:
            fields = _Memory(generation.files).open_index().reader().all_stored_fields()
            return {int(one["id"]): one["checksum"] for one in fields}
        except Exception as problem:
            raise EngineAway(f"the index can't be read: {problem!r}") from problem

    @contextmanager
    def _guarded(self) -> Iterator[_Opened]:
        """The live generation; whatever goes wrong with it becomes EngineAway.

        It stays live: its bytes were checked, so that another query may well be answered.
        """
        opened = self._open()
        try:
            yield opened
        except Exception as problem:
            raise EngineAway(f"the index failed: {problem!r}") from problem

    def _open(self) -> _Opened:
        try:
            pointer = self.storage.pointer()
        except NoIndex:
            raise EngineAway("there is no index") from None
        opened = self._opened
        if opened is not None and opened.pointer == pointer:
            return opened
        with self._lock:
            return self._open_again(pointer)

    def _open_again(self, pointer: str) -> _Opened:
        opened = self._opened
        if opened is None or opened.pointer != pointer:
            generation = self._load()
            try:
                self._opened = opened = _Opened(generation)
            except Exception as problem:
                self.storage.quarantine(Damaged(repr(problem), generation.pointer))
                raise EngineAway(f"the index can't be opened: {problem!r}") from problem
        return opened

    def _load(self) -> Generation:
        try:
            generation = self.storage.load()
        except NoIndex:
            raise EngineAway("there is no index") from None
        except Damaged as damage:
            self.storage.quarantine(damage)
            raise EngineAway(f"the index is damaged: {damage}") from damage
        if generation.layout != LAYOUT:
            raise EngineAway(f"the index has the layout {generation.layout}")
        return generation


class _Opened:
    """A generation in memory."""

    def __init__(self, source: Generation) -> None:
        self.generation = source.name
        self.pointer = source.pointer
        reader = _Memory(source.files).open_index().reader()
        facts = {
            number: Facts.from_json(reader.stored_fields(number)["facts"])
            for number in reader.all_doc_ids()
        }
        if len(facts) != source.count:
            raise ValueError("documents are missing")
        self.plane = Plane(facts.values())
        ranks = {number: self.plane.numbers[one.id] for number, one in facts.items()}
        self.finder = Finder(self.plane, Matcher(_Terms(reader, ranks)))


class _Terms:
    """The lexicon of an open index; Whoosh's document numbers become the plane's.

    One thread reads at a time: matchers share the position in their file.
    """

    def __init__(self, reader: IndexReader, ranks: dict[int, int]) -> None:
        self.reader = reader
        self.ranks = ranks
        self.lock = threading.Lock()

    def postings(self, field: Field, term: str) -> Postings:
        with self.lock:
            counts = dict(self._read(field, term))
        return Postings(BitMap(counts), counts)

    def beginning(self, field: Field, prefix: str) -> list[str]:
        with self.lock:
            return [term.decode() for term in self.reader.expand_prefix(field.value, prefix)]

    def _read(self, field: Field, term: str) -> Iterator[tuple[int, int]]:
        try:
            matcher = self.reader.postings(field.value, term)
        except TermNotFound:
            return
        while matcher.is_active():
            yield self.ranks[matcher.id()], round(matcher.weight())
            matcher.next()


class _Memory(RamStorage):  # type: ignore[misc]
    """An index in memory; what is intermediate lies in the directory `scratch`."""

    def __init__(self, files: Mapping[str, bytes], scratch: str = "") -> None:
        super().__init__()
        self.files = dict(files)
        self.scratch = scratch

    def temp_storage(self, _name: str | None = None) -> FileStorage:
        return FileStorage(self.scratch)


def _written(
    before: Mapping[str, bytes], documents: Iterable[Document], remove: Collection[int]
) -> tuple[Mapping[str, bytes], int]:
    """The files of an index after a change, and how many documents it then has.

    before: its files, none for a new index.
    """
    with tempfile.TemporaryDirectory(prefix="index-") as scratch, _without_collector():
        memory = _Memory(before, scratch)
        index = memory.open_index() if before else memory.create_index(_schema())
        codec = W3Codec(blocklimit=BLOCK, compression=0)
        writer = index.writer(codec=codec, compound=False, limitmb=MEMORY_MB)
        for listing_id in remove:
            writer.delete_by_term("id", str(listing_id))
        for document in documents:
            # Deleting first is what `update_document` does; a new index has nothing to delete.
            if before:
                writer.delete_by_term("id", str(document.facts.id))
            writer.add_document(**_fields(document))
        writer.commit()
        with index.reader() as reader:
            return memory.files, reader.doc_count()


def _fields(document: Document) -> dict[str, str]:
    words = {field.value: " ".join(document.terms[field]) for field in Field}
    return words | {
        "id": str(document.facts.id),
        "facts": document.facts.as_json(),
        "checksum": document.checksum(),
    }


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
