"""Results around a city: distances, wider circles, and words taken literally."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from directory.database import db
from directory.listings.services import OfficeContent
from directory.search import services as search
from tests.counting import questions_to
from tests.factories import COLOGNE, LISBON, STUTTGART, Make
from tests.pages.contract import Page, Visitor, text_of
from tests.pages.result_list import names

BONN = OfficeContent(country="DE", region="DE-NW", city_id=2946447)
MUNICH = OfficeContent(country="DE", region="DE-BY", city_id=2867714)


@pytest.mark.rule("DIR-4")
def test_the_kilometres_belong_to_the_office_that_is_named(visitor: Visitor, make: Make) -> None:
    make.listing("Serving", offices=[LISBON, MUNICH], serves=["DE-BW"])
    make.listing("Elsewhere too", offices=[LISBON, STUTTGART])
    search.apply_changes()
    page = visitor.open("/en/providers?near=Stuttgart")
    assert names(page) == ["Elsewhere too", "Serving"]
    assert _place(page, "Elsewhere too") == "Stuttgart < 1 km and 1 more place"
    assert _place(page, "Serving") == "Munich 191 km serves the place from here"


@pytest.mark.rule("DIR-4")
def test_who_only_serves_the_place_has_no_reading_on_its_scale(
    visitor: Visitor, make: Make
) -> None:
    make.listing("Serving", offices=[LISBON], serves=["DE-BW"])
    make.listing("There")
    search.apply_changes()
    page = visitor.open("/en/providers?near=Stuttgart")
    assert [len(list(entry.iter("rect"))) for entry in page.all("li", cls="entry")] == [1, 0]


def test_an_empty_city_offers_the_smallest_circle_that_is_not(visitor: Visitor, make: Make) -> None:
    make.listing("Nearby", services=["seo"], offices=[BONN])
    search.apply_changes()
    page = visitor.open("/de/providers?service=seo&city=2886242")
    step = next(iter(page.one("section", cls="empty").iter("li")))
    assert text_of(step) == "Bis 25 km um Köln1 Anbieter"
    target = next(iter(step.iter("a"))).get("href") or ""
    assert parse_qs(urlsplit(target).query) == {
        "service": ["seo"],
        "near": ["2886242"],
        "radius": ["25"],
    }
    assert names(visitor.open(target)) == ["Nearby"]


@pytest.mark.parametrize("radius", ["10", "100"])
def test_a_page_that_offers_other_searches_takes_four_questions_to_the_database(
    visitor: Visitor, make: Make, radius: str
) -> None:
    make.listing(offices=[MUNICH])
    search.apply_changes()
    path = f"/en/providers?near=Augsburg&radius={radius}&text=1"
    visitor.open(path)
    make.listing(offices=[STUTTGART])
    search.apply_changes()
    with questions_to(db.engine) as asked:
        visitor.open(path)
    assert 0 < len(asked) <= 4, asked


def test_an_empty_circle_offers_the_smallest_wider_one(visitor: Visitor, make: Make) -> None:
    make.listing("Far", offices=[MUNICH])
    search.apply_changes()
    page = visitor.open("/en/providers?near=Stuttgart&radius=50")
    step = next(iter(page.one("section", cls="empty").iter("li")))
    assert text_of(step) == "Within 250 km of Stuttgart1 provider"


def test_a_city_with_few_providers_says_how_many_are_around_it(
    visitor: Visitor, make: Make
) -> None:
    make.listing("There", offices=[COLOGNE])
    make.listing("Nearby", offices=[BONN])
    search.apply_changes()
    page = visitor.open("/en/providers?q=Cologne")
    assert names(page) == ["There"]
    (link,) = page.one("p", cls="results-around").iter("a")
    assert text_of(link) == "Within 50 km of Cologne: 2 providers"
    assert names(visitor.open(link.get("href") or "")) == ["There", "Nearby"]


def test_a_wider_circle_with_no_more_providers_is_not_offered(visitor: Visitor, make: Make) -> None:
    make.listing("There", offices=[COLOGNE])
    search.apply_changes()
    assert not visitor.open("/en/providers?city=2886242").all("p", cls="results-around")


@pytest.mark.usefixtures("three")
def test_literal_words_have_a_chip_that_lets_them_be_understood_again(visitor: Visitor) -> None:
    page = visitor.open("/de/providers?q=Beta&text=1")
    (chip,) = page.all("a", cls="chip")
    assert text_of(chip).startswith("wörtlich")
    assert chip.get("href") == "/de/providers?q=Beta"


@pytest.mark.usefixtures("three")
def test_an_empty_literal_search_offers_to_understand_its_words(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?q=CRM+in+Cologne&text=1")
    assert not names(page)
    links = {text_of(one): one for one in page.one("section", cls="empty").iter("a")}
    way = links["Understand the words as filters again"]
    assert names(visitor.open(way.get("href") or "")) == ["Beta"]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=CRM+Köln", "Diese Filter haben wir aus Ihren Worten verstanden."),
        ("q=CRM", "Diesen Filter haben wir aus Ihren Worten verstanden."),
        (
            "q=Köln&language=de",
            "Filter mit Anführungszeichen haben wir aus Ihren Worten verstanden.",
        ),
    ],
)
def test_what_was_understood_is_told_from_what_was_chosen(
    visitor: Visitor, query: str, said: str
) -> None:
    assert said in text_of(visitor.open(f"/de/providers?{query}").one("p", cls="understood"))


@pytest.mark.usefixtures("three")
def test_a_chip_says_what_its_filter_means(visitor: Visitor) -> None:
    page = visitor.open("/de/providers?service=crm&language=de")
    chips = [text_of(chip).removesuffix(" entfernen") for chip in page.all("a", cls="chip")]
    assert chips == ["Bereich CRM", "spricht Deutsch"]


@pytest.mark.usefixtures("three")
def test_what_is_ticked_of_the_places_comes_first(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?city=2886242")
    boxes = [one for one in page.all("input", type="checkbox") if one.get("name") != "service"]
    assert boxes[0].get("value") == "2886242"


@pytest.mark.usefixtures("three")
def test_a_page_beyond_the_last_leads_to_the_last(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?service=seo&page=7", status=404)
    assert "This search has one page." in page.text
    (link,) = [one for one in page.one("main").iter("a") if text_of(one) == "To its results"]
    assert names(visitor.open(link.get("href") or "")) == ["Alpha"]


def test_a_page_beyond_many_leads_to_the_last(visitor: Visitor, make: Make) -> None:
    for _ in range(21):
        make.listing()
    search.apply_changes()
    page = visitor.open("/de/providers?page=3", status=404)
    assert "Diese Suche hat 2 Seiten. Zu Seite 2" in page.text


def _place(page: Page, name: str) -> str:
    entry = page.all("li", cls="entry")[names(page).index(name)]
    return text_of(next(iter(entry.iter("dd"))))
