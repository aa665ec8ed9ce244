"""One typing error in a listing's name: the listing still stands among the first three."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator

import pytest
from werkzeug.datastructures import MultiDict

from directory import create_app
from directory.config import clock, read_settings
from directory.database import db
from directory.kernel.text import words
from directory.listings.models import Listing, ListingState
from directory.search import services as search
from directory.search.request import SearchRequest

pytestmark = pytest.mark.rule("A03")

ENOUGH = 0.95
FIRST = 3
# Shorter words are not corrected, and a word must be so long after a letter is lost.
SHORTEST = 6
SEED = 20261123


def missing(word: str, at: int, _letter: str) -> str:
    return word[:at] + word[at + 1 :]


def added(word: str, at: int, letter: str) -> str:
    return word[:at] + letter + word[at:]


def wrong(word: str, at: int, letter: str) -> str:
    return word[:at] + letter + word[at + 1 :]


def swapped(word: str, at: int, _letter: str) -> str:
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


@pytest.fixture(scope="module")
def names(sampled: dict[str, str]) -> Iterator[list[tuple[int, str]]]:
    """Ids and names of the public sample listings."""
    with create_app(read_settings(sampled)).app_context():
        every = db.session.query(Listing).filter_by(state=ListingState.PUBLISHED)
        yield [(one.id, one.name) for one in every if first(one.name)[:1] == [one.id]]
        db.session.remove()
        db.engine.dispose()


def first(q: str) -> list[int]:
    request, _ = SearchRequest.from_args(MultiDict({"q": q}))
    page = search.answer(request, language="en", today=clock().today())
    return [hit.listing_id for hit in page.hits][:FIRST]


@pytest.mark.parametrize("error", [missing, added, wrong, swapped])
def test_a_mistyped_name_finds_the_listing(
    names: list[tuple[int, str]], error: Callable[[str, int, str], str]
) -> None:
    chance = random.Random(SEED)
    asked, lost = 0, []
    for listing_id, name in names:
        longest = max(words(name), key=len)
        if len(longest) < SHORTEST:
            continue
        at = chance.randrange(1, len(longest))
        letter = chance.choice(string.ascii_lowercase)
        typed = name.replace(longest, error(longest, at, letter), 1)
        asked += 1
        if listing_id not in first(typed):
            lost.append(typed)
    assert asked > 100
    assert 1 - len(lost) / asked >= ENOUGH, lost


@pytest.mark.parametrize("error", [missing, added, wrong, swapped])
def test_an_error_in_any_long_word_of_a_name_finds_the_listing(
    names: list[tuple[int, str]], error: Callable[[str, int, str], str]
) -> None:
    chance = random.Random(SEED)
    asked, lost = 0, []
    for listing_id, name in names:
        for word in (one for one in words(name) if len(one) >= SHORTEST):
            at = chance.randrange(1, len(word))
            typed = name.replace(word, error(word, at, chance.choice(string.ascii_lowercase)), 1)
            asked += 1
            if listing_id not in first(typed):
                lost.append(typed)
    assert asked > 300
    assert 1 - len(lost) / asked >= ENOUGH, lost
