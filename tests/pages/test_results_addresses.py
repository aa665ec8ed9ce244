"""Addresses of results: pages, what may be indexed, completions."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from directory.database import record, writing
from directory.listings.events import ListingChanged
from directory.listings.models import ListingState
from directory.reactions import settle
from directory.search import services as search
from tests.factories import Make
from tests.pages.contract import Visitor, text_of
from tests.pages.result_list import names


@pytest.mark.usefixtures("three")
def test_the_explanation_leaves_no_trace_in_addresses(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?service=seo&explain=1")
    assert not [
        link for link in page.one("main").iter("a") if "explain" in (link.get("href") or "")
    ]
    assert "explain" not in (page.one("link", rel="canonical").get("href") or "")


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "１", ""])
def test_a_page_that_is_no_page_number_is_400(client: FlaskClient, page: str) -> None:
    assert client.get("/en/providers", query_string={"page": page}).status_code == 400


def test_a_page_beyond_the_last_is_404(client: FlaskClient) -> None:
    assert client.get("/en/providers?page=1").status_code == 200
    assert client.get("/en/providers?page=2").status_code == 404


def test_pages_of_twenty_repeat_and_skip_nothing(visitor: Visitor, make: Make) -> None:
    for number in range(41):
        make.listing(f"Agency {number:02}", services=["seo"])
    search.apply_changes()
    first = visitor.open("/en/providers?service=seo")
    pager = first.one("nav", cls="pager")
    targets = [link.get("href") or "" for link in pager.iter("a") if link.get("rel") is None]
    found = [names(first), *(names(visitor.open(target)) for target in targets)]
    assert [len(page) for page in found] == [20, 20, 1]
    assert len({name for page in found for name in page}) == 41
    last = visitor.open(targets[-1])
    assert text_of(last.one("p", role="status")) == "41 providers, 41 to 41"
    assert ", page 3" in last.title


@pytest.mark.parametrize(
    ("query", "indexed"),
    [
        ("", True),
        ("?page=1", True),
        ("?service=seo", False),
        ("?q=crm", False),
        ("?sort=name", False),
    ],
)
def test_only_the_whole_list_may_be_indexed(visitor: Visitor, query: str, indexed: bool) -> None:
    page = visitor.open(f"/en/providers{query}")
    assert bool(page.all("meta", name="robots", content="noindex")) is not indexed


def test_the_canonical_address_has_one_order_of_parameters(visitor: Visitor) -> None:
    page = visitor.open("/en/providers?country=DE&service=seo&page=1&radius=50")
    canonical = page.one("link", rel="canonical").get("href")
    assert canonical == "http://localhost:8000/en/providers?service=seo&country=DE"


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "canonical", "indexed"),
    [
        ("service=seo", "services/seo", True),
        ("service=crm", "services/crm", True),
        ("service=seo&country=DE", "services/seo/de", True),
        ("country=DE", "providers?country=DE", False),
        ("service=seo&country=AT", "providers?service=seo&country=AT", False),
        ("service=seo&service=crm", "providers?service=seo&service=crm", False),
        ("service=seo&language=de", "providers?service=seo&language=de", False),
        ("service=seo&sort=name", "providers?service=seo&sort=name", False),
        ("q=seo", "providers?q=seo", False),
    ],
)
def test_results_that_a_landing_page_shows_are_known_by_its_address(
    visitor: Visitor, query: str, canonical: str, indexed: bool
) -> None:
    page = visitor.open(f"/en/providers?{query}")
    address = page.one("link", rel="canonical").get("href")
    assert address == f"http://localhost:8000/en/{canonical}"
    assert bool(page.all("meta", name="robots", content="noindex")) is not indexed


@pytest.mark.rule("DIR-2")
@pytest.mark.usefixtures("three")
def test_a_hidden_listing_is_gone_from_results_before_the_index_knows(
    visitor: Visitor, make: Make
) -> None:
    delta = make.listing("Delta", services=["seo"])
    search.apply_changes()
    assert "Delta" in names(visitor.open("/en/providers?service=seo"))
    with writing():
        delta.state = ListingState.WITHDRAWN
        record(ListingChanged(delta.id))
        settle()
    page = visitor.open("/en/providers?service=seo")
    assert names(page) == ["Alpha"]
    assert text_of(page.one("p", role="status")) == "1 provider"


@pytest.mark.case("C4")
@pytest.mark.parametrize("q", ["{{7*7}}", "<script>alert(1)</script>", "%s%n", '"><b>x</b>'])
def test_words_are_shown_as_they_are(visitor: Visitor, q: str) -> None:
    answer = visitor.client.get("/en/providers", query_string={"q": q})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "<b>x</b>" not in answer.text
    assert "{{49}}" not in answer.text


def test_completions_are_grouped_and_at_most_eight(client: FlaskClient, make: Make) -> None:
    make.listing("Webwerk", slug="webwerk", services=["website-design"])
    search.apply_changes()
    found = client.get("/suggest?q=web&lang=de").get_json()
    assert set(found) == {"services", "places", "providers"}
    assert {"slug": "webwerk", "name": "Webwerk"} in found["providers"]
    assert all(set(one) == {"slug", "name"} for one in found["services"])
    assert sum(len(group) for group in found.values()) <= 8
    places = client.get("/suggest?q=stutt&lang=de").get_json()["places"]
    assert places[0]["name"] == "Stuttgart"
    assert places[0]["id"] == "2825297"


@pytest.mark.rule("DIR-2")
def test_a_listing_that_is_not_public_is_not_suggested(client: FlaskClient, make: Make) -> None:
    make.listing("Webwerk", certified_until=None)
    search.apply_changes()
    assert client.get("/suggest?q=webwerk").get_json()["providers"] == []


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "current", "offered"),
    [
        ("", "best match", 3),
        ("?sort=name", "name", 3),
        ("?near=Stuttgart&radius=500&sort=distance", "distance", 4),
        ("?sort=distance", "best match", 3),
        ("?sort=reviews", "number of reviews", 4),
    ],
)
def test_the_menu_offers_the_orders_that_make_sense(
    visitor: Visitor, query: str, current: str, offered: int
) -> None:
    menu = visitor.open(f"/en/providers{query}").one("details", cls="menu")
    links = list(menu.iter("a"))
    assert len(links) == offered
    (chosen,) = [text_of(link) for link in links if link.get("aria-current")]
    assert chosen.startswith(current)
