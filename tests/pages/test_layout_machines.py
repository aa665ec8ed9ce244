"""Addresses for machines: the sitemap and what robots may read."""

from __future__ import annotations

import re
from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from flask.testing import FlaskClient

from directory.config import LANGUAGES, clock
from directory.geography import queries as geography
from directory.taxonomy import queries as taxonomy
from directory.web.public import machines
from tests.factories import Make

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
BASE = "http://localhost:8000"


def _read(client: FlaskClient, path: str) -> Element:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.mimetype == "text/xml"
    root: Element = fromstring(answer.data)
    return root


def _maps(client: FlaskClient) -> dict[str, str | None]:
    """The maps that the list names, with the day of their last change."""
    root = _read(client, "/sitemap.xml")
    assert root.tag == f"{SITEMAP}sitemapindex"
    return {
        (one.findtext(f"{SITEMAP}loc") or ""): one.findtext(f"{SITEMAP}lastmod")
        for one in root.iter(f"{SITEMAP}sitemap")
    }


def _urls(client: FlaskClient) -> dict[str, Element]:
    """Every address of every map."""
    roots = [_read(client, address.removeprefix(BASE)) for address in _maps(client)]
    found = [url for root in roots for url in root.iter(f"{SITEMAP}url")]
    return {url.findtext(f"{SITEMAP}loc") or "": url for url in found}


def test_the_sitemap_has_each_page_in_both_languages_with_twins(
    client: FlaskClient, make: Make
) -> None:
    make.listing(slug="acme", services=["seo"])
    urls = _urls(client)
    services = ("services/marketing", "services/seo")
    landing = (*services, *(f"{service}/de" for service in services))
    pages = ("", "providers", "providers/acme", "trust", "credentials/inbound", *landing)
    assert set(urls) >= {f"{BASE}/{lang}/{page}" for lang in ("de", "en") for page in pages}
    entry = urls[f"{BASE}/de/providers/acme"]
    assert entry.findtext(f"{SITEMAP}lastmod") == clock().today().isoformat()
    assert urls[f"{BASE}/en/services/seo/de"].findtext(f"{SITEMAP}lastmod")
    twins = {link.get("hreflang"): link.get("href") for link in entry.iter(f"{XHTML}link")}
    assert twins["en"] == f"{BASE}/en/providers/acme"


def test_every_address_of_the_sitemap_is_a_page_that_may_be_indexed(
    client: FlaskClient, make: Make
) -> None:
    make.listing(slug="acme")
    for address in _urls(client):
        answer = client.get(address.removeprefix(BASE))
        assert answer.status_code == 200, address
        assert "noindex" not in answer.text
        assert f'<link rel="canonical" href="{address}">' in answer.text


def test_listings_are_shared_out_among_maps_by_their_numbers(
    client: FlaskClient, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machines, "LISTINGS_A_MAP", 2)
    for slug in ("a", "b", "c"):
        make.listing(slug=slug)
    make.listing(slug="hidden", certified_until=None)
    assert [url for url in _maps(client) if "listings" in url] == [
        f"{BASE}/sitemaps/listings-1.xml",
        f"{BASE}/sitemaps/listings-2.xml",
    ]
    assert _maps(client)[f"{BASE}/sitemaps/listings-2.xml"] == clock().today().isoformat()
    found = {url for url in _urls(client) if "/en/providers/" in url}
    assert found == {f"{BASE}/en/providers/{slug}" for slug in ("a", "b", "c")}
    assert client.get("/sitemaps/listings-3.xml").status_code == 404
    assert client.get("/sitemaps/listings-0.xml").status_code == 404


def test_each_area_that_somebody_offers_has_a_map_of_its_services(
    client: FlaskClient, make: Make
) -> None:
    make.listing(services=["seo"])
    make.listing(services=["crm-implementation"], certified_until=None)
    maps = _maps(client)
    assert [url for url in maps if "services" in url] == [f"{BASE}/sitemaps/services-marketing.xml"]
    assert maps[f"{BASE}/sitemaps/services-marketing.xml"] == clock().today().isoformat()
    for area in ("crm", "seo", "nothing"):
        assert client.get(f"/sitemaps/services-{area}.xml").status_code == 404


def test_a_full_map_keeps_to_the_protocol() -> None:
    assert len(LANGUAGES) * machines.LISTINGS_A_MAP <= 50_000
    widest = max(len(taxonomy.services_of(area)) for area in taxonomy.areas())
    assert len(LANGUAGES) * (widest + 1) * (len(geography.countries()) + 1) <= 50_000


@pytest.mark.rule("DIR-2")
def test_the_sitemap_has_only_public_listings(client: FlaskClient, make: Make) -> None:
    make.listing(slug="never", certified_until=None)
    make.listing(slug="lapsed", certified_until=clock().today() - timedelta(days=1))
    make.listing(slug="today", certified_until=clock().today())
    assert [url for url in _urls(client) if "/en/providers/" in url] == [
        f"{BASE}/en/providers/today"
    ]


def test_programs_that_read_text_are_told_what_this_is(client: FlaskClient) -> None:
    answer = client.get("/llms.txt")
    assert answer.mimetype == "text/plain"
    assert answer.text.startswith("# Solutions Directory\n\n> ")
    linked = re.findall(r"\]\(([^)]+)\)", answer.text)
    assert linked
    for address in linked:
        assert client.get(address.removeprefix(BASE)).status_code == 200, address


def test_robots_are_told_where_the_sitemap_is(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert f"Sitemap: {BASE}/sitemap.xml" in answer.text
    assert "Disallow: /suggest" in answer.text
