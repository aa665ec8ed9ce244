"""The offices on a provider's page: addresses, and the map where there is an outline."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from directory.geography import queries as geography
from directory.kernel.policy import Package
from directory.listings.services import OfficeContent
from directory.web.public.presenters.office_map import LANDS, position
from tests.factories import COLOGNE, LISBON, STUTTGART, Make
from tests.pages.contract import Visitor, text_of

DRAWING = Path(__file__).parents[2] / "static" / "images" / "lands.svg"
FRANKFURT = OfficeContent(country="DE", region="DE-HE", city_id=2925533)
DUSSELDORF = OfficeContent(country="DE", region="DE-NW", city_id=2934246)
VIENNA = OfficeContent("AT", "AT-9", 2761369, postal_code="1010", street="Kärntner Ring 5")
# Simplified borders may leave out a town that lies at them.
MISPLACED_MOST = 0.04

Point = tuple[float, float]


def test_an_address_does_not_repeat_the_place_above_it(visitor: Visitor, make: Make) -> None:
    make.listing(slug="acme", offices=[STUTTGART, OfficeContent("PT")])
    page = visitor.open("/de/providers/acme")
    places = page.one("section", id="places")
    assert [text_of(head) for head in places.iter("h3")] == ["Stuttgart", "Portugal"]
    assert [list(one.itertext()) for one in places.iter("address")] == [
        ["Baden-Württemberg", "Deutschland"]
    ]


def test_a_description_that_is_the_tagline_is_not_shown_again(visitor: Visitor, make: Make) -> None:
    make.listing(slug="same", texts={"en": ("Plans and builds.", "Plans and  builds.\n")})
    make.listing(slug="other", texts={"en": ("Plans and builds.", "Plans, and builds.")})
    assert not visitor.open("/en/providers/same").all("div", cls="prose")
    assert visitor.open("/en/providers/other").all("div", cls="prose")


@pytest.mark.parametrize(("package", "said"), [(Package.PARTNER, False), (None, True)])
def test_a_claim_does_not_repeat_what_the_program_says(
    visitor: Visitor, make: Make, package: Package | None, said: bool
) -> None:
    credentials = ["solutions-partner", "marketing-software"]
    make.listing(slug="acme", package=package, credentials=credentials)
    text = visitor.open("/en/providers/acme").text
    claims = text.partition("According to the provider also: ")[2]
    assert claims.startswith("Solutions Partner, Marketing" if said else "Marketing software")


def test_offices_are_pins_on_the_outline_of_their_country(visitor: Visitor, make: Make) -> None:
    make.listing(slug="acme", offices=[VIENNA, STUTTGART, LISBON])
    page = visitor.open("/de/providers/acme")
    (drawing,) = page.all("svg", cls="map")
    assert drawing.get("aria-label") == "Karte der Büros: Wien, Stuttgart"
    lands = [(use.get("href") or "").rpartition("#")[2] for use in drawing.iter("use")]
    assert lands == ["at", "de"]
    pins = [pin.get("class") for pin in drawing.iter("circle")]
    assert pins == ["pin pin-head", "pin"]
    assert [text_of(name) for name in drawing.iter("text")] == ["Wien", "Stuttgart"]


def test_names_on_the_map_do_not_cover_each_other(visitor: Visitor, make: Make) -> None:
    make.listing(slug="acme", offices=[COLOGNE, DUSSELDORF, FRANKFURT])
    (drawing,) = visitor.open("/de/providers/acme").all("svg", cls="map")
    assert len(list(drawing.iter("circle"))) == 3
    assert [text_of(name) for name in drawing.iter("text")] == ["Köln", "Frankfurt"]


def test_offices_elsewhere_have_no_map(visitor: Visitor, make: Make) -> None:
    make.listing(slug="acme", offices=[LISBON])
    assert not visitor.open("/de/providers/acme").all("svg", cls="map")


@pytest.mark.parametrize("country", sorted(LANDS))
def test_the_map_puts_towns_into_their_country(country: str) -> None:
    outline = _outline(country)
    left, top, right, bottom = LANDS[country]
    assert all(left <= x <= right and top <= y <= bottom for ring in outline for x, y in ring)
    towns = [city for city in geography.cities() if city.country == country]
    outside = [city.de for city in towns if not _inside(position(city.lat, city.lon), outline)]
    assert len(towns) > 300
    assert len(outside) <= MISPLACED_MOST * len(towns), outside


def _outline(country: str) -> list[list[Point]]:
    drawing = DRAWING.read_text(encoding="utf-8")
    (path,) = re.findall(rf'id="{country.lower()}".*? d="([^"]+)"', drawing)
    rings = [re.findall(r"-?[\d.]+", part) for part in path.split("M")[1:]]
    return [
        [(float(x), float(y)) for x, y in zip(ring[::2], ring[1::2], strict=True)] for ring in rings
    ]


def _inside(point: Point, rings: list[list[Point]]) -> bool:
    """Whether a ray to the right crosses the outline an odd number of times."""
    x, y = point
    crossed = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
            crossed += (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    return crossed % 2 == 1
