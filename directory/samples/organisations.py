"""The 300 invented organisations that a fresh installation shows, as rows of an import."""

from __future__ import annotations

import json
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from directory.samples import works

Row = dict[str, Any]

VALID_DAYS = 730
# Those that have pictures of their work.
PICTURED = ("elite",)


def rows(today: date) -> list[Row]:
    """All samples in the import format of listings, the same ones for the same day.

    The data say in how many days from `today` a certification ends (negative: has ended) and how
    long ago it was revoked, so that a fresh installation shows valid, lapsing and lapsed ones.
    """
    text = (files(__package__) / "data" / "organisations.jsonl").read_text(encoding="utf-8")
    return [_dated(json.loads(line), today) for line in text.splitlines()]


def certification(listing: str, proof: Row, today: date) -> Row:
    """The Inbound certification of a listing (CRT-1) as an import nests it.

    proof: `holder`, `reference`, `ends_in` (days from today) and, if so, `revoked_ago` (days).
    """
    expires = today + timedelta(days=proof["ends_in"])
    dated = {
        "external_id": f"{listing}-inbound",
        "kind": "inbound",
        "holder": proof["holder"],
        "issued": (expires - timedelta(days=VALID_DAYS)).isoformat(),
        "expires": expires.isoformat(),
        "reference": proof["reference"],
    }
    if "revoked_ago" in proof:
        dated["revoked"] = (today - timedelta(days=proof["revoked_ago"])).isoformat()
    return dated


def _dated(row: Row, today: date) -> Row:
    if "certification" in row:
        proof = row["certification"]
        row["certification"] = certification(row["external_id"], proof, today)
    if row.get("tier") in PICTURED:
        row["pictures"] = works.named(row)
    return row
