"""Files that a row names beside its own: never outside that folder."""

from __future__ import annotations

from pathlib import Path

from directory.files.pictures import BYTES_MOST
from directory.files.services import BadPicture


def picture_beside(folder: Path, name: str) -> bytes:
    """The bytes of `name`, relative to `folder`; raises BadPicture.

    A link is followed only within the folder; no more than the largest picture is read.
    """
    try:
        home = folder.resolve(strict=True)
        path = (home / name).resolve(strict=True)
        if not path.is_relative_to(home):
            raise BadPicture("lies outside the folder of the file")
        if not path.is_file():
            raise BadPicture("is not a file")
        with path.open("rb") as file:
            return file.read(BYTES_MOST + 1)
    except FileNotFoundError:
        raise BadPicture("there is no such file beside this one") from None
    except (OSError, RuntimeError, ValueError):
        raise BadPicture("cannot be read") from None
