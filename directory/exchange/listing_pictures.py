"""Pictures that a listing's row names: paths beside the file, read when the row is sound."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from directory.exchange.fields import Fields
from directory.exchange.loading import Source
from directory.files import services as files
from directory.listings.models import CAPTION_LENGTH, PATH_LENGTH, PICTURES_MOST
from directory.listings.services import PictureContent


@dataclass(frozen=True)
class NamedPicture:
    """A picture as a row names it: its path beside the file, captions by language."""

    path: str
    captions: Mapping[str, str]


@dataclass(frozen=True)
class ReadPicture:
    """A picture made ready, and what a listing says of it."""

    prepared: files.Prepared
    content: PictureContent


def path_beside(fields: Fields, name: str) -> str | None:
    """A path beside the file, with forward slashes, that does not climb."""
    path = fields.line(name, PATH_LENGTH)
    if not path:
        return None
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts or "\\" in path or ":" in path:
        fields.refuse(name, "must be a path beside the file, without ..")
        return None
    return path


def named_pictures(fields: Fields, languages: Collection[str]) -> tuple[NamedPicture, ...] | None:
    """The pictures of a row in their order, or None where it is silent."""
    if not fields.has("pictures"):
        return None
    groups = fields.groups("pictures")
    if len(groups) > PICTURES_MOST:
        fields.refuse("pictures", f"must hold at most {PICTURES_MOST} entries")
        return None
    found = [_named(group, languages) for group in groups]
    return tuple(one for one in found if one is not None)


def read_logo(path: str | None, fields: Fields, source: Source) -> files.Prepared | None:
    """The logo made ready, unless there is none or it is refused."""
    try:
        return files.prepare(source.picture(path)) if path else None
    except files.BadPicture as error:
        fields.refuse("logo", str(error))
        return None


def read_pictures(
    named: tuple[NamedPicture, ...] | None, fields: Fields, source: Source
) -> tuple[ReadPicture, ...] | None:
    """The pictures made ready; None where the row is silent or one of them is refused."""
    if named is None:
        return None
    found = []
    for number, one in enumerate(named, start=1):
        try:
            ready = files.prepare(source.picture(one.path), files.PICTURE)
        except files.BadPicture as error:
            fields.refuse(f"pictures.{number}.file", str(error))
            continue
        content = PictureContent(ready.name, ready.width, ready.height, one.captions)
        found.append(ReadPicture(ready, content))
    return tuple(found)


def _named(fields: Fields, languages: Collection[str]) -> NamedPicture | None:
    fields.require("file")
    path = path_beside(fields, "file")
    captions = fields.by_language("caption", CAPTION_LENGTH, languages, one_line=True)
    fields.finish()
    return NamedPicture(path, captions) if path else None
