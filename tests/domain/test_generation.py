"""The generation of what pages show: every settled change advances it, and every look sees that."""

from __future__ import annotations

import threading
import time

import pytest
from flask import Flask

from directory import leases
from directory.accounts.services import create_organisation
from directory.config import clock
from directory.database import ReadOnlyTransaction, db, writing
from directory.generation import Away, SharedQuestion, SqliteLook, look_of
from directory.listings.services import remove_listing
from directory.reactions import settle, settle_unseen
from tests.factories import Make


def _organisation(name: str) -> None:
    create_organisation(name=name, external_id=None, at=clock().now())


@pytest.mark.both_databases
def test_a_settled_change_advances_it_and_one_that_was_rolled_back_does_not(app: Flask) -> None:
    look = look_of(db.engine)
    before = look.number()
    assert look.number() == before
    with writing():
        _organisation("Acme")
        settle()
    after = look.number()
    assert after > before
    with writing():
        _organisation("Other")
        db.session.flush()
    assert look.number() == after


@pytest.mark.both_databases
def test_what_no_page_shows_advances_nothing(app: Flask) -> None:
    look = look_of(db.engine)
    before = look.number()
    with writing():
        _organisation("Acme")
        settle_unseen()
    assert look.number() == before


def test_a_change_on_sqlite_waits_for_nobody(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(leases, "wait", waits.append)
    with writing():
        _organisation("Acme")
        settle()
    assert waits == []


def test_facts_are_never_settled_unseen(make: Make) -> None:
    listing = make.listing()
    with writing():
        remove_listing(db.session.merge(listing))
        with pytest.raises(ReadOnlyTransaction):
            settle_unseen()


def test_a_database_that_is_not_there_is_away(tmp_path: object) -> None:
    with pytest.raises(Away):
        SqliteLook(f"{tmp_path}/none/directory.db").number()


@pytest.mark.both_databases
def test_a_lost_connection_is_made_again(app: Flask) -> None:
    look = look_of(db.engine)
    before = look.number()
    look._connection.close()
    leases.wait(leases.LEASE_SECONDS)
    with pytest.raises(Away):
        look.number()
    assert look.number() == before


def test_an_answer_is_never_to_a_question_asked_before() -> None:
    """Each who asks gets what was true after it began to ask, with fewer questions than asks."""
    truth, questions = [0], [0]

    def question() -> int:
        questions[0] += 1
        known = truth[0]
        time.sleep(0.002)  # the way to the database
        return known

    shared = SharedQuestion(question)
    late: list[tuple[int, int]] = []

    def ask() -> None:
        for _ in range(50):
            least = truth[0]
            got = shared.ask()
            if got < least:
                late.append((got, least))
            truth[0] += 1

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert late == []
    assert questions[0] < 8 * 50
