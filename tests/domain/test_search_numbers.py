"""Counts as numbers beside values are the mapping that they stand for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.engines.numbers import Numbers, Values

NAMES = ("a", "b", "c", "d", "e", "f", "g")
COUNTS = st.lists(st.integers(0, 4), min_size=len(NAMES), max_size=len(NAMES))
SETS = st.none() | st.frozensets(st.sampled_from((*NAMES, "unknown")))


def _values() -> Values:
    return Values({name: at for at, name in enumerate(NAMES)})


@given(COUNTS, st.lists(st.sampled_from((*NAMES, "unknown")), max_size=2, unique=True))
def test_they_are_the_counts_without_zeros_and_with_what_is_asked_for(
    counts: list[int], asked: list[str]
) -> None:
    numbers = Numbers(_values(), np.array(counts), tuple(asked))
    expected = {name: count for name, count in zip(NAMES, counts, strict=True) if count}
    assert dict(numbers) == dict.fromkeys(asked, 0) | expected
    assert len(numbers) == len(dict(numbers))
    assert {name: numbers.get(name) for name in (*NAMES, "unknown")} == {
        name: dict(numbers).get(name) for name in (*NAMES, "unknown")
    }


def test_a_value_that_nobody_has_is_not_there() -> None:
    numbers = Numbers(_values(), np.zeros(len(NAMES), np.int64))
    with pytest.raises(KeyError):
        numbers["a"]
    assert "a" not in numbers


@given(COUNTS, st.integers(1, 9), SETS)
def test_the_commonest_are_those_and_all_as_common_as_the_last(
    counts: list[int], most: int, among: frozenset[str] | None
) -> None:
    known = {name: count for name, count in zip(NAMES, counts, strict=True) if count}
    known = known if among is None else {one: known[one] for one in known.keys() & among}
    ordered = sorted(known.values(), reverse=True)
    least = ordered[most - 1] if most <= len(ordered) else 1
    expected = {name: count for name, count in known.items() if count >= least}
    assert Numbers(_values(), np.array(counts)).commonest(most, among) == expected
