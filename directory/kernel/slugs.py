"""Readable parts of addresses, made from names."""

from __future__ import annotations

import re
import unicodedata

from directory.kernel.text import LETTERS, words

LONGEST = 80
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def is_slug(text: str) -> bool:
    """Whether `text` may stand in an address: lower-case ASCII words and digits, single hyphens."""
    return len(text) <= LONGEST and SLUG.fullmatch(text) is not None


def slugify(name: str) -> str:
    """`name` as lower-case ASCII words joined by hyphens, at most 80 characters.

    German umlauts are spelt out; a name without a Latin letter or digit gives `listing`.
    """
    slug = "-".join(filter(None, map(_plain, words(name.replace("'", "")))))
    return slug[:LONGEST].strip("-") or "listing"


def _plain(word: str) -> str:
    spelt = unicodedata.normalize("NFC", word).lower().translate(SPELLINGS).translate(LETTERS)
    plain = unicodedata.normalize("NFKD", spelt).lower()
    return "".join(c for c in plain if c.isascii() and c.isalnum())
