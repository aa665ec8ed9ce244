"""Static files: in the best encoding that a client takes, and not again for who has them."""

from __future__ import annotations

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.web.assets import address


@pytest.fixture
def sheet(app: Flask) -> str:
    with app.test_request_context("/en/"):
        return address("app.css")


def test_a_style_sheet_comes_in_brotli_and_is_kept_for_ever(
    client: FlaskClient, sheet: str
) -> None:
    plain = client.get(sheet)
    answer = client.get(sheet, headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    assert answer.headers["Content-Encoding"] == "br"
    assert brotli.decompress(answer.data) == plain.data
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"


def test_who_has_the_style_sheet_gets_304(client: FlaskClient, sheet: str) -> None:
    etag = client.get(sheet).headers["ETag"]
    assert client.get(sheet, headers={"If-None-Match": etag}).status_code == 304


def test_a_font_is_not_compressed_again(client: FlaskClient, app: Flask) -> None:
    with app.test_request_context("/en/"):
        font = address("fonts/inter-latin.woff2")
    answer = client.get(font, headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in answer.headers
    assert "Vary" not in answer.headers
