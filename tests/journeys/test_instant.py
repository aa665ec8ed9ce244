"""What a choice on the result page changes at once, and what stays where it was."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

pytestmark = pytest.mark.browser

PHONE: ViewportSize = {"width": 360, "height": 780}
FOCUSED = "[document.activeElement.name, document.activeElement.value]"
GERMAN = ".facet input[name=language][value=de]"
FRENCH = ".facet input[name=language][value=fr]"


def test_a_choice_shows_at_once_and_keeps_focus_place_and_scroll(site: str, desk: Page) -> None:
    desk.goto(f"{site}/de/providers")
    box = desk.locator(FRENCH)
    box.focus()
    before = desk.evaluate("[scrollY, document.activeElement.getBoundingClientRect().top]")
    desk.keyboard.press("Space")
    expect(desk.locator(".results-tools [role=status]")).to_have_text("1 Anbieter")
    expect(desk).to_have_url(re.compile("language=fr"))
    expect(desk).to_have_title(re.compile("Französisch"))
    expect(desk.locator(".masthead [hreflang=en]")).to_have_attribute(
        "href", re.compile("language=fr")
    )
    assert desk.evaluate(FOCUSED) == ["language", "fr"]
    expect(box).to_be_checked()
    assert desk.evaluate("scrollY") == before[0]


def test_back_leads_to_the_choice_before(site: str, desk: Page) -> None:
    desk.goto(f"{site}/en/providers")
    desk.locator(FRENCH).check()
    expect(desk.locator(".entry")).to_have_count(1)
    desk.locator(".chip").click()
    expect(desk.locator(".entry")).to_have_count(20)
    expect(desk.locator(FRENCH)).not_to_be_checked()
    desk.go_back()
    expect(desk.locator(".entry")).to_have_count(1)
    expect(desk.locator(FRENCH)).to_be_checked()
    desk.go_back()
    expect(desk.locator(".entry")).to_have_count(20)
    desk.locator(FRENCH).check()
    expect(desk.locator(".entry")).to_have_count(1)


def test_an_order_keeps_the_focus_and_a_page_starts_at_its_top(site: str, desk: Page) -> None:
    desk.goto(f"{site}/en/providers")
    desk.mouse.move(600, 400)
    expect(desk.locator("html.instant")).to_have_count(1)
    desk.locator(".menu summary").click()
    desk.locator(".menu a", has_text="name").click()
    expect(desk).to_have_url(re.compile("sort=name"))
    expect(desk.locator(".menu summary")).to_be_focused()
    expect(desk.locator(".menu[open]")).to_have_count(0)
    desk.locator(".pager [rel=next]").click()
    expect(desk).to_have_url(re.compile("page=2"))
    expect(desk.locator("#results")).to_be_focused()
    expect(desk.locator("h1")).to_be_in_viewport()


def test_a_failed_answer_becomes_a_usual_visit(site: str, chromium: Browser) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{site}/en/providers")
        page.route(
            "**/providers?*",
            lambda route: (
                route.abort() if route.request.resource_type == "fetch" else route.continue_()
            ),
        )
        page.locator(FRENCH).check()
        expect(page).to_have_url(re.compile("language=fr"))
        expect(page.locator(".entry")).to_have_count(1)


@pytest.mark.parametrize(
    ("path", "ready"),
    [
        ("providers", "html.instant"),
        ("compare?p=hohenfelder&p=solo", "[data-print]:visible"),
        ("shortlist?p=hohenfelder&p=solo", "[data-print]:visible"),
    ],
)
def test_nothing_moves_when_the_scripts_arrive(
    site: str, desk: Page, path: str, ready: str
) -> None:
    desk.goto(f"{site}/en/{path}")
    desk.evaluate("document.fonts.ready")
    start = desk.evaluate("performance.now()")
    desk.mouse.move(600, 400)
    expect(desk.locator(ready)).to_have_count(1)
    shifted = desk.evaluate(
        """start => new Promise(resolve => {
          let sum = 0;
          new PerformanceObserver(list => {
            for (const one of list.getEntries()) if (one.startTime > start) sum += one.value;
          }).observe({type: 'layout-shift', buffered: true});
          setTimeout(() => resolve(sum), 200);
        })""",
        start,
    )
    assert shifted == 0


def test_a_long_list_is_narrowed_by_words(site: str, desk: Page) -> None:
    desk.goto(f"{site}/de/providers")
    group = desk.locator("#facet-industry")
    group.locator("summary").first.click()
    field = group.get_by_role("textbox", name="Liste eingrenzen: Branche")
    field.fill("versiche")
    shown = group.locator(".check:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("Versicherung")
    field.press("Enter")
    assert "?" not in desk.url
    field.fill("gibtesnicht")
    expect(group.get_by_text("Nichts in dieser Liste")).to_be_visible()
    field.press("Escape")
    expect(field).to_have_value("")
    expect(shown).to_have_count(7)


def test_no_field_narrows_a_list_without_script(site: str, scriptless: Page) -> None:
    scriptless.goto(f"{site}/de/providers")
    expect(scriptless.locator(".facet-search")).to_have_count(0)
    expect(scriptless.locator(".filters-foot .button")).to_have_text("Ergebnisse zeigen")


def test_the_sheet_holds_the_keyboard_says_the_count_and_gives_the_focus_back(
    site: str, chromium: Browser
) -> None:
    with chromium.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{site}/de/providers")
        page.locator(".filters-open").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".filters-close")).to_be_focused()
        for _ in range(90):
            page.keyboard.press("Tab")
            assert page.evaluate(
                "document.activeElement === document.body "
                "|| document.activeElement.closest('.filters') !== null"
            )
        page.locator(FRENCH).check()
        button = page.locator(".filters-foot .button")
        expect(button).to_have_text("1 Anbieter zeigen")
        expect(page.locator(".filters")).to_be_visible()
        button.click()
        expect(page.locator(".filters")).to_be_hidden()
        expect(page.locator(".filters-open")).to_be_focused()
        expect(page.locator(".entry")).to_have_count(1)


def test_the_last_of_several_words_is_completed(site: str, desk: Page) -> None:
    desk.goto(f"{site}/de/providers")
    field = desk.locator("#masthead-q")
    field.press_sequentially("webentwicklung agentur kö")
    expect(desk.locator("#masthead-q-list [role=option]").first).to_contain_text("Köln")
    expect(field).to_have_attribute("role", "combobox")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    expect(field).to_have_value("webentwicklung agentur Köln")
    desk.keyboard.press("Enter")
    expect(desk.locator("h1")).to_contain_text("Köln")
    expect(field).to_have_value("webentwicklung agentur Köln")
