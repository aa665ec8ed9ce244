"""An engine over segments: a large one, made by a rebuild, and small ones for what changed since.

Whoosh keeps each segment's documents and terms, a plane compiled beside them answers.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from directory.search.documents import Document
from directory.search.engines import EngineAway, Found, Profile, Query
from directory.search.engines.compiling import COLUMNS_FILE
from directory.search.engines.finding import Finder
from directory.search.engines.merging import is_crowded, merged
from directory.search.engines.plane import Part, Plane
from directory.search.engines.segment import Segment
from directory.search.engines.storage import Damaged, Generation, Look, NoIndex, Storage, Stored
from directory.search.engines.whoosh_segment import checksums_of, written

# Another layout than this one is not read; changed with what is stored or how words become terms.
LAYOUT = "2026-12b"


class WhooshEngine:
    """An engine over an index in a directory.

    It is opened when first asked, and again when another process wrote a new generation; segments
    that are open already stay so.
    """

    def __init__(self, root: Path) -> None:
        self.storage = Storage(root)
        self._opened: _Opened | None = None
        self._seen: Look | None = None
        self._lock = threading.Lock()

    @property
    def generation(self) -> str:
        return self._open().name

    def put(self, documents: Iterable[Document], remove: Collection[int] = ()) -> None:
        """See `Engine.put`. Raises EngineAway when there is no sound index to change."""
        with self.storage.writing():
            generation = self._load()
            fresh = {one.facts.id: one for one in documents}
            changed = frozenset(fresh) | frozenset(remove)
            kept = [replace(one, removed=one.removed | changed) for one in generation.segments]
            with self._damage_noticed(generation):
                kept, all_fresh = merged(kept, fresh.values())
            if all_fresh:
                kept.append(self.storage.store(*written(all_fresh, whole=True)))
            self.storage.publish(kept, layout=LAYOUT)

    def replace(self, documents: Iterable[Document]) -> int:
        """See `Engine.replace`; needs no sound index."""
        with self.storage.writing():
            base = self.storage.store(*written(documents, whole=False))
            self.storage.publish([base], layout=LAYOUT)
        return base.count

    def find(self, query: Query) -> Found:
        opened = self._open()
        try:
            return opened.finder.find(query)
        except Exception as problem:
            raise EngineAway(f"the index failed: {problem!r}") from problem

    def is_name(self, name: str, query: Query) -> bool:
        with self._guarded() as opened:
            named = opened.finder.plane.called(name)
            return bool(named and named & opened.finder.narrower.allowed(query))

    def has_word(self, word: str, query: Query) -> bool:
        with self._guarded() as opened:
            return opened.finder.has_word(word, query)

    def suggest(self, prefix: str, query: Query, limit: int) -> list[int]:
        opened = self._open()
        try:
            return opened.finder.suggest(prefix, query, limit)
        except Exception as problem:
            raise EngineAway(f"the index failed: {problem!r}") from problem

    def profile(self, query: Query) -> Profile:
        with self._guarded() as opened:
            return opened.finder.profile(query)

    def is_missing(self) -> bool:
        """See `Engine.is_missing`: a look at the pointer."""
        try:
            return not self.storage.pointer().endswith(f" {LAYOUT}")
        except NoIndex:
            return True

    def is_crowded(self) -> bool:
        """See `Engine.is_crowded`: a look at the manifest."""
        return is_crowded(self._load().segments)

    def checksums(self) -> dict[int, str]:
        """See `Engine.checksums`: all files are read and checked, whatever is in memory."""
        generation = self._load()
        found: dict[int, str] = {}
        with self._damage_noticed(generation):
            for stored in generation.segments:
                files = {file: stored.read(file) for file in stored.files}
                sums = checksums_of(files)
                found |= {one: sums[one] for one in sums.keys() - stored.removed}
        return found

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

    @contextmanager
    def _damage_noticed(self, generation: Generation) -> Iterator[None]:
        """Sets a generation aside whose files can't be used, unless it was replaced meanwhile."""
        try:
            yield
        except Exception as problem:
            self.storage.quarantine(Damaged(repr(problem), generation.pointer))
            raise EngineAway(f"the index is damaged: {problem!r}") from problem

    def _open(self) -> _Opened:
        try:
            look = self.storage.look()
        except NoIndex:
            raise EngineAway("there is no index") from None
        opened, seen = self._opened, self._seen
        if opened is not None and seen == look:
            return opened
        with self._lock:
            # Noted as it was before it was read: what changes meanwhile is seen at the next look.
            self._opened = opened = self._open_again(self._opened)
            self._seen = look
        return opened

    def _open_again(self, before: _Opened | None) -> _Opened:
        while True:
            generation = self._load()
            if before is not None and before.pointer == generation.pointer:
                return before
            try:
                return _opened(generation, before.segments if before else {})
            except Exception as problem:
                # A generation that was replaced while it was read is removed by its successor.
                if self._is_replaced(generation):
                    continue
                self.storage.quarantine(Damaged(repr(problem), generation.pointer))
                raise EngineAway(f"the index can't be opened: {problem!r}") from problem

    def _is_replaced(self, generation: Generation) -> bool:
        try:
            return self.storage.pointer() != generation.pointer
        except NoIndex:
            return False

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


@dataclass(frozen=True)
class _Opened:
    """A generation in memory, with its segments by name."""

    name: str
    pointer: str
    segments: dict[str, Segment]
    finder: Finder


def _opened(generation: Generation, known: dict[str, Segment]) -> _Opened:
    """A generation opened; segments that are known are taken as they are."""
    segments = {one.name: known.get(one.name) or _segment(one) for one in generation.segments}
    parts = [Part(segments[one.name], one.removed) for one in generation.segments]
    return _Opened(generation.name, generation.pointer, segments, Finder(Plane(parts)))


def _segment(stored: Stored) -> Segment:
    """A segment whose files were checked."""
    stored.verify()
    segment = Segment(stored.name, stored.read(COLUMNS_FILE), stored.folder)
    if segment.count != stored.count:
        raise ValueError("documents are missing")
    return segment
