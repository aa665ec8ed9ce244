"""A backup's file: a compressed tar of members; the last, a manifest, vouches for the others.

Members are `tables/<name>.jsonl`, `uploads/…`, `legal/…`, `keys/…` and `secret.key`. The
manifest has the revision of the database, rows by table, and size and SHA-256 of every member.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast

from directory.files.whole import replacing

FORMAT = 1
MANIFEST = "manifest.json"
MEMBER = re.compile(
    r"tables/\w+\.jsonl|(?:uploads|legal|keys)(?:/[\w-][\w.-]*)+|secret\.key", re.ASCII
)
MANIFEST_BYTES_MOST = 64 * 1024 * 1024
IN_MEMORY_BYTES = 16 * 1024 * 1024
PIECE_BYTES = 1024 * 1024
COMPRESSION = 5
UNREADABLE = (OSError, EOFError, tarfile.TarError, zlib.error, ValueError, KeyError, TypeError)


class Damaged(Exception):
    """The file is no backup, or not whole, or was changed; the message is one line."""


@dataclass(frozen=True)
class Member:
    """What the manifest says of a member. size: bytes; sha256: hexadecimal."""

    size: int
    sha256: str


@dataclass
class Manifest:
    """What a backup holds. made_at: ISO 8601, UTC; rows: by table; members: by name."""

    program: str
    revision: str
    made_at: str
    rows: dict[str, int] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    format: int = FORMAT


class Writer:
    """Adds members to an archive and notes them in its manifest."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self._tar = tar
        self.manifest = manifest

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """Add a member of these bytes."""
        digest, size = hashlib.sha256(), 0
        with SpooledTemporaryFile(IN_MEMORY_BYTES) as spool:
            for piece in pieces:
                digest.update(piece)
                size += spool.write(piece)
            spool.seek(0)
            self._put(name, cast("IO[bytes]", spool), size)
        self.manifest.members[name] = Member(size, digest.hexdigest())

    def add_file(self, name: str, path: Path) -> None:
        """Add a file; one that has gone meanwhile is left out."""
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return
        with file:
            self.add(name, iter(lambda: file.read(PIECE_BYTES), b""))

    def end(self) -> None:
        """Add the manifest."""
        said = json.dumps(asdict(self.manifest), indent=1).encode("utf-8")
        with SpooledTemporaryFile(IN_MEMORY_BYTES) as spool:
            spool.write(said)
            spool.seek(0)
            self._put(MANIFEST, cast("IO[bytes]", spool), len(said))

    def _put(self, name: str, file: IO[bytes], size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        self._tar.addfile(info, file)


@contextmanager
def written(path: Path, manifest: Manifest) -> Iterator[Writer]:
    """An archive that is at `path`, mode 0600, when the block ends well; nothing is there else."""
    with (
        replacing(path) as file,
        tarfile.open(fileobj=file, mode="w:gz", compresslevel=COMPRESSION) as tar,
    ):
        writer = Writer(tar, manifest)
        yield writer
        writer.end()


def checked(path: Path) -> Manifest:
    """The manifest of the archive at `path`, every member compared with it. Raises Damaged."""
    found: dict[str, Member] = {}
    said: object = None
    try:
        for name, file in _members(path):
            if name == MANIFEST:
                said = json.loads(file.read(MANIFEST_BYTES_MOST))
            elif name in found or MEMBER.fullmatch(name) is None:
                raise Damaged(f"{path}: a backup has no second member and none called {name!r}")
            else:
                found[name] = _measured(file)
        if said is None:
            raise Damaged(f"{path}: the end is missing")
        manifest = _manifest(said)
    except UNREADABLE as error:
        raise Damaged(f"{path}: can't be read ({reason(error)})") from None
    _compare(path, manifest, found)
    return manifest


def members(path: Path) -> Iterator[tuple[str, BinaryIO]]:
    """Name and content of every member but the manifest, of an archive that was checked."""
    return (member for member in _members(path) if member[0] != MANIFEST)


def _members(path: Path) -> Iterator[tuple[str, BinaryIO]]:
    with gzip.open(path) as whole, tarfile.open(fileobj=whole, mode="r|") as tar:
        for info in tar:
            file = tar.extractfile(info)
            if file is None or not info.isreg():
                raise ValueError(f"{info.name!r} is no file")
            yield info.name, cast("BinaryIO", file)
        # The checksum of the whole stands behind what a tar's reader looks at.
        while whole.read(PIECE_BYTES):
            pass


def _measured(file: BinaryIO) -> Member:
    digest, size = hashlib.sha256(), 0
    while piece := file.read(PIECE_BYTES):
        digest.update(piece)
        size += len(piece)
    return Member(size, digest.hexdigest())


def _manifest(said: object) -> Manifest:
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ValueError("made by another program")
    listed = {name: Member(**one) for name, one in said["members"].items()}
    return Manifest(**(said | {"members": listed, "rows": dict(said["rows"])}))


def _compare(path: Path, manifest: Manifest, found: dict[str, Member]) -> None:
    for name in sorted(manifest.members.keys() | found.keys()):
        if manifest.members.get(name) != found.get(name):
            raise Damaged(f"{path}: {name} is not what was backed up")


def reason(error: BaseException) -> str:
    """What was wrong, in one line of at most 200 characters."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(said.split())[:200]
