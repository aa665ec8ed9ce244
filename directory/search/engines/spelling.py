"""Words of a lexicon that are one typing error away (A03), by what remains without one letter.

Two words are one error apart (a letter missing, added, wrong, or two neighbours swapped) only if
they are equal after removing at most one letter of each.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import numpy as np
from rapidfuzz.distance import OSA

from directory.search.engines.arrays import Array, Strings

SHORTEST_CORRECTED = 5
LONGEST_CORRECTED = 40
NEARLY_UMLAUT = re.compile(r"[aou].?e|e[aou]")
HASH = 32
LOW = (1 << HASH) - 1


def deletions_of(words: list[str]) -> Array:
    """A sorted table: the hash of a word with at most one letter removed, and the word's index.

    Stems, marked by a colon, are not words.
    """
    table = [
        one << HASH | at
        for at, word in enumerate(words)
        if SHORTEST_CORRECTED - 1 <= len(word) <= LONGEST_CORRECTED and ":" not in word
        for one in set(_hashes(word))
    ]
    found = np.array(table, np.uint64)
    found.sort()
    return found


def one_error_away(word: str, table: Array, words: Strings) -> list[str]:
    """The words that differ from it by one error; none for a short or very long one."""
    if not SHORTEST_CORRECTED <= len(word) <= LONGEST_CORRECTED:
        return []
    hashes = np.array(sorted(set(_hashes(word))), np.uint64) << np.uint64(HASH)
    # No word has the last index, so that one search finds where a hash begins and where it ends.
    edges = table.searchsorted(np.stack((hashes, hashes | np.uint64(LOW)))).tolist()
    at = {
        one & LOW
        for start, end in zip(*edges, strict=True)
        if start < end
        for one in table[start:end].tolist()
    }
    near = (words[one] for one in at)
    return [other for other in near if OSA.distance(word, other, score_cutoff=1) == 1]


def undone(word: str) -> Iterator[str]:
    """What a word may have been before a letter was added or two neighbours swapped.

    Nothing for a word of which that makes no `ae`, `oe` or `ue`, which folding would change.
    """
    for at in range(len(word)) if NEARLY_UMLAUT.search(word) else ():
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


def _hashes(word: str) -> Iterator[int]:
    yield zlib.crc32(word.encode())
    before = 0
    for at, letter in enumerate(word):
        yield zlib.crc32(word[at + 1 :].encode(), before)
        before = zlib.crc32(letter.encode(), before)
