"""What was backed up comes back, on either database, and a damaged backup is refused."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import threading
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from directory import generation, leases, migrations
from directory.accounts.services import create_organisation
from directory.config import clock, settings
from directory.database import db, writing
from directory.files.services import LOGO
from directory.listings.models import Listing
from directory.listings.services import remove_listing
from directory.operating.archive import Damaged, checked
from directory.operating.backup import back_up
from directory.operating.restoring import NotEmpty, restore, verify
from directory.reactions import settle
from directory.search import services as search
from directory.search.request import SearchRequest
from tests.factories import Make
from tests.postgres import postgres_database

DAY = date(2026, 11, 23)
Elsewhere = Callable[..., Any]


def contents(path: Path) -> dict[str, bytes]:
    """The members of a backup but its manifest, which has its time."""
    with tarfile.open(path) as tar:
        return {
            info.name: tar.extractfile(info).read()  # type: ignore[union-attr]
            for info in tar
            if info.name != "manifest.json"
        }


def names_found() -> set[str]:
    found = search.answer(SearchRequest(), language="en", today=DAY)
    return {db.session.get(Listing, hit.listing_id).name for hit in found.hits}  # type: ignore[union-attr]


def test_no_page_that_was_kept_before_a_restore_is_shown_after_it(
    filled: Flask, tmp_path: Path
) -> None:
    back_up(tmp_path / "b.tar.gz")
    with writing():
        generation.advance()
        settle()
        before = generation.number_in(db.session.connection())
    restore(tmp_path / "b.tar.gz", force=True)
    assert generation.number_in(db.session.connection()) > before


@pytest.mark.both_databases
def test_a_restore_waits_until_no_lease_is_left_while_others_can_still_look(
    filled: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asks and who restores would else wait for each other."""
    seen: list[int] = []

    def look(_seconds: float) -> None:
        with db.engine.connect() as other:
            other.execute(text("SET LOCAL lock_timeout = '1s'"))
            seen.append(generation.number_in(other))

    back_up(tmp_path / "b.tar.gz")
    monkeypatch.setattr(leases, "wait", look)
    restore(tmp_path / "b.tar.gz", force=True)
    assert len(seen) == (1 if db.engine.dialect.name == "postgresql" else 0)


@pytest.mark.both_databases
def test_a_backup_comes_back_elsewhere_as_it_was(
    filled: Flask, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    kept, again = tmp_path / "b.tar.gz", tmp_path / "again.tar.gz"
    made = back_up(kept)
    assert made.files == len(LOGO) + 1
    secret, found = settings().secret_key, names_found()
    with elsewhere():
        assert restore(kept, force=False).rows == made.rows
        assert names_found() == found == {"Rheinweb", "Ölmühle “42”"}
        assert (settings().var_dir / "secret.key").read_text() == secret
        assert search.check(repair=False).ok
        back_up(again)
    assert contents(again) == contents(kept)


def test_a_backup_of_sqlite_comes_back_on_postgresql_which_then_goes_on_counting(
    filled: Flask, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    kept, again = tmp_path / "b.tar.gz", tmp_path / "again.tar.gz"
    back_up(kept)
    with postgres_database() as url, elsewhere(DIRECTORY_DATABASE_URL=url):
        restore(kept, force=False)
        back_up(again)
        assert contents(again) == contents(kept)
        with writing():
            create_organisation(name="Next", external_id=None, at=clock().now())
            settle()


@pytest.mark.both_databases
def test_a_backup_is_tried_out_without_touching_what_is_there(
    filled: Flask, tmp_path: Path
) -> None:
    kept = tmp_path / "b.tar.gz"
    made = back_up(kept)
    with writing():
        remove_listing(db.session.scalars(db.select(Listing)).first())  # type: ignore[arg-type]
        settle()
    assert verify(kept).rows == made.rows
    assert db.session.scalar(text("SELECT count(*) FROM listings")) == 2


@pytest.mark.case("J13")
@pytest.mark.both_databases
def test_a_backup_while_others_write_is_of_one_moment(filled: Flask, tmp_path: Path) -> None:
    kept, stop, began = tmp_path / "b.tar.gz", threading.Event(), threading.Event()

    def write() -> None:
        with filled.app_context():
            make = Make()
            make._numbers = iter(range(1000, 9999))  # type: ignore[assignment]
            while not stop.is_set():
                make.listing()
                began.set()

    writer = threading.Thread(target=write)
    writer.start()
    began.wait(10)
    made = [back_up(kept) for _ in range(5)]
    stop.set()
    writer.join(20)
    assert [verify(kept).rows] == [made[-1].rows]
    assert made[0].rows < made[-1].rows
    tables = contents(kept)
    organisations = tables["tables/organisations.jsonl"].count(b"\n")
    assert tables["tables/listings.jsonl"].count(b"\n") == organisations


@pytest.mark.case("J12")
@pytest.mark.both_databases
def test_a_backup_of_yesterday_leaves_no_ghost_in_the_index(
    filled: Flask, make: Make, tmp_path: Path
) -> None:
    kept = tmp_path / "b.tar.gz"
    back_up(kept)
    make.listing("Made after it", slug="ghost")
    search.apply_changes()
    assert "Made after it" in names_found()
    restore(kept, force=True)
    assert names_found() == {"Rheinweb", "Ölmühle “42”"}
    assert search.check(repair=False).ok


@pytest.mark.both_databases
def test_a_place_with_data_is_left_alone_unless_it_is_said(filled: Flask, tmp_path: Path) -> None:
    kept = tmp_path / "b.tar.gz"
    back_up(kept)
    with pytest.raises(NotEmpty, match="--force"):
        restore(kept, force=False)
    assert len(names_found()) == 2


@pytest.mark.both_databases
def test_a_backup_of_an_older_revision_is_brought_up_to_date(
    app: Flask, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    migrations.downgrade("-1")
    kept = tmp_path / "b.tar.gz"
    back_up(kept)
    with elsewhere():
        restore(kept, force=False)
        assert migrations.is_current()


@pytest.mark.both_databases
def test_what_fails_while_it_is_restored_leaves_the_database_as_it_was(
    filled: Flask, tmp_path: Path
) -> None:
    kept = tmp_path / "b.tar.gz"
    back_up(kept)
    held = contents(kept)
    name = "tables/offices.jsonl"
    rewritten(kept, held | {name: held[name].splitlines(keepends=True)[0] + b'["too short"]\n'})
    with pytest.raises(Damaged):
        restore(kept, force=True)
    assert len(names_found()) == 2


def rewritten(path: Path, members: dict[str, bytes]) -> None:
    """A backup of other members whose manifest agrees with them."""
    import hashlib

    with tarfile.open(path) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))  # type: ignore[arg-type]
    manifest["members"] = {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in members.items()
    }
    with tarfile.open(path, "w:gz") as tar:
        for name, data in {**members, "manifest.json": json.dumps(manifest).encode()}.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "uploads/../../evil", "jobs/x", "a\nb"])
def test_a_member_of_another_place_is_refused(filled: Flask, tmp_path: Path, name: str) -> None:
    kept = tmp_path / "b.tar.gz"
    back_up(kept)
    rewritten(kept, contents(kept) | {name: b"x"})
    with pytest.raises(Damaged):
        restore(kept, force=True)


def test_a_backup_of_a_newer_program_is_refused(filled: Flask, tmp_path: Path) -> None:
    kept = tmp_path / "b.tar.gz"
    back_up(kept)
    data = gzip.decompress(kept.read_bytes()).replace(b'"revision": "0', b'"revision": "9')
    kept.write_bytes(gzip.compress(data))
    with pytest.raises(Damaged, match="does not know"):
        restore(kept, force=True)


def test_a_file_that_was_cut_or_changed_anywhere_is_refused_in_one_line(
    filled: Flask, tmp_path: Path
) -> None:
    kept = tmp_path / "b.tar.gz"
    back_up(kept)
    whole = kept.read_bytes()
    bad = tmp_path / "bad.tar.gz"
    step = max(1, len(whole) // 150)
    for at in (*range(0, len(whole), step), *range(len(whole) - 60, len(whole))):
        changed = bytearray(whole)
        changed[at] ^= 0x55
        for data in (whole[:at], bytes(changed)):
            bad.write_bytes(data)
            problem = refusal(bad)
            # Some bits of gzip carry nothing: of its head, and what fills its last byte.
            assert problem or _unpacked(data) == _unpacked(whole)
            assert "\n" not in problem
    assert len(names_found()) == 2


def _unpacked(data: bytes) -> bytes | None:
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        return None


def refusal(path: Path) -> str:
    try:
        checked(path)
    except Damaged as problem:
        return str(problem)
    return ""


def test_a_changed_row_is_noticed_though_the_file_is_a_sound_archive(
    filled: Flask, tmp_path: Path
) -> None:
    kept = tmp_path / "b.tar.gz"
    back_up(kept)
    data = gzip.decompress(kept.read_bytes()).replace(b"Rheinweb", b"Rheinwab", 1)
    kept.write_bytes(gzip.compress(data))
    with pytest.raises(Damaged, match=r"tables/\w+\.jsonl is not what was backed up"):
        verify(kept)


def test_only_its_owner_can_read_a_backup(filled: Flask, tmp_path: Path) -> None:
    kept = tmp_path / "b.tar.gz"
    os.umask(0o022)
    back_up(kept)
    assert kept.stat().st_mode & 0o777 == 0o600
