"""Transactions read unless they were opened for writing, and commit in one place."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from directory.accounts.models import Organisation
from directory.accounts.services import create_organisation
from directory.config import clock
from directory.database import ReadOnlyTransaction, db, facts, writing
from directory.listings.services import remove_listing
from directory.reactions import settle
from directory.search.models import SearchChange
from tests.factories import Make


def test_a_change_outside_writing_is_refused(app: Flask) -> None:
    with pytest.raises(ReadOnlyTransaction):
        create_organisation(name="Acme", external_id=None, at=clock().now())


@pytest.mark.both_databases
def test_the_database_itself_refuses_a_change_outside_writing(app: Flask) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
        db.session.execute(text("DELETE FROM organisations"))


def test_settling_outside_writing_is_refused(app: Flask) -> None:
    with pytest.raises(ReadOnlyTransaction):
        settle()


@pytest.mark.both_databases
def test_what_was_not_settled_is_rolled_back(app: Flask) -> None:
    with writing():
        create_organisation(name="Acme", external_id=None, at=clock().now())
    assert db.session.scalar(select(Organisation)) is None


@pytest.mark.both_databases
def test_what_was_settled_stays_and_reading_goes_on(app: Flask) -> None:
    with writing():
        create_organisation(name="Acme", external_id=None, at=clock().now())
        settle()
    assert db.session.scalars(select(Organisation.name)).all() == ["Acme"]
    with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
        db.session.execute(text("DELETE FROM organisations"))


def test_facts_end_with_their_transaction(make: Make) -> None:
    listing = make.listing()
    with writing():
        remove_listing(db.session.merge(listing))
        assert facts()
    assert not facts()


def test_two_writers_take_turns(app: Flask) -> None:
    begun, done = threading.Event(), threading.Event()

    def second() -> None:
        with app.app_context():
            begun.wait(5)
            with writing():
                create_organisation(name="Second", external_id=None, at=clock().now())
                settle()
            done.set()

    thread = threading.Thread(target=second)
    thread.start()
    with writing():
        create_organisation(name="First", external_id=None, at=clock().now())
        begun.set()
        assert not done.wait(0.2)
        settle()
    thread.join(5)
    names = db.session.scalars(select(Organisation.name).order_by(Organisation.id)).all()
    assert names == ["First", "Second"]


@pytest.mark.both_databases
def test_a_change_and_its_consequences_are_one_commit(make: Make) -> None:
    listing = make.listing()
    waiting = db.session.scalars(select(SearchChange.listing_id)).all()
    assert set(waiting) == {listing.id}
