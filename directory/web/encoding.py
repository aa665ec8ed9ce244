"""Compression of answers: what the client takes (RFC 9110), and the bytes in it."""

from __future__ import annotations

import gzip
import sys
from functools import lru_cache

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# Below this the headers weigh more than what is saved.
SMALLEST = 500
IDENTITY = "identity"
# In the order of our choice where the client has none: zstd is made in a third of brotli's time.
FOR_PAGES = ("zstd", "br", "gzip")
FOR_KEEPS = ("br", "zstd", "gzip")
TYPES = ("text/", "application/json", "image/svg+xml", "application/xml")
HIGHEST = {"br": 11, "zstd": 19, "gzip": 9}
QUICK = {"br": 5, "zstd": 6, "gzip": 6}
LONGEST_HEADER = 200


def is_compressible(mimetype: str, size: int) -> bool:
    """Whether bytes of that type and number are worth it."""
    return size >= SMALLEST and mimetype.startswith(TYPES)


@lru_cache(maxsize=256)
def chosen(accepted: str, offered: tuple[str, ...] = FOR_PAGES) -> str:
    """The encoding for an `Accept-Encoding` header: the highest quality, then our own order.

    `identity` for one that names none of ours, or that can't be read.
    """
    qualities = _qualities(accepted[:LONGEST_HEADER])
    anything = qualities.get("*", 0.0)
    found = {one: qualities.get(one, anything) for one in offered}
    best = max(offered, key=lambda one: found[one])
    plain = qualities.get(IDENTITY, 0.0)
    return best if found[best] > 0 and found[best] >= plain else IDENTITY


def compressed(body: bytes, encoding: str, *, once: bool) -> bytes:
    """`body` in one of our encodings; `once` takes the time that bytes deserve that stay."""
    level = (HIGHEST if once else QUICK)[encoding]
    if encoding == "br":
        made: bytes = brotli.compress(body, quality=level)
        return made
    if encoding == "zstd":
        return zstd.compress(body, level)
    return gzip.compress(body, level, mtime=0)


def _qualities(header: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in header.lower().split(","):
        name, _, rest = part.strip().partition(";")
        found[name.strip()] = _quality(rest)
    return found


def _quality(text: str) -> float:
    name, _, value = text.strip().partition("=")
    if not text.strip():
        return 1.0
    try:
        quality = float(value) if name.strip() == "q" else 0.0
    except ValueError:
        return 0.0
    return quality if 0 <= quality <= 1 else 0.0
