"""What an organisation has proved, and until when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from directory.certification.models import Certification
from directory.certification.rules import Period
from directory.kernel.policy import POLICY
from directory.listings.models import Listing
from directory.taxonomy import queries as taxonomy
from directory.web.public.presenters import credential
from directory.web.public.presenters.links import Link

WARNED_DAYS = 60


@dataclass(frozen=True)
class Credential:
    """One kind of certification: how many people hold it, the newest issue, the last end.

    days_left: today included, only when the end is near; url: where it is explained, if it is.
    """

    label: str
    url: str | None
    people: int
    issued: date
    expires: date | None
    days_left: int | None


@dataclass(frozen=True)
class Term:
    """The term that keeps a listing public; done and left: shares of it in per cent."""

    issued: date
    expires: date
    done: float
    left: float


def in_force(held: Iterable[Certification], today: date) -> list[Certification]:
    """Those that count on `today` (DIR-2)."""
    return [one for one in held if today in _period(one)]


def gate_term(valid: Iterable[Certification], today: date) -> Term | None:
    """The term of the gating certification that lasts longest; None if one has no end (DIR-2)."""
    gating = [one for one in valid if one.kind == POLICY.gate_kind]
    if not gating or any(_period(one).last == date.max for one in gating):
        return None
    longest = max(gating, key=lambda one: _period(one).last)
    period = _period(longest)
    done = round(100 * (today - period.first).days / max(1, (period.last - period.first).days), 1)
    return Term(period.first, period.last, done, round(100 - done, 1))


def grouped(valid: Sequence[Certification], language: str, today: date) -> list[Credential]:
    """One row for each kind, the gating one first; holders are counted, not named (B03)."""
    kinds: defaultdict[str, list[Certification]] = defaultdict(list)
    for one in sorted(valid, key=lambda one: (one.kind != POLICY.gate_kind, one.kind)):
        kinds[one.kind].append(one)
    return [_credential(kind, ones, language, today) for kind, ones in kinds.items()]


def claimed(listing: Listing, valid: Iterable[Certification], language: str) -> list[Link]:
    """Credentials that the listing names without a certification on file.

    The package is the program's own fact and stands elsewhere on the page.
    """
    package = listing.organisation.package
    proved = {*(one.kind for one in valid), f"solutions-{package}" if package else ""}
    terms = taxonomy.credentials()
    return [
        Link(terms[slug].name(language), credential.address(slug))
        for slug in listing.credentials
        if slug in terms and slug not in proved
    ]


def _credential(kind: str, ones: Sequence[Certification], language: str, today: date) -> Credential:
    term = taxonomy.credentials().get(kind)
    last = max(_period(one).last for one in ones)
    left = (last - today).days + 1
    return Credential(
        label=term.name(language) if term else kind,
        url=credential.address(kind) if term else None,
        people=len({one.member_id for one in ones if one.member_id is not None}),
        issued=max(one.issued for one in ones),
        expires=None if last == date.max else last,
        days_left=left if left <= WARNED_DAYS else None,
    )


def _period(one: Certification) -> Period:
    return Period.of(issued=one.issued, expires=one.expires, revoked=one.revoked)
