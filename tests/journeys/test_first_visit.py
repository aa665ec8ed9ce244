"""A first-time visitor with nothing but a keyboard: finds, sees why, keeps, compares, goes dark."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.journeys.conftest import DESK, PHONE

pytestmark = pytest.mark.browser

FARTHEST = 80


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"{FARTHEST} tabs do not lead to {selector}")


@pytest.mark.parametrize(
    ("language", "screen", "script"),
    [("de", DESK, True), ("en", PHONE, False)],
    ids=["de-desk", "en-phone-scriptless"],
)
def test_a_newcomer_finds_two_sees_why_one_is_first_and_compares_them(
    site: str, chromium: Browser, language: str, screen: ViewportSize, script: bool
) -> None:
    with chromium.new_context(viewport=screen, java_script_enabled=script) as context:
        page = context.new_page()
        page.goto(f"{site}/{language}/")
        _tab_to(page, "#q")
        page.keyboard.type("CRM")
        _tab_to(page, "#near")
        page.keyboard.type("Stuttgart")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("Stuttgart")
        _tab_to(page, ".skip[href='#results']")
        page.keyboard.press("Enter")
        expect(page.locator("#results")).to_be_focused()
        for number in (1, 2):
            _tab_to(page, f".entry:nth-child({number}) .keep input")
            page.keyboard.press("Space")
            if number == 1:
                _tab_to(page, ".entry:first-child summary")
                page.keyboard.press("Enter")
        second = page.locator(".entry-name").nth(1).inner_text()
        expect(page.locator(".entry:first-child .why-first", has_text=second)).to_contain_text(
            "Elite"
        )
        # From a ticked box one link leads past the rest of the list.
        _tab_to(page, ".entry:nth-child(2) .keep-go")
        page.keyboard.press("Enter")
        _tab_to(page, ".compare-bar .button-call")
        page.keyboard.press("Enter")
        expect(page.locator(".compare thead th")).to_have_count(2)
        _tab_to(page, ".crumbs a[href*=shortlist]")
        page.keyboard.press("Enter")
        expect(page.locator(".entry")).to_have_count(2)
        _tab_to(page, ".theme-switch summary")
        page.keyboard.press("Enter")
        _tab_to(page, ".theme-switch button[value=dark]")
        page.keyboard.press("Enter")
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        assert len(parse_qs(urlsplit(page.url).query)["p"]) == 2
