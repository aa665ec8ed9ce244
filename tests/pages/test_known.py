"""What pages read is kept for the next ones, and never after something has changed."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from directory import create_app
from directory.config import Settings
from directory.database import db, writing
from directory.listings.models import Listing
from directory.listings.services import remove_listing
from directory.reactions import settle
from directory.search import services as search
from directory.web import known
from tests.counting import questions_to
from tests.factories import Make


@pytest.mark.both_databases
def test_another_page_with_the_same_listings_asks_the_database_nothing(
    client: FlaskClient, three: None
) -> None:
    client.get("/en/providers")
    with questions_to(db.engine) as asked:
        for path in ("/de/providers", "/en/providers?sort=name", "/api/v1/providers"):
            assert "Beta" in client.get(path).get_data(as_text=True)
    assert asked == []


def test_a_page_asks_only_for_the_listings_that_no_other_has_shown(
    client: FlaskClient, three: None
) -> None:
    client.get("/en/providers?country=PT")
    with questions_to(db.engine) as asked:
        answer = client.get("/en/providers").get_data(as_text=True)
    assert len(asked) == 3
    assert all(name in answer for name in ("Alpha", "Beta", "Gamma"))


@pytest.mark.both_databases
@pytest.mark.rule("DIR-2")
def test_what_is_withdrawn_is_on_no_page_of_any_process_from_then_on(
    app: Flask, settings: Settings, three: None
) -> None:
    other = create_app(settings)
    clients = [one.test_client() for one in (app, other)]
    for client in clients:
        assert "Beta" in client.get("/en/providers").text
    with writing():
        remove_listing(db.session.query(Listing).filter_by(slug="beta").one())
        settle()
    for client in clients:
        page = client.get("/en/providers?sort=name").text
        assert "Alpha" in page
        assert "Beta" not in page
    with other.app_context():
        db.engine.dispose()


@pytest.mark.both_databases
def test_what_changed_is_shown_so_by_the_next_page(client: FlaskClient, three: None) -> None:
    client.get("/en/providers")
    with writing():
        listing = db.session.query(Listing).filter_by(slug="beta").one()
        listing.budget_min = 123_000
        settle()
    assert "€123,000" in client.get("/en/providers?sort=name").text


@pytest.mark.rule("DIR-2")
def test_a_lapse_is_on_no_page_of_the_new_day(
    settings: Settings, make: Make, client: FlaskClient
) -> None:
    make.listing("Brief", slug="brief", certified_until=date(2026, 11, 23))
    search.apply_changes()
    with time_machine.travel(0, tick=False) as traveller:
        end = datetime.fromisoformat("2026-11-23T23:59:59+00:00")
        traveller.move_to(end - settings.clock.shift)
        assert "Brief" in client.get("/en/providers").text
        traveller.shift(1)
        assert "Brief" not in client.get("/en/providers?sort=name").text


def test_who_keeps_providers_is_answered_from_the_database(
    client: FlaskClient, three: None
) -> None:
    client.get("/en/providers")
    with questions_to(db.engine) as asked:
        assert "Beta" in client.get("/en/providers?p=alpha").text
    assert len(asked) == 4


def test_no_more_is_kept_than_was_meant(
    app: Flask, client: FlaskClient, three: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "CARDS_KEPT", 2)
    assert all(name in client.get("/en/providers").text for name in ("Alpha", "Beta", "Gamma"))
    assert len(app.extensions[known.EXTENSION].cards) == 2
