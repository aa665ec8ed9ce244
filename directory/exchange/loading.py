"""What importing one kind of thing takes: shape, claims, and what a row does to the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from directory.exchange.fields import Fields

Draft = TypeVar("Draft")
Taken = TypeVar("Taken", contravariant=True)


class Outcome(StrEnum):
    """What became of a row."""

    LOADED = "loaded"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DRAFTS = "drafts"
    REFUSED = "refused"


@dataclass(frozen=True)
class Source:
    """Where rows come from.

    name: how reports call it; today: the day of the import; picture: gives the bytes of a picture
    that a row names, raises files.services.BadPicture; keeps: whether anything is written.
    """

    name: str
    today: date
    picture: Callable[[str], bytes]
    keeps: bool = True


class Batch(Protocol[Taken]):
    """Some rows and what the database knows of them, within one transaction."""

    def check(self, draft: Taken) -> None:
        """Raise Refused, before anything is written, where the row cannot be taken."""

    def load(self, draft: Taken) -> Outcome:
        """Write the row. A Refused raised here may leave half of it: the caller rolls back."""


class Kind(Protocol[Draft]):
    """A kind of thing that files hold."""

    def draft(self, fields: Fields, source: Source) -> Draft | None:
        """The row's content, or None when something in it is refused."""

    def claims(self, draft: Draft) -> Iterable[tuple[str, str]]:
        """Fields and values that only one row of a file may have."""

    def batch(self, drafts: Sequence[Draft], source: Source) -> Batch[Draft]:
        """The drafts with what the database knows of them."""
