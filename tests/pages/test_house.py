"""Answers that every page shares: headers, request ids, health, hosts, errors."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from directory import create_app, migrations
from directory.config import Settings, read_settings
from directory.database import db
from directory.web.logs import configure_logging
from tests.factories import Make


def test_a_living_process_says_so(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200


def test_a_process_with_its_tables_is_ready(client: FlaskClient) -> None:
    assert client.get("/readyz").get_json() == {"status": "ok"}


def test_a_database_that_lacks_tables_is_not_ready(app: Flask) -> None:
    migrations.downgrade("-1")
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert "directory db upgrade" in answer.get_json()["status"]


def test_every_answer_carries_the_strict_policy(client: FlaskClient) -> None:
    for path in ("/healthz", "/en/", "/en/nothing", "/api/v1/taxonomy"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"


def test_a_page_sets_no_cookie(client: FlaskClient) -> None:
    for path in ("/en/", "/de/providers", "/nothing"):
        assert "Set-Cookie" not in client.get(path).headers


def test_an_answer_carries_the_id_of_its_request(client: FlaskClient) -> None:
    given = client.get("/healthz", headers={"X-Request-ID": "abc12345"})
    assert given.headers["X-Request-ID"] == "abc12345"
    forged = client.get("/healthz", headers={"X-Request-ID": "x y"})
    assert len(forged.headers["X-Request-ID"]) == 32


@pytest.mark.case("C11")
def test_a_request_is_one_log_line_without_the_visitors_address(
    client: FlaskClient, capfd: pytest.CaptureFixture[str]
) -> None:
    configure_logging()
    client.get(
        "/healthz?q=%0A2026%20INFO%20login%20ok",
        headers={"User-Agent": "x INFO login ok"},
        environ_base={"REMOTE_ADDR": "203.0.113.9"},
    )
    lines = [line for line in capfd.readouterr().err.splitlines() if line]
    assert len(lines) == 1
    assert json.loads(lines[0])["path"] == "/healthz"
    assert "203.0.113.9" not in lines[0]


@pytest.mark.case("A5")
@pytest.mark.case("D15")
def test_a_foreign_host_is_refused(client: FlaskClient) -> None:
    assert client.get("/en/", headers={"Host": "evil.test"}).status_code == 400
    assert client.get("/en/", headers={"Host": "127.0.0.1:8000"}).status_code == 200


def test_a_forwarded_host_changes_no_link(client: FlaskClient) -> None:
    page = client.get("/en/", headers={"X-Forwarded-Host": "evil.test"})
    assert b"evil.test" not in page.data


@pytest.mark.parametrize("path", ["/en/nothing", "/de/nichts", "/fr/", "/en/providers/none", "/x"])
def test_an_unknown_address_is_404_in_the_sites_look(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert b"Solutions Directory" in answer.data


def test_an_unknown_api_address_is_json(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert "error" in answer.get_json()


@pytest.mark.case("E13")
@pytest.mark.parametrize(
    "path",
    [
        "/static/../pyproject.toml",
        "/static/%2e%2e/pyproject.toml",
        "/static/..%2f..%2fetc/passwd",
        "/files/../secret.key",
        "/files/%2e%2e%2fsecret.key",
        "/en/providers/..%2f..%2fetc",
        "/%00",
        "/en/providers/%00",
        "/en/providers/" + "a" * 5000,
        "/api/v1/providers/%00",
    ],
)
def test_a_path_leads_nowhere_else(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code in (400, 404, 414)


def test_a_wrong_method_is_405_with_what_is_allowed(client: FlaskClient) -> None:
    answer = client.post("/en/providers")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.case("J7")
def test_a_database_that_is_away_is_503_and_not_a_trace(app: Flask, make: Make) -> None:
    make.listing(slug="acme")
    with db.engine.connect().execution_options(writing=True) as connection:
        connection.execute(text("ALTER TABLE listings RENAME TO gone"))
        connection.commit()
    answer = app.test_client().get("/en/providers/acme")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert b"Traceback" not in answer.data
    assert b"sqlite" not in answer.data.lower()


def test_an_unforeseen_failure_is_a_plain_500_in_the_sites_look(app: Flask) -> None:
    @app.get("/en/broken")
    def broken() -> str:
        raise RuntimeError("secret detail")

    answer = app.test_client().get("/en/broken")
    assert answer.status_code == 500
    assert b"secret detail" not in answer.data
    assert b"Solutions Directory" in answer.data


def test_an_unknown_address_without_a_database_is_503(app: Flask) -> None:
    migrations.downgrade("base")
    assert app.test_client().get("/nope").status_code == 503


@pytest.mark.case("F14")
def test_an_endless_address_or_header_is_refused(client: FlaskClient) -> None:
    assert client.get("/en/providers?q=" + "x" * 9_000).status_code == 414
    assert client.get("/en/", headers={"X-Long": "x" * 64_000}).status_code == 431


def test_an_https_site_redirects_to_https_from_behind_a_proxy(
    settings: Settings, environ: dict[str, str]
) -> None:
    app = create_app(read_settings(environ | {"DIRECTORY_BASE_URL": "https://dir.example"}))
    answer = app.test_client().get("/en", headers={"Host": "dir.example"})
    assert answer.status_code == 308
    assert not answer.location.startswith("http://")


def test_an_old_address_leads_to_its_listing(client: FlaskClient, make: Make) -> None:
    make.listing(slug="acme", old_urls=("/agency/acme.html",))
    answer = client.get("/agency/acme.html?p=solo")
    assert answer.status_code == 301
    assert answer.location.endswith("/providers/acme?p=solo")
