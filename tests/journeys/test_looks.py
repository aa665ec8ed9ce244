"""How pages are laid out where it is easily broken: narrow screens, large text, short pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LARGE_TEXT = "document.documentElement.style.fontSize = '200%'"
# Texts of the drawing that leave it, or cover one another.
UNTIDY = """drawing => {
  const frame = drawing.getBoundingClientRect();
  const texts = [...drawing.querySelectorAll('text')];
  const boxes = texts.map(one => one.getBoundingClientRect());
  const cover = (a, b) => a.left < b.right && b.left < a.right
    && a.top < b.bottom - 3 && b.top < a.bottom - 3;
  return texts.filter((_, at) => boxes[at].left < frame.left - 1
    || boxes[at].right > frame.right + 1
    || boxes.some((box, other) => other !== at && cover(box, boxes[at])))
    .map(one => one.textContent);
}"""
LOW = """() => [...document.querySelectorAll(
    '.chip, .menu > summary, .disclosure > summary, .action, .masthead nav a, .understood a')]
  .filter(one => one.checkVisibility())
  .map(one => [one.textContent.trim(), one.getBoundingClientRect().height])
  .filter(([, height]) => height < 35.9)"""


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("width", [320, 360, 480])
def test_the_drawing_of_the_home_page_keeps_its_texts_apart(
    site: str, chromium: Browser, width: int, language: str
) -> None:
    with chromium.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{site}/{language}/")
        page.evaluate("document.fonts.ready")
        assert page.locator(".drawing").evaluate(UNTIDY) == []


def test_the_foot_of_a_short_page_is_at_the_bottom_of_the_screen(site: str, desk: Page) -> None:
    desk.goto(f"{site}/de/providers?service=seo&language=pt&tier=elite")
    bottom = desk.locator(".colophon").evaluate("one => one.getBoundingClientRect().bottom")
    assert bottom >= 899


def test_a_long_name_has_the_whole_width_of_a_phone(site: str, scriptless: Page) -> None:
    scriptless.goto(f"{site}/de/providers/hohenfelder")
    box = scriptless.locator("h1").bounding_box()
    assert box
    assert box["x"] == 16
    assert box["width"] == 328


@pytest.mark.parametrize(("enlarged", "beside"), [(False, True), (True, False)])
def test_the_facts_leave_the_side_when_text_is_large(
    site: str, desk: Page, enlarged: bool, beside: bool
) -> None:
    desk.goto(f"{site}/de/providers/hohenfelder")
    if enlarged:
        desk.evaluate(LARGE_TEXT)
    facts = desk.locator(".listing-facts").bounding_box()
    assert facts
    assert (facts["x"] > 640) is beside


@pytest.mark.parametrize("path", ["/providers?q=CRM+Stuttgart", "/providers/hohenfelder"])
def test_links_that_act_are_as_high_as_a_small_button(site: str, desk: Page, path: str) -> None:
    desk.goto(f"{site}/de{path}")
    assert desk.evaluate(LOW) == []


def test_the_seal_is_seen_in_forced_colours(site: str, chromium: Browser) -> None:
    with chromium.new_context(forced_colors="active") as context:
        page = context.new_page()
        page.goto(f"{site}/de/providers/hohenfelder")
        style = "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
        ink, ground = page.locator(".seal svg").evaluate(style)
        assert ink != ground
        assert (
            page.locator(".map .pin-head").evaluate("one => getComputedStyle(one).fill") != ground
        )
