"""Maps of where providers are, and their tables."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from directory.config import settings
from directory.geography import outlines
from directory.geography import queries as geography
from directory.search import services as search
from tests.factories import Make
from tests.pages.contract import Page, Visitor, text_of


def table(page: Page) -> dict[str, str]:
    """The table's numbers by the address that each line leads to."""
    rows = page.one("tbody").iter("tr")
    return {next(iter(row.iter("a"))).get("href", ""): text_of(list(row)[-1]) for row in rows}


def drawn(page: Page) -> dict[str, str]:
    """The areas that are links: what they say, by their address."""
    links = [link for drawing in page.all("svg", role="group") for link in drawing.iter("a")]
    return {link.get("href", ""): link.get("aria-label", "") for link in links}


@pytest.mark.usefixtures("three")
def test_countries_are_counted_on_the_map_and_in_the_table(visitor: Visitor) -> None:
    page = visitor.open("/en/regions")
    assert table(page) == {"/en/providers?country=DE": "3", "/en/providers?country=PT": "1"}
    assert drawn(page) == {
        "/en/providers?country=DE": "Germany: 3 providers",
        "/en/providers?country=PT": "Portugal: 1 provider",
    }


@pytest.mark.usefixtures("three")
def test_a_number_on_the_map_is_the_number_of_results(visitor: Visitor) -> None:
    page = visitor.open("/de/regions/DE")
    assert set(drawn(page)) == set(table(page))
    for address, count in table(page).items():
        assert len(visitor.open(address).all("li", cls="entry")) == int(count)


@pytest.mark.usefixtures("three")
def test_a_region_that_is_only_served_counts(visitor: Visitor) -> None:
    assert table(visitor.open("/en/regions/DE"))["/en/providers?region=DE-BW"] == "2"


def test_a_place_too_small_for_the_map_is_named_below_the_table(
    visitor: Visitor, make: Make
) -> None:
    make.listing(offices=(), serves=["SG"])
    search.apply_changes()
    page = visitor.open("/en/regions")
    assert list(table(page)) == ["/en/providers?country=SG"]
    assert "too far away to be drawn: Singapore" in page.text


def test_without_providers_the_page_says_so(visitor: Visitor) -> None:
    assert "No provider is listed here yet." in visitor.open("/en/regions").text
    assert visitor.open("/en/regions/DE").all("meta", name="robots", content="noindex")


def test_a_country_without_a_map_has_no_page(visitor: Visitor, client: FlaskClient) -> None:
    for code in ("LU", "XX", "world", "europe", "WORLD"):
        visitor.open(f"/en/regions/{code}", status=404)
    assert client.get("/en/regions/de").location == "/en/regions/DE"


def test_every_map_has_a_drawing_of_each_of_its_areas(client: FlaskClient) -> None:
    assert settings()
    for name, outline in outlines.outlines().items():
        path = client.application.extensions["directory_assets"].folder
        drawing = (path / "images" / "outlines" / f"{name}.svg").read_text()
        for code, spot in outline.spots.items():
            assert f'id="{code.lower()}"' in drawing
            place = geography.place(code)
            assert place is not None
            if len(code) > 2:
                assert code.startswith(name.upper())
            assert outline.drawing.shows((spot.x, spot.y))


def test_the_regions_of_a_map_are_those_of_the_gazetteer() -> None:
    for name in ("de", "at", "ch", "us"):
        inside = {one.region for one in geography.cities() if one.country == name.upper()}
        outline = outlines.outlines()[name]
        far = {"US-AK", "US-HI"}
        assert set(outline.spots) == inside - far - {None}
