"""Reading a page of results."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from tests.pages.contract import Page, Visitor, text_of


def names(page: Page) -> list[str]:
    return [text_of(name) for name in page.all("h2", cls="entry-name")]


def row(page: Page, name: str, value: str) -> Element:
    """The line of a filter's value in the form."""
    for label in page.all("label", cls="check"):
        for box in label.iter("input"):
            if box.get("name") == name and box.get("value") == value:
                return label
    raise AssertionError(f"no box {name}={value}")


def box(page: Page, name: str, value: str) -> Element:
    return next(iter(row(page, name, value).iter("input")))


def narrowing(page: Page) -> dict[str, Element]:
    """The links that narrow a ticked value, by their words."""
    lines = page.all("p", cls="facet-narrow")
    return {text_of(link): link for line in lines for link in line.iter("a")}


def submitted(page: Page) -> str:
    """The address that the filter form leads to as it stands."""
    form = page.one("form", cls="filters")
    pairs: list[str] = []
    for control in form.iter("input"):
        unticked = control.get("type") == "checkbox" and control.get("checked") is None
        if not unticked:
            pairs.append(f"{control.get('name')}={control.get('value') or ''}")
    chosen = [option for option in form.iter("option") if option.get("selected") is not None]
    pairs += [f"radius={option.get('value')}" for option in chosen]
    return f"{form.get('action')}?{'&'.join(pairs)}"


def total(visitor: Visitor, path: str) -> str:
    """How many providers the results at an address are, or those a landing page leads to."""
    page = visitor.open(path)
    if "/services/" in path:
        page = visitor.open(page.one("a", cls="landing-all").get("href") or "")
    return text_of(page.one("p", role="status")).split()[0].rstrip(",")
