"""A visitor finds a provider: with the keyboard, with completions, and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from tests.journeys.conftest import DESK, PHONE

pytestmark = pytest.mark.browser


def test_a_provider_is_found_with_the_keyboard_alone(site: str, desk: Page) -> None:
    desk.goto(f"{site}/en/")
    desk.keyboard.press("Tab")
    expect(desk.locator(".skip")).to_be_focused()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    expect(desk.locator("#q")).to_be_focused()
    desk.keyboard.type("CRM")
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(r"/en/providers\?.*q=CRM"))
    box = desk.locator(".facet input[name=tier][value=gold]")
    box.focus()
    desk.keyboard.press("Space")
    expect(desk).to_have_url(re.compile("tier=gold"))
    expect(desk.locator(".entry")).to_have_count(1)
    chip = desk.locator(".chip", has_text="Gold")
    chip.focus()
    desk.keyboard.press("Enter")
    expect(desk).not_to_have_url(re.compile("tier=gold"))
    desk.locator(".entry-name a").first.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("h1")).to_contain_text("Hohenfelder")


def test_the_focus_is_always_seen(site: str, desk: Page) -> None:
    desk.goto(f"{site}/de/providers?q=CRM")
    for _ in range(40):
        desk.keyboard.press("Tab")
        outline = desk.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        inside = desk.evaluate("document.activeElement.closest('.skip') !== null")
        assert outline != "none" or inside


def test_a_completion_is_chosen_with_the_keyboard(site: str, desk: Page) -> None:
    desk.goto(f"{site}/de/providers")
    field = desk.locator("#masthead-q")
    field.press_sequentially("webwerk 0")
    expect(field).to_have_attribute("aria-expanded", "true")
    desk.keyboard.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    assert active
    expect(desk.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile("/de/providers/webwerk-0"))


def test_a_chosen_place_is_handed_on_by_its_key(site: str, desk: Page) -> None:
    desk.goto(f"{site}/de/")
    field = desk.locator("#near")
    field.press_sequentially("stuttg")
    expect(desk.locator("#near-list [role=option]").first).to_contain_text("Stuttgart")
    first = desk.locator("#near-list [role=option]").first
    expect(first.locator("small")).to_have_text("Baden-Württemberg, Deutschland")
    first.click()
    expect(field).to_have_value("Stuttgart, Baden-Württemberg, Deutschland")
    desk.locator(".search-full .button").click()
    expect(desk).to_have_url(re.compile("near=2825297"))
    expect(desk.locator(".filters #near")).to_have_value("Stuttgart")


def test_a_chosen_area_says_that_it_is_whole_and_is_handed_on_by_its_key(
    site: str, desk: Page
) -> None:
    desk.goto(f"{site}/de/")
    field = desk.locator("#q")
    field.press_sequentially("crm")
    area = desk.locator("#q-list [role=option]", has_text="ganzer Bereich")
    expect(area).to_have_count(1)
    area.click()
    expect(field).to_have_value("CRM")
    desk.locator(".search-full .button").click()
    expect(desk).to_have_url(re.compile("[?&]service=crm"))
    assert "q=" not in desk.url


def test_a_radius_is_asked_for_once_there_is_a_place(site: str, scriptless: Page) -> None:
    for path in ("/de/", "/de/providers?country=DE"):
        scriptless.goto(site + path)
        if path != "/de/":
            scriptless.click(".filters-open")
        radius = scriptless.locator("#radius")
        expect(radius).to_be_hidden()
        scriptless.fill("#near", "Köln")
        expect(radius).to_be_visible()


@pytest.mark.parametrize("radius", ["", "50"])
def test_the_city_of_the_words_is_searched_around_once_a_radius_is_chosen(
    site: str, desk: Page, radius: str
) -> None:
    desk.goto(f"{site}/de/providers?q=Webentwicklung+Köln")
    desk.select_option("#radius", radius)
    desk.locator(".facet input[name=language][value=de]").check()
    expect(desk).to_have_url(re.compile("language=de"))
    expect(desk.locator(".entry")).to_have_count(20)
    place = "near=2886242&radius=50" if radius else "city=2886242"
    assert set(desk.url.partition("?")[2].split("&")) == {
        "service=website-development", "language=de", *place.split("&")
    }  # fmt: skip


def test_another_place_in_the_field_replaces_the_city(site: str, scriptless: Page) -> None:
    scriptless.goto(f"{site}/de/providers?q=CRM-Einführung+Köln")
    scriptless.click(".filters-open")
    scriptless.fill("#near", "Stuttgart")
    scriptless.click(".filters-foot .button")
    expect(scriptless.locator("h1")).to_contain_text("um Stuttgart")
    expect(scriptless.locator("h1")).not_to_contain_text("Köln")


def test_a_budget_is_counted_as_it_is_written(site: str, desk: Page) -> None:
    """Also when it was written before the scripts arrived, which the first sign of use brings."""
    held: list[Route] = []
    desk.route("**/js/htmx*", lambda route: held.append(route))
    desk.goto(f"{site}/de/providers?service=email-marketing")
    with desk.expect_request("**/js/htmx*"):
        desk.focus("#budget")
    desk.fill("#budget", "8.000,00 €")
    desk.locator("#budget").blur()
    held[0].continue_()
    expect(desk).to_have_url(re.compile("budget=8000"))
    expect(desk.locator(".entry")).to_have_count(1)


def test_escape_closes_the_completions_and_keeps_the_words(site: str, desk: Page) -> None:
    desk.goto(f"{site}/de/")
    field = desk.locator("#near")
    field.press_sequentially("stuttg")
    expect(field).to_have_attribute("aria-expanded", "true")
    desk.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("stuttg")


def test_a_provider_is_found_without_script_on_a_phone(site: str, scriptless: Page) -> None:
    scriptless.goto(f"{site}/de/")
    scriptless.fill("#q", "Webentwicklung")
    scriptless.fill("#near", "Köln")
    scriptless.click(".search-full .button")
    expect(scriptless.locator("h1")).to_contain_text("Köln")
    expect(scriptless.locator(".entry")).to_have_count(20)
    scriptless.click(".pager [rel=next]")
    expect(scriptless.locator(".entry")).to_have_count(1)
    scriptless.click(".filters-open")
    scriptless.locator(".facet input[name=tier][value=elite]").check()
    scriptless.click(".filters-foot .button")
    expect(scriptless.locator(".entry-name")).to_contain_text("Hohenfelder")
    scriptless.click(".chip:has-text('Elite')")
    expect(scriptless.locator(".entry")).to_have_count(20)
    scriptless.click(".masthead nav [hreflang]")
    expect(scriptless.locator("html")).to_have_attribute("lang", "en")


def test_the_sheet_of_filters_covers_a_phone_and_closes(site: str, scriptless: Page) -> None:
    scriptless.goto(f"{site}/de/providers")
    sheet = scriptless.locator(".filters")
    expect(sheet).to_be_hidden()
    scriptless.click(".filters-open")
    expect(sheet).to_be_visible()
    scriptless.click(".filters-close")
    expect(sheet).to_be_hidden()


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_a_first_visit_is_small_and_asks_nobody_else(
    site: str, chromium: Browser, screen: ViewportSize
) -> None:
    with chromium.new_context(viewport=screen) as context:
        page = context.new_page()
        network = context.new_cdp_session(page)
        asked: dict[str, str] = {}
        came: list[float] = []
        network.on(
            "Network.requestWillBeSent",
            lambda sent: asked.update({sent["requestId"]: sent["request"]["url"]}),
        )
        network.on("Network.loadingFinished", lambda end: came.append(end["encodedDataLength"]))
        network.send("Network.enable")
        page.goto(f"{site}/en/providers?q=Webwerk", wait_until="networkidle")
        urls = set(asked.values())
        assert all(url.startswith(site) for url in urls)
        assert len(urls) <= 8, urls
        assert sum(came) <= 60_000
        # The first sign of use brings the logos of the whole list, near ones first.
        page.mouse.move(300, 300)
        expect(page.locator(".entry img.logo[src]")).to_have_count(20)


def test_every_logo_is_there_without_script(site: str, scriptless: Page) -> None:
    scriptless.goto(f"{site}/en/providers?q=Webwerk")
    expect(scriptless.locator(".entry img.logo:visible")).to_have_count(20)
    box = scriptless.locator(".entry img.logo").nth(9).bounding_box()
    assert box
    assert round(box["width"]) == round(box["height"]) == 54


def test_a_logo_that_was_seen_stays_while_the_list_changes(site: str, desk: Page) -> None:
    desk.goto(f"{site}/en/providers?q=Webwerk")
    desk.mouse.move(300, 300)
    expect(desk.locator("html.instant")).to_have_count(1)
    desk.locator(".facet input[name=language][value=de]").check()
    expect(desk).to_have_url(re.compile("language=de"))
    expect(desk.locator(".entry img.logo")).to_have_count(20)
    expect(desk.locator("[data-logo]")).to_have_count(0)
