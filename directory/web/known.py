"""What pages read of the database, kept for the next ones for as long as nothing shown changes.

A page that nobody asked for yet shows listings that stand on others too. The state is looked at
before anything is read (`front/watch.py`), so that what is kept is never older than its state; a
request of another state begins anew.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import current_app, request

from directory.listings import cards as listings
from directory.listings.cards import Card
from directory.search import queries as search

# Where the door says the state that it made sure of, in the environment of the request.
STATE = "directory.state"
EXTENSION = "directory_known"
# About 4 KB each.
CARDS_KEPT = 1000

CardKey = tuple[int, bool]


@dataclass
class Known:
    """What was read in one state; cards: by id and whether with their descriptions."""

    state: Any = None
    hidden: frozenset[int] | None = None
    cards: dict[CardKey, Card] = field(default_factory=dict)


def hidden(today: date) -> frozenset[int]:
    """See `search.queries.hidden_by_changes`."""
    known = _known(today)
    if known.hidden is None:
        known.hidden = search.hidden_by_changes(today)
    return known.hidden


def visible_cards(ids: Collection[int], today: date, *, described: bool = False) -> dict[int, Card]:
    """See `listings.cards.visible_cards`."""
    known = _known(today).cards
    found = {one: card for one in ids if (card := known.get((one, described)))}
    missing = [one for one in ids if one not in found]
    if missing:
        read = listings.visible_cards(missing, today, described=described)
        for one, card in read.items():
            known[one, described] = card
        _shorten(known)
        found |= read
    return found


def _known(today: date) -> Known:
    """What this request may use; nothing of others where no state is known, or not of the day."""
    state = request.environ.get(STATE)
    if state is None or state.day != today:
        return Known()
    known: Known | None = current_app.extensions.get(EXTENSION)
    if known is None or known.state != state:
        known = current_app.extensions[EXTENSION] = Known(state)
    return known


def _shorten(known: dict[CardKey, Card]) -> None:
    """Drop those that came first; two requests may do it at once."""
    for key in list(known)[: max(0, len(known) - CARDS_KEPT)]:
        known.pop(key, None)
