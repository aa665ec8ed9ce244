"""The words of a query and what some of them mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from directory.geography.queries import City, Place
from directory.kernel.text import WORD, fold

ADDED = "(/"
HYPHENS = ("-", "\u2010", "\u2011")


@dataclass(frozen=True)
class Word:
    """A word of the query: as written, folded, where it stands, whether a
    hyphen follows, or a bracket or slash stands before it (`Frankfurt (Oder)`)."""

    written: str
    folded: str
    start: int
    end: int
    joined: bool = False
    added: bool = False


@dataclass(frozen=True)
class Circle:
    """Around a city, so many km."""

    city: City
    radius: int


@dataclass(frozen=True)
class Meaning:
    """Words from `first` to before `last` that mean something.

    value: of the facet; also: further ones; wider: the area of the same name as a service, else
    empty; places: what a place's name may mean, the likeliest first; all: places that are meant
    together; circle: one around a city. A place with a value is an adjective that may mean that
    language instead.
    """

    first: int
    last: int
    facet: str
    value: str = ""
    wider: str = ""
    also: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    all: tuple[Place, ...] = ()
    circle: Circle | None = None

    def overlaps(self, first: int, last: int) -> bool:
        """Whether it has a word from `first` to before `last`."""
        return self.first < last and first < self.last


def words_of(query: str) -> list[Word]:
    """The words of a query, in order."""
    return [
        Word(
            m.group(),
            fold(m.group()),
            *m.span(),
            joined=query[m.end() : m.end() + 1] in HYPHENS,
            added=m.start() > 0 and query[m.start() - 1] in ADDED,
        )
        for m in WORD.finditer(query)
    ]


def is_free(first: int, last: int, found: Iterable[Meaning]) -> bool:
    """Whether none of the meanings has a word there."""
    return not any(one.overlaps(first, last) for one in found)
