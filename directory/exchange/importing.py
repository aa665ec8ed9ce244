"""Imports rows: each is taken whole or refused whole with its reasons, and none is taken twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Generic

from sqlalchemy.exc import IntegrityError

from directory.config import clock
from directory.database import writing
from directory.exchange.beside import picture_beside
from directory.exchange.certifications_loading import CertificationKind
from directory.exchange.fields import Fields
from directory.exchange.listings_loading import ListingKind
from directory.exchange.loading import Draft, Kind, Outcome, Source
from directory.exchange.reading import read_rows
from directory.exchange.rows import WHOLE_ROW, Row
from directory.exchange.wording import shown
from directory.kernel.errors import Refusal, Refused
from directory.kernel.text import clean_line
from directory.reactions import settle

KINDS: dict[str, Kind[Any]] = {
    "listings": ListingKind(),
    "certifications": CertificationKind(),
}
BATCH = 200
LINES_MOST = 100_000
RACED = "something stored at the same moment has the same id or address; import the row again"

Report = Callable[[str], None]


@dataclass(frozen=True)
class Totals:
    """How many rows had which outcome; together they are all rows."""

    loaded: int = 0
    updated: int = 0
    unchanged: int = 0
    drafts: int = 0
    refused: int = 0

    def __str__(self) -> str:
        return ", ".join(f"{name} {count}" for name, count in vars(self).items())


@dataclass(frozen=True)
class _Parsed(Generic[Draft]):
    line: int
    draft: Draft | None
    refusals: tuple[Refusal, ...] = ()


def import_file(
    kind: str,
    path: Path,
    *,
    dry_run: bool,
    report: Report,
    progress: Callable[[int], None] | None = None,
) -> Totals:
    """Import `path`; refusals go to `report` as `FILE:LINE: field: message`, in order of lines.

    kind: a key of KINDS; progress: called with the number of rows done so far. Raises
    rows.Unreadable for a file that cannot be opened or has another ending.
    """
    folder = path.parent
    source = Source(
        name=str(path),
        today=clock().today(),
        picture=lambda name: picture_beside(folder, name),
        keeps=not dry_run,
    )
    return import_rows(kind, read_rows(path), source=source, report=report, progress=progress)


def import_rows(
    kind: str,
    rows: Iterable[Row],
    *,
    source: Source,
    report: Report,
    progress: Callable[[int], None] | None = None,
) -> Totals:
    """Import rows from anywhere; see `import_file`."""
    run = _Import(KINDS[kind], source, report)
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        run.take(batch)
        if progress is not None:
            progress(sum(run.counts.values()))
    return Totals(**{outcome.value: count for outcome, count in run.counts.items()})


@dataclass
class _Import(Generic[Draft]):
    """One run over one file."""

    kind: Kind[Draft]
    source: Source
    report: Report
    counts: Counter[Outcome] = field(default_factory=Counter)
    claimed: dict[tuple[str, str], int] = field(default_factory=dict)
    said: int = 0

    def take(self, rows: list[Row]) -> None:
        """Import one batch in one transaction and report on it."""
        batch = [self._parse(row) for row in rows]
        outcomes = self._load([parsed for parsed in batch if parsed.draft is not None])
        for parsed in batch:
            outcome = outcomes.get(parsed.line, parsed.refusals)
            if isinstance(outcome, Outcome):
                self.counts[outcome] += 1
            else:
                self.counts[Outcome.REFUSED] += 1
                self._say(parsed.line, outcome)

    def _say(self, line: int, refusals: Iterable[Refusal]) -> None:
        for refusal in refusals:
            self.said += 1
            if self.said <= LINES_MOST:
                self.report(f"{self.source.name}:{line}: {refusal.field}: {refusal.message}")
            elif self.said == LINES_MOST + 1:
                self.report(f"{self.source.name}:{line}: -: from here on refusals are only counted")

    def _parse(self, row: Row) -> _Parsed[Draft]:
        fields = Fields.of(row)
        # A row of which nothing could be read has nothing else to refuse.
        draft = self.kind.draft(fields, self.source) if row.values else None
        claims = [*self.kind.claims(draft)] if draft is not None else list(_claims_of_refused(row))
        for claim in claims:
            first = self.claimed.setdefault(claim, row.line)
            if first != row.line:
                fields.refuse(claim[0], f"{shown(claim[1])} was given in line {first} already")
        if not row.values and not row.refusals:
            fields.refuse(WHOLE_ROW, "the row is empty")
        return _Parsed(row.line, None if fields.refusals else draft, fields.refusals)

    def _load(self, batch: list[_Parsed[Draft]]) -> dict[int, Outcome | tuple[Refusal, ...]]:
        try:
            return self._in_one_transaction(batch)
        except (Refused, IntegrityError):
            # Somebody wrote the same at the same moment: row by row only that row is lost.
            outcomes: dict[int, Outcome | tuple[Refusal, ...]] = {}
            for parsed in batch:
                outcomes |= self._alone(parsed)
            return outcomes

    def _alone(self, parsed: _Parsed[Draft]) -> dict[int, Outcome | tuple[Refusal, ...]]:
        try:
            return self._in_one_transaction([parsed])
        except Refused as refused:
            return {parsed.line: refused.refusals}
        except IntegrityError:
            return {parsed.line: (Refusal(WHOLE_ROW, RACED),)}

    def _in_one_transaction(
        self, batch: list[_Parsed[Draft]]
    ) -> dict[int, Outcome | tuple[Refusal, ...]]:
        outcomes: dict[int, Outcome | tuple[Refusal, ...]] = {}
        if not batch:
            return outcomes
        with writing():
            drafts = [parsed.draft for parsed in batch if parsed.draft is not None]
            known = self.kind.batch(drafts, self.source)
            for parsed, draft in zip(batch, drafts, strict=True):
                try:
                    known.check(draft)
                except Refused as refused:
                    outcomes[parsed.line] = refused.refusals
                else:
                    outcomes[parsed.line] = known.load(draft)
            if self.source.keeps:
                settle()
        return outcomes


def _claims_of_refused(row: Row) -> Iterator[tuple[str, str]]:
    """A refused row still has its id: a second row of that id is not what was meant either."""
    given = row.values.get("external_id")
    if isinstance(given, str) and (external_id := clean_line(given)):
        yield "external_id", external_id
