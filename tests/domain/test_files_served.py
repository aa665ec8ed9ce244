"""Stored pictures are named by their content's hash and served for ever; nothing else is."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from directory.config import settings
from directory.files import services as files


def picture(colour: str = "navy") -> bytes:
    """A small PNG."""
    out = io.BytesIO()
    Image.new("RGB", (200, 200), colour).save(out, "PNG")
    return out.getvalue()


def stored() -> set[str]:
    """The names of all files in the store."""
    return {path.name for path in (settings().var_dir / "uploads").iterdir()}


@pytest.mark.parametrize("sides", [files.LOGO, files.PICTURE])
def test_a_picture_is_stored_in_its_sizes_under_its_hash(
    app: Flask, sides: tuple[int, ...]
) -> None:
    name = files.store(picture(), sides)
    assert files.NAME.fullmatch(name)
    smaller = {files.sized(name, side): side for side in sides[1:]}
    assert stored() == {name, *smaller}
    for each, side in smaller.items():
        path = files.path_of(each)
        assert path is not None
        with Image.open(path) as opened:
            assert max(opened.size) == min(side, 200)


def test_a_picture_is_named_by_its_content(app: Flask) -> None:
    name = files.store(picture())
    assert files.store(picture()) == name
    assert files.store(picture("red")) != name


def photograph() -> bytes:
    """A picture that is kept with loss, so that converting it again would change it."""
    out = io.BytesIO()
    Image.effect_noise((600, 600), 80).convert("RGB").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("data", [picture(), photograph()], ids=["drawn", "photographed"])
def test_a_stored_picture_that_comes_back_keeps_its_name(app: Flask, data: bytes) -> None:
    name = files.store(data)
    path = files.path_of(name)
    assert path is not None
    assert files.store(path.read_bytes()) == name
    assert len(stored()) == len(files.LOGO)


def test_preparing_a_picture_writes_nothing(app: Flask) -> None:
    files.prepare(picture())
    assert not (settings().var_dir / "uploads").exists()


def test_a_write_that_fails_leaves_no_part_behind(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("directory.files.whole.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        files.store(picture())
    assert stored() == set()


def test_a_removed_picture_is_gone_in_all_sizes(app: Flask) -> None:
    files.delete(files.store(picture()))
    files.delete(files.store(picture(), files.PICTURE))
    assert stored() == set()


def test_a_stored_picture_is_served_to_be_kept_for_ever(app: Flask, client: FlaskClient) -> None:
    name = files.store(picture())
    for each in (name, files.sized(name, files.LOGO[-1])):
        answer = client.get(f"/files/{each}")
        assert answer.status_code == 200
        assert answer.mimetype == "image/webp"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in answer.headers
        again = client.get(f"/files/{each}", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304


@pytest.mark.case("E13")
@pytest.mark.parametrize(
    "name",
    [
        "0" * 40 + ".webp",
        "directory.db",
        "../directory.db",
        "..%2fdirectory.db",
        "%2e%2e/directory.db",
        "....//directory.db",
        "..%252fdirectory.db",
        "x.webp",
        "A" * 40 + ".webp",
        "0" * 65 + ".webp",
        "0" * 40 + ".webp%00.png",
        "0" * 40 + "-12345.webp",
        "a\u0661" * 20 + ".webp",
        "",
    ],
)
def test_no_other_name_is_served(app: Flask, client: FlaskClient, name: str) -> None:
    files.store(picture())
    assert client.get(f"/files/{name}").status_code == 404


def test_a_link_in_the_store_is_no_way_out(app: Flask, tmp_path: Path) -> None:
    files.store(picture())
    secret = tmp_path / "secret"
    secret.write_text("secret")
    name = "0" * 40 + ".webp"
    (settings().var_dir / "uploads" / name).symlink_to(secret)
    assert files.path_of(name) is None
