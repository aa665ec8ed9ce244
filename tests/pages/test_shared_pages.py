"""Kept pages shared in Redis: a page made by one process is another's; Redis is never believed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

import pytest
import redis
from flask import Flask

from directory import create_app
from directory.config import Settings, read_settings
from directory.database import db
from directory.search import services as search
from directory.web.front.shared import PREFIX
from tests.factories import Make
from tests.lacking import lack
from tests.pages.test_kept_pages import Counted

URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
PAGE = "/en/providers/alpha"


@pytest.fixture
def store() -> Iterator[redis.Redis]:
    """Redis without a page of ours."""
    client = redis.Redis.from_url(URL)
    try:
        client.ping()
    except redis.ConnectionError:
        lack("Redis at TEST_REDIS_URL (default: a server on 127.0.0.1)")
    _forget(client)
    yield client
    _forget(client)
    client.close()


def _forget(client: redis.Redis) -> None:
    for name in client.scan_iter(f"{PREFIX}*"):
        client.delete(name)


@pytest.fixture
def process(
    environ: dict[str, str], settings: Settings, make: Make
) -> Iterator[Callable[..., Flask]]:
    """Makes another process's application over the same data."""
    make.listing("Alpha", slug="alpha")
    search.apply_changes()
    made: list[Flask] = []

    def start(url: str = URL, **more: str) -> Flask:
        made.append(create_app(read_settings(environ | {"DIRECTORY_REDIS_URL": url} | more)))
        return made[-1]

    yield start
    for app in made:
        with app.app_context():
            db.engine.dispose()


def test_a_page_is_made_by_one_process_for_all(
    store: redis.Redis, process: Callable[..., Flask]
) -> None:
    one, other = process(), process()
    asked = Counted(other).paths
    page = one.test_client().get(PAGE)
    again = other.test_client().get(PAGE)
    assert (again.status_code, again.data) == (200, page.data)
    assert again.headers["ETag"] == page.headers["ETag"]
    assert asked == []


def test_a_page_of_other_settings_is_another_page(
    store: redis.Redis, process: Callable[..., Flask]
) -> None:
    process().test_client().get(PAGE)
    assert "Other Site" in process(DIRECTORY_SITE_NAME="Other Site").test_client().get(PAGE).text


def test_what_somebody_else_wrote_into_redis_is_never_shown(
    store: redis.Redis, process: Callable[..., Flask]
) -> None:
    page = process().test_client().get(PAGE)
    (name,) = store.scan_iter(f"{PREFIX}*")
    forged = store.get(name).replace(b"Alpha", b"Omega")
    for content in (forged, b"", b"x" * 40, forged[:20]):
        store.set(name, content)
        assert process().test_client().get(PAGE).data == page.data


@pytest.mark.case("J16")
def test_without_redis_pages_are_made_here(process: Callable[..., Flask]) -> None:
    client = process("redis://127.0.0.1:1/0").test_client()
    began = time.monotonic()
    assert client.get(PAGE).status_code == client.get("/en/").status_code == 200
    assert time.monotonic() - began < 5


@pytest.mark.case("J16")
def test_a_redis_that_is_slow_is_left_alone(
    store: redis.Redis, process: Callable[..., Flask]
) -> None:
    client = process().test_client()
    client.get("/en/")
    store.execute_command("CLIENT", "PAUSE", "1500")
    began = time.monotonic()
    for path in ("/de/", "/en/providers", "/de/providers"):
        assert client.get(path).status_code == 200
    assert time.monotonic() - began < 5
    time.sleep(1.5)  # until Redis answers again
