"""Which countries are near each other."""

from __future__ import annotations

from directory.geography import queries as geography
from directory.geography.centres import nearest_first


def test_neighbours_come_before_other_continents() -> None:
    assert nearest_first(["AU", "US", "FR", "AT", "CH"], "DE")[0] in ("AT", "CH")
    assert nearest_first(["AU", "US", "FR", "AT", "CH"], "DE")[-2:] == ["US", "AU"]
    assert nearest_first(["DE", "AU"], "NZ") == ["AU", "DE"]


def test_the_line_where_dates_change_is_no_border() -> None:
    assert nearest_first(["DE", "WS"], "FJ") == ["WS", "DE"]


def test_a_country_without_a_city_has_no_order_and_comes_last() -> None:
    assert geography.country("BV")
    assert nearest_first(["US", "DE"], "BV") == ["US", "DE"]
    assert nearest_first(["BV", "US", "AT"], "DE") == ["AT", "US", "BV"]
