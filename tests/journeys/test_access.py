"""Everybody can use every page: axe, narrow screens, large text, contrast, sizes of targets."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/providers?q=CRM&near=Stuttgart&radius=100",
    "/providers?service=seo&language=pt&tier=wood",
    "/providers/hohenfelder",
    "/services/crm/de",
    "/compare?p=hohenfelder&p=solo&p=quellgrund-0&p=quellgrund-1&p=gone",
    "/shortlist?p=hohenfelder&p=solo&q=CRM",
    "/providers?q=CRM&p=hohenfelder",
    "/providers/solo",
    "/providers/gone",
    "/services/seo/fr",
    "/trust",
    "/regions",
    "/regions/DE",
    "/credentials/inbound",
    "/nothing",
    "/providers?page=0",
    "/imprint",
    "/privacy",
    "/terms",
    "/accessibility",
)
# The other errors have the layout of one that is checked, the other legal pages that of theirs.
ALIKE = {"/providers?page=0", "/terms", "/accessibility"}
CHECKED = tuple(path for path in PAGES if path not in ALIKE)
LANGUAGES = ("de", "en")
WIDTHS = (320, 768, 1280)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
AXE = Axe()
WIDER_THAN_SCREEN = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
SMALL_TARGETS = """() => [...document.querySelectorAll(
    'button, input:not([type=hidden]), select, summary, nav a, .chip, .action, .leader a')]
  .filter(one => one.checkVisibility() && !one.closest('.hidden-text'))
  .map(one => [one, (one.closest('label') ?? one).getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""
PLACEHOLDER_CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d');
  const light = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(one => one / 255)
      .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  return [...document.querySelectorAll('input[placeholder]')].map(one => {
    const shown = light(getComputedStyle(one, '::placeholder').color);
    const ground = light(getComputedStyle(one).backgroundColor);
    return (Math.max(shown, ground) + 0.05) / (Math.min(shown, ground) + 0.05);
  });
}"""


def _open(page: Page, site: str, language: str, path: str) -> None:
    page.goto(f"{site}/{language}{path}")
    page.evaluate("document.fonts.ready")


def _violations(page: Page) -> list[str]:
    page.evaluate(AXE.axe_script)
    return _found(page, RULES)


def _found(page: Page, rules: dict[str, Any]) -> list[str]:
    found = page.evaluate("rules => axe.run(rules).then(found => found.violations)", rules)
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("path", CHECKED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(site: str, chromium: Browser, language: str, path: str) -> None:
    with chromium.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        _open(page, site, language, path)
        page.evaluate(AXE.axe_script)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for theme in THEMES:
                page.emulate_media(color_scheme=theme)
                assert _found(page, RULES) == [], (width, theme)


def test_axe_finds_nothing_in_the_open_sheet_and_under_open_details(
    site: str, chromium: Browser
) -> None:
    with chromium.new_context(viewport={"width": 320, "height": 700}) as context:
        page = context.new_page()
        _open(page, site, "de", PAGES[1])
        page.evaluate(OPEN_ALL)
        assert _violations(page) == []
        page.click(".filters-open")
        assert page.locator(".filters").is_visible()
        assert _violations(page) == []


@pytest.mark.parametrize("enlarged", [False, True])
@pytest.mark.parametrize("width", [320, 768])
def test_no_page_is_wider_than_the_screen(
    site: str, chromium: Browser, width: int, enlarged: bool
) -> None:
    with chromium.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        for language in LANGUAGES:
            for path in (*PAGES, "/_components"):
                _open(page, site, language, path)
                page.evaluate(OPEN_ALL)
                if enlarged:
                    page.evaluate("document.documentElement.style.fontSize = '200%'")
                assert not page.evaluate(WIDER_THAN_SCREEN), (language, path)
        _open(page, site, "de", PAGES[1])
        page.click(".filters-open")
        page.evaluate(OPEN_ALL)
        if enlarged:
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.locator(".filters").evaluate("one => one.scrollWidth <= one.clientWidth")


@pytest.mark.parametrize("width", [320, 1280])
def test_every_control_is_large_enough_to_hit(site: str, chromium: Browser, width: int) -> None:
    with chromium.new_context(viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        for path in PAGES:
            _open(page, site, "de", path)
            assert page.evaluate(SMALL_TARGETS) == [], path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_placeholder_can_be_read(
    site: str, chromium: Browser, theme: Literal["light", "dark"]
) -> None:
    with chromium.new_context(color_scheme=theme) as context:
        page = context.new_page()
        for path in PAGES[:2]:
            _open(page, site, "de", path)
            assert min(page.evaluate(PLACEHOLDER_CONTRAST)) >= 4.5


def test_marks_and_lines_stay_in_forced_colours(site: str, chromium: Browser) -> None:
    with chromium.new_context(forced_colors="active") as context:
        page = context.new_page()
        _open(page, site, "de", PAGES[1])
        width = page.locator(".entry .tier").first.evaluate(
            "one => getComputedStyle(one).borderTopWidth"
        )
        assert width == "1px"
        assert not page.evaluate(WIDER_THAN_SCREEN)


def test_a_printed_list_leaves_controls_out(site: str, chromium: Browser) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        _open(page, site, "de", PAGES[1])
        page.emulate_media(media="print")
        assert page.locator(".entry").first.is_visible()
        for hidden in (".filters", ".masthead form", ".menu"):
            assert not page.locator(hidden).first.is_visible(), hidden
