"""Loads the sample data as an import would, and takes it away again without a trace."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Select, or_, select

from directory.accounts.models import Organisation
from directory.accounts.services import date_standing, remove_organisation
from directory.certification.queries import gate_periods
from directory.config import clock
from directory.database import db, writing
from directory.exchange.importing import Totals, import_rows
from directory.exchange.loading import Source
from directory.exchange.rows import Row
from directory.files import services as files
from directory.listings.models import Listing, ListingPicture, ListingState
from directory.listings.queries import WHOLE
from directory.listings.services import note_public, remove_listing
from directory.reactions import settle
from directory.samples import generated, organisations, standing
from directory.samples.bulk import BadSample, Bulk
from directory.samples.pictures import draw_logo, draw_work

# Ids that only the samples have; nothing else is ever removed with them.
PREFIXES = ("sample-", "bench-")
OURS = re.compile(r"sample-[0-9]{3}|bench-[0-9]{6,7}", re.ASCII)
BATCH = 200
# Generated organisations that are stored in one transaction.
AT_ONCE = 1000

Value = TypeVar("Value")
Progress = Callable[[int], None]


def load(count: int | None = None, *, progress: Progress | None = None) -> Totals:
    """Load the 300 samples, or `count` generated ones; a second time changes nothing."""
    today = clock().today()
    if count is None:
        return _imported(organisations.rows(today), progress)
    known = _known()
    rows = generated.rows(count, today)
    stored = _stored((row for row in rows if row["external_id"] not in known), progress)
    if not known:
        return Totals(loaded=stored)
    again = (row for row in generated.rows(count, today) if row["external_id"] in known)
    return replace(_imported(again, progress), loaded=stored)


def _known() -> set[str | None]:
    """The ids of generated organisations that are there."""
    ids = select(Organisation.external_id).where(Organisation.external_id.like("bench-%"))
    return set(db.session.scalars(ids))


def _imported(rows: Iterable[dict[str, Any]], progress: Progress | None) -> Totals:
    desk = _Desk(rows)
    source = Source(name="samples", today=clock().today(), picture=desk.draw)
    totals = import_rows(
        "listings", desk.rows(), source=source, report=_complain, progress=progress
    )
    _note_former_publicity()
    _date_standings()
    return totals


def _stored(rows: Iterable[dict[str, Any]], progress: Progress | None) -> int:
    """Store rows that are not there yet; how many."""
    bulk, done = Bulk(), 0
    numbered = (Row(number, row) for number, row in enumerate(rows, start=1))
    while batch := list(islice(numbered, AT_ONCE)):
        bulk.store(batch)
        done += len(batch)
        if progress is not None:
            progress(done)
    return done


def remove(*, progress: Progress | None = None) -> int:
    """Remove every sample with its listing, members, certifications and pictures; how many."""
    removed = 0
    stored: set[str] = set()
    for batch in _batches(_sample_ids()):
        stored |= _remove(batch)
        removed += len(batch)
        if progress is not None:
            progress(removed)
    for names in _batches(sorted(stored)):
        for name in set(names) - _in_use(names):
            files.delete(name)
    return removed


def _in_use(names: Sequence[str]) -> set[str | None]:
    logos = db.session.scalars(select(Listing.logo).where(Listing.logo.in_(names)))
    pictures = select(ListingPicture.file).where(ListingPicture.file.in_(names))
    return {*logos, *db.session.scalars(pictures)}


class _Desk:
    """Hands rows to the importer and draws the pictures of a row when it asks for them.

    What was drawn already is not drawn again: a row that names none keeps them.
    """

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self._rows = rows
        logos = select(Listing.organisation_id).where(Listing.logo.is_not(None))
        works = select(Listing.organisation_id).join(ListingPicture)
        self._drawn = {"logo": _keys(logos), "pictures": _keys(works)}
        self._waiting: dict[str, Callable[[], bytes]] = {}

    def rows(self) -> Iterator[Row]:
        for number, row in enumerate(self._rows, start=1):
            for name, drawn in self._drawn.items():
                if row["external_id"] in drawn:
                    row.pop(name, None)
            if "logo" in row:
                self._waiting[row["logo"]] = partial(draw_logo, row)
            for at, picture in enumerate(row.get("pictures", ())):
                self._waiting[picture["file"]] = partial(draw_work, row, at)
            yield Row(number, row)

    def draw(self, name: str) -> bytes:
        return self._waiting.pop(name)()


def _keys(organisation_ids: Select[int]) -> set[str | None]:
    """The ids of those organisations outside this directory."""
    query = select(Organisation.external_id).where(Organisation.id.in_(organisation_ids))
    return set(db.session.scalars(query))


def _complain(line: str) -> None:
    raise BadSample(line)


def _note_former_publicity() -> None:
    """Note of listings whose certification ended that the public saw them once (DIR-2).

    An import knows only today; without this their pages would answer 404 instead of 410.
    """
    today = clock().today()
    for batch in _batches(_sample_ids()):
        query = select(Listing.organisation_id, Listing.id).where(
            Listing.organisation_id.in_(batch),
            Listing.first_public.is_(None),
            Listing.state == ListingState.PUBLISHED,
        )
        with writing():
            hidden = dict(db.session.execute(query).all())
            for organisation_id, periods in gate_periods(hidden.keys()).items():
                if periods and periods[0].first <= today:
                    note_public(periods[0].first, listing_ids=[hidden[organisation_id]])
            settle()


def _date_standings() -> None:
    """Say since when samples have their package and tier; an import knows only today.

    A sample that was dated on an earlier day keeps its days.
    """
    today = clock().today()
    undated = or_(
        Organisation.package_since > today - standing.YOUNGEST, Organisation.tier_since == today
    )
    for batch in _batches(_sample_ids()):
        query = (
            select(Organisation, Listing.founded)
            .join(Listing, Listing.organisation_id == Organisation.id)
            .where(Organisation.id.in_(batch), undated)
        )
        with writing():
            for organisation, founded in db.session.execute(query).all():
                _date_standing(organisation, founded, today)
            settle()


def _date_standing(organisation: Organisation, founded: int | None, today: date) -> None:
    key = organisation.key
    package = standing.package_since(key, founded=founded, today=today)
    tier = standing.tier_since(key, package=package, today=today)
    date_standing(organisation, package_since=package, tier_since=tier)


def _remove(organisation_ids: Sequence[int]) -> set[str]:
    """Remove some samples in one transaction; the stored pictures they had."""
    with writing():
        query = select(Listing).where(Listing.organisation_id.in_(organisation_ids))
        listings = db.session.scalars(query.options(*WHOLE)).all()
        stored = {listing.logo for listing in listings if listing.logo}
        stored |= {picture.file for listing in listings for picture in listing.pictures}
        for listing in listings:
            remove_listing(listing)
        chosen = select(Organisation).where(Organisation.id.in_(organisation_ids))
        for organisation in db.session.scalars(chosen).all():
            remove_organisation(organisation)
        settle()
    return stored


def _sample_ids() -> list[int]:
    """The organisations that are samples."""
    query = select(Organisation.id, Organisation.external_id).where(
        or_(*(Organisation.external_id.like(f"{prefix}%") for prefix in PREFIXES))
    )
    rows = db.session.execute(query.order_by(Organisation.id)).all()
    return [number for number, key in rows if OURS.fullmatch(key or "")]


def _batches(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]
