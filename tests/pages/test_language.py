"""Two languages: choice, twins, complete translations, forms of numbers and dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.web import filters, translation_check
from tests.factories import Make
from tests.pages.contract import Visitor, text_of

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de-CH,de;q=0.9,en;q=0.5", "de"),
        ("fr,en-US;q=0.8,de;q=0.3", "en"),
        ("ja", "en"),
        ("", "en"),
    ],
)
def test_the_front_door_follows_the_browsers_preference(
    client: FlaskClient, accepted: str, language: str
) -> None:
    answer = client.get("/", headers={"Accept-Language": accepted} if accepted else {})
    assert (answer.status_code, answer.location) == (302, f"/{language}/")
    assert "Accept-Language" in answer.headers["Vary"]


class TestADirectoryInGerman:
    """What changes when the operator prefers German."""

    @pytest.fixture
    def environ(self, environ: dict[str, str]) -> dict[str, str]:
        return environ | {"DIRECTORY_DEFAULT_LANGUAGE": "de"}

    def test_the_default_language_is_the_operators(self, client: FlaskClient) -> None:
        assert client.get("/", headers={"Accept-Language": "ja"}).location == "/de/"

    def test_the_default_twin_is_the_operators(self, visitor: Visitor) -> None:
        page = visitor.open("/en/")
        default = page.one("link", rel="alternate", hreflang="x-default")
        assert default.get("href") == "http://localhost:8000/de/"


@pytest.mark.parametrize("path", ["/", "/providers", "/providers/acme"])
def test_a_page_links_to_its_twin_and_back(visitor: Visitor, make: Make, path: str) -> None:
    make.listing(slug="acme")
    english = visitor.open(f"/en{path}")
    (switch,) = [one for one in english.all("a") if one.get("rel") == "alternate"]
    assert switch.get("href") == f"/de{path}"
    assert text_of(switch) == "Deutsch"
    german = visitor.open(switch.get("href") or "")
    (back,) = [one for one in german.all("a") if one.get("rel") == "alternate"]
    assert back.get("href") == f"/en{path}"


def test_the_twin_of_a_search_keeps_it(visitor: Visitor) -> None:
    page = visitor.open("/de/providers?service=seo&country=DE")
    (switch,) = [one for one in page.all("a") if one.get("rel") == "alternate"]
    assert switch.get("href") == "/en/providers?service=seo&country=DE"


def test_the_translations_are_complete() -> None:
    assert translation_check.problems(TEMPLATES) == []


def test_a_text_without_translation_is_found(tmp_path: Path) -> None:
    (tmp_path / "new.html").write_text('{{ _("Brand new") }}', encoding="utf-8")
    assert any("missing: 'Brand new'" in line for line in translation_check.problems(tmp_path))


@pytest.mark.parametrize(
    ("shown", "german", "english"),
    [
        (lambda: filters.number(12345), "12.345", "12,345"),
        (lambda: filters.euros(8000), "8.000\N{NO-BREAK SPACE}€", "€8,000"),
        (lambda: filters.day(date(2026, 6, 15)), "15. Juni 2026", "15 June 2026"),
        (lambda: filters.kilometres(0.3), "< 1 km", "< 1 km"),
        (lambda: filters.language_name("fr"), "Französisch", "French"),
        (lambda: filters.language_name("xx"), "xx", "xx"),
    ],
)
def test_numbers_and_dates_follow_the_language(
    app: Flask, shown: object, german: str, english: str
) -> None:
    assert callable(shown)
    with app.test_request_context("/de/"):
        assert shown().replace(" €", "\N{NO-BREAK SPACE}€") == german
    with app.test_request_context("/en/"):
        assert shown() == english
