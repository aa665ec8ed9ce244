"""Keeping providers while searching, in the address alone."""

from __future__ import annotations

from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient

from directory.config import clock
from directory.database import writing
from directory.kernel.policy import Tier
from directory.listings.models import ListingState
from directory.listings.services import content_of, revise_listing
from directory.reactions import settle
from tests.factories import Make
from tests.pages.contract import BASE, LINKED_DATA, Page, Visitor, text_of
from tests.pages.result_list import names


def kept_in(address: str) -> list[str]:
    return parse_qs(urlsplit(address).query).get("p", [])


def boxes(page: Page) -> dict[str, bool]:
    """The boxes of the form `keep`: slug, and whether it is ticked."""
    found = [one for one in page.all("input", form="keep") if one.get("type") == "checkbox"]
    return {one.get("value") or "": one.get("checked") is not None for one in found}


def said_to_machines(page: Page) -> list[tuple[str, ...]]:
    """Addresses and data in the head: canonical, twins, what is shared, linked data."""
    links = [one for one in page.one("head").iter("link") if one.get("rel") != "preload"]
    tags = [(one.get("property") or "", one.get("content") or "") for one in page.all("meta")]
    data = [(one.text or "",) for one in page.all("script", type=LINKED_DATA)]
    return [*((one.get("href") or "",) for one in links), *tags, *data]


def submitted(page: Page, *ticked: str) -> str:
    """The query that the form `keep` sends once those boxes are ticked as well."""
    form = page.one("form", id="keep")
    hidden = [(one.get("name"), one.get("value")) for one in form.iter("input")]
    own = [("p", slug) for slug, is_ticked in boxes(page).items() if is_ticked or slug in ticked]
    return urlencode([*hidden, *own])


@pytest.mark.case("K2")
def test_parameters_that_are_no_slugs_are_ignored(visitor: Visitor) -> None:
    page = visitor.open("/en/shortlist?p=%3Cscript%3E&p=&p=A%20B&p=..%2F..&p=" + "a" * 81)
    assert page.heading == "Your short-list is empty"
    assert not [one for one in page.one("main").iter("a") if "p=" in (one.get("href") or "")]


@pytest.mark.usefixtures("three")
def test_ticking_in_results_and_submitting_gives_the_list(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?service=crm-implementation")
    assert boxes(page) == {"alpha": False, "beta": False}
    address = page.one("form", id="keep").get("action")
    kept = visitor.open(f"{address}?{submitted(page, 'beta', 'alpha')}")
    assert kept.heading == "Short-list: 2 providers"
    assert sorted(names(kept)) == ["Alpha", "Beta"]


@pytest.mark.usefixtures("three")
def test_the_list_leads_back_to_the_search_it_comes_from(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?service=crm-implementation&country=DE&sort=name")
    kept = visitor.open(f"/en/shortlist?{submitted(page, 'alpha')}")
    crumbs = kept.one("nav", cls="crumbs").iter("a")
    back = next(one for one in crumbs if "/providers?" in one.get("href", ""))
    assert text_of(back) == "CRM implementation providers in Germany"
    assert dict(parse_qsl(urlsplit(back.get("href") or "").query)) == {
        "service": "crm-implementation",
        "country": "DE",
        "sort": "name",
        "p": "alpha",
    }
    assert boxes(visitor.open(back.get("href") or ""))["alpha"] is True


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    "path",
    [
        "/en/providers?service=crm&sort=name&p=gamma&p=alpha",
        "/de/services/crm?p=gamma&p=alpha",
        "/en/providers?q=nothing+at+all&p=gamma&p=alpha",
        "/en/?p=gamma&p=alpha",
        "/en/regions?p=gamma&p=alpha",
        "/de/regions/DE?p=gamma&p=alpha",
        "/de/credentials/inbound?p=gamma&p=alpha",
        "/en/trust?p=gamma&p=alpha",
    ],
)
def test_the_kept_ride_along_on_every_way_through_the_site(visitor: Visitor, path: str) -> None:
    page = visitor.open(path)
    links = [one.get("href") or "" for one in page.one("body").iter("a")]
    inside = [url for url in links if url.startswith("/")]
    assert len(inside) > len(page.one("header", cls="masthead").findall(".//a"))
    assert [url for url in inside if kept_in(url) != ["gamma", "alpha"]] == []
    assert kept_in(page.one("input", name="back").get("value") or "") == ["gamma", "alpha"]
    for form in page.all("form"):
        if form.get("method") == "post":
            continue
        fields = [(one.get("name"), one.get("value")) for one in form.iter("input")]
        fields += [("p", slug) for slug, ticked in boxes(page).items() if ticked
                   and form.get("id") == "keep"]  # fmt: skip
        assert {value for name, value in fields if name == "p"} == {"gamma", "alpha"}


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    "path",
    ["", "providers", "services/crm", "services/crm/de", "providers/alpha", "regions", "trust",
     "credentials/inbound"],
)  # fmt: skip
def test_a_shared_link_changes_nothing_for_others(visitor: Visitor, path: str) -> None:
    shared = visitor.open(f"/en/{path}?p=gamma")
    page = visitor.open(f"/en/{path}")
    assert "p=gamma" in shared.html
    assert "p=gamma" not in page.html
    assert page.one("link", rel="canonical").get("href") == f"{BASE}/en/{path}"
    assert said_to_machines(shared) == said_to_machines(page)
    assert "p=gamma" in visitor.open(f"/en/{path}?p=gamma").html


@pytest.mark.usefixtures("three")
def test_a_provider_kept_elsewhere_stays_when_a_box_is_unticked(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?service=seo&p=gamma")
    assert boxes(page) == {"alpha": False}
    assert kept_in(f"?{submitted(page, 'alpha')}") == ["gamma", "alpha"]


@pytest.mark.usefixtures("three")
def test_a_providers_page_adds_it_to_the_list(visitor: Visitor) -> None:
    link = visitor.open("/en/providers/alpha?p=gamma").one("a", cls="keep-link")
    assert kept_in(link.get("href") or "") == ["gamma", "alpha"]
    assert names(visitor.open(link.get("href") or "")) == ["Gamma", "Alpha"]
    kept = visitor.open("/en/providers/alpha?p=alpha").one("a", cls="keep-link")
    assert text_of(kept) == "On your short-list"


@pytest.mark.usefixtures("three")
def test_a_providers_page_compares_it_first_with_the_kept_ones(visitor: Visitor) -> None:
    page = visitor.open("/en/providers/alpha?p=gamma")
    links = [one.get("href") or "" for one in page.all("a", rel="nofollow")]
    compared = [kept_in(url) for url in links if "/compare?" in url]
    assert compared[0] == ["alpha", "gamma"]
    assert all(slugs[0] == "alpha" and slugs[-1] == "gamma" for slugs in compared)


@pytest.mark.usefixtures("three")
def test_each_can_be_removed(visitor: Visitor) -> None:
    page = visitor.open("/en/shortlist?p=beta&p=alpha&p=gamma&q=crm")
    removing = [one.get("href") or "" for one in page.all("a", cls="action")
                if text_of(one).startswith("Remove")]  # fmt: skip
    assert [kept_in(url) for url in removing] == [
        ["alpha", "gamma"],
        ["beta", "gamma"],
        ["beta", "alpha"],
    ]
    assert names(visitor.open(removing[0])) == ["Alpha", "Gamma"]


@pytest.mark.usefixtures("three")
def test_the_shared_address_holds_the_list_and_nothing_else(visitor: Visitor) -> None:
    page = visitor.open("/de/shortlist?q=crm&p=beta&p=gone&p=alpha")
    assert page.one("input", id="share").get("value") == (
        "http://localhost:8000/de/shortlist?p=beta&p=alpha"
    )
    assert page.all("meta", name="robots", content="noindex")


def test_no_cookie_is_set(client: FlaskClient, make: Make) -> None:
    make.listing(slug="alpha")
    for path in ("shortlist?p=alpha", "compare?p=alpha", "shortlist.csv?p=alpha"):
        assert "Set-Cookie" not in client.get(f"/en/{path}").headers


@pytest.mark.rule("DIR-2")
def test_who_is_not_public_is_left_out_and_named_by_the_address_only(
    visitor: Visitor, make: Make
) -> None:
    make.listing("Offen", slug="offen")
    make.listing("Geheim & Co", slug="versteckt", certified_until=None)
    hidden = make.listing("Zurück", slug="zurueck")
    with writing():
        hidden.state = ListingState.WITHDRAWN
        settle()
    page = visitor.open("/de/shortlist?p=versteckt&p=offen&p=zurueck&p=nie")
    assert names(page) == ["Offen"]
    assert "nicht öffentlich: versteckt, zurueck, nie" in page.text
    assert "Geheim" not in page.text
    assert "Zurück" not in page.text


def test_a_former_slug_still_finds_its_provider(visitor: Visitor, make: Make) -> None:
    listing = make.listing("Neu", slug="alt")
    with writing():
        revise_listing(listing, content_of(listing), slug="neu", at=clock().now())
        settle()
    for query in ("p=alt", "p=alt&p=neu", "p=neu&p=alt"):
        page = visitor.open(f"/en/shortlist?{query}")
        assert names(page) == ["Neu"]
        assert page.all("div", cls="notice") == []
        assert "Remove" in page.text
        (remove,) = [one for one in page.all("a", cls="action") if "Remove" in text_of(one)]
        assert kept_in(remove.get("href") or "") == []


def test_a_list_has_a_polite_end(visitor: Visitor, make: Make) -> None:
    make.listing("Erste", slug="s-0")
    many = "&".join(f"p=s-{number}" for number in range(53))
    assert "holds at most 50 providers; 3 more" in visitor.open(f"/en/shortlist?{many}").text


@pytest.mark.rule("OPR-2")
@pytest.mark.parametrize("path", ["shortlist", "compare"])
def test_where_a_tier_is_shown_it_says_what_it_reflects(
    visitor: Visitor, make: Make, path: str
) -> None:
    make.listing(slug="gold", tier=Tier.GOLD)
    page = visitor.open(f"/en/{path}?p=gold")
    assert "business done with HubSpot" in text_of(page.one("main"))


@pytest.mark.usefixtures("three")
def test_robots_stay_out_of_what_visitors_keep(visitor: Visitor) -> None:
    rules = visitor.client.get("/robots.txt").text.splitlines()
    assert {"Disallow: /*?p=", "Disallow: /*&p="} <= set(rules)
    page = visitor.open("/en/providers/alpha")
    assert [one for one in page.all("a", rel="nofollow") if "/shortlist" in (one.get("href") or "")]
