"""Pages of a list: which rows, and which page numbers a pager shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Paging:
    """Page `page` (from 1) of `total` rows, `size` to a page."""

    page: int
    total: int
    size: int = 20

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size

    @property
    def first(self) -> int:
        """The number of the first row shown, from 1; 0 when there is none."""
        return self.offset + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.offset + self.size, self.total)

    @property
    def beyond(self) -> bool:
        return self.page > self.pages

    def numbers(self, around: int = 2) -> list[int | None]:
        """Page numbers for a pager: the ends and those around the current one; None is a gap."""
        near = range(self.page - around, self.page + around + 1)
        shown = sorted({1, self.pages, *(n for n in near if 1 <= n <= self.pages)})
        numbers: list[int | None] = []
        for before, number in zip([0, *shown], shown, strict=False):
            if number - before == 2:
                numbers.append(number - 1)
            elif number - before > 2:
                numbers.append(None)
            numbers.append(number)
        return numbers
