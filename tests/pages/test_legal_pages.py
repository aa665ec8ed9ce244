"""Imprint, privacy, terms and accessibility: there in both languages, in the operator's words."""

from __future__ import annotations

import re

import pytest

from directory.config import Settings
from directory.legal.pages import BLANK, DEFAULTS, LegalPage
from tests.pages.contract import Visitor, text_of

EACH = pytest.mark.parametrize("page", list(LegalPage))
BOTH = pytest.mark.parametrize("language", ["de", "en"])


@EACH
@BOTH
@pytest.mark.rule("OPR-3")
def test_every_page_leads_to_each_legal_page(
    visitor: Visitor, language: str, page: LegalPage
) -> None:
    for path in ("", "providers", "nothing", *LegalPage):
        opened = visitor.open(f"/{language}/{path}", status=404 if path == "nothing" else 200)
        foot = opened.one("footer")
        assert f"/{language}/{page}" in {link.get("href") for link in foot.iter("a")}


@EACH
@BOTH
def test_a_default_text_says_that_it_is_one_and_begins_with_a_short_version(
    visitor: Visitor, language: str, page: LegalPage
) -> None:
    opened = visitor.open(f"/{language}/{page}")
    assert opened.all("div", cls="notice-warn")
    assert opened.all("meta", name="robots", content="noindex")
    assert len(text_of(opened.one("section", cls="in-short"))) > 40


@BOTH
def test_the_operators_text_takes_the_place_of_the_default(
    visitor: Visitor, settings: Settings, language: str
) -> None:
    settings.legal_dir.mkdir()
    (settings.legal_dir / f"terms.{language}.md").write_text(
        "Short **here**.\n\n# Long\n\nOn {site} around {vendor}.\n\n<script>alert(1)</script>\n",
        encoding="utf-8",
    )
    opened = visitor.open(f"/{language}/terms")
    assert "On Solutions Directory around HubSpot." in opened.text
    assert not opened.all("div", cls="notice-warn")
    assert not opened.all("meta", name="robots")
    assert "<script>alert" not in opened.html


def test_a_text_without_a_short_version_has_no_empty_one(
    visitor: Visitor, settings: Settings
) -> None:
    settings.legal_dir.mkdir()
    (settings.legal_dir / "imprint.en.md").write_text("## Us\n\nHere.\n", encoding="utf-8")
    opened = visitor.open("/en/imprint")
    assert not opened.all("section", cls="in-short")
    assert [text_of(one) for one in opened.one("main").iter("h2")] == ["Us"]


def test_an_operators_text_with_blanks_says_that_it_is_not_finished(
    visitor: Visitor, settings: Settings
) -> None:
    settings.legal_dir.mkdir()
    (settings.legal_dir / "imprint.en.md").write_text("[[name]]", encoding="utf-8")
    assert "not finished" in visitor.open("/en/imprint").text


@EACH
def test_both_languages_of_a_default_say_the_same(page: LegalPage) -> None:
    texts = [
        (DEFAULTS / f"{page}.{language}.md").read_text(encoding="utf-8")
        for language in ("de", "en")
    ]
    german, english = (
        (len(re.findall("^## ", text, re.M)), len(re.findall("^[-|]", text, re.M)),
         len(BLANK.findall(text)))
        for text in texts
    )  # fmt: skip
    assert german == english


def test_what_the_privacy_page_says_of_cookies_is_so(visitor: Visitor) -> None:
    set_by = {"theme"}
    (table,) = visitor.open("/en/privacy").all("table")
    assert {text_of(cell) for cell in table.iter("code")} == set_by | {"light", "dark"}
    answer = visitor.client.post("/en/theme", data={"theme": "dark"})
    assert {cookie.split("=")[0] for cookie in answer.headers.getlist("Set-Cookie")} == set_by


class TestAnotherVendor:
    """OPR-1: the vendor is named only through the setting."""

    @pytest.fixture
    def environ(self, environ: dict[str, str]) -> dict[str, str]:
        return environ | {"DIRECTORY_VENDOR": "Acme", "DIRECTORY_OPERATOR": "Example Ltd"}

    @EACH
    @BOTH
    @pytest.mark.rule("OPR-1")
    def test_no_legal_page_names_the_default_vendor(
        self, visitor: Visitor, language: str, page: LegalPage
    ) -> None:
        opened = visitor.open(f"/{language}/{page}")
        assert "hubspot" not in opened.html.lower()
        assert "Example Ltd" in text_of(opened.one("footer"))
