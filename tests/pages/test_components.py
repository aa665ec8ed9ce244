"""Parts of pages: names, marks, texts, assets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.web import assets, filters, markdown

STATIC = Path(__file__).parents[2] / "static"
TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Remsbrück & Talvogt", "RT"), ("elektrolyte", "E"), ("3 Köpfe", "3K"), ("***", "–")],
)
def test_initials_stand_in_for_a_logo(name: str, letters: str) -> None:
    assert filters.initials(name) == letters


def test_a_long_compound_may_break_at_its_seams() -> None:
    broken = filters.breakable("Gesellschaft für Kundenbeziehungsmanagement mbH")
    assert broken.replace("\u00ad", "-") == "Gesellschaft für Kunden-beziehungs-management mbH"


def test_a_short_word_has_no_soft_hyphen() -> None:
    assert "\u00ad" not in filters.breakable("Webentwicklung Agentur")


def test_marked_parts_stand_in_escaped_text() -> None:
    marked = filters.marked("Für Müller & <Söhne>", [(4, 10), (14, 19)])
    assert marked == "Für <mark>Müller</mark> &amp; &lt;<mark>Söhne</mark>&gt;"


def test_a_name_is_escaped_when_it_is_marked_or_broken() -> None:
    assert "<script>" not in filters.marked("<script>alert(1)</script>", [(8, 13)])
    assert "<script>" not in filters.breakable("<script>Kundenbeziehungsmanagement")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        '<img src=x onerror="alert(1)">',
        "![x](https://evil.example/x.png)",
        "<svg/onload=alert(1)>",
        "[x](https://a.example 'onmouseover=alert(1)')",
    ],
)
def test_a_description_brings_no_script_and_no_picture(text: str) -> None:
    html = markdown.render(text)
    tags = re.findall(r"<(\w+)([^>]*)>", html)
    assert {tag for tag, _ in tags} <= {"p", "a"}
    for _tag, attributes in tags:
        assert not re.search(r"javascript|data:|\bon\w+=", attributes)


def test_a_description_has_paragraphs_lists_and_headings_below_the_pages() -> None:
    html = markdown.render("# One\n\nTwo **three**\n\n- four")
    assert "<h3>One</h3>" in html
    assert "<strong>three</strong>" in html
    assert "<li>four</li>" in html


def test_an_asset_is_kept_for_ever_under_the_name_of_its_content(
    app: Flask, client: FlaskClient
) -> None:
    with app.test_request_context("/"):
        addresses = [
            assets.address(name) for name in ("app.css", "js/suggest.js", "icons/sprite.svg")
        ]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.cache_control.immutable
        assert answer.cache_control.max_age == assets.YEAR_SECONDS


def test_an_old_name_of_an_asset_gives_todays_file_without_keeping_it(client: FlaskClient) -> None:
    answer = client.get("/static/app.000000000000.css")
    assert answer.status_code == 200
    assert answer.cache_control.no_cache


@pytest.mark.parametrize(
    "name", ["app.css", "css/app.css", "x.0123456789ab.css", "fonts", "css/../app.0123456789ab.css"]
)
def test_a_file_is_served_only_under_its_fingerprint(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_a_changed_style_sheet_has_a_new_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "LOOK_SECONDS", 0)
    css = tmp_path / "css"
    css.mkdir()
    (css / "app.css").write_text('@layer base;\n@import url("base.css") layer(base);\n')
    (css / "base.css").write_text("p {\n  color: red;\n}\n")
    app = Flask("directory", static_folder=None)
    assets.init_app(app, tmp_path)
    with app.test_request_context("/"):
        before = assets.address("app.css")
        assert assets.shelf().take("app.css").body == b"@layer base;@layer base {p {color: red;}}"
        (css / "base.css").write_text("p {\n  color: blue;\n}\n")
        assert assets.address("app.css") != before


def test_the_style_sheet_is_one_file_that_names_each_part(app: Flask) -> None:
    with app.test_request_context("/"):
        sheet = assets.shelf().take("app.css").body.decode()
    assert "@import" not in sheet
    assert "!important" not in sheet
    assert re.search(r'url\("/static/fonts/inter-latin\.[0-9a-f]{12}\.woff2"\)', sheet)
    listed = set(re.findall(r'url\("([^"]+)"\)', (STATIC / "css" / "app.css").read_text()))
    written = {str(path.relative_to(STATIC / "css")) for path in (STATIC / "css").rglob("*.css")}
    assert listed == written - {"app.css"}


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = (STATIC / "icons" / "sprite.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    texts = [path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")]
    named = {name for text in texts for name in re.findall(r'icon\("([\w-]+)"\)', text)}
    assert named
    assert named <= known


def test_no_template_styles_or_scripts_by_itself() -> None:
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        # A mail has no other place for its style.
        styled = r"" if path == TEMPLATES / "mail" / "layout.html" else r"\sstyle=|<style|"
        assert not re.search(rf"{styled}\son\w+=|javascript:", text), path
        scripts = re.findall(r"<script[^>]*>", text)
        assert all("src=" in tag or "application/ld+json" in tag for tag in scripts), path
