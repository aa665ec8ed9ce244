"""Which landing pages there are, and when they changed last."""

from __future__ import annotations

from datetime import timedelta

import pytest

from directory.config import clock
from directory.database import writing
from directory.listings.offers import LandingPage, landing_areas, landing_pages
from directory.reactions import settle
from directory.search import services as search
from directory.search.request import SearchRequest
from tests.factories import LISBON, STUTTGART, Make


def _pages() -> list[LandingPage]:
    today = clock().today()
    return [page for area, _changed in landing_areas(today) for page in landing_pages(area, today)]


def _pairs() -> set[tuple[str, str | None]]:
    return {(page.service, page.country) for page in _pages()}


@pytest.mark.both_databases
def test_a_service_has_a_page_wherever_somebody_offers_it(make: Make) -> None:
    make.listing(services=["seo"], offices=[STUTTGART], serves=["CH", "AT-9"])
    make.listing(services=["branding"], offices=[LISBON])
    everywhere = {("marketing", None), ("seo", None), ("branding", None)}
    seo = {(slug, code) for slug in ("marketing", "seo") for code in ("DE", "CH", "AT")}
    assert _pairs() == everywhere | seo | {("marketing", "PT"), ("branding", "PT")}


@pytest.mark.rule("DIR-2")
def test_a_provider_who_is_not_public_makes_no_page(make: Make) -> None:
    make.listing(services=["seo"], certified_until=None)
    assert _pairs() == set()


@pytest.mark.both_databases
def test_a_page_changed_when_one_of_its_listings_did_or_became_public(make: Make) -> None:
    today = clock().today()
    old = make.listing(services=["seo"])
    new = make.listing(services=["branding"])
    with writing():
        for listing, age in ((old, 300), (new, 20)):
            listing.changed_at = clock().now() - timedelta(days=age)
            listing.first_public = today - timedelta(days=400)
        new.first_public = today - timedelta(days=5)
        settle()
    changed = {(page.service, page.country): page.changed for page in _pages()}
    assert changed["branding", "DE"] == today - timedelta(days=5)
    assert changed["seo", "DE"] == (clock().now() - timedelta(days=300)).date()
    assert changed["marketing", None] == today - timedelta(days=5)
    assert landing_areas(today) == [("marketing", today - timedelta(days=5))]


def test_the_pages_are_those_for_which_a_search_finds_somebody(make: Make) -> None:
    make.listing(services=["seo", "crm-migration"], serves=["US-CA"])
    make.listing(services=["seo"], offices=[], serves=["FR"])
    search.apply_changes()
    today = clock().today()
    found = search.answer(SearchRequest(service=("seo",)), language="en", today=today)
    counted = {one.value for one in found.facets["country"].values if one.count}
    assert {country for service, country in _pairs() if service == "seo"} == {*counted, None}
