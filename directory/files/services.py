"""Stored pictures, kept under the hash of their content: a name never changes its meaning."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from directory.config import settings
from directory.files.pictures import BadPicture, fitted
from directory.files.whole import replacing

__all__ = ["BadPicture", "Prepared", "delete", "keep", "path_of", "prepare", "small", "store"]

FULL_SIDE = 512
# Twice the side at which results show a logo.
SMALL_SIDE = 112
HASH_DIGITS = 40
NAME = re.compile(r"[0-9a-f]{32,64}(?:-\d{1,4})?\.webp", re.ASCII)


@dataclass(frozen=True)
class Prepared:
    """A picture ready to be kept. name: what a listing stores; files: bytes by file name."""

    name: str
    files: dict[str, bytes]


def store(data: bytes) -> str:
    """Check, convert and keep a picture; its name. Raises BadPicture."""
    prepared = prepare(data)
    keep(prepared)
    return prepared.name


def prepare(data: bytes) -> Prepared:
    """Check and convert a picture without writing anything. Raises BadPicture.

    A picture that was stored here, and comes back from an export, keeps its name.
    """
    own = f"{_hash(data)}.webp"
    if path_of(own) is not None and path_of(small(own)) is not None:
        return Prepared(own, {})
    sizes = fitted(data, (FULL_SIDE, SMALL_SIDE))
    name = f"{_hash(sizes[FULL_SIDE])}.webp"
    return Prepared(name, {name: sizes[FULL_SIDE], small(name): sizes[SMALL_SIDE]})


def keep(prepared: Prepared) -> None:
    """Write the files of a prepared picture, unless they are there."""
    for name, data in prepared.files.items():
        if path_of(name) is None:
            _write(_folder() / name, data)


def small(name: str) -> str:
    """The name of the small version of a stored picture."""
    return f"{name.removesuffix('.webp')}-{SMALL_SIDE}.webp"


def path_of(name: str) -> Path | None:
    """Where a stored file lies; None for a name that no file here can have, or has."""
    if NAME.fullmatch(name) is None:
        return None
    path = _folder() / name
    return path if path.is_file() and not path.is_symlink() else None


def delete(name: str) -> None:
    """Remove a stored picture in all sizes; that nothing shows it any more is for the caller."""
    for each in (name, small(name)):
        path = path_of(each)
        if path is not None:
            path.unlink(missing_ok=True)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:HASH_DIGITS]


def _folder() -> Path:
    return settings().var_dir / "uploads"


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with replacing(path) as file:
        file.write(data)
