"""The order of results: DIR-3 as a table of steps."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from directory.kernel.policy import Tier
from directory.search.ranking import (
    NO_REVIEWS_BOUND,
    ORDERS,
    STEPS,
    Standing,
    distance_band,
    in_order,
    order_of,
    rarity,
    rating_band,
    relevance,
    weight,
)
from directory.search.request import Near, SearchRequest, Sort
from directory.search.why import SAYS, explain

pytestmark = pytest.mark.rule("DIR-3")

STUTTGART = Near("2825297", "Stuttgart", "Stuttgart", 48.78232, 9.17702)
PLAIN = Standing(1, "Agentur")
STANDINGS = st.builds(
    Standing,
    id=st.integers(1, 10**6),
    name=st.text(alphabet="aäÄbß ", max_size=4),
    text=st.integers(0, 3),
    km=st.none() | st.floats(0, 500),
    serves=st.booleans(),
    bound=st.integers(1000, 5000),
    reviews=st.integers(0, 50),
    tier=st.integers(0, 4),
    relevance=st.integers(0, 20000),
    first_public=st.integers(0, 800_000),
)


def first(*standings: Standing, sort: Sort = Sort.BEST, near: bool = True) -> int:
    """The id of the one that comes first."""
    return in_order(standings, order_of(sort, near=near))[0].id


@given(STANDINGS)
def test_among_equals_the_higher_tier_comes_first(one: Standing) -> None:
    lower, higher = one._replace(id=1, tier=2), one._replace(id=2, tier=3)
    assert first(lower, higher) == 2


@given(STANDINGS, STANDINGS)
def test_a_tier_never_lifts_over_a_better_match(one: Standing, other: Standing) -> None:
    better = one._replace(id=1, text=0, tier=0)
    tiered = other._replace(id=2, text=1, tier=4)
    assert first(tiered, better) == 1


@given(STANDINGS)
def test_a_tier_never_lifts_over_two_bands_of_distance(one: Standing) -> None:
    near, far = one._replace(id=1, km=8.0, tier=0), one._replace(id=2, km=40.0, tier=4)
    assert first(far, near) == 1


@given(STANDINGS)
def test_a_tier_never_lifts_over_a_rating_that_is_half_a_star_better(one: Standing) -> None:
    liked = one._replace(id=1, bound=4200, tier=0)
    tiered = one._replace(id=2, bound=3700, tier=4)
    assert first(tiered, liked) == 1


@given(STANDINGS)
def test_an_office_comes_before_serving_the_place(one: Standing) -> None:
    there = one._replace(id=1, serves=False, tier=0)
    serving = one._replace(id=2, serves=True, tier=4)
    assert first(serving, there) == 1


def test_within_a_step_of_relevance_the_text_decides_after_the_tier() -> None:
    often, tiered = PLAIN._replace(id=1, relevance=900), PLAIN._replace(id=2, tier=1)
    assert first(often, tiered) == 2
    assert first(often, PLAIN._replace(id=3, relevance=100)) == 1


@given(st.lists(STANDINGS, max_size=12, unique_by=lambda one: one.id), st.sampled_from(Sort))
def test_every_order_is_total(standings: list[Standing], sort: Sort) -> None:
    steps = order_of(sort, near=True)
    forward = in_order(standings, steps)
    assert forward == in_order(reversed(standings), steps)
    assert [one.id for one in forward] == [one.id for one in in_order(forward, steps)]


@pytest.mark.rule("OPR-2")
@pytest.mark.parametrize("sort", [Sort.NAME, Sort.RATING, Sort.REVIEWS, Sort.NEWEST])
def test_these_orders_know_no_tier(sort: Sort) -> None:
    assert "tier" not in ORDERS[sort]


@pytest.mark.parametrize(
    ("km", "band"),
    [(0, 0), (10, 0), (10.01, 1), (25, 1), (50, 2), (100, 3), (250, 4), (250.1, 5), (None, 5)],
)
def test_the_bands_of_distance(km: float | None, band: int) -> None:
    assert distance_band(km) == band


@pytest.mark.rule("REV-6")
@pytest.mark.parametrize(
    ("bound", "band"),
    [(NO_REVIEWS_BOUND, 0), (3249, 0), (3748, 0), (3749, 1), (4544, 2), (2843, -1), (1000, -5)],
)
def test_the_bands_of_ratings(bound: int, band: int) -> None:
    assert rating_band(bound) == band


def test_by_distance_needs_a_place() -> None:
    assert order_of(Sort.DISTANCE, near=False) == order_of(Sort.BEST, near=False)
    far, near = PLAIN._replace(id=1, km=9.9, tier=4), PLAIN._replace(id=2, km=9.8)
    assert first(far, near, sort=Sort.DISTANCE) == 2


def test_names_are_ordered_without_accents_and_capitals() -> None:
    names = ["zeta", "Ärzte", "alpha", "Bär"]
    standings = [Standing(at, name) for at, name in enumerate(names)]
    ordered = in_order(standings, order_of(Sort.NAME, near=False))
    assert [one.name for one in ordered] == ["alpha", "Ärzte", "Bär", "zeta"]


def test_a_rare_word_and_a_word_in_the_name_weigh_more() -> None:
    offered, named = weight((0, 1, 0), 400), weight((1, 0, 0), 400)
    rare, common = rarity(1, 100), rarity(90, 100)
    assert relevance([(common, offered)]) < relevance([(rare, offered)])
    assert relevance([(rare, offered)]) < relevance([(rare, named)])
    assert relevance([(rare, weight((0, 0, 0), 400))]) == 0


@given(st.tuples(*[st.integers(0, 10**6)] * 3), st.integers(0, 10**6))
def test_a_weight_fits_into_a_byte_and_more_words_never_weigh_less(
    often: tuple[int, int, int], length: int
) -> None:
    once_more = (often[0], often[1], often[2] + 1)
    assert 0 <= weight(often, length) <= weight(once_more, length) <= 220


@pytest.mark.parametrize("language", ["en", "de"])
@given(standing=STANDINGS, sort=st.sampled_from(Sort))
def test_every_part_of_a_place_is_said(language: str, standing: Standing, sort: Sort) -> None:
    request = SearchRequest(q="seo", near=STUTTGART, sort=sort)
    parts = explain(standing, request, language)
    assert {one.part for one in parts} <= set(STEPS)
    assert all(one.label.endswith(".") for one in parts)
    assert parts[-1].part == "name"


def test_only_what_tells_results_apart_is_explained() -> None:
    parts = explain(PLAIN, SearchRequest(), "en")
    assert [one.part for one in parts] == ["rating", "tier", "name"]
    parts = explain(PLAIN, SearchRequest(near=STUTTGART), "en")
    assert [one.part for one in parts] == ["distance", "via", "rating", "tier", "name"]


def test_the_tier_is_named_with_its_number() -> None:
    gold = PLAIN._replace(tier=Tier.GOLD.rank)
    part = next(one for one in explain(gold, SearchRequest(), "de") if one.part == "tier")
    assert (part.value, part.label) == (1, "Die Stufe ist Gold.")


@pytest.mark.rule("DIR-3")
@pytest.mark.parametrize("language", ["en", "de"])
@given(one=STANDINGS, other=STANDINGS, sort=st.sampled_from(Sort))
def test_the_sentences_of_neighbours_tell_which_step_parted_them(
    language: str, one: Standing, other: Standing, sort: Sort
) -> None:
    one, other = _possible(one), _possible(other)
    request = SearchRequest(q="seo", near=STUTTGART, sort=sort)
    steps = order_of(sort, near=True)
    decided = next((step for step in steps if step.place(one) != step.place(other)), None)
    assume(decided is not None and decided.part != "km")
    assert decided is not None
    said = [{part.part: part.label for part in explain(each, request, language)}
            for each in in_order([one, other], steps)]  # fmt: skip
    if decided.part == "name" and one.name == other.name:
        return
    assert said[0].get(decided.part) != said[1].get(decided.part)


def _possible(standing: Standing) -> Standing:
    """Under three reviews a bound says nothing (DIR-3)."""
    return standing if standing.reviews >= 3 else standing._replace(bound=NO_REVIEWS_BOUND)


def test_every_step_has_its_sentence() -> None:
    assert set(SAYS) == set(STEPS)
    assert {part for order in ORDERS.values() for part in order} == set(STEPS)
