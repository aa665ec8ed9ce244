"""Exports are whole, in a stable order, and change nothing when they are imported again."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st
from PIL import Image

from directory import create_app
from directory.accounts.models import Organisation
from directory.certification.models import Certification
from directory.config import read_settings
from directory.database import db, writing
from directory.exchange import exporting
from directory.exchange.cells import runs
from directory.exchange.exporting import export_file
from directory.exchange.importing import Totals
from directory.exchange.rows import Unreadable
from directory.reactions import settle
from tests.factories import Make
from tests.importing import certification_row, imported, json_lines, listing_row

ENDINGS = pytest.mark.parametrize("ending", ["jsonl", "csv"])
FULL = listing_row(
    1,
    name='Köln "Digital", Söhne & Co',
    website="https://müller.example/?a=b|c",
    tagline={"de": "=Kurz", "en": "- short, 'really'"},
    description={"de": '- "eins"\n- zwei;\n\n@drei', "en": "+1-1\n\ttab | pipe"},
    founded=1999,
    team_size=12,
    services=["seo", "website-design"],
    industries=["automotive"],
    languages=["de", "en"],
    locations=[
        {
            "country": "DE",
            "region": "DE-BW",
            "city": 2825297,
            "street": "-1+1",
            "postal_code": "01",
        },
        {"country": "CH"},
        {"country": "DE", "city": "Kleinkleckersdorf"},
    ],
    serves=["AT", "CH-ZH"],
    budget_min=5000,
    accepting=False,
    package="partner",
    tier="gold",
    credentials=["inbound"],
    owner_email="owner@acme.example",
    slug="koeln-digital",
    old_urls=["/z", "/a,b;c"],
    state="published",
)


@pytest.fixture
def elsewhere(app: Flask, tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """Another installation."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    shutil.copyfile(empty_database, folder / "directory.db")
    settings = read_settings(
        {
            "DIRECTORY_VAR_DIR": str(folder),
            "DIRECTORY_INDEX_DIR": str(folder / "index"),
            "DIRECTORY_TODAY": "2026-11-23",
        }
    )
    other = create_app(settings)
    yield other
    with other.app_context():
        db.engine.dispose()


def load(tmp_path: Path, kind: str, *rows: dict[str, Any]) -> None:
    totals, reports = imported(kind, json_lines(tmp_path / f"in-{kind}.jsonl", *rows))
    assert totals.refused == 0, reports


@ENDINGS
@pytest.mark.both_databases
def test_importing_an_export_changes_nothing(app: Flask, tmp_path: Path, ending: str) -> None:
    load(tmp_path, "listings", FULL, listing_row(2, tagline="plain"), listing_row(3, services=[]))
    load(
        tmp_path, "certifications", certification_row(1), certification_row(2, revoked="2026-01-01")
    )
    for kind, count in (("listings", 3), ("certifications", 2)):
        path = tmp_path / f"{kind}.{ending}"
        assert export_file(kind, path) == count
        assert imported(kind, path) == (Totals(unchanged=count), [])


def test_an_export_says_what_was_imported(app: Flask, tmp_path: Path) -> None:
    load(tmp_path, "listings", FULL)
    load(tmp_path, "certifications", certification_row(1, reference="R 1"))
    export_file("listings", tmp_path / "out.jsonl")
    (row,) = map(json.loads, (tmp_path / "out.jsonl").read_text().splitlines())
    assert row == FULL | {"budget_min": {"amount": "5000", "currency": "EUR"}}
    export_file("certifications", tmp_path / "out.jsonl")
    assert json.loads((tmp_path / "out.jsonl").read_text()) == certification_row(1, reference="R 1")


@ENDINGS
def test_an_export_makes_the_same_directory_elsewhere(
    app: Flask, elsewhere: Flask, tmp_path: Path, ending: str
) -> None:
    load(tmp_path, "listings", FULL, listing_row(2, state="withdrawn"), listing_row(3, services=[]))
    load(tmp_path, "certifications", certification_row(1), certification_row(2, holder=None))
    kinds = ("listings", "certifications")
    for kind in kinds:
        export_file(kind, tmp_path / f"{kind}.{ending}")
    with elsewhere.app_context():
        for kind in kinds:
            assert imported(kind, tmp_path / f"{kind}.{ending}")[0].refused == 0
            export_file(kind, tmp_path / f"again-{kind}.{ending}")
        db.session.remove()
    for kind in kinds:
        first = (tmp_path / f"{kind}.{ending}").read_text()
        assert (tmp_path / f"again-{kind}.{ending}").read_text() == first


@ENDINGS
def test_what_was_made_here_has_a_stable_id_in_files(
    make: Make, tmp_path: Path, ending: str
) -> None:
    listing = make.listing("Ours")
    with writing():
        db.session.get_one(Organisation, listing.organisation_id).external_id = None
        for certification in db.session.query(Certification):
            certification.external_id = None
        settle()
    for kind in ("listings", "certifications"):
        path = tmp_path / f"{kind}.{ending}"
        export_file(kind, path)
        first = path.read_bytes()
        assert imported(kind, path)[0] == Totals(unchanged=1)
        export_file(kind, path)
        assert path.read_bytes() == first


@pytest.mark.case("D6")
def test_no_cell_of_an_exported_table_is_run_by_a_spreadsheet(app: Flask, tmp_path: Path) -> None:
    load(tmp_path, "listings", FULL | {"name": "@SUM(1)", "old_urls": []})
    load(tmp_path, "certifications", certification_row(1, holder="=1+1", reference="+1-1"))
    for kind in ("listings", "certifications"):
        path = tmp_path / f"{kind}.csv"
        export_file(kind, path)
        with path.open(newline="", encoding="utf-8") as file:
            cells = [cell for line in csv.reader(file) for cell in line]
        assert not any(map(runs, cells))
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert "'=1+1,2025-01-01,2027-01-01,'+1-1" in path.read_text()


def test_columns_stand_in_the_order_of_the_format(app: Flask, tmp_path: Path) -> None:
    load(tmp_path, "listings", FULL)
    export_file("listings", tmp_path / "out.csv")
    header = (tmp_path / "out.csv").read_text().splitlines()[0].split(",")
    assert header[:9] == [
        "external_id", "name", "website", "tagline.de", "tagline.en", "description.de",
        "description.en", "founded", "team_size",
    ]  # fmt: skip
    assert [name for name in header if name.startswith("locations")] == [
        "locations.1.country", "locations.1.region", "locations.1.city",
        "locations.1.postal_code", "locations.1.street", "locations.2.country",
        "locations.3.country", "locations.3.city",
    ]  # fmt: skip


def test_an_empty_directory_exports_an_empty_file(app: Flask, tmp_path: Path) -> None:
    assert export_file("listings", tmp_path / "out.jsonl") == 0
    assert (tmp_path / "out.jsonl").read_bytes() == b""
    assert export_file("certifications", tmp_path / "out.csv") == 0
    assert imported("certifications", tmp_path / "out.csv") == (Totals(), [])


@ENDINGS
def test_pictures_travel_beside_the_file(
    app: Flask, elsewhere: Flask, tmp_path: Path, ending: str
) -> None:
    out = BytesIO()
    Image.new("RGB", (640, 400), "navy").save(out, "PNG")
    (tmp_path / "a.png").write_bytes(out.getvalue())
    pictures = [{"file": "a.png", "caption": {"de": "Eins", "fr": "Un"}}, {"file": "a.png"}]
    load(tmp_path, "listings", listing_row(1, logo="a.png", pictures=pictures))
    path = tmp_path / "out" / f"listings.{ending}"
    path.parent.mkdir()
    export_file("listings", path)
    assert len(list((path.parent / "logos").iterdir())) == 1
    assert len(list((path.parent / "pictures").iterdir())) == 1
    assert imported("listings", path)[0] == Totals(unchanged=1)
    with elsewhere.app_context():
        assert imported("listings", path)[0].loaded == 1
        assert imported("listings", path)[0].unchanged == 1
        db.session.remove()


def test_an_export_that_fails_leaves_the_former_file(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(tmp_path, "listings", listing_row(1))
    path = tmp_path / "out" / "listings.jsonl"
    path.parent.mkdir()
    path.write_text("former")

    def failing() -> Iterator[dict[str, object]]:
        yield {"external_id": "a"}
        raise OSError(28, "No space left on device")

    kind = exporting.Exported(("external_id",), failing)
    monkeypatch.setitem(exporting.KINDS, "listings", kind)
    with pytest.raises(Unreadable, match="No space left"):
        export_file("listings", path)
    assert path.read_text() == "former"
    assert [entry.name for entry in path.parent.iterdir()] == ["listings.jsonl"]


@pytest.mark.parametrize("name", ["out.xlsx", "missing/out.csv", "folder.csv"])
def test_a_place_where_nothing_can_be_written_is_told_in_one_line(
    app: Flask, tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(Unreadable) as told:
        export_file("listings", tmp_path / name)
    assert "\n" not in str(told.value)
    assert not list(tmp_path.glob(".*"))


WRITTEN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30)
ODD = st.text(st.sampled_from("'\"=+-@|,;\n\t\r \u200b\u0301aÄ1(."), max_size=12)
TEXTS = WRITTEN | ODD
BY_LANGUAGE = TEXTS | st.dictionaries(st.sampled_from(["de", "en", "fr"]), TEXTS)
PATHS = st.text(st.sampled_from("ab/.,;'=+-@%ä"), min_size=1, max_size=8).map("/x{}".format)
OFFICES = st.sampled_from(
    [{"country": "DE"}, {"country": "DE", "city": 2825297}, {"country": "GB", "region": "GB-LND"}]
)
OFFICE = st.builds(
    lambda office, street, code: office | {"street": street, "postal_code": code},
    OFFICES,
    TEXTS,
    ODD,
)
ROW = st.fixed_dictionaries(
    {"name": TEXTS.map("N{}".format)},
    optional={
        "tagline": BY_LANGUAGE,
        "description": BY_LANGUAGE,
        "locations": st.lists(OFFICE, max_size=3),
        "old_urls": st.lists(PATHS, max_size=3),
        "budget_min": st.integers(0, 10**8),
        "accepting": st.booleans(),
        "state": st.sampled_from(["published", "draft", "withdrawn"]),
        "certification": st.fixed_dictionaries(
            {"kind": st.just("inbound"), "issued": st.just("2026-01-01")},
            optional={"holder": TEXTS, "reference": TEXTS},
        ),
    },
)


@budget(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ROW)
def test_any_listing_survives_both_formats(app: Flask, tmp_path: Path, row: dict[str, Any]) -> None:
    load(tmp_path, "listings", {"services": ["seo"], "external_id": "row-1"} | row)
    for kind in ("listings", "certifications"):
        for ending in ("jsonl", "csv"):
            path = tmp_path / f"{kind}.{ending}"
            count = export_file(kind, path)
            assert imported(kind, path) == (Totals(unchanged=count), [])
