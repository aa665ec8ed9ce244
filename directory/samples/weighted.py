"""Chance with weights: picks from a list so that heavier values come more often."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from random import Random
from typing import Generic, TypeVar

Value = TypeVar("Value")

TRIES = 4


class Weighted(Generic[Value]):
    """Values with weights; a pick costs one random number."""

    def __init__(self, pairs: Iterable[tuple[Value, float]]) -> None:
        listed = list(pairs)
        self._values = [value for value, _ in listed]
        self._sums = list(accumulate(weight for _, weight in listed))

    def pick(self, chance: Random) -> Value:
        """One value."""
        place = bisect(self._sums, chance.random() * self._sums[-1])
        return self._values[min(place, len(self._values) - 1)]

    def several(self, chance: Random, count: int) -> list[Value]:
        """Up to `count` different values; fewer when the heavy ones keep coming back."""
        found: dict[Value, None] = {}
        for _ in range(count * TRIES):
            if len(found) == count:
                break
            found[self.pick(chance)] = None
        return list(found)


def quantile(points: Sequence[Sequence[float]], part: float) -> int:
    """The value at a share between 0 and 1, linear between known points (share, value)."""
    for (low, start), (high, end) in pairwise(points):
        if part <= high:
            return round(start + (end - start) * (part - low) / (high - low))
    return round(points[-1][1])


def skewed(values: Sequence[Value], chance: Random) -> Value:
    """One value, the first ones much more often, as with words of a language."""
    return values[int(len(values) * chance.random() ** 2)]
