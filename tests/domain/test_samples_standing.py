"""Samples have had their package and tier for a believable while."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.samples.standing import package_since, run_days, tier_since

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2026, 1, 1), date(2040, 12, 31))
KEYS = st.integers(1, 300).map(lambda number: f"sample-{number:03}")


@given(KEYS, DAYS, st.none() | st.integers(1998, 2024))
def test_a_package_is_one_to_eight_years_old_and_not_older_than_its_organisation(
    key: str, today: date, founded: int | None
) -> None:
    since = package_since(key, founded=founded, today=today)
    assert timedelta(365) <= today - since <= timedelta(8 * 365)
    assert since.year >= (founded or 0)


@pytest.mark.rule("TIE-2")
@given(KEYS, DAYS, st.integers(1998, 2024))
def test_a_tier_began_with_a_run_of_the_last_two_years(key: str, today: date, founded: int) -> None:
    package = package_since(key, founded=founded, today=today)
    since = tier_since(key, package=package, today=today)
    assert since.day == 15
    assert package <= since < today
    assert (today.year - since.year) * 12 + today.month - since.month <= 24


def test_an_organisation_founded_this_year_has_had_its_package_since_then() -> None:
    package = package_since("sample-001", founded=2026, today=date(2026, 1, 10))
    assert package == date(2026, 1, 1)
    assert tier_since("sample-001", package=package, today=date(2026, 1, 10)) == package


def test_the_same_day_gives_the_same_days() -> None:
    keys = [f"sample-{number:03}" for number in range(1, 301)]
    first, again = (
        [package_since(key, founded=2005, today=TODAY) for key in keys] for _ in range(2)
    )
    assert first == again
    assert len(Counter(first)) > 250
    days = dict(zip(keys, first, strict=True))
    runs = {tier_since(key, package=day, today=TODAY) for key, day in days.items()}
    assert len(runs) == 24


@pytest.mark.parametrize(
    ("today", "latest", "earliest"),
    [
        (date(2026, 11, 23), date(2026, 11, 15), date(2024, 12, 15)),
        (date(2026, 11, 15), date(2026, 10, 15), date(2024, 11, 15)),
        (date(2026, 1, 1), date(2025, 12, 15), date(2024, 1, 15)),
    ],
)
def test_runs_are_on_the_fifteenth(today: date, latest: date, earliest: date) -> None:
    days = run_days(today)
    assert (len(days), days[0], days[-1]) == (24, latest, earliest)
