"""Pages kept before Flask: the same for everybody, never stale, never of somebody."""

from __future__ import annotations

import gzip
from datetime import date

import brotli
import pytest
import time_machine
from backports import zstd
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from directory import create_app
from directory.config import Settings
from directory.database import db, writing
from directory.listings.models import Listing
from directory.listings.services import remove_listing
from directory.reactions import settle
from directory.search import services as search
from directory.web.front.ledger import LEDGER
from tests.factories import Make

PAGES = ("/en/", "/de/", "/en/providers", "/de/providers?q=CRM", "/en/providers/alpha",
         "/en/services/seo", "/sitemaps/services-marketing.xml",
         "/sitemap.xml", "/robots.txt", "/api/v1/providers", "/api/v1/taxonomy",
         "/suggest?q=al")  # fmt: skip


class Counted:
    """Counts what gets as far as Flask."""

    def __init__(self, app: Flask) -> None:
        self.paths: list[str] = []
        app.before_request(lambda: self.paths.append(_full_path()))


def _full_path() -> str:
    from flask import request

    return request.full_path.rstrip("?")


@pytest.fixture
def made(app: Flask) -> list[str]:
    """The addresses that were asked of Flask."""
    return Counted(app).paths


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_made_once_and_is_the_same_again(
    client: FlaskClient, three: None, made: list[str], path: str
) -> None:
    first, second = client.get(path), client.get(path)
    assert (first.status_code, len(made)) == (200, 1)
    assert first.data == second.data
    own = {"X-Request-ID"}
    assert {k: v for k, v in first.headers if k not in own} == {
        k: v for k, v in second.headers if k not in own
    }
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]


def test_unknown_parameters_and_the_order_of_known_ones_make_no_other_page(
    client: FlaskClient, three: None, made: list[str]
) -> None:
    first = client.get("/en/providers?service=seo&q=Alpha")
    for other in ("q=Alpha&service=seo", "utm_source=x&service=seo&q=Alpha&lang=de", ):  # fmt: skip
        assert client.get(f"/en/providers?{other}").data == first.data
    assert len(made) == 1


@pytest.mark.case("D16")
def test_what_others_asked_with_never_shows(client: FlaskClient, three: None) -> None:
    canary = "canary8731"
    client.get(
        f"/en/providers?utm={canary}",
        headers={"Accept-Language": "de", "X-Forwarded-Host": canary, "X-Original-URL": canary,
                 "Forwarded": f"host={canary}", "Referer": canary, "User-Agent": canary},
    )  # fmt: skip
    page = client.get("/en/providers")
    assert canary not in page.text
    assert canary not in str(page.headers)
    assert '<html lang="en"' in page.text


@pytest.mark.case("D13")
def test_two_visitors_get_the_same_bytes_with_nothing_of_either(app: Flask, three: None) -> None:
    for path in ("/en/", "/de/providers", "/en/providers/alpha", "/de/compare", "/en/shortlist"):
        one, other = (app.test_client().get(path) for _ in range(2))
        assert one.data == other.data
        assert "Set-Cookie" not in one.headers
        assert "csrf" not in one.text.casefold()


@pytest.mark.case("D17")
@pytest.mark.parametrize(
    "path",
    ["/en/account/x.css", "/partner;.png", "/en/providers;.png", "/en/providers/alpha/x.css",
     "/en/providers/alpha;.js", "/en/providers%2Fx.css", "/en/x.css", "/static/x.css"],
)  # fmt: skip
def test_an_address_that_looks_like_a_file_is_no_page(
    client: FlaskClient, three: None, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.case("F13")
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"&".join(b"a%d=1" % n for n in range(20_000)), "application/x-www-form-urlencoded"),
        (b"a=" + b"x" * 10_000_000, "application/x-www-form-urlencoded"),
        (
            b"".join(
                b'--B\r\nContent-Disposition: form-data; name="f"\r\n\r\nx\r\n' for _ in range(1001)
            )
            + b"--B--\r\n",
            "multipart/form-data; boundary=B",
        ),
        (b"[" * 100_000, "application/json"),
    ],
    ids=["fields", "megabytes", "parts", "brackets"],
)
def test_a_form_that_is_too_much_is_refused(client: FlaskClient, body: bytes, kind: str) -> None:
    answer = client.post("/en/theme", data=body, content_type=kind)
    assert answer.status_code in (400, 413, 422)


@pytest.mark.case("D15")
def test_a_foreign_host_is_refused_although_the_page_is_kept(client: FlaskClient) -> None:
    assert client.get("/en/").status_code == 200
    assert client.get("/en/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [{"Cookie": "session=abc"}, {"Cookie": "theme=dark; session=abc"}, {"Cookie": "theme=pink"},
     {"Authorization": "Bearer abc"}],
)  # fmt: skip
def test_whoever_may_be_somebody_gets_a_page_of_their_own(
    app: Flask, three: None, made: list[str], headers: dict[str, str]
) -> None:
    client = app.test_client(use_cookies=False)
    client.get("/en/providers")
    client.get("/en/providers", headers=headers)
    client.get("/en/providers", headers=headers)
    assert len(made) == 3


def test_a_post_passes(client: FlaskClient, made: list[str]) -> None:
    client.get("/en/")
    assert client.post("/en/").status_code == 405


def test_a_page_with_a_short_list_is_made_for_its_visitor_alone(
    client: FlaskClient, three: None, made: list[str]
) -> None:
    for path in ("/en/", "/en/providers", "/en/services/seo", "/en/shortlist"):
        plain = client.get(path).data
        made.clear()
        assert client.get(f"{path}?p=gamma").data == client.get(f"{path}?p=gamma").data != plain
        assert client.get(path).data == plain
        assert made == [f"{path}?p=gamma"] * 2


@pytest.mark.case("D18")
def test_errors_are_not_kept(client: FlaskClient, three: None, made: list[str]) -> None:
    for path in ("/en/nothing", "/en/providers/nobody", "/en/providers?page=999"):
        assert client.get(path).status_code == client.get(path).status_code == 404
        assert client.get(path).headers["Cache-Control"] == "no-store"
    assert len(made) == 9


def test_an_answer_that_sets_a_cookie_is_not_kept(app: Flask, three: None) -> None:
    app.after_request(lambda response: (response.set_cookie("a", "b"), response)[1])
    asked = Counted(app).paths
    client = app.test_client(use_cookies=False)
    client.get("/en/")
    assert "Set-Cookie" in client.get("/en/").headers
    assert len(asked) == 2


def test_a_page_without_the_index_is_not_kept(client: FlaskClient, made: list[str]) -> None:
    for _ in range(2):
        assert client.get("/en/providers").status_code == 200
    assert len(made) == 2


@pytest.mark.both_databases
def test_a_change_is_seen_by_the_next_request_of_every_process(
    app: Flask, settings: Settings, make: Make
) -> None:
    other = create_app(settings)
    make.listing("Alpha", slug="alpha")
    search.apply_changes()
    clients = [one.test_client() for one in (app, other)]
    for client in clients:
        assert client.get("/en/providers/alpha").status_code == 200
    with writing():
        listing = db.session.query(Listing).one()
        remove_listing(listing)
        settle()
    for client in clients:
        assert client.get("/en/providers/alpha").status_code == 404
    with other.app_context():
        db.engine.dispose()


def test_what_the_index_learns_is_seen_by_the_next_request(
    client: FlaskClient, make: Make, three: None
) -> None:
    assert "Delta" not in client.get("/en/providers").text
    make.listing("Delta")
    search.apply_changes()
    assert "Delta" in client.get("/en/providers").text


@pytest.mark.rule("DIR-2")
def test_a_lapse_is_seen_with_the_midnight(
    environ: dict[str, str], settings: Settings, make: Make, client: FlaskClient
) -> None:
    make.listing("Brief", slug="brief", certified_until=date(2026, 11, 23))
    search.apply_changes()
    with time_machine.travel(0, tick=False) as traveller:
        day = settings.clock.shift
        traveller.move_to(_instant("2026-11-23T23:59:59+00:00", day))
        assert client.get("/en/providers/brief").status_code == 200
        assert client.get("/en/providers/brief").status_code == 200
        traveller.shift(1)
        assert client.get("/en/providers/brief").status_code == 410


def _instant(text: str, shift: object) -> object:
    from datetime import datetime

    return datetime.fromisoformat(text) - shift  # type: ignore[operator]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br, zstd", "zstd"), ("br", "br"), ("gzip", "gzip"), ("", None),
     ("zstd;q=0.1, gzip;q=0.9", "gzip"), ("*", "zstd"), ("identity, gzip;q=0.5", None),
     ("zstd;q=0, *;q=0.5", "br"), ("gzip;q=nonsense", None), ("gzip;q=2", None),
     ("GZIP", "gzip"), (",;,=", None)],
)  # fmt: skip
def test_a_page_comes_in_the_encoding_that_the_client_prefers(
    client: FlaskClient, three: None, accepted: str, encoding: str | None
) -> None:
    plain = client.get("/en/providers")
    answer = client.get("/en/providers", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == encoding
    assert _decoded(answer) == plain.data
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert "Accept-Encoding" in answer.headers["Vary"]


def _decoded(answer: TestResponse) -> bytes:
    decode = {"zstd": zstd.decompress, "br": brotli.decompress, "gzip": gzip.decompress}
    way = decode.get(answer.headers.get("Content-Encoding", ""), bytes)
    return bytes(way(answer.data))


def test_who_has_the_page_gets_304_until_it_changes(
    client: FlaskClient, make: Make, three: None
) -> None:
    first = client.get("/en/providers", headers={"Accept-Encoding": "br"})
    assert first.headers["Cache-Control"] == "no-cache"
    had = {"If-None-Match": first.headers["ETag"]}
    again = client.get("/en/providers", headers=had)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert not {"Content-Length", "Content-Type", "Content-Encoding"} & set(again.headers.keys())
    make.listing("Delta")
    search.apply_changes()
    assert client.get("/en/providers", headers=had).status_code == 200


def test_head_says_what_get_says_without_the_body(client: FlaskClient, three: None) -> None:
    for _ in range(2):
        head = client.head("/en/providers")
        assert (head.status_code, head.data) == (200, b"")
    whole = client.get("/en/providers")
    assert head.headers["Content-Length"] == str(len(whole.data))
    assert head.headers["ETag"] == whole.headers["ETag"]


def test_a_kept_page_is_in_the_log_too(
    client: FlaskClient, three: None, capfd: pytest.CaptureFixture[str]
) -> None:
    from directory.web.logs import configure_logging

    LEDGER.write()
    capfd.readouterr()
    configure_logging()
    client.get("/en/")
    client.get("/en/", headers={"X-Request-ID": "abcdefgh1"})
    LEDGER.write()
    lines = [line for line in capfd.readouterr().err.splitlines() if '"event": "request"' in line]
    assert len(lines) == 2
    assert '"request_id": "abcdefgh1"' in lines[1]
    assert '"path": "/en/"' in lines[1]
    assert '"kept": true' in lines[1]
