"""Keeps the index in step with the database: applies changes, finds and mends drift, rebuilds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

import structlog
from flask import current_app

from directory.config import settings
from directory.database import ReadOnlyTransaction, db, in_writing
from directory.search import queries
from directory.search.engines import Engine, EngineAway
from directory.search.engines.whoosh_index import WhooshEngine

EXTENSION = "search_engine"
CHANGES_AT_ONCE = 2000
# How often a comparison is begun again because the index changed meanwhile.
ATTEMPTS = 5

log = structlog.get_logger()


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild did."""

    listings: int

    def __str__(self) -> str:
        return f"{self.listings} listings indexed"


@dataclass(frozen=True)
class Report:
    """How the index differs from the database.

    missing, extra, stale: ids of listings; damage: why the index can't be read, else empty;
    repaired: whether what differed was mended. Changes that still wait are no difference.
    """

    listings: int
    missing: tuple[int, ...] = ()
    extra: tuple[int, ...] = ()
    stale: tuple[int, ...] = ()
    damage: str = ""
    repaired: bool = False

    @property
    def ok(self) -> bool:
        """Whether index and database agreed."""
        return not (self.missing or self.extra or self.stale or self.damage)

    def __str__(self) -> str:
        if self.ok:
            return f"{self.listings} listings agree"
        drift = f"{len(self.missing)} missing, {len(self.extra)} extra, {len(self.stale)} stale"
        return f"{self.damage or drift}{'; repaired' if self.repaired else ''}"


def engine() -> Engine:
    """The application's engine; it opens its index when it is first asked."""
    known = current_app.extensions
    if EXTENSION not in known:
        known[EXTENSION] = WhooshEngine(settings().index_dir)
    return cast("Engine", known[EXTENSION])


def apply_changes() -> int:
    """Bring the changes that wait into the index and forget them; how many they were.

    Killed anywhere, it leaves nothing out: a change is forgotten only after the index has it, and
    applied again otherwise. An index that is missing, damaged or crowded is built instead.
    """
    _look_afresh()
    waiting = queries.waiting_changes(CHANGES_AT_ONCE)
    if _must_be_built(waiting):
        rebuild()
    elif waiting:
        _put(set(waiting.values()))
        queries.forget_changes(waiting)
    db.session.rollback()
    return len(waiting)


def rebuild() -> Rebuilt:
    """Make the index of all published listings beside the live one and swap it in."""
    _look_afresh()
    waiting = queries.waiting_changes()
    count = engine().replace(queries.documents())
    queries.forget_changes(waiting)
    db.session.rollback()
    return Rebuilt(count)


def check(repair: bool = False) -> Report:
    """Compare every listing's document with the index; with `repair` mend what differs."""
    report = _compare()
    if not report.ok:
        log.warning("index differs", report=str(report))
    if report.ok or not repair:
        return report
    if report.damage:
        rebuild()
    else:
        _put({*report.missing, *report.stale, *report.extra})
    return Report(**(vars(report) | {"repaired": True}))


def _must_be_built(waiting: Collection[int]) -> bool:
    try:
        return engine().is_missing() or (bool(waiting) and engine().is_crowded())
    except EngineAway:
        return True


def _put(ids: set[int]) -> None:
    """Make the index say of those listings what the database says."""
    documents = list(queries.documents(ids))
    try:
        engine().put(documents, remove=ids - {one.facts.id for one in documents})
    except EngineAway:
        rebuild()


def _compare() -> Report:
    """A report of a moment in which the index did not change."""
    report = Report(0)
    for _ in range(ATTEMPTS):
        _look_afresh()
        try:
            before = engine().generation
            held = engine().checksums()
            report = _differences(held)
            if engine().generation == before:
                break
        except EngineAway as away:
            report = Report(0, damage=str(away))
            break
    db.session.rollback()
    return report


def _differences(held: dict[int, str]) -> Report:
    due = {one.facts.id: one.checksum() for one in queries.documents()}
    # Last, so that a change that the documents have is among these unless it was applied.
    waiting = set(queries.waiting_changes().values())
    both = due.keys() & held.keys()
    return Report(
        listings=len(due),
        missing=tuple(sorted(due.keys() - held.keys() - waiting)),
        extra=tuple(sorted(held.keys() - due.keys() - waiting)),
        stale=tuple(sorted(one for one in both - waiting if due[one] != held[one])),
    )


def _look_afresh() -> None:
    """End a reading transaction that is still open, so that what is read is of now."""
    if in_writing():
        raise ReadOnlyTransaction("the index follows transactions; it is no part of one")
    db.session.rollback()
