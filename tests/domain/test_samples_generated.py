"""Generated organisations are deterministic, valid and spread like those of real lists."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import cache
from itertools import islice
from random import Random
from typing import Any

from directory.exchange.fields import Fields
from directory.exchange.listings import listing_draft
from directory.samples.generated import rows
from directory.samples.weighted import Weighted, quantile, skewed

TODAY = date(2026, 11, 23)
COUNT = 3000

Row = dict[str, Any]


@cache
def generated() -> list[Row]:
    return list(rows(COUNT, TODAY))


def share(found: int) -> float:
    return found / COUNT


def test_every_row_passes_the_import() -> None:
    for row in generated():
        refused: dict[str, Any] = {}
        assert listing_draft(Fields(row, refused), TODAY) is not None, (row["name"], refused)


def test_ids_are_numbered_and_rows_come_one_by_one() -> None:
    endless = rows(10**9, TODAY)
    assert [row["external_id"] for row in islice(endless, 2)] == ["bench-000001", "bench-000002"]
    assert generated()[-1]["external_id"] == "bench-003000"


def test_a_seed_gives_the_same_rows_and_fewer_are_the_first_of_more() -> None:
    assert json.dumps(list(rows(200, TODAY))) == json.dumps(generated()[:200])
    assert json.dumps(list(rows(200, TODAY, seed=2))) != json.dumps(generated()[:200])


def test_names_are_nearly_all_different_and_websites_all() -> None:
    assert len({row["name"] for row in generated()}) / COUNT >= 0.97
    assert len({row["website"] for row in generated()}) == COUNT
    assert all(row["website"].endswith(".example") for row in generated())


def test_countries_follow_the_source() -> None:
    heads = Counter(row["locations"][0]["country"] for row in generated())
    german = heads["DE"] + heads["AT"] + heads["CH"]
    assert 0.17 <= share(german) <= 0.23
    assert heads.most_common(2)[0][0] == "US"
    assert 0.35 <= share(heads["US"]) <= 0.45
    assert len(heads) >= 30


def test_most_have_a_valid_certification_and_no_tier() -> None:
    ends = [row["certification"]["expires"] for row in generated()]
    lapsed = sum(day < TODAY.isoformat() for day in ends)
    assert 0.05 <= share(lapsed) <= 0.12
    assert share(sum("tier" in row for row in generated())) <= 0.2
    assert all(row["package"] == "partner" for row in generated() if "tier" in row)


def test_texts_are_as_long_as_in_the_source_and_in_the_languages_of_the_country() -> None:
    lengths = sorted(len(next(iter(row["description"].values()))) for row in generated())
    assert 400 <= lengths[COUNT // 2] <= 650
    german = [row for row in generated() if row["locations"][0]["country"] == "DE"]
    assert all("de" in row["description"] for row in german)
    assert any("en" in row["description"] for row in german)


def test_words_of_the_texts_have_a_long_tail() -> None:
    words: Counter[str] = Counter()
    for row in generated():
        words.update(set(row["description"].get("en", "").split()))
    seen_once = sum(count == 1 for count in words.values())
    assert len(words) >= 7000
    assert seen_once / len(words) >= 0.3


def test_a_weighted_choice_keeps_its_proportions() -> None:
    chance, scale = Random(1), Weighted([("rare", 1.0), ("often", 9.0)])
    drawn = Counter(scale.pick(chance) for _ in range(5000))
    assert 400 <= drawn["rare"] <= 600


def test_several_of_a_weighted_choice_are_different() -> None:
    scale = Weighted([(letter, 1.0) for letter in "abcdef"])
    picked = scale.several(Random(1), 4)
    assert len(picked) == len(set(picked)) == 4


def test_a_quantile_lies_between_its_neighbours() -> None:
    points = [[0.0, 100], [0.5, 200], [1.0, 1000]]
    assert [quantile(points, part) for part in (0.0, 0.25, 0.5, 0.75, 1.0, 1.1)] == [
        *(100, 150, 200, 600),
        *(1000, 1000),
    ]


def test_a_skewed_choice_prefers_the_first() -> None:
    chance = Random(1)
    drawn = Counter(skewed(range(10), chance) for _ in range(2000))
    assert drawn[0] > 3 * drawn[9]
    assert set(drawn) == set(range(10))
