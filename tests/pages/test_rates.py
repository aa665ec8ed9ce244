"""Limits on the interface and on pages that must be made; figures for a monitor."""

from __future__ import annotations

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from directory import create_app
from directory.config import Settings, read_settings
from directory.database import db
from directory.web.front.rates import API_A_MINUTE, MADE_A_MINUTE
from tests.factories import Make

# A minute that does not pass while the tests ask.
STILL = time_machine.travel("2026-11-23T12:00:10+00:00", tick=False)
AWAY = {"REMOTE_ADDR": "203.0.113.7"}
NEIGHBOUR = {"REMOTE_ADDR": "203.0.113.200"}
ELSEWHERE = {"REMOTE_ADDR": "198.51.100.7"}
TOKEN = "a-token-of-at-least-32-characters"


def spend(app: Flask, times: int) -> None:
    """Have pages made so often for a neighbour, without the pages."""
    for _ in range(times):
        app.wsgi_app._rates.checked({**NEIGHBOUR, "PATH_INFO": "/en/"}, lambda *_: None)  # type: ignore[attr-defined]


@pytest.mark.rule("L01")
@STILL
def test_the_interface_tells_what_is_left_and_then_429(client: FlaskClient, three: None) -> None:
    answers = [
        client.get("/api/v1/taxonomy", environ_overrides=AWAY) for _ in range(API_A_MINUTE.amount)
    ]
    assert {one.status_code for one in answers} == {200}
    assert answers[0].headers["RateLimit-Limit"] == str(API_A_MINUTE.amount)
    assert answers[-1].headers["RateLimit-Remaining"] == "0"
    over = client.get("/api/v1/taxonomy", environ_overrides=NEIGHBOUR)
    assert over.status_code == 429
    assert over.is_json
    assert 1 <= int(over.headers["Retry-After"]) <= 60
    assert client.get("/api/v1/taxonomy", environ_overrides=ELSEWHERE).status_code == 200


@pytest.mark.case("F10")
@STILL
def test_pages_that_must_be_made_are_limited_and_kept_ones_are_not(
    app: Flask, client: FlaskClient, three: None
) -> None:
    client.get("/en/", environ_overrides=AWAY)
    client.get("/en/providers/nobody", environ_overrides=AWAY)
    spend(app, MADE_A_MINUTE.amount - 2)
    own = client.get("/en/?p=alpha", environ_overrides=AWAY)
    assert own.status_code == 429
    over = client.get("/en/providers/nobody", environ_overrides=AWAY)
    assert over.status_code == 429
    assert "Retry-After" in over.headers
    assert client.get("/en/", environ_overrides=AWAY).status_code == 200


@pytest.mark.case("F10")
@STILL
@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/en/providers", {"Cookie": "session=forged"}),
        ("/en/providers?" + "&".join(f"service=s{n}" for n in range(60)), {}),
        ("/en/providers?q=" + "x" * 3000, {}),
        ("/en/nothing/of/the/kind", {}),
        ("/en/", {"Authorization": "Bearer forged"}),
        ("/", {}),
    ],
)
def test_nothing_that_flask_makes_passes_uncounted(
    app: Flask, three: None, path: str, headers: dict[str, str]
) -> None:
    client = app.test_client(use_cookies=False)
    spend(app, MADE_A_MINUTE.amount)
    over = client.get(path, headers=headers, environ_overrides=AWAY)
    assert (over.status_code, "Retry-After" in over.headers) == (429, True)
    assert client.get(path, headers=headers, environ_overrides=ELSEWHERE).status_code != 429
    for free in ("/healthz", "/static/css/app.css", "/files/none.webp"):
        assert client.get(free, environ_overrides=AWAY).status_code != 429


@pytest.mark.rule("M09")
@STILL
def test_a_proxy_is_believed_only_if_it_is_set(
    environ: dict[str, str], settings: Settings, make: Make
) -> None:
    app = create_app(read_settings(environ | {"DIRECTORY_TRUSTED_PROXIES": "127.0.0.1, ::1"}))
    client = app.test_client()
    forged = {"X-Forwarded-For": "192.0.2.1, 203.0.113.7"}
    for _ in range(API_A_MINUTE.amount):
        client.get("/api/v1/taxonomy", headers=forged)
    assert client.get("/api/v1/taxonomy", headers=forged).status_code == 429
    # What a visitor writes before it, or sends without the proxy, is not believed.
    again = {"X-Forwarded-For": "192.0.2.99, 203.0.113.7"}
    assert client.get("/api/v1/taxonomy", headers=again).status_code == 429
    assert client.get("/api/v1/taxonomy", environ_overrides=AWAY, headers=forged).status_code == 429
    assert client.get("/api/v1/taxonomy", environ_overrides=ELSEWHERE).status_code == 200
    with app.app_context():
        db.engine.dispose()


@pytest.mark.case("J16")
def test_without_redis_each_process_counts_for_itself(
    environ: dict[str, str], settings: Settings
) -> None:
    app = create_app(read_settings(environ | {"DIRECTORY_REDIS_URL": "redis://127.0.0.1:1/0"}))
    answer = app.test_client().get("/api/v1/taxonomy", environ_overrides=AWAY)
    assert (answer.status_code, answer.headers["RateLimit-Remaining"]) == (200, "299")
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def watched(environ: dict[str, str], settings: Settings) -> Flask:
    return create_app(
        read_settings(
            environ | {"DIRECTORY_METRICS_TOKEN": TOKEN, "DIRECTORY_METRICS_FROM": "203.0.113.0/24"}
        )
    )


def test_metrics_answer_to_the_token_and_the_address_that_are_set(watched: Flask) -> None:
    client = watched.test_client()
    client.get("/healthz")
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    for answer in (client.get("/metrics", headers=bearer),
                   client.get("/metrics", environ_overrides=AWAY)):  # fmt: skip
        assert answer.status_code == 200
        for name in (
            "directory_answers_total",
            "directory_queries_total",
            "directory_search_changes_waiting 0.0",
            "directory_job_age_seconds",
        ):
            assert name in answer.text
        assert "203.0.113" not in answer.text
    with watched.app_context():
        db.engine.dispose()


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic YTpi"},
     {"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": "203.0.113.7"},
     {"Authorization": f"Bearer {TOKEN}", "Forwarded": "for=203.0.113.7"}],
)  # fmt: skip
def test_metrics_answer_nobody_else(watched: Flask, headers: dict[str, str]) -> None:
    assert watched.test_client().get("/metrics", headers=headers).status_code == 404
    with watched.app_context():
        db.engine.dispose()


def test_metrics_answer_nobody_where_nothing_is_set(client: FlaskClient) -> None:
    assert client.get("/metrics", environ_overrides=AWAY).status_code == 404
