"""The sample data comes in like any import and leaves without a trace."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from directory import create_app
from directory.accounts.models import Organisation
from directory.certification.models import Certification
from directory.certification.services import content_of as certificate_of
from directory.config import Settings, clock, read_settings
from directory.database import Base, db
from directory.exchange.importing import Totals
from directory.files.services import path_of
from directory.listings import queries
from directory.listings.models import Listing, ListingPicture, ListingState
from directory.listings.services import content_of
from directory.samples import generated, loader
from directory.search.models import SearchChange
from tests.factories import Make
from tests.importing import imported, json_lines, listing_row
from tests.public import visible_ids

TODAY = date(2026, 11, 23)
KEPT_UP = {"generation", "search_changes"}


def settings_in(folder: Path) -> Settings:
    """Settings of an installation in `folder`."""
    return read_settings(
        {
            "DIRECTORY_VAR_DIR": str(folder),
            "DIRECTORY_INDEX_DIR": str(folder / "index"),
            "DIRECTORY_TODAY": TODAY.isoformat(),
        }
    )


@pytest.fixture(scope="module")
def sampled(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Totals]:
    """An installation with the samples, copied for each test, and the totals of their loading."""
    folder = tmp_path_factory.mktemp("sampled")
    shutil.copyfile(empty_database, folder / "directory.db")
    with create_app(settings_in(folder)).app_context():
        totals = loader.load()
        db.session.remove()
        db.engine.dispose()
    return folder, totals


@pytest.fixture
def samples(sampled: tuple[Path, Totals], tmp_path: Path) -> Iterator[Flask]:
    """The application with the samples loaded."""
    folder = tmp_path / "sampled"
    shutil.copytree(sampled[0], folder)
    app = create_app(settings_in(folder))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def stored() -> dict[str, int]:
    """How many rows each table holds, what waits for the index left out."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in KEPT_UP]
    counts = {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in tables
    }
    db.session.rollback()
    return counts


def test_all_samples_pass_the_rules_of_an_import(sampled: tuple[Path, Totals]) -> None:
    totals = sampled[1]
    assert totals.loaded + totals.drafts == 300
    assert totals.refused == 0


def test_loading_the_samples_again_changes_nothing(samples: Flask) -> None:
    changes = select(func.count()).select_from(SearchChange)
    before, waiting = stored(), db.session.scalar(changes)
    assert loader.load() == Totals(unchanged=300)
    assert (stored(), db.session.scalar(changes)) == (before, waiting)


def standings() -> dict[str, tuple[date | None, date | None]]:
    """Since when each sample has had its package and tier."""
    found = db.session.scalars(select(Organisation)).all()
    days = {one.key: (one.package_since, one.tier_since) for one in found}
    db.session.rollback()
    return days


@pytest.mark.rule("TIE-2")
def test_a_sample_had_its_package_and_tier_before_today(samples: Flask) -> None:
    founded = dict(db.session.execute(select(Listing.organisation_id, Listing.founded)).all())
    tiered = 0
    for one in db.session.scalars(select(Organisation)):
        assert (one.package is None) == (one.package_since is None)
        assert (one.tier is None) == (one.tier_since is None)
        if one.package_since is not None:
            assert timedelta(365) <= TODAY - one.package_since <= timedelta(8 * 365)
            assert one.package_since.year >= founded[one.id]
        if one.package_since and one.tier_since:
            assert one.package_since <= one.tier_since < TODAY
            assert one.tier_since.day == 15
            tiered += 1
    assert tiered == 61


def test_samples_keep_their_days_when_they_are_loaded_again(samples: Flask, tmp_path: Path) -> None:
    before = standings()
    loader.load()
    assert standings() == before
    db.engine.dispose()
    later = TODAY + timedelta(days=40)
    folder = tmp_path / "sampled"
    values = {"DIRECTORY_VAR_DIR": str(folder), "DIRECTORY_INDEX_DIR": str(folder / "index")}
    with create_app(read_settings({**values, "DIRECTORY_TODAY": later.isoformat()})).app_context():
        loader.load()
        assert standings() == before
        db.session.remove()
        db.engine.dispose()


def test_an_organisation_of_another_directory_is_not_dated(samples: Flask, tmp_path: Path) -> None:
    foreign = listing_row(1, external_id="sample-agency", package="partner", tier="gold")
    imported("listings", json_lines(tmp_path / "a.jsonl", foreign))
    loader.load()
    assert standings()["sample-agency"] == (TODAY, TODAY)


def test_the_most_seen_samples_have_pictures_of_their_work(samples: Flask) -> None:
    pictures = db.session.scalars(select(ListingPicture)).all()
    assert len({one.listing_id for one in pictures}) == 4
    assert all(path_of(one.file) for one in pictures)
    assert all(one.captions.keys() == {"de", "en"} for one in pictures)


def test_every_logo_that_a_sample_names_is_stored(samples: Flask) -> None:
    logos = db.session.scalars(select(Listing.logo).where(Listing.logo.is_not(None))).all()
    assert len(logos) > 150
    assert all(path_of(logo) for logo in logos if logo)


@pytest.mark.rule("DIR-2")
def test_samples_whose_certification_lapsed_were_public_once(samples: Flask) -> None:
    public = visible_ids(TODAY)
    once = visible_ids(TODAY - timedelta(days=400)) - public
    assert once
    for listing in db.session.scalars(select(Listing).where(Listing.id.in_(once))):
        assert listing.first_public is not None
        assert listing.first_public < TODAY
    for listing in db.session.scalars(select(Listing).where(Listing.id.not_in(public))):
        assert listing.first_public is None or listing.state is ListingState.PUBLISHED


def test_the_samples_leave_without_a_trace(samples: Flask, tmp_path: Path) -> None:
    foreign = listing_row(1, external_id="sample-agency")
    imported("listings", json_lines(tmp_path / "a.jsonl", foreign))
    gone = queries.all_ids() - {
        db.session.scalars(select(Listing.id).join(Organisation).where(
            Organisation.external_id == "sample-agency"
        )).one()
    }  # fmt: skip
    assert loader.remove() == 300
    left = {name: count for name, count in stored().items() if count and name != "alembic_version"}
    assert left == {"organisations": 1, "listings": 1, "listing_tags": 1, "offices": 1}
    assert not list((tmp_path / "sampled" / "uploads").iterdir())
    assert gone <= set(db.session.scalars(select(SearchChange.listing_id)))
    assert loader.remove() == 0


def test_a_logo_that_somebody_else_shows_stays(samples: Flask, tmp_path: Path) -> None:
    logo = db.session.scalars(select(Listing.logo).where(Listing.logo.is_not(None))).first()
    stored_at = path_of(str(logo))
    assert stored_at is not None
    shutil.copyfile(stored_at, tmp_path / "same.webp")
    row = listing_row(1, logo="same.webp")
    imported("listings", json_lines(tmp_path / "a.jsonl", row))
    loader.remove()
    assert db.session.scalars(select(Listing.logo)).all() == [logo]
    assert path_of(str(logo)) is not None


def whole() -> list[dict[str, object]]:
    """All that is stored of the organisations, but ids, instants and days that loading sets."""
    found = []
    for listing in db.session.scalars(select(Listing).order_by(Listing.slug)):
        owner = listing.organisation
        held = db.session.scalars(select(Certification).filter_by(organisation=owner)).all()
        found.append(
            {
                "content": content_of(listing),
                "slug": listing.slug,
                "was_public": listing.first_public is not None,
                "owner": (owner.key, owner.name, owner.package, owner.tier, owner.owner_email),
                "since": (owner.package_since, owner.tier_since),
                "held": [(one.external_id, certificate_of(one)) for one in held],
            }
        )
    db.session.rollback()
    return found


def test_what_is_stored_at_once_is_what_an_import_stores(
    samples: Flask,
) -> None:
    loader.remove()
    loader._imported(generated.rows(60, TODAY), None)
    imported_ones, waiting = whole(), db.session.scalars(select(SearchChange.listing_id)).all()
    loader.remove()
    loader.load(60)
    assert whole() == imported_ones
    assert len(imported_ones) == 60
    assert len(set(waiting)) >= 60
    held = set(db.session.scalars(select(Listing.id)))
    assert held <= set(db.session.scalars(select(SearchChange.listing_id)))


@pytest.mark.rule("DIR-2")
def test_generated_listings_were_not_all_public_on_one_day(app: Flask) -> None:
    loader.load(60)
    days = db.session.scalars(select(Listing.first_public)).all()
    assert len(set(days)) > 30
    assert all(day <= clock().today() for day in days if day)


def test_generated_listings_come_and_go(app: Flask, make: Make) -> None:
    make.listing("Ours")
    before = stored()
    assert loader.load(40).refused == 0
    assert db.session.scalar(select(func.count()).select_from(Listing)) == 41
    assert loader.load(40) == Totals(unchanged=40)
    assert stored()["certifications"] > before["certifications"]
    assert stored()["members"] > before["members"]
    assert loader.remove() == 40
    assert stored() == before
