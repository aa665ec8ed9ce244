"""What the listings of a result have in common."""

from __future__ import annotations

from datetime import timedelta

import pytest

from directory.config import clock
from directory.database import record, writing
from directory.listings.events import ListingChanged
from directory.listings.models import ListingState
from directory.listings.services import OfficeContent
from directory.reactions import settle
from directory.search import services as search
from directory.search.request import SearchRequest
from tests.factories import COLOGNE, LISBON, STUTTGART, Make

GERMANY = SearchRequest(service=("seo",), country=("DE",))


def _budgets_of(make: Make, *budgets: int | None) -> None:
    for budget in budgets:
        make.listing(services=["seo"], budget_min=budget)
    search.apply_changes()


def test_services_are_counted_among_the_listings_found_and_not_beside_them(make: Make) -> None:
    make.listing(services=["seo", "branding"])
    make.listing(services=["seo"], offices=[COLOGNE])
    make.listing(services=["branding"])
    search.apply_changes()
    _, profile, _ = search.overview(GERMANY, language="en", today=clock().today(), newest=0)
    assert profile
    assert profile.services == {"marketing": 2, "seo": 2, "branding": 1}


def test_an_office_counts_where_it_is_and_a_served_place_does_not(make: Make) -> None:
    make.listing(services=["seo"], offices=[COLOGNE, STUTTGART])
    make.listing(services=["seo"], offices=[LISBON], serves=["DE"])
    search.apply_changes()
    found, profile, _ = search.overview(GERMANY, language="en", today=clock().today(), newest=0)
    assert profile
    assert found.paging.total == 2
    assert profile.offices["DE"] == 1
    assert profile.offices["2886242"] == 1
    assert profile.offices["PT"] == 1


@pytest.mark.parametrize(
    ("budgets", "expected"),
    [
        ((4000, 1000, 3000, 2000, 9000), (5, 1000, 2000, 3000, 4000, 9000)),
        ((5000, None), (1, 5000, 5000, 5000, 5000, 5000)),
        ((0, 100), (2, 0, 0, 0, 0, 100)),
    ],
)
def test_budgets_are_those_of_listings_and_unknown_ones_do_not_count(
    make: Make, budgets: tuple[int | None, ...], expected: tuple[int, ...]
) -> None:
    _budgets_of(make, *budgets)
    _, profile, _ = search.overview(GERMANY, language="en", today=clock().today(), newest=0)
    assert profile
    known = profile.budgets
    assert known
    assert (known.known, known.lowest, known.quarter, known.median) == expected[:4]
    assert (known.three_quarters, known.highest) == expected[4:]


def test_there_is_no_budget_where_nobody_names_one(make: Make) -> None:
    _budgets_of(make, None)
    _, profile, _ = search.overview(GERMANY, language="en", today=clock().today(), newest=0)
    assert profile
    assert profile.budgets is None


def test_the_newest_are_those_that_became_public_last(make: Make) -> None:
    listings = [make.listing(services=["seo"]) for _ in range(3)]
    with writing():
        for listing, age in zip(listings, (5, 1, 3), strict=True):
            listing.first_public = clock().today() - timedelta(days=age)
            record(ListingChanged(listing.id))
        settle()
    search.apply_changes()
    _, _, newest = search.overview(GERMANY, language="en", today=clock().today(), newest=2)
    assert newest == [listings[1].id, listings[2].id]


@pytest.mark.rule("DIR-2")
def test_a_listing_hidden_since_is_in_no_figure(make: Make) -> None:
    make.listing(services=["seo"], budget_min=1000)
    gone = make.listing(services=["seo", "branding"], offices=[COLOGNE], budget_min=9000)
    search.apply_changes()
    with writing():
        gone.state = ListingState.WITHDRAWN
        record(ListingChanged(gone.id))
        settle()
    found, profile, newest = search.overview(
        GERMANY, language="en", today=clock().today(), newest=5
    )
    assert profile
    assert profile.budgets
    assert found.paging.total == len(newest) == profile.budgets.known == 1
    assert "branding" not in profile.services
    assert "2886242" not in profile.offices


def test_without_an_index_the_listings_are_found_without_figures(make: Make) -> None:
    make.listing(services=["seo"], offices=[OfficeContent("DE")])
    found, profile, newest = search.overview(
        GERMANY, language="en", today=clock().today(), newest=5
    )
    assert (found.paging.total, profile, newest) == (1, None, [])
