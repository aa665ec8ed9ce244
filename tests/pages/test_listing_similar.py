"""What a listing's page offers beside the listing itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from directory.accounts.rules import next_tier_check
from directory.config import clock
from directory.database import db, writing
from directory.kernel.policy import Tier
from directory.listings.models import Listing, ListingState
from directory.reactions import settle
from directory.search import services as search
from tests.counting import questions_to
from tests.factories import COLOGNE, LISBON, STUTTGART, Make
from tests.pages.contract import Page, Visitor, text_of


def similar(page: Page) -> list[str]:
    lists = page.all("ul", cls="similar")
    return [text_of(head) for one in lists for head in one.iter("h3")]


def test_similar_providers_offer_the_same_first_service_the_nearest_first(
    visitor: Visitor, make: Make
) -> None:
    make.listing("Own", slug="own", services=["seo", "crm-implementation"], offices=[STUTTGART])
    make.listing("Far", services=["seo"], offices=[LISBON])
    make.listing("Next", services=["seo"], offices=[COLOGNE])
    make.listing("Here", services=["seo"], offices=[STUTTGART])
    make.listing("Else", services=["crm-implementation"], offices=[STUTTGART])
    search.apply_changes()
    assert similar(visitor.open("/en/providers/own")) == ["Here", "Next"]


def test_at_most_four_are_shown_and_none_is_the_listing_itself(
    visitor: Visitor, make: Make
) -> None:
    for number in range(7):
        make.listing(f"Agency {number}", slug=f"agency-{number}", services=["seo"])
    search.apply_changes()
    found = similar(visitor.open("/en/providers/agency-2"))
    assert len(found) == 4
    assert "Agency 2" not in found


@pytest.mark.rule("DIR-2")
def test_a_similar_provider_goes_with_its_certification(visitor: Visitor, make: Make) -> None:
    make.listing("Own", slug="own", services=["seo"])
    make.listing("Today", services=["seo"], certified_until=clock().today())
    make.listing("Gone", services=["seo"], certified_until=clock().today() - timedelta(days=1))
    search.apply_changes()
    assert similar(visitor.open("/en/providers/own")) == ["Today"]


@pytest.mark.rule("DIR-2")
def test_a_similar_provider_that_withdraws_is_gone_before_the_index_knows(
    visitor: Visitor, make: Make
) -> None:
    make.listing("Own", slug="own", services=["seo"])
    other = make.listing("Other", services=["seo"])
    search.apply_changes()
    with writing():
        db.session.get_one(Listing, other.id).state = ListingState.WITHDRAWN
        settle()
    assert similar(visitor.open("/en/providers/own")) == []


def test_without_an_index_the_page_is_there_without_similar_ones(
    visitor: Visitor, make: Make
) -> None:
    make.listing("Own", slug="own", services=["seo"])
    make.listing("Other", services=["seo"])
    assert similar(visitor.open("/en/providers/own")) == []


def test_a_listing_can_be_kept_and_compared(visitor: Visitor, make: Make) -> None:
    make.listing("Own", slug="own", services=["seo"])
    make.listing("Other", slug="other", services=["seo"])
    search.apply_changes()
    page = visitor.open("/de/providers/own")
    for address in ("/de/shortlist?p=own", "/de/compare?p=own", "/de/compare?p=own&p=other"):
        assert page.all("a", href=address, rel="nofollow"), address


@pytest.mark.rule("TIE-2")
@pytest.mark.parametrize(
    ("today", "check"),
    [("2026-11-14", "2026-11-15"), ("2026-11-15", "2026-12-15"), ("2026-12-31", "2027-01-15")],
)
def test_tiers_are_checked_on_the_next_fifteenth(today: str, check: str) -> None:
    assert next_tier_check(date.fromisoformat(today)) == date.fromisoformat(check)


@pytest.mark.rule("TIE-2")
def test_a_tier_says_when_it_is_checked_next(visitor: Visitor, make: Make) -> None:
    make.listing(slug="own", tier=Tier.GOLD)
    seal = visitor.open("/en/providers/own").one("div", cls="seal")
    assert "next check 15 December 2026" in text_of(seal)


def test_a_listing_takes_four_questions_to_the_database(
    app: Flask, visitor: Visitor, make: Make
) -> None:
    make.listing("Own", slug="own", services=["seo"], offices=[STUTTGART, COLOGNE], tier=Tier.GOLD)
    for number in range(6):
        make.listing(f"Agency {number}", services=["seo"])
    search.apply_changes()
    visitor.open("/de/providers/own")
    with questions_to(db.engine) as asked:
        page = visitor.open("/en/providers/own")
    assert len(similar(page)) == 4
    assert 1 <= len([one for one in asked if one.startswith("SELECT")]) <= 4, asked


@pytest.mark.rule("DIR-2")
def test_a_listing_that_is_gone_leads_to_similar_ones_and_shows_nothing_of_itself(
    visitor: Visitor, make: Make
) -> None:
    gone = make.listing("Vanished", slug="gone", services=["seo"])
    make.listing("Other", services=["seo"])
    search.apply_changes()
    with writing():
        db.session.get_one(Listing, gone.id).state = ListingState.WITHDRAWN
        settle()
    page = visitor.open("/en/providers/gone", status=410)
    assert similar(page) == ["Other"]
    assert "withdrawn its listing" in page.text
    assert "Vanished" not in page.html
    assert visitor.client.get("/en/providers/gone/card.png").status_code == 410
