"""Where an index lives: generations that never change, a pointer to the live one, checksums of all.

The directory holds `current`, which names the live generation, the digest of its manifest and the
layout of its contents, and for each generation a directory with its files and a `manifest.json` of
their digests. A change writes a new generation beside the live one and moves the pointer in one
step, so that whoever is killed in the middle leaves the live one whole; readers take a generation
into memory and need its files no longer. Nothing is used whose digest does not fit.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

POINTER = "current"
LOCK = "lock"
MANIFEST = "manifest.json"
LIVE = "generation-"
AWAY = "quarantine-"
OWNER_ONLY = 0o700


class NoIndex(Exception):
    """There is no index yet."""


class Damaged(Exception):
    """The index is not what was written; `pointer` is what then named it."""

    def __init__(self, problem: str, pointer: str) -> None:
        super().__init__(problem)
        self.pointer = pointer


@dataclass(frozen=True)
class Generation:
    """One state of the index: its name, layout, number of documents, and files by name."""

    name: str
    pointer: str
    layout: str
    count: int
    files: Mapping[str, bytes]


class Storage:
    """The directory of an index at `root`, mode 0700."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def pointer(self) -> str:
        """What the pointer says: the cheap look that tells whether anything changed.

        Raises NoIndex.
        """
        try:
            return (self.root / POINTER).read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            raise NoIndex from None

    def load(self) -> Generation:
        """The live generation with its files' bytes, each checked.

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

    def publish(self, files: Mapping[str, bytes], *, layout: str, count: int) -> str:
        """Make these files the live generation, and remove the others; its name.

        Only within `writing()`. What an earlier writer left unfinished is removed first, so that a
        full disk does not fill itself.
        """
        with contextlib.suppress(NoIndex):
            self._sweep(self.pointer().split(" ")[0])
        name = LIVE + secrets.token_hex(8)
        folder = self.root / name
        folder.mkdir(mode=OWNER_ONLY)
        listed = {}
        for file, content in files.items():
            (folder / file).write_bytes(content)
            listed[file] = _digest(content)
        manifest = json.dumps({"count": count, "files": listed}).encode()
        (folder / MANIFEST).write_bytes(manifest)
        fresh = self.root / f"{POINTER}.{name}"
        fresh.write_text(f"{name} {_digest(manifest)} {layout}\n", encoding="ascii")
        fresh.replace(self.root / POINTER)
        self._sweep(name)
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
            name = damage.pointer.partition(" ")[0]
            if name.startswith(LIVE) and (self.root / name).is_dir():
                (self.root / name).rename(self.root / (AWAY + name))

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
        folder = self.root / name
        try:
            manifest = _checked(folder / MANIFEST, digest)
            said = json.loads(manifest)
            files = {file: _checked(folder / file, one) for file, one in said["files"].items()}
        except (OSError, ValueError, LookupError, TypeError) as problem:
            raise Damaged(str(problem), pointer) from problem
        return Generation(name, pointer, layout, said["count"], files)

    def _sweep(self, live: str) -> None:
        for path in self.root.iterdir():
            if path.name.startswith(LIVE) and path.name != live:
                shutil.rmtree(path, ignore_errors=True)
            elif path.name.startswith(f"{POINTER}."):
                path.unlink(missing_ok=True)


def _checked(path: Path, digest: str) -> bytes:
    content = path.read_bytes()
    if _digest(content) != digest:
        raise ValueError(f"{path.name} is not what was written")
    return content


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
