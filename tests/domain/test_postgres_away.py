"""PostgreSQL goes and comes: visitors and writers are told to come back, and nothing is halved."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine, event, text
from werkzeug.test import Client

from directory import create_app, database
from directory.accounts.models import Organisation
from directory.accounts.services import create_organisation
from directory.config import clock, read_settings
from directory.database import db, writing
from directory.reactions import settle
from directory.search import services as search
from directory.web.errors import Net
from directory.web.guards import allow
from tests.factories import Make
from tests.postgres import SERVER, migrated_database

PAGES = ("/en/providers", "/de/providers?q=here", "/en/providers/here", "/api/v1/providers")


@pytest.fixture
def served(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An application on PostgreSQL, with a listing, less patient than usual."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 1)
    with migrated_database() as url:
        app = create_app(read_settings(environ | {"DIRECTORY_DATABASE_URL": url}))

        @app.post("/api/v1/organisations")
        @allow("anyone")
        def write() -> str:
            with writing():
                create_organisation(name="Acme", external_id="acme", at=clock().now())
                settle()
            return "written"

        with app.app_context():
            Make().listing("Here", slug="here")
            search.apply_changes()
            db.session.remove()
        yield app
        with app.app_context():
            db.engine.dispose()


@contextlib.contextmanager
def administrator() -> Iterator[Connection]:
    """A connection to the server itself."""
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def statuses(app: Flask) -> list[int]:
    client = Client(Net(app))
    return [client.get(path).status_code for path in PAGES]


def end_connections(app: Flask, *, come_back: bool) -> None:
    """What the program sees of a restart: its connections die, and for a while there are none."""
    with app.app_context():
        name = db.engine.url.database
    with administrator() as server:
        server.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {come_back}'))
        server.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
            {"name": name},
        )


@pytest.mark.case("J15")
def test_while_postgresql_is_away_all_are_told_to_come_back_and_then_it_goes_on(
    served: Flask,
) -> None:
    assert statuses(served) == [200] * len(PAGES)
    end_connections(served, come_back=True)
    # Connections that died while nobody used them are noticed before they are used.
    assert statuses(served) == [200] * len(PAGES)
    end_connections(served, come_back=False)
    answers = [Client(Net(served)).get(path) for path in PAGES]
    answers.append(Client(Net(served)).post("/api/v1/organisations"))
    assert {answer.status_code for answer in answers} == {503}
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers)
    assert not any("Traceback" in answer.text for answer in answers)
    assert Client(Net(served)).get("/healthz").status_code == 200
    end_connections(served, come_back=True)
    assert statuses(served) == [200] * len(PAGES)
    assert Client(Net(served)).post("/api/v1/organisations").status_code == 200
    with served.app_context():
        assert db.session.query(Organisation).filter_by(external_id="acme").count() == 1


@pytest.mark.case("J15")
@pytest.mark.parametrize("moment", ["before the commit", "after the last question"])
def test_a_connection_that_dies_in_a_request_costs_that_request_only(
    served: Flask, moment: str
) -> None:
    path, method = ("/api/v1/organisations", "POST")
    if moment == "after the last question":
        path, method = ("/en/providers/here", "GET")
    with served.app_context():
        engine, name = db.engine, db.engine.url.database
    died: list[str] = []

    def die(connection: Connection, *_: object) -> None:
        if not died:
            died.append(moment)
            with administrator() as server:
                server.execute(
                    text("SELECT pg_terminate_backend(:pid)"),
                    {"pid": connection.connection.dbapi_connection.info.backend_pid},  # type: ignore[union-attr]
                )

    happening = "commit" if method == "POST" else "rollback"
    event.listen(engine, happening, die)
    answer = Client(Net(served)).open(path, method=method)
    assert died, name
    assert answer.status_code in (200, 503)
    assert "Traceback" not in answer.text
    assert Client(Net(served)).post("/api/v1/organisations").status_code == 200
    with served.app_context():
        assert db.session.query(Organisation).filter_by(external_id="acme").count() == 1


@pytest.mark.case("J15")
@pytest.mark.case("J7")
def test_while_another_holds_the_rows_nobody_waits_longer_than_said(served: Flask) -> None:
    with served.app_context():
        holder = create_engine(db.engine.url)
    with holder.connect() as connection:
        connection.execute(text("LOCK TABLE listings, organisations"))
        for path, method in (("/en/providers/here", "GET"), ("/api/v1/organisations", "POST")):
            began = time.monotonic()
            answer = Client(Net(served)).open(path, method=method)
            assert answer.status_code == 503
            assert answer.headers["Retry-After"]
            assert time.monotonic() - began < 3
    holder.dispose()
    assert statuses(served) == [200] * len(PAGES)
