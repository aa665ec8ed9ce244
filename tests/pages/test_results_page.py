"""The page of results: what each entry shows, and in which order."""

from __future__ import annotations

import pytest

from directory.kernel.policy import Tier
from directory.search import services as search
from tests.factories import Make
from tests.pages.contract import Visitor, text_of
from tests.pages.result_list import names


@pytest.mark.usefixtures("three")
def test_all_listings_are_found_and_counted(visitor: Visitor) -> None:
    page = visitor.open("/en/providers")
    assert sorted(names(page)) == ["Alpha", "Beta", "Gamma"]
    assert text_of(page.one("p", role="status")) == "3 providers, 1 to 3"
    assert "3 Anbieter" in visitor.open("/de/providers").text


@pytest.mark.usefixtures("three")
def test_a_result_shows_place_budget_languages_services_and_tier(visitor: Visitor) -> None:
    page = visitor.open("/de/providers?country=DE&service=crm-implementation")
    (beta,) = [entry for entry in page.all("li", cls="entry") if "Beta" in text_of(entry)]
    shown = text_of(beta)
    for fact in ("Gold", "Köln", "und 1 weiterer Ort", "ab 5.000 €", "Deutsch, Englisch"):
        assert fact in shown, fact
    assert "Führt CRM ein." in shown


@pytest.mark.usefixtures("three")
def test_a_search_without_a_place_names_the_country(visitor: Visitor) -> None:
    page = visitor.open("/en/providers")
    assert "Lisbon, Portugal" in page.text
    assert "Lisbon, Portugal" not in visitor.open("/en/providers?country=PT").text


@pytest.mark.usefixtures("three")
def test_the_heading_says_the_search_and_stands_in_the_title(visitor: Visitor) -> None:
    page = visitor.open("/de/providers?service=seo&country=DE")
    assert "Deutschland" in page.heading
    assert page.title.startswith(page.heading)


@pytest.mark.usefixtures("three")
def test_a_distance_is_shown_near_a_place(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?near=Esslingen&radius=50")
    assert "Alpha" in names(page)
    assert any(text_of(away).endswith("km") for away in page.all("span", cls="away"))


@pytest.mark.usefixtures("three")
def test_a_provider_that_only_serves_the_place_says_so(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?region=DE-BW")
    *others, gamma = page.all("li", cls="entry")
    assert names(page)[-1] == "Gamma"
    assert "serves the place from here" in text_of(gamma)
    assert others
    assert all("office here" in text_of(entry) for entry in others)
    around = visitor.open("/en/providers?near=Stuttgart&radius=50")
    assert "office here" not in text_of(around.one("main"))


@pytest.mark.usefixtures("three")
def test_every_result_says_why_it_is_here(visitor: Visitor) -> None:
    page = visitor.open("/de/providers?q=CRM")
    reasons = page.all("div", cls="why")
    assert len(reasons) == len(names(page)) > 0
    assert all(list(one) for one in reasons)


@pytest.mark.rule("DIR-3")
@pytest.mark.usefixtures("three")
def test_what_puts_a_result_before_the_next_one_is_said_first(visitor: Visitor, make: Make) -> None:
    make.listing("Delta", slug="delta", tier=Tier.GOLD)
    search.apply_changes()
    page = visitor.open("/en/providers?near=Stuttgart&radius=50")
    assert names(page) == ["Delta", "Alpha", "Gamma"]
    said = [[text_of(line) for line in one.iter("p")] for one in page.all("div", cls="why")]
    assert said[0][0] == "It stands before Alpha because its tier is higher (Gold over none)."
    assert said[1][0].startswith("It stands before Gamma because an office is nearer (at most 10")
    assert said[2] == []


@pytest.mark.rule("DIR-4")
@pytest.mark.usefixtures("three")
def test_who_only_serves_the_place_is_counted_apart(visitor: Visitor) -> None:
    near = visitor.open("/en/providers?near=Stuttgart&radius=50").one("p", role="status")
    assert "Office within the radius: 1; serving it from farther away: 1" in text_of(near)
    there = visitor.open("/de/providers?region=DE-BW").one("p", role="status")
    assert "Büro dort: 1; von anderswo bedient: 1" in text_of(there)
    everywhere = visitor.open("/en/providers?country=PT").one("p", role="status")
    assert "serving" not in text_of(everywhere)


@pytest.mark.rule("OPR-2")
@pytest.mark.usefixtures("three")
def test_where_tier_orders_the_page_says_so_and_offers_another_order(visitor: Visitor) -> None:
    note = visitor.open("/en/providers").one("p", cls="results-note")
    assert "business done with HubSpot" in text_of(note)
    way_out, _rule = note.iter("a")
    untiered = visitor.open(way_out.get("href") or "")
    assert names(untiered) == ["Alpha", "Beta", "Gamma"]
    assert "does not look at tiers" in text_of(untiered.one("p", cls="results-note"))


@pytest.mark.rule("DIR-4")
@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("place", ["Köln", "Cologne", "koeln", "KOLN"])
def test_a_city_is_found_by_any_of_its_names(visitor: Visitor, place: str) -> None:
    for language in ("de", "en"):
        assert names(visitor.open(f"/{language}/providers?near={place}&radius=25")) == ["Beta"]


TAGLINE = {"de": ("Kampagnen aus einer Hand.", "")}


def test_words_are_marked_where_they_were_found_and_the_fields_are_named(
    visitor: Visitor, make: Make
) -> None:
    make.listing("München <Reklame>", services=["seo"], texts=TAGLINE)
    search.apply_changes()
    page = visitor.open("/de/providers?q=munchen+reklame+kampagne&text=1")
    marks = [text_of(mark) for mark in page.all("mark")]
    assert marks == ["München", "Reklame", "Kampagnen"]
    assert text_of(page.one("p", cls="entry-found")) == "Gefunden in: Name; Kurztext"
    assert "<Reklame>" not in page.html


def test_a_word_of_the_description_is_shown_with_what_stands_around_it(
    visitor: Visitor, make: Make
) -> None:
    text = (
        "Seit 2010. "
        + "Viel anderes. " * 30
        + "Wir lieben **Tandemsprünge** & mehr. "
        + "Und. " * 60
    )
    make.listing("Alpha", services=["seo"], texts={"de": ("Kurz.", text)})
    search.apply_changes()
    page = visitor.open("/en/providers?q=Tandemsprung&text=1")
    snippet = page.one("p", cls="entry-snippet")
    assert "Wir lieben Tandemsprünge & mehr." in text_of(snippet)
    assert text_of(snippet).startswith("… ")
    assert text_of(snippet).endswith(" …")
    assert len(text_of(snippet)) < 250
    assert snippet.get("lang") == "de"
    assert "description" in text_of(page.one("p", cls="entry-found"))


def test_a_service_found_by_a_synonym_is_named_though_it_says_another_word(
    visitor: Visitor, make: Make
) -> None:
    make.listing("Alpha", services=["crm-implementation", "website-development", "seo"])
    search.apply_changes()
    page = visitor.open("/en/providers?q=Suchmaschinenoptimierung&text=1")
    assert "services (Search engine optimisation" in text_of(page.one("p", cls="entry-found"))


@pytest.mark.usefixtures("three")
def test_a_search_without_words_marks_nothing(visitor: Visitor) -> None:
    page = visitor.open("/en/providers")
    assert not page.all("mark")
    assert not page.all("p", cls="entry-found")
