"""The offices on a provider's page: addresses, and the map where there is an outline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path

import pytest

from directory.geography import outlines
from directory.geography import queries as geography
from directory.kernel.policy import Package
from directory.listings.services import OfficeContent
from tests.factories import COLOGNE, LISBON, STUTTGART, Make
from tests.pages.contract import Visitor, text_of

OUTLINES = Path(__file__).parents[2] / "static" / "images" / "outlines"
FRANKFURT = OfficeContent(country="DE", region="DE-HE", city_id=2925533)
DUSSELDORF = OfficeContent(country="DE", region="DE-NW", city_id=2934246)
VIENNA = OfficeContent("AT", "AT-9", 2761369, postal_code="1010", street="Kärntner Ring 5")
TOKYO = OfficeContent("JP", "JP-13", 1850147)
HONOLULU = OfficeContent("US", "US-HI", 5856195)
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


@pytest.mark.parametrize(
    ("offices", "drawn"),
    [
        ((STUTTGART, COLOGNE), "de"),
        ((LISBON,), "pt"),
        ((VIENNA, STUTTGART, LISBON), "europe"),
        ((STUTTGART, TOKYO), "world"),
        ((TOKYO,), "world"),
        ((HONOLULU,), "world"),
    ],
)
def test_offices_are_pins_on_the_smallest_map_that_shows_them_all(
    visitor: Visitor, make: Make, offices: tuple[OfficeContent, ...], drawn: str
) -> None:
    make.listing(slug="acme", offices=offices)
    (drawing,) = visitor.open("/de/providers/acme").all("svg", cls="map")
    (land,) = drawing.iter("use")
    assert re.search(rf"/outlines/{drawn}\.\w+\.svg#land$", land.get("href") or "")
    pins = [pin.get("class") for pin in drawing.iter("circle")]
    assert pins == ["pin pin-head", *["pin"] * (len(offices) - 1)]
    left, top, width, height = map(float, (drawing.get("viewBox") or "").split())
    for pin in drawing.iter("circle"):
        assert left <= float(pin.get("cx") or 0) <= left + width
        assert top <= float(pin.get("cy") or 0) <= top + height


def test_the_map_says_its_offices_in_words(visitor: Visitor, make: Make) -> None:
    make.listing(slug="acme", offices=[VIENNA, STUTTGART])
    (drawing,) = visitor.open("/de/providers/acme").all("svg", cls="map")
    assert drawing.get("aria-label") == "Karte der Büros: Wien, Stuttgart"
    assert [text_of(name) for name in drawing.iter("text")] == ["Wien", "Stuttgart"]


def test_names_on_the_map_do_not_cover_each_other(visitor: Visitor, make: Make) -> None:
    make.listing(slug="acme", offices=[COLOGNE, DUSSELDORF, FRANKFURT])
    (drawing,) = visitor.open("/de/providers/acme").all("svg", cls="map")
    assert len(list(drawing.iter("circle"))) == 3
    assert [text_of(name) for name in drawing.iter("text")] == ["Köln", "Frankfurt"]


def test_offices_without_a_known_city_have_no_map(visitor: Visitor, make: Make) -> None:
    make.listing(slug="acme", offices=[OfficeContent("PT")])
    assert not visitor.open("/de/providers/acme").all("svg", cls="map")


@pytest.mark.parametrize("country", ["DE", "AT", "CH", "FR", "US"])
def test_the_map_puts_towns_into_their_country(country: str) -> None:
    outline = outlines.of_country(country)
    assert outline is not None
    rings = list(_rings(country))
    spots = {
        city.de: outline.drawing.at(city.lat, city.lon)
        for city in geography.cities()
        if city.country == country
    }
    shown = {name: spot for name, spot in spots.items() if outline.drawing.shows(spot)}
    outside = [name for name, spot in shown.items() if not _inside(spot, rings)]
    assert len(shown) > 300
    assert len(outside) <= MISPLACED_MOST * len(shown), outside


def _rings(country: str) -> Iterator[list[Point]]:
    """The outlines of a map's areas, from their relative steps."""
    drawing = (OUTLINES / f"{country.lower()}.svg").read_text(encoding="utf-8")
    for path in re.findall(r' d="([^"]+)"', drawing):
        for ring in path.split("M")[1:]:
            numbers = [float(one) for one in re.findall(r"-?[\d.]+", ring)]
            steps = zip(numbers[::2], numbers[1::2], strict=True)
            yield list(accumulate(steps, lambda at, step: (at[0] + step[0], at[1] + step[1])))


def _inside(point: Point, rings: list[list[Point]]) -> bool:
    """Whether a ray to the right crosses the outline an odd number of times."""
    x, y = point
    crossed = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
            crossed += (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    return crossed % 2 == 1
