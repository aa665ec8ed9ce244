"""Pictures from outside made safe: read in bounds, stripped of all but pixels, written anew."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "WEBP")
BYTES_MOST = 5 * 1024 * 1024
PIXELS_MOST = 16_000_000
SIDE_MOST = 12_000
SIDE_LEAST = 16
# A drawn logo stays small without loss; a photograph would not.
LOSSLESS_BYTES_MOST = 60_000
# Up to this side a list shows many at once, and what is lost is too small to be seen.
LIST_SIDE = 160
LIST_QUALITY = 70
QUALITY = 84


class BadPicture(Exception):
    """The bytes are no picture that is taken; the message says why."""


def fitted(data: bytes, sides: tuple[int, ...]) -> dict[int, bytes]:
    """The picture as WebP for each of `sides`, scaled down to fit a square of that many pixels.

    Only the first frame of a PNG, JPEG or WebP counts, turned upright by its EXIF; metadata is
    left behind. The same bytes always give the same ones. Raises BadPicture.
    """
    picture = _opened(data)
    written: dict[int, bytes] = {}
    for side in sorted(sides, reverse=True):
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        written[side] = _written(picture)
    return written


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a picture that `fitted` wrote."""
    with Image.open(io.BytesIO(data), formats=("WEBP",)) as picture:
        return picture.size


def _opened(data: bytes) -> Image.Image:
    if len(data) > BYTES_MOST:
        raise BadPicture(f"is larger than {BYTES_MOST // 1024 // 1024} MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                _check_size(picture.width, picture.height)
                ImageOps.exif_transpose(picture, in_place=True)
                return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    except BadPicture:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise BadPicture(f"has more than {PIXELS_MOST // 1_000_000} million pixels") from None
    except UnidentifiedImageError:
        raise BadPicture("is not a PNG, JPEG or WebP picture") from None
    except Exception as error:
        # Decoders raise anything for broken files.
        raise BadPicture("is damaged and cannot be read") from error


def _check_size(width: int, height: int) -> None:
    """Judge the header's size, before anything is decoded."""
    if width * height > PIXELS_MOST or max(width, height) > SIDE_MOST:
        raise BadPicture(f"measures {width} × {height} pixels, which is too much")
    if min(width, height) < SIDE_LEAST:
        raise BadPicture(
            f"measures {width} × {height} pixels; {SIDE_LEAST} × {SIDE_LEAST} is least"
        )


def _written(picture: Image.Image) -> bytes:
    lossless = _encoded(picture, lossless=True, quality=60)
    if max(picture.size) <= LIST_SIDE:
        return min(lossless, _encoded(picture, lossless=False, quality=LIST_QUALITY), key=len)
    if len(lossless) <= LOSSLESS_BYTES_MOST:
        return lossless
    return _encoded(picture, lossless=False, quality=QUALITY)


def _encoded(picture: Image.Image, *, lossless: bool, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", lossless=lossless, quality=quality, method=4)
    return out.getvalue()
