"""The interface does what its description says, and answers programs of other sites in JSON."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from directory.kernel.policy import Tier
from directory.search import services as search
from directory.web.api.description import operations
from tests.factories import COLOGNE, Make
from tests.pages.contract import Visitor

EXAMPLES = 80
# Empty, unknown and too many values are ignored on purpose, and a name may be one of no place.
OTHERWISE = [negative_data_rejection, positive_data_acceptance]
# What asks does not unpack what it is sent; encodings have tests of their own.
PLAIN = {"Accept-Encoding": "identity"}


@pytest.fixture
def filled(make: Make) -> Make:
    make.listing("Rhein", slug="rhein", services=["seo"], offices=[COLOGNE], tier=Tier.GOLD)
    make.listing("Other", slug="other", texts={"en": ("Tag", "Words")}, budget_min=1000)
    search.apply_changes()
    return make


@pytest.mark.case("C1")
@pytest.mark.case("C10")
@pytest.mark.parametrize("path", [one.path for one in operations()])
def test_nothing_that_can_be_asked_is_answered_otherwise_than_described(
    filled: Make, app: Flask, path: str
) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)

    @bounded(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path]["GET"].as_strategy())
    def ask(case: Any) -> None:
        case.call_and_validate(headers=PLAIN, excluded_checks=OTHERWISE)

    ask()


def test_every_address_of_the_interface_is_described(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")]
    described = {one.path for one in operations()}
    paths = {
        rule.rule.removeprefix("/api/v1").replace("<", "{").replace(">", "}") for rule in rules
    }
    assert paths == described


def test_each_listed_value_is_accepted(filled: Make, client: FlaskClient) -> None:
    for parameter in operations()[0].parameters:
        if parameter.name == "radius":
            continue
        for value in parameter.schema.get("enum", ()):
            answer = client.get("/api/v1/providers", query_string={parameter.name: value})
            assert answer.status_code == 200, (parameter.name, value)


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/providers?tier=bronze", {}, 400),
        ("GET", "/providers/none", {}, 404),
        ("GET", "/nothing", {}, 404),
        ("POST", "/providers", {}, 405),
        ("DELETE", "/taxonomy", {}, 405),
        ("GET", "/taxonomy", {"Accept": "text/html"}, 406),
        ("GET", f"/providers?q={'x' * 9000}", {}, 414),
        ("GET", "/taxonomy", {"X-Long": "x" * 17_000}, 431),
    ],
)
def test_a_refusal_is_a_problem_in_json(
    client: FlaskClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = client.open(f"/api/v1{path}", method=method, headers=headers)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    body = answer.get_json()
    assert body["status"] == status
    assert {"type", "title", "detail"} <= body.keys()
    assert body.get("parameter") == ("tier" if status == 400 else None)
    assert answer.headers["Cache-Control"] == "no-store"


def test_any_site_may_read_without_credentials(filled: Make, client: FlaskClient) -> None:
    for path in ("/api/v1/providers", "/api/v1/providers/rhein", "/api/v1/nothing"):
        answer = client.get(path, headers={"Origin": "https://other.example"})
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Set-Cookie" not in answer.headers
    asked = client.options("/api/v1/providers", headers={"Origin": "https://other.example"})
    assert "GET" in asked.headers["Access-Control-Allow-Methods"]
    assert "POST" not in asked.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Origin" not in client.get("/en/").headers


def test_an_answer_that_did_not_change_is_not_sent_again(filled: Make, client: FlaskClient) -> None:
    path = "/api/v1/providers"
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    filled.listing("Third")
    search.apply_changes()
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_one_listing_has_its_offices_as_its_page_shows_them(
    filled: Make, client: FlaskClient
) -> None:
    (office,) = client.get("/api/v1/providers/rhein").get_json()["offices"]
    assert (office["head"], office["city_name"], office["street"]) == (True, "Cologne", "")


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_reference_page_is_made_from_the_description(
    client: FlaskClient, language: str
) -> None:
    page = Visitor(client).open(f"/{language}/api")
    for one in operations():
        assert one.path in page.text
        assert all(parameter.name in page.text for parameter in one.parameters)
