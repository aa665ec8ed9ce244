"""When a certification counts."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.certification.rules import Period, joined
from directory.listings.rules import Hidden, hidden_because

DAY = date(2026, 11, 23)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
periods = st.builds(Period, days, days)


@pytest.mark.rule("DIR-2")
def test_it_counts_through_the_whole_of_its_last_day() -> None:
    period = Period.of(issued=date(2025, 1, 1), expires=DAY, revoked=None)
    assert DAY in period
    assert DAY + timedelta(days=1) not in period


@pytest.mark.rule("DIR-2")
def test_it_counts_from_its_day_of_issue() -> None:
    period = Period.of(issued=DAY, expires=None, revoked=None)
    assert DAY in period
    assert DAY - timedelta(days=1) not in period
    assert date(9999, 1, 1) in period


@pytest.mark.rule("DIR-2")
def test_it_stops_counting_on_the_day_it_is_revoked() -> None:
    period = Period.of(issued=date(2025, 1, 1), expires=date(2027, 1, 1), revoked=DAY)
    assert DAY - timedelta(days=1) in period
    assert DAY not in period


def test_one_revoked_on_its_first_day_never_counted() -> None:
    assert not Period.of(issued=DAY, expires=None, revoked=DAY)


@given(st.lists(periods, max_size=6), days)
def test_joined_periods_hold_the_same_days(some: list[Period], day: date) -> None:
    assert any(day in period for period in joined(some)) == any(day in p for p in some)


@given(st.lists(periods, max_size=6))
def test_joined_periods_neither_touch_nor_overlap(some: list[Period]) -> None:
    result = joined(some)
    for before, after in itertools.pairwise(result):
        assert before.last + timedelta(days=1) < after.first


@pytest.mark.rule("DIR-2")
def test_a_hidden_listing_says_what_hid_it() -> None:
    lapsed = [Period(date(2025, 1, 1), DAY)]
    assert hidden_because(published=False, gate=lapsed, revoked=False) is Hidden.WITHDRAWN
    assert hidden_because(published=True, gate=lapsed, revoked=False) is Hidden.LAPSED
    assert hidden_because(published=True, gate=lapsed, revoked=True) is Hidden.REVOKED
    assert hidden_because(published=True, gate=(), revoked=False) is Hidden.REVOKED
