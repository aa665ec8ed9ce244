"""Kept pages take bounded memory, and those that are asked for stay."""

from __future__ import annotations

from datetime import date

import pytest

from directory.web.front.page import BESIDE_BODY, Page
from directory.web.front.shelf import Shelf
from directory.web.front.watch import State

NOW = State(1, "index", date(2026, 11, 23))
SIZE = BESIDE_BODY + 1000


def page(state: State = NOW) -> Page:
    return Page("200 OK", [], b"x" * 1000, state, 'W/"1"', compressible=False)


def key(name: object) -> tuple[str, str, str]:
    return (f"/en/{name}", "", "")


@pytest.fixture
def shelf() -> Shelf:
    """Room for three."""
    return Shelf(3 * SIZE)


def test_what_nobody_asked_for_goes_first(shelf: Shelf) -> None:
    for number in range(3):
        shelf.put(key(number), page())
    assert shelf.get(key(0), NOW)
    shelf.put(key(3), page())
    assert [bool(shelf.get(key(number), NOW)) for number in range(4)] == [True, False, True, True]
    assert shelf.size == 3 * SIZE


def test_a_flood_of_names_takes_no_more_room_and_leaves_what_is_asked_for(shelf: Shelf) -> None:
    shelf.put(key("home"), page())
    for number in range(1000):
        assert shelf.get(key("home"), NOW)
        shelf.put(key(number), page())
        assert shelf.size <= 3 * SIZE
    assert len(shelf) == 3


def test_a_page_of_another_state_is_none(shelf: Shelf) -> None:
    shelf.put(key(1), page())
    for other in (NOW._replace(generation=2), NOW._replace(index_name="other"),
                  NOW._replace(day=date(2026, 11, 24))):  # fmt: skip
        assert shelf.get(key(1), other) is None
    shelf.put(key(1), page(NOW._replace(generation=2)))
    assert shelf.get(key(1), NOW._replace(generation=2))
    assert (len(shelf), shelf.size) == (1, SIZE)


def test_what_grows_is_weighed_again_and_what_is_too_large_is_not_kept(shelf: Shelf) -> None:
    one = page()
    shelf.put(key(1), one)
    one.encoded["br"] = ([], b"y" * 500)
    shelf.weigh(key(1), one)
    assert shelf.size == SIZE + 500
    one.encoded["zstd"] = ([], b"y" * 3 * SIZE)
    shelf.weigh(key(1), one)
    assert (len(shelf), shelf.size) == (0, 0)
    shelf.weigh(key(1), one)
    assert shelf.size == 0
