"""The listings of a page: their ids at once, what decides their place when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import overload

from directory.search.engines import FoundListing


class Page(Sequence[FoundListing]):
    """Listings in order."""

    def __init__(self, ids: Sequence[int], found: Callable[[], list[FoundListing]]) -> None:
        self.ids = ids
        self._found = found

    @cached_property
    def _listings(self) -> list[FoundListing]:
        return self._found() if self.ids else []

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[FoundListing]:
        return iter(self._listings)

    @overload
    def __getitem__(self, at: int) -> FoundListing: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[FoundListing]: ...

    def __getitem__(self, at: int | slice) -> FoundListing | Sequence[FoundListing]:
        return self._listings[at]
