"""Pages of errors: in the site's look, in the language of the address."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient

from directory.certification.models import Certification
from directory.config import clock
from directory.database import db, writing
from directory.listings.models import ListingState
from directory.reactions import settle
from tests.factories import Make
from tests.pages.contract import Visitor, check, parse


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("code", [404, 410, 422, 500])
def test_each_error_has_a_page_in_both_languages(app: Flask, code: int, language: str) -> None:
    with app.test_request_context(f"/{language}/somewhere"):
        check(parse(code, {}, render_template(f"errors/{code}.html", code=code)))


@pytest.mark.parametrize("code", [400, 403, 405, 409, 413, 414, 429, 503])
def test_other_errors_share_a_page(app: Flask, code: int) -> None:
    with app.test_request_context("/de/irgendwo"):
        page = parse(code, {}, render_template("errors/error.html", code=code))
    check(page)
    assert str(code) in page.text


def test_an_address_in_no_language_is_answered_in_the_visitors(client: FlaskClient) -> None:
    german = client.get("/nowhere", headers={"Accept-Language": "de-AT"})
    assert "Diese Seite gibt es nicht" in german.text
    assert "There is no such page" in client.get("/nowhere").text


def test_a_page_of_a_language_that_is_not_spoken_is_404(visitor: Visitor) -> None:
    assert visitor.open("/fr/", status=404).language == "en"


def test_an_error_links_only_to_pages_that_exist(visitor: Visitor, client: FlaskClient) -> None:
    page = visitor.open("/de/nichts", status=404)
    for link in page.all("a"):
        target = link.get("href") or ""
        # The twin of an error is an error.
        if target.startswith("/") and link.get("rel") != "alternate":
            assert client.get(target).status_code == 200, target


@pytest.mark.rule("DIR-2")
def test_a_lapsed_listing_says_that_its_certification_ended(visitor: Visitor, make: Make) -> None:
    listing = make.listing(slug="acme", certified_until=clock().today())
    with writing():
        listing.first_public = date(2025, 1, 1)
        settle()
    _end_certifications(listing.organisation_id)
    page = visitor.open("/de/providers/acme", status=410)
    assert "Zertifikat" in page.text
    assert "abgelaufen" in page.text
    assert listing.name not in page.text


@pytest.mark.rule("DIR-2")
def test_a_withdrawn_listing_says_so(visitor: Visitor, make: Make) -> None:
    listing = make.listing(slug="acme")
    with writing():
        listing.state = ListingState.WITHDRAWN
        settle()
    assert "zurückgezogen" in visitor.open("/de/providers/acme", status=410).text


@pytest.mark.rule("DIR-2")
def test_a_listing_that_never_was_public_does_not_exist(visitor: Visitor, make: Make) -> None:
    make.listing(slug="acme", certified_until=None)
    visitor.open("/en/providers/acme", status=404)


def _end_certifications(organisation_id: int) -> None:
    with writing():
        for one in db.session.query(Certification).filter_by(organisation_id=organisation_id):
            one.expires = clock().today() - timedelta(days=1)
        settle()
