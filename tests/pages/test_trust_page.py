"""The page that says how results are ordered."""

from __future__ import annotations

import pytest

from directory.search.ranking import ORDERS, STEPS, VERSION, Counts
from directory.search.request import Sort
from directory.web.public.presenters.trust import COUNTS_SAY, ORDER_NAMES, STEP_SAYS
from tests.pages.contract import Visitor, text_of

pytestmark = pytest.mark.rule("DIR-3")


def test_every_step_order_and_condition_of_the_code_has_its_sentence() -> None:
    assert set(STEP_SAYS) == set(STEPS)
    assert set(COUNTS_SAY) == set(Counts)
    assert set(ORDER_NAMES) == set(ORDERS)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_steps_stand_in_the_order_of_the_code(visitor: Visitor, language: str) -> None:
    page = visitor.open(f"/{language}/trust")
    steps, orders = page.all("tbody")
    assert len(list(steps.iter("tr"))) == len(ORDERS[Sort.BEST])
    assert len(list(orders.iter("tr"))) == len(ORDERS)
    assert VERSION in page.text


def test_the_numbers_are_those_of_the_policy(visitor: Visitor) -> None:
    text = visitor.open("/de/trust").text
    assert "bis 10, 25, 50, 100, 250 km" in text
    assert "Bändern von 0,5 Sternen" in text
    assert "Elite, Diamond, Platinum, Gold, danach Anbieter ohne Stufe" in text


def test_the_tier_stands_below_match_distance_and_rating(visitor: Visitor) -> None:
    rows = visitor.open("/en/trust").all("tbody")[0].iter("tr")
    names = [text_of(next(iter(row.iter("th")))) for row in rows]
    assert names.index("tier") > max(
        names.index(name) for name in ("text match", "distance band", "rating band")
    )


@pytest.mark.rule("OPR-2")
def test_it_says_what_a_tier_reflects_and_leads_to_the_order_without_it(visitor: Visitor) -> None:
    page = visitor.open("/en/trust")
    assert "business done with HubSpot" in page.text
    assert page.all("a", href="/en/providers?sort=name")


def test_it_is_linked_below_every_list_at_each_reason_and_in_the_foot(
    visitor: Visitor, three: None
) -> None:
    page = visitor.open("/en/providers")
    assert page.one("p", cls="results-note").find(".//a[@href='/en/trust']") is not None
    assert VERSION in text_of(page.one("p", cls="results-note"))
    assert len(page.all("p", cls="why-rule")) == 3
    assert page.one("footer").find(".//a[@href='/en/trust']") is not None
