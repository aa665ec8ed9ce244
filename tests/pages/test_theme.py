"""The theme: as the system has it, or set by a form that works without script."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from directory import create_app
from directory.config import Settings, read_settings
from tests.pages.contract import Visitor, text_of


def test_a_page_follows_the_system_until_a_theme_is_set(visitor: Visitor) -> None:
    page = visitor.open("/en/")
    assert page.root.get("data-theme") is None
    assert page.one("meta", name="color-scheme").get("content") == "light dark"
    assert "Cookie" in page.headers["Vary"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_is_set_by_the_switch_of_the_page(visitor: Visitor, theme: str) -> None:
    form = visitor.open("/de/providers?q=CRM").one("form", method="post")
    (back,) = [one for one in form.iter("input") if one.get("name") == "back"]
    answer = visitor.client.post(
        form.get("action") or "", data={"theme": theme, "back": back.get("value")}
    )
    assert (answer.status_code, answer.location) == (303, "/de/providers?q=CRM")
    page = visitor.open("/de/providers?q=CRM")
    assert page.root.get("data-theme") == theme
    assert page.one("meta", name="color-scheme").get("content") == theme
    (pressed,) = page.all("button", aria_pressed="true")
    assert text_of(pressed) in ("Hell", "Dunkel")


def test_the_systems_theme_needs_no_cookie(client: FlaskClient) -> None:
    client.post("/en/theme", data={"theme": "dark"})
    assert client.get_cookie("theme") is not None
    client.post("/en/theme", data={"theme": "system"})
    assert client.get_cookie("theme") is None


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/en/", "//evil.example/en/", "/\\evil.example", "/en/\r\nSet-Cookie: x=y",
     "javascript:alert(1)", "", "/fr/", "en/"],
)  # fmt: skip
def test_the_way_back_leads_nowhere_else(client: FlaskClient, back: str) -> None:
    answer = client.post("/en/theme", data={"theme": "dark", "back": back})
    assert (answer.status_code, answer.location) == (303, "/en/")


def test_another_site_does_not_set_the_theme(client: FlaskClient) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site"}
    answer = client.post("/en/theme", data={"theme": "dark"}, headers=foreign)
    assert answer.status_code == 403
    assert client.get_cookie("theme") is None


def test_a_theme_that_does_not_exist_is_refused(client: FlaskClient) -> None:
    assert client.post("/en/theme", data={"theme": "pink"}).status_code == 422


def test_a_cookie_that_says_anything_else_is_ignored(visitor: Visitor) -> None:
    visitor.client.set_cookie("theme", '"><script>')
    assert visitor.open("/en/").root.get("data-theme") is None


def test_the_cookie_is_read_by_the_server_alone(
    settings: Settings, environ: dict[str, str]
) -> None:
    app = create_app(read_settings(environ | {"DIRECTORY_BASE_URL": "https://dir.example"}))
    answer = app.test_client().post(
        "/en/theme", data={"theme": "dark"}, headers={"Host": "dir.example"}
    )
    cookie = answer.headers["Set-Cookie"]
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
