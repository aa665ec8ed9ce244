"""The keyboard alone, the theme that was set, and less movement for who wants none."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

PAGES = ("/", "/providers?q=CRM+Stuttgart", "/providers/hohenfelder", "/privacy", "/nothing")
# What a keyboard should reach, in the order of the source.
REACHABLE = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled
    && !one.closest('[inert]'))
  .map((one, at) => { one.dataset.at = at; return at; })"""
HERE = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return one === document.body ? null : {
    at: Number(one.dataset.at),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    html: one.outerHTML.slice(0, 90),
  };
}"""
MOVING = """() => [...document.querySelectorAll('*')].filter(one => {
  const style = getComputedStyle(one);
  const longest = text => Math.max(...text.split(',').map(parseFloat));
  return longest(style.transitionDuration) > 0 || longest(style.animationDuration) > 0;
}).map(one => one.outerHTML.slice(0, 80))"""
WCAG = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}


@pytest.mark.parametrize("path", PAGES[:4])
def test_the_tab_key_visits_every_control_in_order_and_shows_where_it_is(
    site: str, desk: Page, path: str
) -> None:
    desk.goto(f"{site}/de{path}")
    desk.evaluate("document.fonts.ready")
    # Any key brings the scripts, which add fields and take the form's button away.
    desk.keyboard.press("Shift")
    if "?" in path:
        expect(desk.locator("html.instant")).to_have_count(1)
    expected = desk.evaluate(REACHABLE)
    visited = []
    for _ in expected:
        desk.keyboard.press("Tab")
        here: dict[str, Any] = desk.evaluate(HERE)
        assert here["ring"], here
        assert here["seen"], here
        visited.append(here["at"])
    assert visited == expected


def test_the_theme_is_set_without_script_and_stays(site: str, scriptless: Page) -> None:
    scriptless.goto(f"{site}/de/providers?q=CRM")
    assert scriptless.context.cookies() == []
    scriptless.click(".theme-switch summary")
    scriptless.click(".theme-switch button[value=dark]")
    expect(scriptless).to_have_url(f"{site}/de/providers?q=CRM")
    expect(scriptless.locator("html")).to_have_attribute("data-theme", "dark")
    scriptless.goto(f"{site}/en/")
    ground = scriptless.locator("body").evaluate("one => getComputedStyle(one).backgroundColor")
    assert ground == "rgb(18, 21, 23)"


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_a_theme_that_was_set_against_the_system_is_as_readable(
    site: str, chromium: Browser, chosen: str
) -> None:
    system = "light" if chosen == "dark" else "dark"
    with chromium.new_context(color_scheme=system) as context:  # type: ignore[arg-type]
        context.add_cookies([{"name": "theme", "value": chosen, "url": site}])
        page = context.new_page()
        for path in (*PAGES, "/_components"):
            page.goto(f"{site}/en{path}")
            page.evaluate("document.fonts.ready")
            found = Axe().run(page, options=WCAG).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == [], path


def test_nothing_moves_for_who_wants_no_movement(site: str, chromium: Browser) -> None:
    with chromium.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        for path in (*PAGES, "/_components"):
            page.goto(f"{site}/en{path}")
            assert page.evaluate(MOVING) == [], path


def test_focus_and_the_chosen_theme_are_seen_in_forced_colours(
    site: str, chromium: Browser
) -> None:
    with chromium.new_context(forced_colors="active") as context:
        page = context.new_page()
        page.goto(f"{site}/en/")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        page.click(".theme-switch summary")
        pressed = page.locator(".theme-switch [aria-pressed=true]")
        assert pressed.evaluate("one => getComputedStyle(one).borderInlineStartWidth") == "3px"


def test_the_head_of_a_page_fits_a_small_phone(site: str, scriptless: Page) -> None:
    scriptless.goto(f"{site}/de/providers?q=CRM")
    boxes = [
        scriptless.locator(f".masthead {part}").first.bounding_box()
        for part in (".brand", "nav", ".search")
    ]
    assert all(boxes)
    brand, nav, search = (box["y"] + box["height"] / 2 for box in boxes if box)
    assert abs(brand - nav) < 8
    assert search > brand
