"""'Why here?' of a result: first what puts it before the next one (A17)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from directory.listings.cards import Card
from directory.search.deciding import decision
from directory.search.request import SearchRequest
from directory.search.results import Hit


@dataclass(frozen=True)
class Why:
    """first: what puts it before the next result, empty for the last one of a page.

    steps: a sentence for each step of the order before that one, in which both are equal; where
    there is no next result, for all steps.
    """

    first: str
    steps: list[str]


def present(
    hits: Sequence[Hit], cards: Mapping[int, Card], asked: SearchRequest, language: str
) -> Iterator[Why]:
    """For each result, all of which have a card; `asked` is the search as it was understood."""
    for hit, below in zip_longest(hits, hits[1:]):
        if below is None or hit.standing is None or below.standing is None:
            yield Why("", [part.label for part in hit.explain])
            continue
        name = cards[below.listing_id].name
        first, equal = decision(hit.standing, below.standing, asked, name, language)
        yield Why(first, [one.label for one in hit.explain if one.part in equal])
