"""The index follows the database, whatever happens to it and whoever is killed."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from directory import create_app
from directory.config import Settings
from directory.database import ReadOnlyTransaction, db, writing
from directory.listings.models import Listing, ListingState
from directory.reactions import settle
from directory.search import queries, upkeep
from directory.search import services as search
from directory.search.engines import EngineAway, Query
from directory.search.engines import storage as storage_module
from directory.search.engines.storage import Storage
from directory.search.models import SearchChange
from directory.search.request import SearchRequest
from directory.search.results import SearchPage
from tests.factories import Make

DAY = date(2026, 11, 23)


class Killed(BaseException):
    """The process ends here."""


def answer(q: str = "") -> SearchPage:
    return search.answer(SearchRequest(q=q), language="en", today=DAY)


def waiting() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(SearchChange)) or 0


def rename(listing: Listing, name: str) -> None:
    with writing():
        db.session.get_one(Listing, listing.id).name = name
        search.queue_change(listing.id)
        settle()


def generation(settings: Settings) -> Path:
    """The directory of the live generation."""
    pointer = (settings.index_dir / "current").read_text(encoding="ascii")
    return settings.index_dir / pointer.split()[0]


@contextmanager
def another_process(settings: Settings) -> Iterator[None]:
    """A program that has not opened the index yet."""
    with create_app(settings).app_context():
        yield
        db.session.remove()
        db.engine.dispose()


@pytest.mark.both_databases
def test_changes_are_applied_and_forgotten(make: Make) -> None:
    listing = make.listing("Alt")
    assert search.apply_changes() >= 1
    assert waiting() == 0
    rename(listing, "Neu")
    assert search.apply_changes() == 1
    assert answer("neu").paging.total == 1
    assert answer("alt").paging.total == 0
    assert search.apply_changes() == 0
    assert search.check().ok


def test_what_is_withdrawn_or_deleted_leaves_the_index(make: Make) -> None:
    withdrawn, deleted = make.listing(), make.listing()
    search.apply_changes()
    with writing():
        db.session.get_one(Listing, withdrawn.id).state = ListingState.WITHDRAWN
        db.session.delete(db.session.get_one(Listing, deleted.id))
        search.queue_change(withdrawn.id)
        search.queue_change(deleted.id)
        settle()
    search.apply_changes()
    assert upkeep.engine().checksums() == {}
    assert search.check().ok


def test_changes_are_not_applied_within_a_transaction(make: Make) -> None:
    with writing(), pytest.raises(ReadOnlyTransaction):
        search.apply_changes()


STEPS: dict[str, tuple[object, str]] = {
    "before the index is written": (queries, "documents"),
    "while its files are written": (Path, "write_bytes"),
    "before the pointer moves": (Path, "replace"),
    "before old files are removed": (storage_module.Storage, "_sweep"),
    "before the changes are forgotten": (queries, "forget_changes"),
}


@pytest.mark.case("J8")
@pytest.mark.case("J9")
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("work", [search.apply_changes, search.rebuild])
def test_whoever_is_killed_at_any_step_leaves_nothing_out(
    make: Make, monkeypatch: pytest.MonkeyPatch, step: str, work: Callable[[], object]
) -> None:
    changed, gone = make.listing("Alt"), make.listing("Geht")
    search.apply_changes()
    rename(changed, "Neu")
    make.listing("Dazu")
    with writing():
        db.session.get_one(Listing, gone.id).state = ListingState.WITHDRAWN
        search.queue_change(gone.id)
        settle()

    def kill(*_args: object, **_options: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(*STEPS[step], kill)
        with pytest.raises(Killed):
            work()
    # What is gone is not shown, and what is there is answered, whichever step was reached.
    assert answer().paging.total in (1, 2)
    assert answer("geht").paging.total == 0
    search.apply_changes()
    assert waiting() == 0
    assert search.check().ok
    assert answer("neu").paging.total == answer("dazu").paging.total == 1


@pytest.mark.case("J11")
def test_an_interrupted_build_leaves_no_files_behind(
    make: Make, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.listing()
    search.rebuild()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", _kill)
        with pytest.raises(Killed):
            search.rebuild()
    search.rebuild()
    names = {path.name for path in settings.index_dir.iterdir()}
    segments = {path.name for path in settings.index_dir.glob("segment-*")}
    assert names == {"current", "lock", generation(settings).name, *segments}
    assert len(segments) == 1


def _kill(*_args: object) -> None:
    raise Killed


def test_another_process_sees_a_change_at_its_next_search(make: Make, settings: Settings) -> None:
    listing = make.listing("Alt")
    search.apply_changes()
    assert answer("alt").paging.total == 1
    with another_process(settings):
        rename(listing, "Neu")
        search.apply_changes()
    db.session.rollback()
    assert answer("neu").paging.total == 1


def test_a_reader_finishes_while_the_index_is_replaced(make: Make, settings: Settings) -> None:
    make.listing("Eins")
    search.apply_changes()
    reader = Storage(settings.index_dir)
    read = reader.load
    content = Path.read_bytes
    replaced = []

    def replace_meanwhile(path: Path) -> bytes:
        if not replaced:
            replaced.append(True)
            search.rebuild()
        return content(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_bytes", replace_meanwhile)
        assert read().name == generation(settings).name


def test_a_build_leaves_nothing_behind(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        make.listing(texts={"en": ("We build", "what you need " * 50)})
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    search.rebuild()
    assert list(scratch.iterdir()) == []
    assert answer("need").paging.total == 3


@pytest.mark.case("J10")
def test_the_directory_is_its_owners_only(make: Make, settings: Settings) -> None:
    search.rebuild()
    segments = settings.index_dir.glob("segment-*")
    for path in (settings.index_dir, generation(settings), *segments):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x40
    path.write_bytes(content)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def empty(path: Path) -> None:
    path.write_bytes(b"")


DAMAGES: list[Callable[[Path], None]] = [flip, truncate, empty, Path.unlink]
FILES = ["*.trm", "*.pst", "*.col", "*.toc", "plane.columns", "plane.postings", "manifest.json"]


@pytest.mark.case("J10")
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("pattern", FILES)
def test_damage_is_noticed_answered_from_the_database_and_mended(
    make: Make, settings: Settings, damage: Callable[[Path], None], pattern: str
) -> None:
    make.listing("Rheinweb", services=["seo"])
    search.apply_changes()
    for path in settings.index_dir.rglob(pattern):
        damage(path)
    with another_process(settings):
        page = answer("rheinweb")
        assert page.paging.total == 1
        assert not page.counted
        assert search.check().damage
        assert not search.check(repair=True).ok
        assert search.check().ok
        assert answer("rheinweb").counted


@pytest.mark.case("J10")
@pytest.mark.parametrize("pointer", ["", "nothing", "../elsewhere abc 2026-12", "generation-x"])
def test_a_damaged_pointer_is_noticed(make: Make, settings: Settings, pointer: str) -> None:
    make.listing()
    search.apply_changes()
    (settings.index_dir / "current").write_text(pointer, encoding="ascii")
    assert answer().paging.total == 1
    assert search.check(repair=True).damage
    assert answer().counted


@pytest.mark.case("J10")
def test_the_check_reads_the_files_even_where_the_index_is_in_memory(
    make: Make, settings: Settings
) -> None:
    make.listing()
    search.apply_changes()
    assert answer().counted
    flip(next(settings.index_dir.rglob("*.pst")))
    assert "not what was written" in search.check().damage


def test_the_worker_builds_an_index_that_is_missing(make: Make, settings: Settings) -> None:
    make.listing()
    search.apply_changes()
    (settings.index_dir / "current").unlink()
    assert search.apply_changes() == 0
    assert answer().counted


def test_an_index_of_another_layout_is_not_read_but_built_again(
    make: Make, settings: Settings
) -> None:
    make.listing()
    search.apply_changes()
    pointer = settings.index_dir / "current"
    text = pointer.read_text(encoding="ascii")
    pointer.write_text(text.replace("2026-12", "2025-01"), encoding="ascii")
    assert not answer().counted
    search.apply_changes()
    assert answer().counted


def test_the_check_finds_what_is_missing_extra_and_stale(make: Make) -> None:
    stale, missing, extra = make.listing(), make.listing(), make.listing()
    search.apply_changes()
    upkeep.engine().put([], remove=[missing.id])
    with writing():
        db.session.get_one(Listing, stale.id).name = "Anders"
        db.session.get_one(Listing, extra.id).state = ListingState.DRAFT
        settle()
    report = search.check()
    assert (report.missing, report.extra, report.stale) == ((missing.id,), (extra.id,), (stale.id,))
    assert str(report) == "1 missing, 1 extra, 1 stale"
    assert str(search.check(repair=True)).endswith("; repaired")
    assert str(search.check()) == "2 listings agree"


def test_a_change_that_waits_is_no_drift(make: Make) -> None:
    listing = make.listing("Alt")
    search.apply_changes()
    rename(listing, "Neu")
    assert search.check().ok


@pytest.mark.case("J12")
def test_an_index_newer_than_the_database_is_noticed(make: Make, settings: Settings) -> None:
    listing = make.listing()
    search.apply_changes()
    with writing():
        db.session.delete(db.session.get_one(Listing, listing.id))
        settle()
    assert search.check(repair=True).extra == (listing.id,)
    assert upkeep.engine().checksums() == {}


def test_whatever_fails_in_the_engine_the_visitor_is_answered(
    make: Make, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.listing("Rheinweb")
    search.apply_changes()
    answer()
    monkeypatch.setattr("directory.search.engines.finding.Finder.find", _fail)
    page = answer("rheinweb")
    assert (page.paging.total, page.counted) == (1, False)
    with pytest.raises(EngineAway):
        upkeep.engine().find(Query(SearchRequest(), DAY))


def _fail(*_args: object) -> None:
    raise ZeroDivisionError


def test_an_index_with_many_changes_is_built_again(
    make: Make, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = make.listing("Alt")
    search.rebuild()
    monkeypatch.setattr("directory.search.engines.merging.CHANGES_FREE", 1)
    for name in ("Neu", "Am neuesten"):
        rename(listing, name)
        search.apply_changes()
    assert len(list(settings.index_dir.glob("segment-*"))) == 1
    assert answer("neuesten").paging.total == 1
    assert search.check().ok
