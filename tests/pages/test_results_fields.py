"""What visitors type into the fields of the filters, as it was meant."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from directory.search import services as search
from directory.web.public.fields import as_meant, whole_euros
from tests.factories import COLOGNE, Make
from tests.pages.contract import Page, Visitor, text_of
from tests.pages.result_list import box, names, submitted

AACHEN_ID, BONN_ID, COLOGNE_ID = "3247449", "2946447", "2886242"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5000", "5000"),
        ("5.000", "5000"),
        ("5,000", "5000"),
        ("10 000 €", "10000"),
        ("10\u202f000\u00a0€", "10000"),
        ("€1.000.000", "1000000"),
        ("EUR 2'500", "2500"),
        ("5.000,00", "5000"),
        ("5,000.50", "5000"),
        ("5.000,- Euro", "5000"),
        ("1.5", "1.5"),
        ("1.000,000", "1.000,000"),
        ("12.34.56", "12.34.56"),
        ("five", "five"),
        ("-5", "-5"),
        ("５", "５"),
        ("", ""),
        ("5" + " " * 50 + "000", "5" + " " * 50 + "000"),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, meant: str) -> None:
    assert whole_euros(typed) == meant


def test_an_endless_amount_is_read_in_no_time() -> None:
    assert whole_euros("1.000" * 10000 + "x") == "1.000" * 10000 + "x"


@pytest.mark.parametrize(
    ("query", "city", "near"),
    [
        ({"near": "Köln", "radius": ""}, [COLOGNE_ID], None),
        ({"near": "cologne", "radius": ""}, [COLOGNE_ID], None),
        ({"near": "Köln", "radius": "100"}, [], COLOGNE_ID),
        ({"near": "Bonn", "radius": ""}, [], "Bonn"),
        ({"near": "Bonn", "radius": "25"}, [], "Bonn"),
        ({"near": "", "radius": ""}, [], ""),
    ],
)
def test_what_was_changed_of_a_citys_field_box_and_radius_counts(
    query: dict[str, str], city: list[str], near: str | None
) -> None:
    meant = as_meant(MultiDict({"city": COLOGNE_ID, "around": COLOGNE_ID, **query}))
    assert meant.getlist("city") == city
    assert meant.get("near") == near


def test_without_the_form_an_address_keeps_its_meaning() -> None:
    args = MultiDict([("city", COLOGNE_ID), ("near", "Bonn"), ("radius", "25"), ("city", BONN_ID)])
    assert as_meant(args) == args


def test_an_unticked_box_lets_the_city_go_though_its_field_still_names_it() -> None:
    meant = as_meant(MultiDict({"around": COLOGNE_ID, "near": "Köln", "radius": ""}))
    assert "near" not in meant
    assert "city" not in meant


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("query", ["q=CRM+Köln", "service=crm&city=2886242"])
def test_the_one_city_of_a_search_stands_in_the_field_for_the_place(
    visitor: Visitor, query: str
) -> None:
    page = visitor.open(f"/de/providers?{query}")
    assert _field(page, "near") == "Köln"
    assert _options(page)[0] == ("", "nur Köln")
    again = visitor.open(submitted(page))
    assert again.heading == page.heading == "CRM-Anbieter in Köln"
    assert box(again, "city", COLOGNE_ID).get("checked") is not None


@pytest.mark.rule("DIR-4")
def test_a_radius_chosen_for_the_one_city_is_a_search_around_it(
    visitor: Visitor, make: Make
) -> None:
    make.listing("There", offices=[COLOGNE])
    make.listing("Nearby", offices=[COLOGNE.__class__("DE", "DE-NW", int(BONN_ID))])
    search.apply_changes()
    page = visitor.open(f"/en/providers?city={COLOGNE_ID}")
    assert names(page) == ["There"]
    wider = visitor.open(submitted(page).replace("radius=", "radius=50"))
    assert names(wider) == ["There", "Nearby"]
    assert wider.heading == "Providers within 50 km of Cologne"
    assert _field(wider, "near") == "Cologne"
    assert ("", "only Cologne") not in _options(wider)


@pytest.mark.usefixtures("three")
def test_a_budget_may_be_written_with_separators_and_a_sign(visitor: Visitor) -> None:
    page = visitor.open("/de/providers?budget=5.000+€")
    assert not page.all("div", cls="notice")
    assert "5.000 €" in page.heading
    assert _field(page, "budget") == "5000"


@pytest.mark.usefixtures("three")
def test_a_budget_that_is_no_amount_stays_in_its_field_and_is_named(visitor: Visitor) -> None:
    page = visitor.open("/de/providers?budget=viel")
    assert "„viel“ ist kein Betrag" in text_of(page.one("div", cls="notice"))
    assert _field(page, "budget") == "viel"
    assert page.one("input", id="budget").get("aria-invalid") == "true"
    assert page.one("input", id="near").get("aria-invalid") is None


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(("typed", "meant"), [("Kölm", "Köln"), ("Sttutgart", "Stuttgart")])
def test_an_unknown_place_stays_in_its_field_and_the_nearest_names_are_offered(
    visitor: Visitor, typed: str, meant: str
) -> None:
    page = visitor.open(f"/de/providers?service=crm&near={typed}")
    notice = page.one("div", cls="notice")
    assert f"Einen Ort namens „{typed}“ kennen wir nicht" in text_of(notice)
    assert _field(page, "near") == typed
    first = next(iter(notice.iter("a")))
    assert text_of(first).startswith(f"{meant}, ")
    found = visitor.open(first.get("href") or "")
    assert found.heading == f"CRM-Anbieter bis 50 km um {meant}"
    assert not found.all("div", cls="notice")


@pytest.mark.usefixtures("three")
def test_a_place_like_none_offers_none(visitor: Visitor) -> None:
    notice = visitor.open("/en/providers?near=qqqqqqqq").one("div", cls="notice")
    assert "No place called “qqqqqqqq” is known" in text_of(notice)
    assert not list(notice.iter("a"))


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(("language", "label"), [("de", "„Stufe“"), ("en", "“Tier”")])
def test_a_notice_calls_a_parameter_as_the_form_does(
    visitor: Visitor, language: str, label: str
) -> None:
    page = visitor.open(f"/{language}/providers?tier=wood")
    assert label in text_of(page.one("div", cls="notice"))


def _field(page: Page, name: str) -> str:
    return page.one("input", id=name).get("value") or ""


def _options(page: Page) -> list[tuple[str, str]]:
    choices = page.one("select", id="radius").iter("option")
    return [(option.get("value") or "", text_of(option)) for option in choices]
