"""A certification that ends tonight, seen from every address of the public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from directory.config import clock
from directory.listings.models import Listing
from directory.search import services as search
from tests.factories import Make

LAST_DAY = date(2026, 6, 30)
# 23:59:59 in Berlin.
LAST_SECOND = datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def time() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(LAST_SECOND, tick=False) as traveller:
        yield traveller


@pytest.fixture
def environ(environ: dict[str, str], time: time_machine.Traveller) -> dict[str, str]:
    del environ["DIRECTORY_TODAY"]
    return environ | {"DIRECTORY_TIME_ZONE": "Europe/Berlin"}


@pytest.fixture
def listing(app: Flask, make: Make) -> Listing:
    assert clock().today() == LAST_DAY
    listing = make.listing("Acme Beratung", slug="acme", services=["seo"], certified_until=LAST_DAY)
    make.listing("Bleibt GmbH", slug="bleibt", services=["seo"])
    search.apply_changes()
    return listing


def seen(client: FlaskClient) -> set[str]:
    """The addresses on which the public meets Acme."""
    found = {
        "page": client.get("/de/providers/acme").status_code == 200,
        "picture": client.get("/de/providers/acme/card.png").status_code == 200,
        "results": b"Acme Beratung" in client.get("/de/providers?service=seo").data,
        "text": b"Acme Beratung" in client.get("/en/providers?q=acme+beratung").data,
        "api": client.get("/api/v1/providers?service=seo").get_json()["total"] == 2,
        "api listing": client.get("/api/v1/providers/acme").status_code == 200,
        "suggestions": client.get("/suggest?q=acm&lang=de").get_json()["providers"] != [],
        "landing page": b"Acme Beratung" in client.get("/de/services/seo/de").data,
        "sitemap": b"/providers/acme" in client.get("/sitemaps/listings-1.xml").data,
    }
    return {address for address, is_seen in found.items() if is_seen}


EVERYWHERE = {
    *("page", "picture", "results", "text", "api", "api listing", "suggestions", "sitemap"),
    "landing page",
}


@pytest.mark.rule("DIR-2")
@pytest.mark.case("B12")
@pytest.mark.case("F5")
def test_it_is_public_to_the_last_second_of_its_last_day_and_no_longer(
    client: FlaskClient, listing: Listing, time: time_machine.Traveller
) -> None:
    assert seen(client) == EVERYWHERE
    time.shift(A_SECOND)
    assert seen(client) == set()
    assert client.get("/de/providers/acme").status_code == 410
    assert client.get("/api/v1/providers/acme").status_code == 410


@pytest.mark.rule("DIR-2")
def test_counts_follow_at_the_same_second(
    client: FlaskClient, listing: Listing, time: time_machine.Traveller
) -> None:
    def counted() -> dict[str, int]:
        facets = client.get("/api/v1/providers").get_json()["facets"]
        return {value["value"]: value["count"] for value in facets["service"]}

    assert counted()["seo"] == 2
    time.shift(A_SECOND)
    assert counted()["seo"] == 1


@pytest.mark.rule("DIR-2")
def test_it_is_back_everywhere_at_its_renewal(
    client: FlaskClient, make: Make, listing: Listing, time: time_machine.Traveller
) -> None:
    time.shift(A_SECOND)
    make.certification(listing, expires=LAST_DAY + timedelta(days=365))
    search.apply_changes()
    assert seen(client) == EVERYWHERE
