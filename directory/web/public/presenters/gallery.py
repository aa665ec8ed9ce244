"""Pictures of a provider's work, and addresses of stored pictures in their sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from directory.files.services import LOGO, PICTURE, sized
from directory.listings.models import Listing
from directory.web.public.presenters import texts
from directory.web.public.presenters.texts import Shown


@dataclass(frozen=True)
class PictureShown:
    """One picture. url: its largest size, of width × height pixels; src: its smallest."""

    url: str
    src: str
    srcset: str
    width: int
    height: int
    caption: Shown | None


def present(listing: Listing, language: str) -> list[PictureShown]:
    """The listing's pictures in their order."""
    return [
        PictureShown(
            url=url_for("files.send", name=one.file),
            src=url_for("files.send", name=sized(one.file, PICTURE[-1])),
            srcset=srcset(one.file, PICTURE, width=one.width, height=one.height),
            width=one.width,
            height=one.height,
            caption=texts.best(one.captions.items(), language),
        )
        for one in listing.pictures
    ]


def logo_srcset(logo: str | None) -> str:
    """The sizes of a logo that its own page chooses from."""
    return srcset(logo, LOGO[:2], width=LOGO[0], height=LOGO[0]) if logo else ""


def srcset(file: str, sides: Sequence[int], *, width: int, height: int) -> str:
    """The addresses of a stored picture with the width that each has, the largest first.

    width, height: of the largest, in pixels; what is smaller than a side is left as it is.
    """
    longest = max(width, height)
    found = {width: file} | {
        round(width * side / longest): sized(file, side) for side in sides[1:] if side < longest
    }
    return ", ".join(f"{url_for('files.send', name=name)} {wide}w" for wide, name in found.items())
