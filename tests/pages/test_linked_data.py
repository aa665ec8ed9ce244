"""What pages say to search engines and to sites that share them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from directory.kernel.policy import Tier
from tests.factories import COLOGNE, STUTTGART, Make
from tests.pages.contract import BASE, LINKED_DATA, Page, Visitor, text_of
from tests.pages.schema_org import problems


def graph(page: Page) -> list[dict[str, Any]]:
    """The nodes of a page, each checked against the vocabulary."""
    data = json.loads(page.one("script", type=LINKED_DATA).text or "")
    assert data["@context"] == "https://schema.org"
    nodes: list[dict[str, Any]] = data["@graph"]
    assert list(problems(nodes)) == []
    return nodes


def of_type(page: Page, kind: str) -> list[dict[str, Any]]:
    return [node for node in graph(page) if node["@type"] == kind]


def sharing(page: Page) -> dict[str, str]:
    """The Open Graph words of a page."""
    tags = page.all("meta")
    return {tag.get("property", ""): tag.get("content", "") for tag in tags if tag.get("property")}


def test_each_office_is_a_business_of_its_own(visitor: Visitor, make: Make) -> None:
    make.listing(
        "Acme",
        slug="acme",
        offices=[STUTTGART, COLOGNE],
        serves=["AT", "DE-BY"],
        website="https://acme.example/",
        founded=1999,
        team_size=12,
        services=["seo"],
    )
    page = visitor.open("/de/providers/acme")
    (whole,) = of_type(page, "Organization")
    assert whole["sameAs"] == "https://acme.example/"
    assert whole["foundingDate"] == "1999"
    assert [area["@type"] for area in whole["areaServed"]] == ["Country", "AdministrativeArea"]
    offices = of_type(page, "LocalBusiness")
    assert [one["address"]["addressLocality"] for one in offices] == ["Stuttgart", "Köln"]
    assert {one["parentOrganization"]["@id"] for one in offices} == {whole["@id"]}
    assert len({one["@id"] for one in offices}) == 2


def test_no_page_claims_a_rating_while_there_are_no_reviews(visitor: Visitor, make: Make) -> None:
    make.listing(slug="acme", tier=Tier.GOLD)
    assert "ggregateRating" not in visitor.open("/en/providers/acme").html


def test_a_credential_is_named_with_its_last_day_and_not_its_holder(
    visitor: Visitor, make: Make
) -> None:
    make.listing(slug="acme")
    (whole,) = of_type(visitor.open("/en/providers/acme"), "Organization")
    (credential,) = whole["hasCredential"]
    assert (credential["name"], credential["expires"]) == ("Inbound", "2027-11-23")


def test_the_trail_for_machines_is_the_one_that_is_shown(visitor: Visitor, make: Make) -> None:
    make.listing("Acme", slug="acme", services=["crm-implementation"])
    page = visitor.open("/en/providers/acme")
    shown = page.one("nav", cls="crumbs")
    (trail,) = of_type(page, "BreadcrumbList")
    steps = trail["itemListElement"]
    assert [step["name"] for step in steps] == [text_of(item) for item in shown.iter("li")]
    links = [f"{BASE}{link.get('href')}" for link in shown.iter("a")]
    assert [step["item"] for step in steps] == [*links, f"{BASE}/en/providers/acme"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))


@pytest.mark.case("K1")
def test_a_name_can_not_end_the_data(visitor: Visitor, make: Make) -> None:
    name = "</script><script>alert(1)</script>"
    make.listing(name, slug="acme", texts={"en": ("<!--<script>", "")})
    page = visitor.open("/en/providers/acme")
    assert of_type(page, "Organization")[0]["name"] == name
    assert "<script>alert" not in page.html


def test_home_tells_how_to_search(visitor: Visitor, three: None) -> None:
    (site,) = of_type(visitor.open("/de/"), "WebSite")
    target = site["potentialAction"]["target"]["urlTemplate"]
    assert target == f"{BASE}/de/providers?q={{search_term_string}}"
    found = visitor.open(target.removeprefix(BASE).replace("{search_term_string}", "alpha"))
    assert [item["name"] for item in of_type(found, "ItemList")[0]["itemListElement"]] == ["Alpha"]


def test_a_page_of_results_is_a_list_in_its_order(visitor: Visitor, three: None) -> None:
    page = visitor.open("/en/providers?sort=name")
    (found,) = of_type(page, "ItemList")
    assert found["numberOfItems"] == 3
    assert [item["name"] for item in found["itemListElement"]] == ["Alpha", "Beta", "Gamma"]
    assert found["itemListElement"][1]["url"] == f"{BASE}/en/providers/beta"


def test_a_landing_page_tells_its_trail_and_its_first_results(
    visitor: Visitor, three: None
) -> None:
    page = visitor.open("/en/services/crm-implementation/de")
    (trail,) = of_type(page, "BreadcrumbList")
    assert [(step["name"], step["item"]) for step in trail["itemListElement"]] == [
        ("Directory", f"{BASE}/en/"),
        ("CRM", f"{BASE}/en/services/crm"),
        ("CRM implementation", f"{BASE}/en/services/crm-implementation"),
        ("Germany", f"{BASE}/en/services/crm-implementation/de"),
    ]
    (found,) = of_type(page, "ItemList")
    shown = [text_of(one) for one in page.all("h2", cls="entry-name")]
    assert [item["name"] for item in found["itemListElement"]] == shown
    assert found["numberOfItems"] == len(shown)
    assert found["name"] == page.heading


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_shared_page_names_itself_as_its_head_does(
    visitor: Visitor, make: Make, language: str
) -> None:
    make.listing("Böse & Söhne", slug="acme", texts={"de": ("Kurz & <gut>.", "")})
    page = visitor.open(f"/{language}/providers/acme")
    shared = sharing(page)
    assert shared["og:title"] == "Böse & Söhne"
    assert shared["og:description"] == "Kurz & <gut>."
    assert shared["og:url"] == page.one("link", rel="canonical").get("href")
    assert shared["og:locale"][:2] == language


def test_what_is_not_there_is_not_shared(visitor: Visitor) -> None:
    assert sharing(visitor.open("/en/providers/nobody", status=404)) == {}
