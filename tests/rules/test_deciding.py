"""What is said to put one result before another is what put it there (DIR-3)."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from directory.search.deciding import BECAUSE, decision
from directory.search.ranking import STEPS, Standing, in_order, order_of
from directory.search.request import Near, SearchRequest, Sort
from tests.rules.test_ranking import STANDINGS

pytestmark = pytest.mark.rule("DIR-3")

STUTTGART = Near("2825297", "Stuttgart", "Stuttgart", 48.78232, 9.17702)
REQUESTS = st.builds(SearchRequest, sort=st.sampled_from(Sort), near=st.none() | st.just(STUTTGART))
NEAR = SearchRequest(near=STUTTGART)


@given(STANDINGS, STANDINGS, REQUESTS)
def test_it_is_the_first_step_in_which_they_differ(
    one: Standing, other: Standing, request: SearchRequest
) -> None:
    assume(one.id != other.id)
    steps = order_of(request.sort, near=request.near is not None)
    above, below = in_order([one, other], steps)
    said = decision(above, below, request, "Acme", "en")
    parts = [step.part for step in steps]
    assert list(said.equal) == parts[: len(said.equal)]
    for part in said.equal:
        assert STEPS[part].place(above) == STEPS[part].place(below)
    decides = STEPS[parts[len(said.equal)]]
    assert decides.place(above) < decides.place(below)
    start = BECAUSE["en"][decides.part].partition("{")[0]
    assert said.label.startswith(f"It stands before Acme because {start}")


@pytest.mark.parametrize(
    ("above", "below", "request_", "language", "said"),
    [
        (
            *(Standing(1, "A", km=16.0, tier=1), Standing(2, "B", km=13.0), NEAR, "de"),
            "Der Eintrag steht vor B, weil seine Stufe höher ist (Gold statt keiner).",
        ),
        (
            *(Standing(1, "A", km=9.0), Standing(2, "B", km=321.0, tier=4), NEAR, "de"),
            (
                "Der Eintrag steht vor B, weil ein Büro näher liegt "
                "(höchstens 10 km statt mehr als 250 km)."
            ),
        ),
        (
            *(Standing(1, "A", km=40.0), Standing(2, "B", km=36.0), NEAR, "en"),
            "It stands before B because all else is equal and the alphabet decides.",
        ),
        (
            *(Standing(1, "A", km=36.04), Standing(2, "B", km=None)),
            *(SearchRequest(near=STUTTGART, sort=Sort.DISTANCE), "en"),
            "It stands before B because an office is nearer (36 km, the other one's unknown).",
        ),
    ],
)
def test_it_is_said_in_one_sentence(
    above: Standing, below: Standing, request_: SearchRequest, language: str, said: str
) -> None:
    assert decision(above, below, request_, "B", language).label == said


def test_every_step_has_its_reason_in_both_languages() -> None:
    assert {language: set(BECAUSE[language]) for language in BECAUSE} == {
        "de": set(STEPS),
        "en": set(STEPS),
    }
