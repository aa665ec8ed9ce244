"""Keeping providers while searching, with script and without."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def _kept(page: Page) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get("p", [])


def test_without_script_the_list_is_kept_while_searching_on(site: str, scriptless: Page) -> None:
    page = scriptless
    page.goto(f"{site}/de/providers?q=CRM")
    expect(page.locator(".compare-bar")).to_be_hidden()
    page.locator(".keep input[value=hohenfelder]").check()
    expect(page.locator(".compare-bar")).to_be_visible()
    page.get_by_role("button", name="Merkliste").click()
    expect(page.locator("h1")).to_have_text("Merkliste: 1 Anbieter")
    page.get_by_role("link", name="Weitersuchen").click()
    expect(page.locator(".keep input[value=hohenfelder]")).to_be_checked()
    page.locator(".masthead input[name=q]").fill("Solo")
    page.locator(".masthead .search button").click()
    assert _kept(page) == ["hohenfelder"]
    page.locator(".keep input[value=solo]").check()
    page.get_by_role("button", name="Vergleichen").click()
    expect(page.locator(".compare thead th")).to_have_count(2)


def test_with_script_a_tick_is_in_the_address_and_on_every_link_at_once(
    site: str, desk: Page
) -> None:
    desk.goto(f"{site}/en/providers")
    desk.locator(".keep input").first.check()
    slug = desk.locator(".keep input").first.get_attribute("value")
    expect(desk).to_have_url(re.compile(f"[?&]p={slug}$"))
    desk.get_by_role("link", name="Next").click()
    expect(desk).to_have_url(re.compile("[?&]page=2"))
    assert _kept(desk) == [slug]
    expect(desk.locator(".compare-count")).to_be_visible()
    desk.go_back()
    expect(desk).not_to_have_url(re.compile("[?&]page=2"))
    expect(desk.locator(".keep input").first).to_be_checked()
    desk.locator(".keep input").first.uncheck()
    expect(desk).not_to_have_url(re.compile("[?&]p="))
    expect(desk.locator(".compare-bar")).to_be_hidden()


def test_the_first_column_of_a_comparison_stays_on_a_phone(site: str, scriptless: Page) -> None:
    page = scriptless
    page.goto(f"{site}/de/compare?p=hohenfelder&p=solo&p=quellgrund-0&p=quellgrund-1")
    page.locator(".table-scroll").evaluate("one => { one.scrollLeft = 300 }")
    head = page.locator(".compare tbody tr:nth-child(2) th").first.bounding_box()
    assert head
    assert head["x"] == 16
    assert page.locator(".compare tbody td").first.bounding_box()["x"] < 16  # type: ignore[index]


@pytest.mark.parametrize("path", ["compare?p=hohenfelder&p=solo", "shortlist?p=hohenfelder"])
def test_tools_that_need_script_appear_with_it_alone(
    site: str, desk: Page, scriptless: Page, path: str
) -> None:
    for page, shown in ((desk, True), (scriptless, False)):
        page.goto(f"{site}/en/{path}")
        expect(page.locator("[data-print]")).to_be_visible(visible=shown)
        expect(page.get_by_role("link", name="As a table")).to_be_visible()


def test_a_printed_comparison_leaves_its_controls_out(site: str, desk: Page) -> None:
    desk.goto(f"{site}/en/compare?p=hohenfelder&p=solo")
    desk.emulate_media(media="print")
    expect(desk.locator(".compare td").nth(1)).to_be_visible()
    for hidden in (".page-tools", ".remove", ".masthead form"):
        expect(desk.locator(hidden).first).to_be_hidden()
