"""`/api/v1/providers` and one provider, as the contract has them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from directory.config import Settings
from directory.database import db, writing
from directory.kernel.policy import Tier
from directory.listings.models import Listing, ListingState
from directory.reactions import settle
from directory.search import services as search
from tests.counting import questions_to
from tests.factories import COLOGNE, LISBON, STUTTGART, Make

DAY = date(2026, 11, 23)
RESULT = {
    *("slug", "external_id", "name", "tagline", "url", "tier", "package", "rating", "services"),
    *("industries", "languages", "locations", "budget_min", "distance_km"),
}
PAGE = {
    *("total", "page", "pages", "sentence", "understood", "unmatched", "cut", "results", "facets"),
}
LOCATION = {"country", "region", "city", "city_name", "lat", "lon", "via"}


def get(client: FlaskClient, query: str = "", status: int = 200) -> dict[str, Any]:
    answer = client.get(f"/api/v1/providers{query}")
    assert answer.status_code == status
    assert answer.mimetype == "application/json" if status == 200 else "application/problem+json"
    assert "Set-Cookie" not in answer.headers
    body: dict[str, Any] = answer.get_json()
    return body


@pytest.fixture
def two(make: Make) -> Make:
    """A gold partner in Cologne that serves Austria, and an agency in Lisbon."""
    make.listing(
        "Rheinweb",
        services=["website-development", "seo"],
        industries=["education"],
        languages=["de", "en"],
        offices=[COLOGNE],
        serves=["AT", "CH-ZH"],
        tier=Tier.GOLD,
        budget_min=5000,
        texts={"de": ("Wir bauen Websites", "Lang"), "en": ("We build websites", "Long")},
        slug="rheinweb",
    )
    make.listing("Waterdog", services=["mobile-apps"], offices=[LISBON], languages=["pt"])
    search.apply_changes()
    return make


def test_a_page_of_results_has_the_contracts_shape(two: Make, client: FlaskClient) -> None:
    body = get(client, "?lang=de&service=seo")
    assert set(body) == PAGE
    assert (body["total"], body["page"], body["pages"]) == (1, 1, 1)
    assert body["sentence"] == "Anbieter für Suchmaschinenoptimierung"
    (result,) = body["results"]
    assert set(result) == RESULT
    assert result | {"locations": [], "external_id": ""} == {
        "slug": "rheinweb",
        "external_id": "",
        "name": "Rheinweb",
        "tagline": "Wir bauen Websites",
        "url": "http://localhost:8000/de/providers/rheinweb",
        "tier": "gold",
        "package": "partner",
        "rating": {"average": None, "lower": None, "count": 0},
        "services": ["website-development", "seo"],
        "industries": ["education"],
        "languages": ["de", "en"],
        "locations": [],
        "budget_min": 5000,
        "distance_km": None,
    }
    assert result["external_id"].startswith("org-test-")


def test_locations_are_offices_and_places_served(two: Make, client: FlaskClient) -> None:
    (result,) = get(client, "?lang=en&tier=gold")["results"]
    office, country, region = result["locations"]
    assert all(set(one) == LOCATION for one in result["locations"])
    assert (office["country"], office["region"], office["city"]) == ("DE", "DE-NW", 2886242)
    assert (office["city_name"], office["via"]) == ("Cologne", "office")
    assert office["lat"] == pytest.approx(50.93, abs=0.1)
    assert (country["country"], country["region"], country["via"]) == ("AT", None, "serves")
    assert (region["country"], region["region"], region["lat"]) == ("CH", "CH-ZH", None)


def test_facets_are_named_like_their_parameters(two: Make, client: FlaskClient) -> None:
    facets = get(client, "?lang=de&country=PT")["facets"]
    assert {"value": "website-development", "label": "Webentwicklung", "count": 0} not in facets[
        "service"
    ]
    assert {"value": "it", "label": "IT", "count": 1} in facets["service"]
    assert {"value": "DE", "label": "Deutschland", "count": 1} in facets["country"]
    assert {"value": "none", "label": "Ohne Stufe", "count": 1} in facets["tier"]
    assert set(facets) == {
        *("service", "country", "region", "city", "tier", "industry", "language"),
        *("credential", "package", "accepting"),
    }


def test_what_was_understood_is_told(two: Make, client: FlaskClient) -> None:
    body = get(client, "?lang=en&q=Webentwicklung+Köln")
    assert body["understood"] == [
        {
            "facet": "service",
            "value": "website-development",
            "label": "Website development",
            "words": "Webentwicklung",
        },
        {"facet": "city", "value": "2886242", "label": "Cologne", "words": "Köln"},
    ]
    assert body["sentence"] == "Website development providers in Cologne"
    assert [one["slug"] for one in body["results"]] == ["rheinweb"]


@pytest.mark.rule("DIR-4")
def test_the_distance_is_told_only_near_a_place(two: Make, client: FlaskClient) -> None:
    (result,) = get(client, "?near=Bonn&radius=50")["results"]
    assert result["distance_km"] == pytest.approx(24, abs=3)
    assert result["distance_km"] == round(result["distance_km"], 1)
    assert {one["distance_km"] for one in get(client)["results"]} == {None}


@pytest.mark.rule("DIR-3")
def test_the_parts_of_a_place_are_told_only_when_asked(two: Make, client: FlaskClient) -> None:
    plain, explained = get(client, "?q=rheinweb"), get(client, "?q=rheinweb&explain=1&lang=en")
    assert "explain" not in plain["results"][0]
    parts = explained["results"][0]["explain"]
    assert [one["part"] for one in parts] == ["text", "rating", "tier", "relevance", "name"]
    assert parts[0] == {"part": "text", "value": 0, "label": "All your words are in the name."}
    assert parts[2] == {"part": "tier", "value": 1, "label": "It is a Gold partner."}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("?service=nope", "service"),
        ("?country=XX", "country"),
        ("?region=DE", "region"),
        ("?city=Köln", "city"),
        ("?near=Nowhereville", "near"),
        ("?near=Bonn&radius=501", "radius"),
        ("?radius=9999", "radius"),
        ("?radius=50", "radius"),
        ("?explain=2", "explain"),
        ("?text=x", "text"),
        ("?tier=bronze", "tier"),
        ("?industry=x", "industry"),
        ("?language=deu", "language"),
        ("?budget=-1", "budget"),
        ("?credential=x", "credential"),
        ("?rating=6", "rating"),
        ("?package=gold", "package"),
        ("?accepting=2", "accepting"),
        ("?sort=id", "sort"),
        ("?lang=fr", "lang"),
        ("?page=0", "page"),
        ("?page=-1", "page"),
        ("?page=x", "page"),
    ],
)
@pytest.mark.case("C2")
def test_a_value_outside_a_list_is_refused_by_its_parameter(
    client: FlaskClient, query: str, parameter: str
) -> None:
    body = get(client, query, 400)
    assert body["parameter"] == parameter
    assert body["error"]


@pytest.mark.case("C10")
def test_a_page_beyond_the_last_is_not_found(two: Make, client: FlaskClient) -> None:
    assert get(client, "?page=2", 404)["error"]
    assert get(client, "?page=1000000000", 404)["error"]
    assert get(client, "?per_page=1000000")["total"] == 2


@pytest.mark.case("C8")
def test_too_much_is_left_out_not_refused(two: Make, client: FlaskClient) -> None:
    assert get(client, "?q=" + "x" * 5000)["total"] == 0
    values = [f"language={one}" for one in ("de", "en", "fr", "es", "it", "pt", "nl") * 20]
    values += [f"industry={one}" for one in ("education", "energy", "retail", "legal", "media")]
    values += [f"service={one}" for one in ("seo", "crm", "it", "sales", "training", "branding")]
    values += [f"country={one}" for one in ("DE", "AT", "CH", "FR", "ES", "IT")]
    assert get(client, "?" + "&".join(values))["page"] == 1


def test_the_default_language_is_the_sites(two: Make, client: FlaskClient) -> None:
    assert get(client)["sentence"] == "All providers"
    assert get(client, "?lang=")["sentence"] == "All providers"
    assert get(client, "?lang=de")["sentence"] == "Alle Anbieter"


def test_twenty_results_are_a_page_in_few_questions_to_the_database(
    make: Make, client: FlaskClient
) -> None:
    for _ in range(21):
        make.listing(offices=[STUTTGART, COLOGNE], industries=["education"])
    search.apply_changes()
    first = get(client)
    assert (first["total"], first["pages"], len(first["results"])) == (21, 2, 20)
    with questions_to(db.engine) as asked:
        second = get(client, "?page=2")
    assert 1 <= len(asked) <= 4, asked
    slugs = {one["slug"] for page in (first, second) for one in page["results"]}
    assert len(slugs) == 21


@pytest.mark.rule("DIR-2")
@pytest.mark.case("B12")
def test_a_listing_leaves_the_interface_when_it_is_withdrawn(
    two: Make, client: FlaskClient
) -> None:
    assert client.get("/api/v1/providers/rheinweb").status_code == 200
    with writing():
        listing = db.session.query(Listing).filter_by(slug="rheinweb").one()
        listing.state = ListingState.WITHDRAWN
        search.queue_change(listing.id)
        settle()
    assert get(client)["total"] == 1
    assert get(client, "/rheinweb", 410)["error"]
    assert get(client, "/never-was", 404)["error"]


@pytest.mark.rule("DIR-2")
def test_a_listing_that_never_was_public_is_not_found(make: Make, client: FlaskClient) -> None:
    listing = make.listing(certified_until=None)
    search.apply_changes()
    assert get(client, f"/{listing.slug}", 404)["error"]
    assert get(client)["total"] == 0


def test_one_listing_has_all_that_its_page_shows(two: Make, client: FlaskClient) -> None:
    body = get(client, "/rheinweb?lang=en")
    assert set(body) >= (RESULT - {"distance_km"}) | {"description", "website", "credentials"}
    assert (body["tagline"], body["description"]) == ("We build websites", "Long")
    assert body["texts"]["de"]["tagline"] == "Wir bauen Websites"
    assert body["tier_since"] == DAY.isoformat()
    (held,) = body["certifications"]
    assert held["kind"] == "inbound"
    assert held["expires"] == (DAY + timedelta(days=365)).isoformat()


def test_a_former_address_leads_to_the_listing(two: Make, client: FlaskClient) -> None:
    from directory.listings.services import content_of, revise_listing

    with writing():
        listing = db.session.query(Listing).filter_by(slug="rheinweb").one()
        revise_listing(listing, content_of(listing), slug="rhein", at=listing.changed_at)
        settle()
    answer = client.get("/api/v1/providers/rheinweb")
    assert (answer.status_code, answer.location) == (301, "/api/v1/providers/rhein")


def test_without_an_index_the_interface_answers_without_counts(
    two: Make, client: FlaskClient, settings: Settings
) -> None:
    (settings.index_dir / "current").unlink()
    body = get(client, "?service=seo")
    assert (body["total"], body["facets"]) == (1, {})
