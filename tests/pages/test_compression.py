"""Text goes over the wire compressed, to those who take it."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.web import assets

GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize(
    "path", ["/en/", "/de/providers", "/api/v1/taxonomy", "/en/privacy", "/en/nothing"]
)
def test_a_page_is_the_same_compressed(client: FlaskClient, path: str) -> None:
    plain = client.get(path)
    packed = client.get(path, headers=GZIP)
    assert "Content-Encoding" not in plain.headers
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert len(packed.data) < len(plain.data)
    assert gzip.decompress(packed.data) == plain.data


def test_an_answer_without_a_body_stays_one(client: FlaskClient) -> None:
    answer = client.head("/en/", headers=GZIP)
    assert answer.status_code == 200
    assert answer.data == b""


def test_the_first_visit_of_a_result_page_is_small(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context("/"):
        names = ("app.css", "fonts/inter-latin.woff2", "icons/sprite.svg",
                 "js/suggest.js", "js/filters.js")  # fmt: skip
        addresses = [assets.address(name) for name in names]
    sizes = [len(client.get(address, headers=GZIP).data) for address in addresses]
    assert sum(sizes) < 50_000
