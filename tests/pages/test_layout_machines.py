"""Addresses for machines: the sitemap and what robots may read."""

from __future__ import annotations

from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from flask.testing import FlaskClient

from directory.config import clock
from tests.factories import Make

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
BASE = "http://localhost:8000"


def _urls(client: FlaskClient) -> dict[str, Element]:
    answer = client.get("/sitemap.xml")
    assert answer.status_code == 200
    assert answer.mimetype == "text/xml"
    root = fromstring(answer.data)
    return {url.findtext(f"{SITEMAP}loc") or "": url for url in root.iter(f"{SITEMAP}url")}


def test_the_sitemap_has_each_page_in_both_languages_with_twins(
    client: FlaskClient, make: Make
) -> None:
    make.listing(slug="acme", services=["seo"])
    urls = _urls(client)
    services = ("services/marketing", "services/seo")
    landing = (*services, *(f"{service}/de" for service in services))
    pages = ("", "providers", "providers/acme", *landing)
    assert set(urls) == {f"{BASE}/{lang}/{page}" for lang in ("de", "en") for page in pages}
    entry = urls[f"{BASE}/de/providers/acme"]
    assert entry.findtext(f"{SITEMAP}lastmod") == clock().today().isoformat()
    assert urls[f"{BASE}/en/services/seo/de"].findtext(f"{SITEMAP}lastmod")
    twins = {link.get("hreflang"): link.get("href") for link in entry.iter(f"{XHTML}link")}
    assert twins["en"] == f"{BASE}/en/providers/acme"


@pytest.mark.rule("DIR-2")
def test_the_sitemap_has_only_public_listings(client: FlaskClient, make: Make) -> None:
    make.listing(slug="never", certified_until=None)
    make.listing(slug="lapsed", certified_until=clock().today() - timedelta(days=1))
    make.listing(slug="today", certified_until=clock().today())
    assert [url for url in _urls(client) if "/en/providers/" in url] == [
        f"{BASE}/en/providers/today"
    ]


def test_robots_are_told_where_the_sitemap_is(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert f"Sitemap: {BASE}/sitemap.xml" in answer.text
    assert "Disallow: /suggest" in answer.text
