"""10,000 rows with over 300 different faults: each is told at its line and field, none is half."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from directory.accounts.models import Member, Organisation
from directory.certification.models import Certification
from directory.database import db
from directory.exchange.importing import Totals
from directory.listings.models import Listing, ListingTag, ListingText, Office
from tests.importing import imported, listing_row

ROWS = 10_000
MISTYPED: tuple[Any, ...] = (7, True, 1.5, ["x"])
TEXT_LIMITS = {
    "external_id": 100,
    "name": 200,
    "website": 500,
    "owner_email": 254,
    "slug": 80,
    "logo": 500,
    "tagline": 300,
    "description": 20_000,
}
OFFICE = {"country": "DE", "region": "DE-BW", "city": 2825297}
CERTIFICATION = {"external_id": "c-x", "kind": "inbound", "issued": "2026-01-01"}
SPOILT: dict[str, tuple[Any, ...]] = {
    "website": (
        "acme.example", "ftp://acme.example", "//acme.example", "mailto:a@acme.example",
        "javascript:alert(1)", "http://localhost", "http://127.0.0.1/", "http://[::1]/",
        "https://user:word@acme.example", "https://acme..example", "https://acme.example:x/",
        "https://a b.example/", "https:// acme.example",
    ),
    "owner_email": ("nobody", "a@b", "a@@acme.example", "a b@acme.example", "@acme.example", "a@"),
    "slug": ("Acme", "a--b", "-a", "a_b", "ä", "a/b"),
    "logo": ("/etc/passwd", "../a.png", "a/../../b.png", "..\\a.png", "C:a.png", "none.png"),
    "founded": ("1999", 1799, 2999, -1, True, 1.5, [1999], {"year": 1999}, float("nan")),
    "team_size": ("5", 0, -5, 10**9, False, 2.0, [5], float("inf")),
    "budget_min": ("5000", -1, 10**12, True, 0.5, [5]),
    "accepting": ("yes", "true", 1, 0, 1.0, [True], {"value": True}),
    "package": ("none", "PARTNER", 5, True, ["partner"]),
    "tier": ("silver", "Gold", 5, True, ["gold"]),
    "state": ("public", "PUBLISHED", 5, True, ["draft"]),
    "services": ("seo", 5, True, {"a": 1}, [1], [None], ["SEO"], [["seo"]], ["seo"] * 301),
    "industries": ("x", 5, True, {"a": 1}, [1], [None], ["cheese"], [["x"]], ["x"] * 301),
    "languages": ("de", 5, True, {"a": 1}, [1], [None], ["DE"], ["deu"], [["de"]]),
    "credentials": ("x", 5, True, {"a": 1}, [1], [None], ["king"], [["x"]]),
    "serves": ("DE", 5, True, {"a": 1}, [1], [None], ["de"], ["Europe"], ["DE-XX"], [["DE"]]),
    "old_urls": (
        "/a", 5, True, {"a": 1}, [1], [None], ["a"], ["//a"], ["/"], ["/en/a"], ["/api"], ["/a|b"],
        ["/a b"], ["/a?b"], ["/a#b"], ["/" + "x" * 500],
    ),
    "locations": ("DE", 5, True, {"country": "DE"}),
    "certification": ("inbound", 5, True, ["inbound"]),
}  # fmt: skip
SPOILT_OFFICE: dict[str, tuple[Any, ...]] = {
    "country": ("", None, "de", "DEU", "Germany", "XX", 49, True, ["DE"]),
    "region": ("BW", "DE-XX", "AT-9", 5, True, ["DE-BW"], "x" * 200),
    "city": (1, 10**12, 2761369, True, 1.5, ["Köln"], "a\x07b", "x" * 200, "99999999"),
    "postal_code": (70173, True, ["70173"], "x" * 21, "a\x00"),
    "street": (5, True, ["x"], "x" * 201, "a\x1b[2J"),
    "zip": ("70173",),
    "": ("x",),
}
SPOILT_CERTIFICATION: dict[str, tuple[Any, ...]] = {
    "external_id": (5, True, ["x"], "x" * 101),
    "kind": ("", None, "cooking", "INBOUND", 5, True, ["inbound"]),
    "issued": ("", None, "soon", "2026-02-30", "01.02.2026", "20260101", "0001-01-01", 5, True, []),
    "expires": ("soon", "2025-12-31", "2026-13-01", "2026-1-1", 5, True, ["2027-01-01"]),
    "revoked": ("soon", "2025-12-31", "9999-01-01", 5, True),
    "holder": (5, True, ["x"], "x" * 201, "a\x00b"),
    "reference": (5, True, ["x"], "x" * 101),
    "listing": ("row-1",),
    "valid": (True,),
}
UNKNOWN = ("colour", "Name", "name ", "service", "location", "desc", "id", "a.b", "__proto__", "ß")
BROKEN: tuple[bytes, ...] = (
    b"[1, 2]",
    b'"text"',
    b"17",
    b"null",
    b"{}",
    b"{",
    b'{"name": "a"',
    b'{"name": "a",}',
    b"{'name': 'a'}",
    b'{"name": "a"} x',
    b'{"name": "caf\xe9"}',
    b'{"name": "\xc0\xaf"}',
    b'{"name": "\xed\xa0\x80"}',
    b'{"name": "a\x00b"}',
    b"\x89PNG\r",
    b"[" * 50_000,
    b'{"founded": ' + b"9" * 5_000 + b"}",
    b'{"name": "' + b"x" * (1 << 20) + b'"}',
)


Fault = tuple[dict[str, Any] | bytes, str]


def faults() -> Iterator[Fault]:
    """Every faulty row, with the field at which it must be refused."""
    yield from spoilt_texts()
    yield from spoilt_offices()
    for name, values in SPOILT.items():
        for bad in values:
            yield listing_row(0, **{name: bad}), name
    for name, values in SPOILT_CERTIFICATION.items():
        for bad in values:
            certification = CERTIFICATION | {name: bad}
            yield listing_row(0, certification=certification), f"certification.{name}"
    yield listing_row(0, package="provider", tier="gold"), "tier"
    for name in UNKNOWN:
        yield listing_row(0, **{name: "x"}), name.strip()
    for line in BROKEN:
        yield line, "-"


def spoilt_texts() -> Iterator[Fault]:
    """Texts of another type, with control characters, too long or empty."""
    for name, most in TEXT_LIMITS.items():
        for bad in (*MISTYPED, "a\x00b", "a\ud800", "x" * (most + 1)):
            yield listing_row(0, **{name: bad}), name
    for name in ("external_id", "name"):
        for bad in ("", "  ", "\u200b"):
            yield listing_row(0, **{name: bad}), name
    for language in ("", "deu", "DE", "xx"):
        yield listing_row(0, tagline={language: "x"}), f"tagline.{language}"
        yield listing_row(0, description={"de": "x", language: "x"}), f"description.{language}"


def spoilt_offices() -> Iterator[Fault]:
    """Second offices in which one value is wrong."""
    for name, values in SPOILT_OFFICE.items():
        for bad in values:
            office = OFFICE | {name: bad}
            if name == "region" and isinstance(bad, str) and len(bad) < 100:
                del office["city"]
            yield listing_row(0, locations=[{"country": "AT"}, office]), f"locations.2.{name}"


def rows(path: Path) -> dict[int, str]:
    """Write a file of good rows with faulty ones between them; the refused field by line."""
    waiting = list(faults())
    every = ROWS // (len(waiting) + 1)
    chosen = {every * number: fault for number, fault in enumerate(waiting, start=1)}
    chosen[ROWS - 2] = listing_row(5), "external_id"
    chosen[ROWS - 1] = listing_row(ROWS - 1, slug="agency-7"), "slug"
    chosen[ROWS] = json.dumps(listing_row(ROWS)).encode()[:-20], "-"
    lines: list[bytes] = []
    for number in range(1, ROWS + 1):
        content, _ = chosen.get(number, (listing_row(number, tagline="In short"), ""))
        if isinstance(content, dict) and content.get("external_id") == "row-0":
            content = content | {"external_id": f"row-{number}"}
        lines.append(content if isinstance(content, bytes) else json.dumps(content).encode())
    path.write_bytes(b"\n".join(lines))
    return {number: field for number, (_, field) in sorted(chosen.items())}


def count(model: type[Any]) -> int:
    """How many rows of a model are stored."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.case("K3")
def test_ten_thousand_rows_with_three_hundred_faults(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "listings.jsonl"
    expected = rows(path)
    assert len(expected) >= 300
    totals, reports = imported("listings", path)
    good = ROWS - len(expected)
    assert totals == Totals(loaded=good, refused=len(expected))
    assert [report.split(": ")[0:2] for report in reports] == [
        [str(line), field] for line, field in expected.items()
    ]
    for model in (Organisation, Listing, ListingText, ListingTag, Office):
        assert count(model) == good
    for model in (Member, Certification):
        assert count(model) == 0
