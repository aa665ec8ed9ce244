"""Certifications from files: for listings that are there, noted once, never moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from directory.accounts.models import Member
from directory.certification.models import Certification
from directory.database import db
from directory.exchange.importing import Totals
from tests.importing import Values, certification_row, imported, json_lines, listing_row
from tests.public import visible_ids

TODAY = date(2026, 11, 23)


@pytest.fixture
def listed(app: Flask, tmp_path: Path) -> None:
    """Three listings."""
    path = json_lines(tmp_path / "listings.jsonl", *(listing_row(number) for number in (1, 2, 3)))
    assert imported("listings", path)[0].loaded == 3


def load(tmp_path: Path, *rows: Values, dry_run: bool = False) -> tuple[Totals, list[str]]:
    return imported(
        "certifications", json_lines(tmp_path / "certifications.jsonl", *rows), dry_run=dry_run
    )


def public() -> int:
    """How many listings the public sees."""
    db.session.rollback()
    return len(visible_ids(TODAY))


@pytest.mark.rule("DIR-2")
@pytest.mark.both_databases
def test_a_certification_makes_its_listing_public(listed: None, tmp_path: Path) -> None:
    assert public() == 0
    totals, _ = load(
        tmp_path,
        certification_row(1, expires="2026-11-23"),
        certification_row(2, expires="2026-11-22"),
        certification_row(3, revoked="2026-11-23"),
    )
    assert totals == Totals(loaded=3)
    assert public() == 1


@pytest.mark.both_databases
def test_the_same_certifications_again_write_nothing(listed: None, tmp_path: Path) -> None:
    rows = [certification_row(1), certification_row(2, expires=None, reference="R 1")]
    load(tmp_path, *rows)
    assert load(tmp_path, *rows) == (Totals(unchanged=2), [])


@pytest.mark.both_databases
def test_a_renewed_or_revoked_certification_updates(listed: None, tmp_path: Path) -> None:
    load(tmp_path, certification_row(1, expires="2026-11-22"))
    assert load(tmp_path, certification_row(1))[0] == Totals(updated=1)
    assert public() == 1
    assert load(tmp_path, certification_row(1, revoked="2026-11-20"))[0] == Totals(updated=1)
    assert public() == 0


@pytest.mark.both_databases
def test_faulty_certifications_are_refused_and_the_others_loaded(
    listed: None, tmp_path: Path
) -> None:
    load(tmp_path, certification_row(1))
    totals, reports = load(
        tmp_path,
        certification_row(2),
        certification_row(9),
        certification_row(1, listing="row-2"),
        certification_row(2, holder="Other"),
        certification_row(3, kind="cooking", issued="soon"),
    )
    assert totals == Totals(loaded=1, refused=4)
    assert reports[:3] == [
        "2: listing: there is no listing 'row-9'",
        "3: listing: this certification belongs to another organisation",
        "4: external_id: 'cert-2' was given in line 1 already",
    ]
    assert [report.split(": ")[1] for report in reports[3:]] == ["kind", "issued"]


def test_a_holder_becomes_one_member_however_many_certifications(
    listed: None, tmp_path: Path
) -> None:
    load(
        tmp_path,
        certification_row(1),
        certification_row(2, listing="row-1", kind="solutions-partner"),
        certification_row(3, listing="row-1", holder=None),
    )
    assert db.session.scalars(select(Member.name)).all() == ["Alex Beispiel"]
    holders = db.session.scalars(select(Certification.member_id).order_by(Certification.id)).all()
    assert holders[0] == holders[1]
    assert holders[2] is None


def test_a_dry_run_of_certifications_writes_nothing(listed: None, tmp_path: Path) -> None:
    rows = [certification_row(1), certification_row(9)]
    dry = load(tmp_path, *rows, dry_run=True)
    assert db.session.scalar(select(func.count()).select_from(Certification)) == 0
    assert load(tmp_path, *rows) == dry


def test_a_table_of_certifications_is_read_like_lines(listed: None, tmp_path: Path) -> None:
    load(tmp_path, certification_row(1), certification_row(2))
    path = tmp_path / "certifications.csv"
    path.write_text(
        "external_id,listing,kind,holder,issued,expires,reference\n"
        "cert-1,row-1,inbound,Alex Beispiel,2025-01-01,2027-01-01,\n"
        'cert-2,row-2,inbound,"Alex\nBeispiel",2025-01-01,,\n'
        "cert-3,row-3,inbound,=A1,2025-01-01,,\n"
    )
    totals, reports = imported("certifications", path)
    assert totals == Totals(updated=1, unchanged=1, refused=1)
    assert [report.split(": ")[:2] for report in reports] == [["5", "holder"]]
