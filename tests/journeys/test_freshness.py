"""Changes while clients read: no answer is older than the last change that was committed before."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from directory import create_app, migrations
from directory.config import read_settings
from directory.database import db, record, writing
from directory.listings.events import ListingChanged
from directory.listings.models import Listing
from directory.reactions import settle
from directory.search import services as search
from tests.factories import Make
from tests.journeys.served import environ_in, free_port, serving, web_processes
from tests.postgres import postgres_database

CHANGES = 1000
READERS = 8
NAMED = re.compile(rb"<title>\s*Change (\d+)")
PATH = "/en/providers/changing"


@pytest.fixture(params=["sqlite", "postgresql"])
def environ(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    if request.param == "sqlite":
        yield environ_in(tmp_path)
        return
    with postgres_database() as url:
        yield environ_in(tmp_path, DIRECTORY_DATABASE_URL=url)


class Reader(threading.Thread):
    """Reads the page over a connection of its own, and notes answers that were behind."""

    def __init__(self, port: int, committed: list[int], stop: threading.Event) -> None:
        super().__init__()
        self._port, self._committed, self._stop_reading = port, committed, stop
        self.answers = 0
        self.stale: list[tuple[int, int]] = []

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        while not self._stop_reading.is_set():
            least = self._committed[0]
            connection.request("GET", PATH)
            found = NAMED.search(connection.getresponse().read())
            shown = int(found[1]) if found else -1
            self.answers += 1
            if shown < least:
                self.stale.append((shown, least))
        connection.close()


def test_a_thousand_changes_are_each_seen_by_whoever_asks_after_their_commit(
    environ: dict[str, str],
) -> None:
    own = {k: v for k, v in environ.items() if k.startswith("DIRECTORY_")}
    app = create_app(read_settings(own))
    with app.app_context():
        migrations.upgrade()
        Make().listing("Change 0", slug="changing")
        search.rebuild()
        port = free_port()
        with serving(environ, port, "--workers", "2") as server:
            assert len(web_processes(server)) == 2
            committed, stop = [0], threading.Event()
            readers = [Reader(port, committed, stop) for _ in range(READERS)]
            for one in readers:
                one.start()
            for number in range(1, CHANGES + 1):
                _rename(f"Change {number}")
                committed[0] = number
            stop.set()
            for one in readers:
                one.join()
        db.session.remove()
        db.engine.dispose()
    assert [one.stale for one in readers] == [[]] * READERS
    assert all(one.answers > CHANGES / 100 for one in readers)


def _rename(name: str) -> None:
    with writing():
        listing = db.session.scalars(select(Listing)).one()
        listing.name = name
        record(ListingChanged(listing.id))
        settle()
