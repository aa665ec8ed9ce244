"""A rating as it is drawn: a mark and a span on a rule from 1 to 5."""

from __future__ import annotations

from dataclasses import dataclass

from directory.kernel.policy import POLICY

LOWEST, HIGHEST = 1, 5
STARS_WIDE = 100


@dataclass(frozen=True)
class Reading:
    """What a rating shows (REV-6).

    count: reviews that count; mean: rounded to one decimal, None under three reviews; low, high:
    the span in which the true value most likely lies. Places on the rule are per cent.
    """

    count: int
    mean: float | None = None
    low: float = LOWEST
    high: float = HIGHEST
    least: int = POLICY.reviews_for_average

    @property
    def stars(self) -> float:
        """How much of five stars, drawn 100 wide, is filled."""
        return round((self.mean or 0) / HIGHEST * STARS_WIDE, 1)

    @property
    def mark(self) -> float:
        return _place(self.mean or LOWEST)

    @property
    def band_from(self) -> float:
        return _place(self.low)

    @property
    def band_width(self) -> float:
        return round(_place(self.high) - _place(self.low), 1)


def _place(value: float) -> float:
    return round(100 * (value - LOWEST) / (HIGHEST - LOWEST), 1)
