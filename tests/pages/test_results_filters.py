"""The filters of the results: form, chips, counts, notices, empty results."""

from __future__ import annotations

import shutil
from urllib.parse import parse_qs, urlsplit

import pytest

from directory.config import Settings
from directory.geography import queries as geography
from directory.kernel.policy import Package
from directory.search import services as search
from directory.taxonomy import queries as taxonomy
from tests.factories import Make
from tests.pages.contract import Visitor, text_of
from tests.pages.result_list import box, names, narrowing, row, submitted


@pytest.mark.usefixtures("three")
def test_a_chip_leads_to_the_search_without_it(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?service=seo&country=DE")
    chips = page.all("a", cls="chip")
    assert len(chips) == 2
    without = [parse_qs(urlsplit(chip.get("href") or "").query) for chip in chips]
    assert {"country": ["DE"]} in without
    assert {"service": ["seo"]} in without


@pytest.mark.usefixtures("three")
def test_understood_words_are_chips_with_their_words_and_a_way_out(visitor: Visitor) -> None:
    page = visitor.open("/de/providers?q=CRM-Einführung+Köln")
    assert names(page) == ["Beta"]
    words = [text_of(word) for word in page.all("span", cls="word")]
    assert any("Köln" in word or "köln" in word for word in words)
    (way_out,) = page.one("p", cls="understood").iter("a")
    assert parse_qs(urlsplit(way_out.get("href") or "").query)["text"] == ["1"]


@pytest.mark.usefixtures("three")
def test_the_form_turns_understood_words_into_boxes_that_can_be_unticked(visitor: Visitor) -> None:
    page = visitor.open("/de/providers?q=CRM-Einführung")
    assert box(page, "service", "crm-implementation").get("checked") is not None
    query = parse_qs(urlsplit(submitted(page)).query)
    assert query["service"] == ["crm-implementation"]
    assert "q" not in query


@pytest.mark.usefixtures("three")
def test_submitting_the_form_as_it_stands_changes_nothing(visitor: Visitor) -> None:
    for query in (
        "service=crm&country=DE",
        "q=Beta",
        "near=Stuttgart&radius=100&tier=gold&tier=none",
        "budget=9000&language=de&sort=name&package=partner&credential=inbound",
        "region=DE-NW&city=2886242",
    ):
        page = visitor.open(f"/en/providers?{query}")
        again = visitor.open(submitted(page))
        assert again.heading == page.heading, query
        assert names(again) == names(page), query


@pytest.mark.usefixtures("three")
def test_a_count_is_the_number_that_its_box_leads_to(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?service=crm-implementation")
    for value in ("gold", "none"):
        count = text_of(next(iter(row(page, "tier", value).findall("span[@class='n']"))))
        found = visitor.open(f"/en/providers?service=crm-implementation&tier={value}")
        assert count == {1: "1 provider", 2: "2 providers"}[len(names(found))]


@pytest.mark.usefixtures("three")
def test_what_lies_in_a_ticked_place_is_a_link_that_narrows_to_it(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?country=DE")
    links = narrowing(page)
    target = links["Bavaria"].get("href") or ""
    assert parse_qs(urlsplit(target).query) == {"region": ["DE-BY"]}
    assert names(visitor.open(target)) == ["Beta"]


@pytest.mark.usefixtures("three")
def test_what_lies_in_a_ticked_area_is_a_link_that_narrows_to_it(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?service=marketing")
    links = narrowing(page)
    target = links["Search engine optimisation"].get("href") or ""
    assert parse_qs(urlsplit(target).query) == {"service": ["seo"]}


@pytest.mark.rule("DIR-3")
@pytest.mark.usefixtures("three")
def test_only_tiered_results_carry_a_chip(visitor: Visitor) -> None:
    page = visitor.open("/en/providers")
    chips = [
        text_of(tier)
        for entry in page.all("li", cls="entry")
        for tier in entry.iter("span")
        if "tier" in (tier.get("class") or "").split()
    ]
    assert chips == ["Gold"]


@pytest.mark.usefixtures("three")
def test_a_dropped_value_is_said(visitor: Visitor) -> None:
    page = visitor.open("/de/providers?tier=wood&country=XX&service=seo")
    notice = text_of(page.one("div", cls="notice"))
    assert "wood" in notice
    assert "XX" in notice
    assert names(page) == ["Alpha"]


@pytest.mark.usefixtures("three")
def test_words_that_are_too_many_are_named(visitor: Visitor) -> None:
    page = visitor.open("/de/providers?q=a1+b2+c3+d4+e5+f6+g7+h8+i9+j10+CRM-Einführung")
    notice = text_of(page.one("div", cls="notice"))
    assert "„i9 j10“ bleibt daher unberücksichtigt" in notice


@pytest.mark.usefixtures("three")
def test_an_unknown_parameter_is_ignored(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?utm_source=x&service=seo")
    assert not page.all("div", cls="notice")
    assert page.one("link", rel="canonical").get("href", "").endswith("/services/seo")


@pytest.mark.usefixtures("three")
def test_an_empty_result_names_what_emptied_it_and_what_would_help(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?service=seo&language=pt")
    assert not names(page)
    empty = page.one("section", cls="empty")
    steps = {text_of(link): link.get("href") or "" for link in empty.iter("a")}
    assert len(steps) == 2
    for target in steps.values():
        assert len(names(visitor.open(target))) == 1


@pytest.mark.usefixtures("three")
def test_an_empty_result_that_no_single_step_mends_offers_each_filter_alone(
    visitor: Visitor,
) -> None:
    page = visitor.open("/en/providers?service=seo&language=pt&tier=gold")
    steps = {text_of(link): link for link in page.one("section", cls="empty").iter("a")}
    assert set(steps) == {
        "Only “Search engine optimisation”",
        "Only “speaks Portuguese”",
        "Only “Gold”",
        "All providers",
    }
    assert names(visitor.open(steps["Only “Gold”"].get("href") or "")) == ["Beta"]
    useless = [text_of(one) for one in page.one("section", cls="empty").iter("li")][-3:]
    assert useless == [
        "Remove “Search engine optimisation”0 providers",
        "Remove “Gold”0 providers",
        "Remove “speaks Portuguese”0 providers",
    ]


@pytest.mark.usefixtures("three")
def test_an_empty_result_offers_the_two_filters_whose_removal_helps(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?service=seo&language=pt&tier=gold&country=PT")
    steps = {text_of(link): link for link in page.one("section", cls="empty").iter("a")}
    first = "Remove “Search engine optimisation” and “Gold”"
    assert next(iter(steps)) == first
    assert names(visitor.open(steps[first].get("href") or "")) == ["Gamma"]
    assert all(names(visitor.open(link.get("href") or "")) for link in steps.values())


@pytest.mark.usefixtures("three")
def test_every_tier_is_listed_with_its_count_even_if_it_is_zero(visitor: Visitor) -> None:
    page = visitor.open("/en/providers")
    tiers = [one.get("value") for one in page.all("input", type="checkbox", name="tier")]
    assert tiers == ["elite", "diamond", "platinum", "gold", "none"]
    assert "zero" in (row(page, "tier", "elite").get("class") or "")


@pytest.mark.usefixtures("three")
def test_around_a_city_only_ticked_places_are_listed(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?near=Stuttgart")
    assert not page.all("input", name="country")
    assert box(visitor.open("/en/providers?near=Stuttgart&country=PT"), "country", "PT") is not None


@pytest.mark.usefixtures("three")
def test_without_an_index_listings_are_still_found(visitor: Visitor, settings: Settings) -> None:
    shutil.rmtree(settings.index_dir)
    page = visitor.open("/en/providers?service=seo")
    assert names(page) == ["Alpha"]
    assert box(page, "service", "seo").get("checked") is not None


def test_a_directory_without_listings_says_so(visitor: Visitor) -> None:
    assert "No provider is listed yet" in visitor.open("/en/providers").text


def test_package_and_credential_can_be_ticked(visitor: Visitor, make: Make) -> None:
    make.listing("Partnered", package=Package.PARTNER, accepting=True, credentials=["inbound"])
    make.listing("Alone")
    search.apply_changes()
    page = visitor.open("/en/providers?package=partner")
    assert names(page) == ["Partnered"]
    assert box(page, "package", "partner").get("checked") is not None
    assert parse_qs(urlsplit(submitted(page)).query)["package"] == ["partner"]
    everything = visitor.open("/en/providers")
    for facet, value in (("accepting", "1"), ("credential", "inbound")):
        assert "1 provider" in text_of(row(everything, facet, value))
        assert names(visitor.open(f"/en/providers?{facet}={value}")) == ["Partnered"]


@pytest.mark.usefixtures("three")
def test_a_value_that_others_have_is_listed_with_zero(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?country=PT")
    line = row(page, "language", "de")
    assert "zero" in (line.get("class") or "")
    assert "0 providers" in text_of(line)


def test_services_behind_the_first_seven_stand_under_their_area(
    visitor: Visitor, make: Make
) -> None:
    services = list(taxonomy.services())[:24]
    make.listing("Alpha", services=services)
    search.apply_changes()
    page = visitor.open("/de/providers")
    titles = [text_of(one) for one in page.all("legend")]
    area = taxonomy.areas()[taxonomy.services()[services[-1]].area].de
    assert area in titles
    for slug in services:
        assert "1 Anbieter" in text_of(row(page, "service", slug))


def test_a_long_list_leads_to_the_page_with_all_of_it(visitor: Visitor, make: Make) -> None:
    codes = list(geography.countries())[:40]
    make.listing("Alpha", services=["seo"], serves=codes)
    search.apply_changes()
    page = visitor.open("/en/providers?service=seo")
    assert len(page.all("input", name="country")) < len(codes)
    (more,) = [link for link in page.all("a", cls="action") if "Countries" in text_of(link)]
    whole = visitor.open(more.get("href") or "")
    assert len(whole.all("input", name="country")) >= len(codes)
    assert whole.one("link", rel="canonical").get("href", "").endswith("/services/seo")


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("explain=2", "“2” is not known for “Reasons”"),
        ("text=x", "“x” is not known for “Take words literally”"),
        ("near=Stuttgart&radius=9999", "“9999” is not known for “Radius”"),
        ("radius=9999", "“9999” is not known for “Radius”"),
        ("radius=25", "The radius was left out, since no place is given."),
    ],
)
def test_nothing_is_ignored_in_silence(visitor: Visitor, query: str, said: str) -> None:
    assert said in text_of(visitor.open(f"/en/providers?{query}").one("div", cls="notice"))


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("query", ["near=&radius=50", "near=Bavaria&radius=50"])
def test_a_form_without_script_may_send_its_radius_along(visitor: Visitor, query: str) -> None:
    assert not visitor.open(f"/en/providers?{query}").all("div", cls="notice")


@pytest.mark.usefixtures("three")
def test_more_than_twenty_values_are_capped_and_said(visitor: Visitor) -> None:
    query = "&".join(f"industry={slug}" for slug in list(taxonomy.industries())[:22])
    notice = text_of(visitor.open(f"/en/providers?{query}").one("div", cls="notice"))
    assert notice.count("there are too many filters") == 2


@pytest.mark.usefixtures("three")
def test_every_order_says_in_a_line_what_it_means(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?near=Stuttgart&radius=500")
    (menu,) = page.all("details", cls="menu")
    orders = list(menu.iter("li"))
    assert len(orders) == 4
    assert all(text_of(next(iter(one.iter("small")))) for one in orders)


@pytest.mark.usefixtures("three")
def test_a_result_says_that_it_fits_the_budget_asked_for(visitor: Visitor) -> None:
    assert "from €5,000 fits your budget" in visitor.open("/en/providers?budget=5000").text
    assert "fits your budget" not in visitor.open("/en/providers").text
