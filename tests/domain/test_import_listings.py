"""Listings from files: loaded once, updated when they changed, kept where a row is silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from directory.accounts.models import Member, Organisation
from directory.certification.models import Certification
from directory.config import settings
from directory.database import db, writing
from directory.exchange import listings_loading
from directory.exchange.importing import Totals
from directory.files.services import PICTURE, path_of, sized
from directory.kernel.policy import Package, Tier
from directory.listings.models import FormerSlug, Listing, ListingState, OldUrl
from directory.listings.services import content_of
from directory.reactions import settle
from directory.search.models import SearchChange
from tests.factories import Make
from tests.importing import Values, imported, json_lines, listing_row
from tests.public import visible_ids

CERTIFIED = {
    "external_id": "c-1",
    "kind": "inbound",
    "holder": "Alex Beispiel",
    "issued": "2026-01-01",
    "expires": "2027-12-31",
}


@pytest.fixture
def load(app: Flask, tmp_path: Path) -> Callable[..., tuple[Totals, list[str]]]:
    """Imports rows as a file."""

    def load(*rows: Values, dry_run: bool = False) -> tuple[Totals, list[str]]:
        path = json_lines(tmp_path / "listings.jsonl", *rows)
        return imported("listings", path, dry_run=dry_run)

    return load


Load = Callable[..., tuple[Totals, list[str]]]


def the_listing(external_id: str = "row-1") -> Listing:
    """The stored listing of that organisation."""
    db.session.rollback()
    query = select(Listing).join(Organisation).where(Organisation.external_id == external_id)
    return db.session.scalars(query).one()


def changes() -> int:
    """How many changes wait for the index."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(SearchChange)) or 0


def picture(colour: str = "navy", form: str = "PNG") -> bytes:
    """A small picture."""
    out = BytesIO()
    Image.new("RGB", (64, 64), colour).save(out, form)
    return out.getvalue()


@pytest.mark.both_databases
def test_rows_are_loaded_and_counted(load: Load) -> None:
    totals, reports = load(
        listing_row(1, certification=CERTIFIED, tier="gold"),
        listing_row(2, services=None),
        listing_row(3, locations=[]),
        listing_row(4, state="withdrawn"),
        listing_row(5, founded="old"),
    )
    assert str(totals) == "loaded 2, updated 0, unchanged 0, drafts 2, refused 1"
    assert reports == ["5: founded: must be a whole number, not 'old'"]
    one = the_listing()
    assert one.id in visible_ids(date(2026, 11, 23))
    assert one.first_public == date(2026, 11, 23)
    assert (one.organisation.package, one.organisation.tier) == (Package.PARTNER, Tier.GOLD)
    assert [the_listing(f"row-{n}").state for n in (2, 3, 4)] == [
        ListingState.DRAFT,
        ListingState.DRAFT,
        ListingState.WITHDRAWN,
    ]


@pytest.mark.both_databases
def test_the_same_file_again_writes_nothing(load: Load) -> None:
    rows = [listing_row(1, certification=CERTIFIED), listing_row(2, services=None, founded=2000)]
    load(*rows)
    before, changed_at = changes(), the_listing().changed_at
    totals, reports = load(*rows)
    assert str(totals) == "loaded 0, updated 0, unchanged 2, drafts 0, refused 0"
    assert reports == []
    assert changes() == before
    assert the_listing().changed_at == changed_at


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "change",
    [
        {"name": "Other"},
        {"tagline": "Other"},
        {"tagline": None},
        {"services": ["website-design", "seo"]},
        {"services": ["seo", "website-design"]},
        {"locations": [{"country": "DE"}]},
        {"tier": "elite"},
        {"package": "provider", "tier": None},
        {"slug": "other"},
        {"old_urls": ["/b"]},
        {"owner_email": "b@acme.example"},
        {"state": "withdrawn"},
        {"certification": CERTIFIED | {"expires": "2028-12-31"}},
        {"certification": CERTIFIED | {"holder": "Somebody Else"}},
    ],
)
def test_a_changed_row_updates(load: Load, change: Values) -> None:
    row = listing_row(
        1,
        tagline="One",
        services=["website-design"],
        tier="gold",
        package="partner",
        slug="one",
        old_urls=["/a"],
        owner_email="a@acme.example",
        certification=CERTIFIED,
    )
    load(row, listing_row(2))
    changed = {name: value for name, value in (row | change).items() if value is not None}
    totals, _ = load(changed, listing_row(2))
    assert str(totals) == "loaded 0, updated 1, unchanged 1, drafts 0, refused 0"
    assert load(changed)[0].unchanged == 1


def test_an_updated_row_changes_the_index_only_where_it_must(load: Load) -> None:
    load(listing_row(1), listing_row(2))
    before = changes()
    load(listing_row(1, tagline="New"), listing_row(2))
    assert changes() == before + 1


def test_a_silent_row_leaves_what_only_this_directory_knows(load: Load) -> None:
    load(
        listing_row(
            1, tier="gold", slug="one", old_urls=["/a"], owner_email="a@acme.example",
            certification=CERTIFIED,
        )
    )  # fmt: skip
    assert load(listing_row(1))[0].unchanged == 1
    one = the_listing()
    assert (one.slug, one.organisation.tier) == ("one", Tier.GOLD)
    assert one.organisation.owner_email == "a@acme.example"
    assert content_of(one).old_urls == ("/a",)


def test_a_withdrawn_listing_stays_so_until_a_row_says_otherwise(load: Load) -> None:
    load(listing_row(1, state="withdrawn"))
    load(listing_row(1, tagline="New"))
    assert the_listing().state is ListingState.WITHDRAWN
    load(listing_row(1, state="published"))
    assert the_listing().state is ListingState.PUBLISHED


def test_a_draft_is_published_once_its_row_is_complete(load: Load) -> None:
    load(listing_row(1, services=None))
    totals, _ = load(listing_row(1))
    assert totals.updated == 1
    assert the_listing().state is ListingState.PUBLISHED


def test_a_published_listing_that_loses_its_services_is_kept_as_a_draft(load: Load) -> None:
    load(listing_row(1))
    totals, _ = load(listing_row(1, services=[]))
    assert totals.drafts == 1
    assert the_listing().state is ListingState.DRAFT


@pytest.mark.both_databases
def test_a_second_row_of_an_id_is_refused_with_the_first_ones_line(load: Load) -> None:
    totals, reports = load(listing_row(1), listing_row(2), listing_row(1, name="Other"))
    assert totals.loaded == 2
    assert reports == ["3: external_id: 'row-1' was given in line 1 already"]
    assert the_listing().name == "Agency 1"


@pytest.mark.both_databases
def test_what_belongs_to_another_listing_is_refused(load: Load) -> None:
    load(
        listing_row(1, slug="one", old_urls=["/one"], certification=CERTIFIED),
        listing_row(2, slug="former"),
    )
    load(listing_row(2, slug="two"))
    totals, reports = load(
        listing_row(3, slug="one"),
        listing_row(4, slug="former"),
        listing_row(5, old_urls=["/five", "/one"]),
        listing_row(6, certification=CERTIFIED),
        listing_row(7, slug="seven", old_urls=["/seven"]),
        listing_row(8, slug="seven"),
        listing_row(9, old_urls=["/seven"]),
    )
    assert totals == Totals(loaded=1, refused=6)
    assert reports == [
        "1: slug: one belongs to another listing",
        "2: slug: former belongs to another listing",
        "3: old_urls: /one belongs to another listing",
        "4: certification.external_id: this certification belongs to another organisation",
        "6: slug: 'seven' was given in line 5 already",
        "7: old_urls: '/seven' was given in line 5 already",
    ]
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 3


def test_a_new_slug_keeps_the_former_one_as_a_redirect(load: Load) -> None:
    load(listing_row(1, slug="one"))
    load(listing_row(1, slug="uno"))
    assert the_listing().slug == "uno"
    assert db.session.scalars(select(FormerSlug.slug)).all() == ["one"]


def test_listings_of_one_name_get_slugs_of_their_own(load: Load) -> None:
    load(*(listing_row(number, name="Köln & Söhne") for number in (1, 2, 3)))
    assert {the_listing(f"row-{number}").slug for number in (1, 2, 3)} == {
        "koeln-soehne",
        "koeln-soehne-2",
        "koeln-soehne-3",
    }


@pytest.mark.both_databases
def test_a_slug_that_an_earlier_row_just_took_costs_only_its_own_row(load: Load) -> None:
    totals, reports = load(listing_row(1, name="Acme"), listing_row(2, slug="acme"), listing_row(3))
    assert totals == Totals(loaded=2, refused=1)
    assert reports == ["2: slug: acme belongs to another listing"]


@pytest.mark.both_databases
def test_a_race_with_another_writer_costs_only_the_row_concerned(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other writer stores the same id between this import's look and its write."""
    load(listing_row(2))
    look = listings_loading.lookups.organisations
    monkeypatch.setattr(
        listings_loading.lookups,
        "organisations",
        lambda keys: {key: one for key, one in look(keys).items() if key != "row-2"},
    )
    totals, reports = load(listing_row(1), listing_row(2, tagline="x"), listing_row(3))
    assert totals == Totals(loaded=2, refused=1)
    assert reports == [
        "2: -: something stored at the same moment has the same id or address; import the row again"
    ]
    assert the_listing("row-3").name == "Agency 3"


@pytest.mark.both_databases
def test_a_dry_run_says_the_same_and_writes_nothing(load: Load, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(picture())
    load(listing_row(1, slug="one"))
    rows = [
        listing_row(1, slug="one", tagline="New"),
        listing_row(2, slug="one"),
        listing_row(3, logo="a.png", certification=CERTIFIED),
        listing_row(4, services=None),
    ]
    before = changes()
    dry = load(*rows, dry_run=True)
    assert changes() == before
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 1
    assert not (settings().var_dir / "uploads").exists()
    assert load(*rows) == dry
    assert dry[0] == Totals(loaded=1, updated=1, drafts=1, refused=1)


def test_a_logo_beside_the_file_is_converted_and_kept(load: Load, tmp_path: Path) -> None:
    (tmp_path / "logos").mkdir()
    (tmp_path / "logos" / "a.png").write_bytes(picture())
    row = listing_row(1, logo="logos/a.png")
    assert load(row)[0].loaded == 1
    name = the_listing().logo
    assert name is not None
    assert path_of(name) is not None
    assert load(row)[0].unchanged == 1
    (tmp_path / "logos" / "a.png").write_bytes(picture("red"))
    assert load(row)[0].updated == 1
    assert the_listing().logo != name


def test_pictures_beside_the_file_are_kept_with_their_captions(load: Load, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.png").write_bytes(picture("red" if name == "a" else "navy"))
    named = [{"file": "a.png", "caption": {"de": "Eins", "en": "One"}}, {"file": "b.png"}]
    row = listing_row(1, pictures=named)
    assert load(row)[0].loaded == 1
    kept = content_of(the_listing()).pictures
    assert [one.captions for one in kept] == [{"de": "Eins", "en": "One"}, {}]
    assert all(path_of(sized(one.file, side)) for one in kept for side in PICTURE[1:])
    assert {(one.width, one.height) for one in kept} == {(64, 64)}
    assert load(row)[0].unchanged == 1
    assert load(listing_row(1))[0].unchanged == 1
    assert load(listing_row(1, pictures=named[::-1]))[0].updated == 1
    assert [one.file for one in content_of(the_listing()).pictures] == [
        one.file for one in reversed(kept)
    ]
    assert load(listing_row(1, pictures=[]))[0].updated == 1
    assert content_of(the_listing()).pictures == ()


def test_each_picture_that_cannot_be_used_is_named(load: Load, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(picture())
    row = listing_row(1, logo="x.png", pictures=[{"file": "a.png"}, {"file": "y.png"}])
    totals, reports = load(row)
    assert totals == Totals(refused=1)
    told = "there is no such file beside this one"
    assert reports == [f"1: logo: {told}", f"1: pictures.2.file: {told}"]


@pytest.mark.case("E8")
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.png", "there is no such file beside this one"),
        ("folder", "is not a file"),
        ("out.png", "lies outside the folder of the file"),
        ("loop.png", "cannot be read"),
        ("text.png", "is not a PNG, JPEG or WebP picture"),
        ("big.png", "is larger than 5 MB"),
        ("x" * 300 + ".png", "cannot be read"),
    ],
)
def test_a_logo_that_cannot_be_used_refuses_the_row(
    app: Flask, tmp_path: Path, name: str, message: str
) -> None:
    folder = tmp_path / "in"
    (folder / "folder").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(picture())
    (folder / "out.png").symlink_to(tmp_path / "secret.png")
    (folder / "loop.png").symlink_to(folder / "loop.png")
    (folder / "text.png").write_text("no picture")
    (folder / "big.png").write_bytes(picture() + bytes(5 * 1024 * 1024))
    path = json_lines(folder / "a.jsonl", listing_row(1, logo=name))
    totals, reports = imported("listings", path)
    assert totals == Totals(refused=1)
    assert reports == [f"1: logo: {message}"]


def test_a_nested_certification_belongs_to_its_listing(load: Load) -> None:
    certified = {key: value for key, value in CERTIFIED.items() if key != "external_id"}
    load(listing_row(1, certification=certified))
    load(listing_row(1, certification=certified | {"expires": "2028-01-01"}))
    (certification,) = db.session.scalars(select(Certification)).all()
    assert certification.external_id == "row-1:inbound"
    assert certification.expires == date(2028, 1, 1)
    assert db.session.scalars(select(Member.name)).all() == ["Alex Beispiel"]


def test_an_organisation_made_here_is_never_met_by_a_foreign_id(make: Make, load: Load) -> None:
    listing = make.listing("Ours")
    with writing():
        organisation = db.session.get_one(Organisation, listing.organisation_id)
        organisation.external_id = None
        settle()
    load(listing_row(1, external_id=f"org-{organisation.id}-1"))
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 2


def test_old_addresses_keep_their_order(load: Load) -> None:
    load(listing_row(1, old_urls=["/z", "/a", "/m"]))
    assert content_of(the_listing()).old_urls == ("/z", "/a", "/m")
    assert db.session.scalar(select(func.count()).select_from(OldUrl)) == 3
