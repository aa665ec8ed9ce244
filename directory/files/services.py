"""Stored pictures, kept under the hash of their content: a name never changes its meaning."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from directory.config import settings
from directory.files.pictures import BadPicture, fitted, size_of
from directory.files.whole import replacing

__all__ = [
    "LOGO",
    "PICTURE",
    "BadPicture",
    "Prepared",
    "delete",
    "keep",
    "path_of",
    "prepare",
    "sized",
    "store",
    "whole",
]

# The sides of a square that each size fits, in pixels, the largest first. A logo: as it is kept,
# twice the side at which its own page and lists show it. A picture: as it opens alone, on a phone,
# as one of several in a row.
LOGO = (512, 160, 112)
PICTURE = (1280, 720, 400)
HASH_DIGITS = 40
NAME = re.compile(r"[0-9a-f]{32,64}(?:-\d{1,4})?\.webp", re.ASCII)


@dataclass(frozen=True)
class Prepared:
    """A picture ready to be kept.

    name: what a listing stores; files: bytes by file name; width, height: of the largest size.
    """

    name: str
    files: dict[str, bytes]
    width: int
    height: int


def store(data: bytes, sides: tuple[int, ...] = LOGO) -> str:
    """Check, convert and keep a picture; its name. Raises BadPicture."""
    prepared = prepare(data, sides)
    keep(prepared)
    return prepared.name


def prepare(data: bytes, sides: tuple[int, ...] = LOGO) -> Prepared:
    """Check and convert a picture to `sides` without writing anything. Raises BadPicture.

    A picture that was stored here, and comes back from an export, keeps its name.
    """
    full, *smaller = sides
    own = f"{_hash(data)}.webp"
    if all(path_of(name) is not None for name in (own, *(sized(own, one) for one in smaller))):
        return Prepared(own, {}, *size_of(data))
    made = fitted(data, sides)
    name = f"{_hash(made[full])}.webp"
    files = {name: made[full]} | {sized(name, side): made[side] for side in smaller}
    return Prepared(name, files, *size_of(made[full]))


def keep(prepared: Prepared) -> None:
    """Write the files of a prepared picture, unless they are there."""
    for name, data in prepared.files.items():
        if path_of(name) is None:
            _write(_folder() / name, data)


def sized(name: str, side: int) -> str:
    """The name of a stored picture's version of that side."""
    return f"{name.removesuffix('.webp')}-{side}.webp"


def whole(name: str) -> str:
    """The name of a stored picture of which `name` is a version."""
    return f"{name.removesuffix('.webp').partition('-')[0]}.webp"


def path_of(name: str) -> Path | None:
    """Where a stored file lies; None for a name that no file here can have, or has."""
    if NAME.fullmatch(name) is None:
        return None
    path = _folder() / name
    return path if path.is_file() and not path.is_symlink() else None


def delete(name: str) -> None:
    """Remove a stored picture in all sizes; that nothing shows it any more is for the caller."""
    for each in (name, *(sized(name, side) for side in (*LOGO[1:], *PICTURE[1:]))):
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
