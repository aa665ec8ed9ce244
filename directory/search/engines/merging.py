"""Which small segments become one, so that neither their number nor a change's work grows.

A change writes a segment of its own. As many of about one size become one of the next size; the
large one, made by a rebuild, is never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from directory.search.documents import Document
from directory.search.engines.storage import Stored
from directory.search.engines.whoosh_segment import documents_of

# So many segments of a size make one of the next size.
FACTOR = 16
# Changes that are no reason to rebuild, and what share of the large segment they may become.
CHANGES_FREE = 1000
SHARE_MOST = 10


def merged(
    segments: Sequence[Stored], fresh: Iterable[Document]
) -> tuple[list[Stored], list[Document]]:
    """The segments that stay, and the documents of the one to be written.

    The segments already know that the fresh documents replace theirs.
    """
    base, later = list(segments[:1]), list(segments[1:])
    documents = list(fresh)
    size = _size(len(documents))
    while True:
        same = [one for one in later if _size(one.count) == size]
        if len(same) < FACTOR - 1:
            return base + later, documents
        later = [one for one in later if one not in same]
        documents += [document for one in same for document in _alive(one)]
        size = max(size + 1, _size(len(documents)))


def is_crowded(segments: Sequence[Stored]) -> bool:
    """Whether so much changed since the last rebuild that another one pays."""
    changed = sum(one.count for one in segments[1:]) + len(segments[0].removed)
    return changed > max(CHANGES_FREE, segments[0].count // SHARE_MOST)


def _alive(stored: Stored) -> list[Document]:
    files = {file: stored.read(file) for file in stored.files}
    return [one for one in documents_of(files) if one.facts.id not in stored.removed]


def _size(count: int) -> int:
    """The power of the factor that a segment of so many documents has reached."""
    size = 0
    while count >= FACTOR ** (size + 1):
        size += 1
    return size
