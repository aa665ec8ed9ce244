"""Keeps generations of an index on disk: whole or not at all, and what was written or nothing.

A generation is a directory with a manifest: its segments, each a directory of files that never
change, with their digests. The pointer names it with the manifest's digest. A change writes what is
new beside the live generation and moves the pointer in one step, so that whoever is killed in the
middle leaves the live one whole. Nothing is used whose digest does not fit.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

POINTER = "current"
LOCK = "lock"
MANIFEST = "manifest.json"
LIVE = "generation-"
SEGMENT = "segment-"
AWAY = "quarantine-"
OWNER_ONLY = 0o700
Look = tuple[int, int, int, int]


class NoIndex(Exception):
    """There is no index yet."""


class Damaged(Exception):
    """The index is not what was written; `pointer` is what then named it."""

    def __init__(self, problem: str, pointer: str) -> None:
        super().__init__(problem)
        self.pointer = pointer


@dataclass(frozen=True)
class Stored:
    """A segment on disk: how many documents it has, its files' digests, and ids of documents
    that are no longer so."""

    folder: Path
    count: int
    files: Mapping[str, str]
    removed: frozenset[int] = frozenset()

    @property
    def name(self) -> str:
        return self.folder.name

    def read(self, file: str) -> bytes:
        """A file's content; raises ValueError if it is not what was written, OSError."""
        content = (self.folder / file).read_bytes()
        if _digest(content) != self.files[file]:
            raise ValueError(f"{file} is not what was written")
        return content

    def verify(self) -> None:
        """Look whether all files are what was written; raises like `read`."""
        for file, digest in self.files.items():
            with (self.folder / file).open("rb") as content:
                if hashlib.file_digest(content, "sha256").hexdigest() != digest:
                    raise ValueError(f"{file} is not what was written")


@dataclass(frozen=True)
class Generation:
    """One state of the index."""

    name: str
    pointer: str
    layout: str
    segments: tuple[Stored, ...]


class Storage:
    """The directory of an index at `root`, mode 0700."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._pointer = str(root / POINTER)

    def look(self) -> Look:
        """The cheap look that tells whether the pointer was moved. Raises NoIndex."""
        try:
            seen = os.stat(self._pointer)  # noqa: PTH116 - asked for each search
        except OSError:
            raise NoIndex from None
        return seen.st_ino, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size

    def pointer(self) -> str:
        """What the pointer says. Raises NoIndex."""
        try:
            return (self.root / POINTER).read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            raise NoIndex from None

    def load(self) -> Generation:
        """The live generation; its manifest is checked, its segments' files are not yet.

        Raises NoIndex or Damaged.
        """
        while True:
            pointer = self.pointer()
            try:
                return self._read(pointer)
            except Damaged:
                # A generation that was replaced while it was read is removed by its successor.
                if self.pointer() == pointer:
                    raise

    def store(self, files: Mapping[str, bytes], count: int) -> Stored:
        """Write a segment, which nothing names yet. Only within `writing()`.

        What an earlier writer left unfinished is removed first, so that a full disk does not
        fill itself.
        """
        self._sweep()
        folder = self.root / (SEGMENT + secrets.token_hex(8))
        folder.mkdir(mode=OWNER_ONLY)
        for file, content in files.items():
            (folder / file).write_bytes(content)
        return Stored(folder, count, {file: _digest(one) for file, one in files.items()})

    def publish(self, segments: Sequence[Stored], *, layout: str) -> str:
        """Make these segments the live generation, and remove all others; its name.

        Only within `writing()`.
        """
        name = LIVE + secrets.token_hex(8)
        folder = self.root / name
        folder.mkdir(mode=OWNER_ONLY)
        manifest = json.dumps([_said(one) for one in segments]).encode()
        (folder / MANIFEST).write_bytes(manifest)
        fresh = self.root / f"{POINTER}.{name}"
        fresh.write_text(f"{name} {_digest(manifest)} {layout}\n", encoding="ascii")
        fresh.replace(self.root / POINTER)
        self._sweep()
        return name

    def quarantine(self, damage: Damaged) -> None:
        """Set a damaged generation aside, so that a new one is built; only the latest is kept.

        While somebody writes nothing is done: the new generation is then on its way.
        """
        with contextlib.suppress(OSError), self.writing(wait=False):
            if self.pointer() != damage.pointer:
                return
            (self.root / POINTER).unlink()
            for old in self.root.glob(f"{AWAY}*"):
                shutil.rmtree(old, ignore_errors=True)
            away = self.root / (AWAY + secrets.token_hex(8))
            away.mkdir(mode=OWNER_ONLY)
            for path in [*self.root.glob(f"{LIVE}*"), *self.root.glob(f"{SEGMENT}*")]:
                path.rename(away / path.name)

    @contextlib.contextmanager
    def writing(self, *, wait: bool = True) -> Iterator[None]:
        """Hold the one writer's lock; it falls with the process that holds it.

        Raises BlockingIOError at once if another one holds it and `wait` is false.
        """
        self.root.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        self.root.chmod(OWNER_ONLY)
        descriptor = os.open(self.root / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        finally:
            os.close(descriptor)

    def _read(self, pointer: str) -> Generation:
        name, digest, layout = (*pointer.split(" "), "", "")[:3]
        try:
            manifest = (self.root / name / MANIFEST).read_bytes()
            if _digest(manifest) != digest:
                raise ValueError("the manifest is not what was written")
            segments = tuple(_stored(self.root, one) for one in json.loads(manifest))
        except (OSError, ValueError, LookupError, TypeError) as problem:
            raise Damaged(str(problem), pointer) from problem
        return Generation(name, pointer, layout, segments)

    def _sweep(self) -> None:
        """Remove what is not of the live generation; nothing if that can't be told."""
        try:
            live = self.load()
        except Damaged:
            return
        except NoIndex:
            used: Collection[str] = ()
        else:
            used = {live.name, *(one.name for one in live.segments)}
        for path in self.root.iterdir():
            if path.name.startswith((LIVE, SEGMENT)) and path.name not in used:
                shutil.rmtree(path, ignore_errors=True)
            elif path.name.startswith(f"{POINTER}."):
                path.unlink(missing_ok=True)


def _said(stored: Stored) -> dict[str, object]:
    return {
        "name": stored.name,
        "count": stored.count,
        "files": dict(stored.files),
        "removed": sorted(stored.removed),
    }


def _stored(root: Path, said: Mapping[str, Any]) -> Stored:
    return Stored(
        root / said["name"], int(said["count"]), dict(said["files"]), frozenset(said["removed"])
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
