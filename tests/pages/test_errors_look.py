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
from directory.search import services as search
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


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [("/en/privcy", "/en/privacy"), ("/de/impressum", "/de/imprint"), ("/en/x/Terms", "/en/terms")],
)
def test_a_mistyped_page_leads_to_the_one_that_was_meant(
    visitor: Visitor, path: str, leads_to: str
) -> None:
    (nearest,) = visitor.open(path, status=404).all("ul", cls="error-nearest")
    assert [link.get("href") for link in nearest.iter("a")] == [leads_to]


def test_a_mistyped_listing_leads_to_those_that_are_called_so(visitor: Visitor, make: Make) -> None:
    make.listing("Quellgrund Systems", slug="quellgrund-systems")
    make.listing("Quellgrund Lapsed", slug="lapsed", certified_until=None)
    search.apply_changes()
    page = visitor.open("/en/providers/quelgrund-systems-2", status=404)
    (nearest,) = page.all("ul", cls="error-nearest")
    assert [link.get("href") for link in nearest.iter("a")] == ["/en/providers/quellgrund-systems"]
    assert page.one("input", name="q").get("value") == "quelgrund systems 2"


@pytest.mark.parametrize(
    "path", ["/en/1234", "/en/---", "/fr/", "/wp-login.php", "/en/%C3%A4%F0%9F"]
)
def test_an_address_that_resembles_nothing_has_no_empty_list(visitor: Visitor, path: str) -> None:
    assert not visitor.open(path, status=404).all("ul", cls="error-nearest")


def test_a_failure_of_the_page_of_errors_is_still_an_answer(app: Flask) -> None:
    @app.get("/en/broken")
    def broken() -> str:
        raise RuntimeError("secret detail")

    del app.jinja_env.globals["asset"]
    answer = app.test_client().get("/en/broken")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert "secret" not in answer.text
