"""A visitor finds a provider: with the keyboard, with completions, and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

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
    desk.goto(f"{site}/de/providers?service=email-marketing")
    desk.focus("#budget")
    # The first sign of use brings the scripts, before anybody could have written a figure.
    desk.locator("[data-htmx-powered]").first.wait_for(state="attached")
    desk.fill("#budget", "8.000,00 €")
    desk.locator("#budget").blur()
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


def test_a_page_loads_nothing_from_elsewhere_and_little_at_all(site: str, desk: Page) -> None:
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.goto(f"{site}/en/providers?q=CRM", wait_until="networkidle")
    assert all(url.startswith(site) for url in asked)
    assert len(asked) <= 8, asked
