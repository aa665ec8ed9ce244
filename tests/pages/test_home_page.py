"""The home page: numbers and links from what there is."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from directory.config import clock
from directory.database import writing
from directory.kernel.policy import Tier
from directory.listings.models import ListingState
from directory.reactions import settle
from directory.search import services as search
from tests.factories import COLOGNE, LISBON, Make
from tests.pages.contract import Visitor, text_of
from tests.pages.result_list import total


@pytest.fixture
def three(make: Make) -> None:
    """Three listings in two countries, indexed."""
    make.listing(services=["seo", "crm-implementation"])
    make.listing(services=["crm-implementation"], offices=[COLOGNE], tier=Tier.GOLD)
    make.listing(services=["website-design"], offices=[LISBON])
    search.apply_changes()


@pytest.mark.usefixtures("three")
def test_the_home_page_counts_what_there_is(visitor: Visitor) -> None:
    assert "3 providers with a valid certification in 2 countries." in visitor.open("/en/").text
    assert "3 Anbieter mit gültigem Zertifikat in 2 Ländern." in visitor.open("/de/").text


@pytest.mark.case("A27")
@pytest.mark.usefixtures("three")
def test_the_fields_know_services_and_places_without_script(visitor: Visitor) -> None:
    page = visitor.open("/de/")
    known = {
        one.get("id"): {option.get("value") for option in one.iter("option")}
        for one in page.all("datalist")
    }
    fields = {one.get("name"): one.get("list") for one in page.all("input") if one.get("list")}
    assert fields == {"q": "q-offered", "near": "near-known"}
    assert {"CRM", "CRM-Einführung", "Webdesign"} <= known["q-offered"]
    assert {"Deutschland", "Portugal", "Lissabon"} <= known["near-known"]
    assert any(name.startswith("Köln") for name in known["near-known"]), known


def test_one_is_not_counted_as_many(visitor: Visitor, make: Make) -> None:
    make.listing()
    search.apply_changes()
    assert "1 provider with a valid certification in one country." in visitor.open("/en/").text


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_number_is_the_number_of_what_its_link_finds(visitor: Visitor, language: str) -> None:
    home = visitor.open(f"/{language}/")
    rows = [
        (next(row.iter("a")), text_of(row.findall("span")[0]))
        for row in [*home.all("li", cls="leader"), *home.one("ul", cls="index").iter("h3")]
    ]
    assert len(rows) >= 8
    for link, count in rows:
        assert total(visitor, link.get("href") or "") == count.split()[0], text_of(link)


@pytest.mark.usefixtures("three")
def test_areas_come_with_their_services_only(visitor: Visitor) -> None:
    index = visitor.open("/en/").one("ul", cls="index")
    areas = [text_of(next(head.iter("a"))) for head in index.iter("h3")]
    assert areas == ["Marketing", "Web design", "CRM"]


@pytest.mark.usefixtures("three")
def test_examples_are_words_that_are_understood(visitor: Visitor) -> None:
    links = list(visitor.open("/de/").one("p", cls="cover-examples").iter("a"))
    assert links
    for link in links:
        assert "q" in parse_qs(urlsplit(link.get("href") or "").query)
        assert visitor.open(link.get("href") or "").all("span", cls="word")


@pytest.mark.rule("OPR-2")
def test_the_home_page_explains_tiers_with_what_they_reflect(visitor: Visitor) -> None:
    specimen = text_of(visitor.open("/en/").one("section", cls="specimen"))
    assert "business done with HubSpot" in specimen
    for tier in Tier:
        assert tier.label in specimen


def test_an_empty_directory_has_a_sound_home_page(visitor: Visitor) -> None:
    page = visitor.open("/de/")
    assert "0 Anbieter" in page.text
    assert not page.all("svg", cls="map")


def test_the_search_of_the_home_page_is_a_plain_form(visitor: Visitor) -> None:
    form = visitor.open("/en/").one("form", role="search")
    assert form.get("action") == "/en/providers"
    assert {field.get("name") for field in [*form.iter("input"), *form.iter("select")]} == {
        "q",
        "near",
        "radius",
    }


def test_the_newest_listings_are_shown_by_a_rule_that_anybody_can_repeat(
    visitor: Visitor, make: Make
) -> None:
    for number in range(8):
        made = make.listing(f"Provider {number}", slug=f"p{number}")
        with writing():
            made.first_public = date(2026, 11, 10 + number // 2)
            settle()
    search.rebuild()
    page = visitor.open("/en/")
    shown = [text_of(next(one.iter("h3"))) for one in page.all("li", cls="newcomer")]
    assert shown == [f"Provider {number}" for number in (6, 7, 4, 5, 2, 3)]
    (link,) = [a for a in page.all("a", cls="action") if "newest" in (a.get("href") or "")]
    results = visitor.open(link.get("href") or "")
    assert [text_of(one) for one in results.all("h2", cls="entry-name")][:6] == shown


@pytest.mark.rule("DIR-2")
def test_the_home_page_is_of_this_moment(visitor: Visitor, make: Make) -> None:
    first = make.listing("First", slug="first")
    search.apply_changes()
    assert "1 provider with" in visitor.open("/en/").text
    make.listing("Second", slug="second")
    search.apply_changes()
    assert "2 providers with" in visitor.open("/en/").text
    with writing():
        first.name = "Renamed"
        search.queue_change(first.id)
        settle()
    assert "Renamed" in visitor.open("/en/").text
    with writing():
        first.state = ListingState.WITHDRAWN
        search.queue_change(first.id)
        settle()
    page = visitor.open("/en/")
    assert "Renamed" not in page.text
    assert "1 provider with" in page.text


@pytest.mark.rule("DIR-2")
def test_the_home_page_knows_that_a_day_has_passed(visitor: Visitor, make: Make) -> None:
    make.listing(certified_until=clock().today())
    search.apply_changes()
    assert "1 provider with" in visitor.open("/en/").text
    with time_machine.travel(clock().real_now() + timedelta(days=1)):
        assert "0 providers with" in visitor.open("/en/").text
