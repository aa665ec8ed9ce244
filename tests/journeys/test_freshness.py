"""Changes while clients read: no answer is older than the last change that was committed before."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import select

from directory import create_app, migrations
from directory.config import read_settings
from directory.database import db, record, writing
from directory.listings.events import ListingChanged
from directory.listings.models import Listing
from directory.reactions import settle, settle_unseen
from directory.search import services as search
from tests.factories import Make
from tests.journeys.served import environ_in, free_port, serving, wait_until, web_processes
from tests.postgres import postgres_database

CHANGES = 1000
READERS = 8
ASKED = b"GET /en/providers/changing HTTP/1.1\r\nHost: localhost\r\n\r\n"
NAMED = re.compile(rb"<title>\s*Change (\d+)")
LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)\r\n")


class Site:
    """A served directory with one listing, whose name says how often it was changed."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.number = 0

    def change(self, end: Callable[[], None]) -> None:
        """Change the name once more; `end` ends the transaction."""
        with writing():
            listing = db.session.scalars(select(Listing)).one()
            listing.name = f"Change {self.number + 1}"
            if end is settle:
                record(ListingChanged(listing.id))
            end()
        self.number += 1


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    with ExitStack() as stack:
        environ = environ_in(tmp_path_factory.mktemp("fresh"))
        if request.param == "postgresql":
            environ["DIRECTORY_DATABASE_URL"] = stack.enter_context(postgres_database())
        own = {k: v for k, v in environ.items() if k.startswith("DIRECTORY_")}
        stack.enter_context(create_app(read_settings(own)).app_context())
        migrations.upgrade()
        Make().listing("Change 0", slug="changing")
        search.rebuild()
        port = free_port()
        server = stack.enter_context(serving(environ, port, "--workers", "2"))
        assert len(web_processes(server)) == 2
        yield Site(port)
        db.session.remove()
        db.engine.dispose()


class Reader(threading.Thread):
    """Reads the page over a connection of its own, and notes answers that were behind."""

    def __init__(self, site: Site, stop: threading.Event) -> None:
        super().__init__()
        self._site, self._stop_reading = site, stop
        self.answers = 0
        self.stale: list[tuple[int, int]] = []

    def run(self) -> None:
        with socket.create_connection(("127.0.0.1", self._site.port), 30) as connection:
            while not self._stop_reading.is_set():
                least = self._site.number
                connection.sendall(ASKED)
                found = NAMED.search(_answer(connection))
                shown = int(found[1]) if found else -1
                self.answers += 1
                if shown < least:
                    self.stale.append((shown, least))


def _answer(connection: socket.socket) -> bytes:
    """A whole answer, read with less ceremony than a library's, as all share this processor."""
    got = b""
    while (end := got.find(b"\r\n\r\n")) < 0:
        got += connection.recv(65536)
    whole = end + 4 + int(LENGTH.search(got)[1])  # type: ignore[index]
    while len(got) < whole:
        got += connection.recv(65536)
    return got


def _read_while(site: Site, change: Callable[[], None], times: int) -> list[Reader]:
    stop = threading.Event()
    readers = [Reader(site, stop) for _ in range(READERS)]
    for one in readers:
        one.start()
    for _ in range(times):
        change()
    # Everybody looks once more after the last one.
    before = {one: one.answers for one in readers}
    wait_until(lambda: all(one.answers > before[one] + 1 for one in readers))
    stop.set()
    for one in readers:
        one.join()
    return readers


def test_every_change_is_seen_by_whoever_asks_after_its_commit(site: Site) -> None:
    readers = _read_while(site, lambda: site.change(settle), CHANGES)
    assert [one.stale for one in readers] == [[]] * READERS
    assert all(one.answers > CHANGES / 100 for one in readers)


def test_a_change_that_keeps_the_generation_would_be_found_stale(site: Site) -> None:
    """The test above can fail: whoever forgets the generation is caught by it."""
    readers = _read_while(site, lambda: site.change(settle_unseen), 20)
    assert any(one.stale for one in readers)
