"""Since when a sample has its package and tier: believable days, the same ones for the same day."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

YOUNGEST, OLDEST = timedelta(days=365), timedelta(days=8 * 365)
RUN_DAY = 15
RUNS = 24


def package_since(external_id: str, *, founded: int | None, today: date) -> date:
    """A day one to eight years before `today`, not before the year it was founded."""
    latest = today - YOUNGEST
    earliest = max(today - OLDEST, date(founded, 1, 1)) if founded else today - OLDEST
    span = max(0, (latest - earliest).days)
    return earliest + timedelta(days=Random(f"{external_id} package").randint(0, span))


def tier_since(external_id: str, *, package: date, today: date) -> date:
    """The day of one of the last 24 runs before `today` that found it with its package (TIE-2).

    A package younger than every run is its own day.
    """
    runs = [day for day in run_days(today) if day >= package]
    return Random(f"{external_id} tier").choice(runs or [package])


def run_days(today: date) -> list[date]:
    """The last 24 days before `today` on which tiers were calculated, the latest first (TIE-2)."""
    month = today.year * 12 + today.month - 1
    months = range(month - RUNS, month + 1)
    days = [date(number // 12, number % 12 + 1, RUN_DAY) for number in reversed(months)]
    return [day for day in days if day < today][:RUNS]
