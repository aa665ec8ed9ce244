"""Files become rows, whatever is wrong with them: nothing crashes, nothing is held whole."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st

from directory.exchange.cells import runs
from directory.exchange.rows import Row, Unreadable
from directory.kernel.formulas import guarded, unguarded
from tests.importing import json_lines, read, table

MEGABYTE = 1 << 20
HEADER = ["external_id", "name", "description", "locations.1.country"]


def refused(row: Row) -> str:
    """What a row is refused for, with its line and field."""
    return "; ".join(f"{row.line}: {refusal.field}: {refusal.message}" for refusal in row.refusals)


def test_a_file_with_another_ending_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"list\.xlsx: unknown ending; use \.jsonl .* or \.csv"):
        read(tmp_path / "list.xlsx")


@pytest.mark.parametrize("name", ["missing.jsonl", ".", "a\0b.csv"])
def test_a_file_that_cannot_be_opened_is_told_in_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    path = tmp_path / ("folder.csv" if name == "." else name)
    with pytest.raises(Unreadable) as told:
        read(path)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ('{"name": "x"}\n'.encode("utf-16"), "UTF-16"),
        ('{"name": "x"}\n'.encode("utf-16-le"), "UTF-16"),
        ('{"name": "x"}\n'.encode("utf-16-be"), "UTF-16"),
        ('{"name": "x"}\n'.encode("utf-32"), "UTF-32"),
        (b"PK\x03\x04\x14\x00\x06\x00", "spreadsheet"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "compressed"),
    ],
)
@pytest.mark.parametrize("ending", ["jsonl", "csv"])
@pytest.mark.case("K3")
def test_a_file_that_is_no_utf_8_text_is_refused_once(
    tmp_path: Path, content: bytes, word: str, ending: str
) -> None:
    path = tmp_path / f"rows.{ending}"
    path.write_bytes(content)
    (row,) = read(path)
    assert row.line == 1
    assert word in refused(row)


@pytest.mark.case("K3")
def test_a_line_in_another_encoding_costs_only_itself(tmp_path: Path) -> None:
    path = json_lines(tmp_path / "a.jsonl", {"name": "a"}, b'{"name": "caf\xe9"}', {"name": "c"})
    first, second, third = read(path)
    assert (first.values, third.values) == ({"name": "a"}, {"name": "c"})
    assert refused(second) == (
        "2: -: not UTF-8 (byte 0xE9, number 14 of the line); save the file as UTF-8"
    )


@pytest.mark.case("K3")
@pytest.mark.parametrize(
    "bad", [b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\x00", b"\xff"]
)
def test_overlong_surrogate_and_nul_bytes_are_refused(tmp_path: Path, bad: bytes) -> None:
    path = json_lines(tmp_path / "a.jsonl", {"name": "a"}, b'{"name": "x' + bad + b'"}')
    assert read(path)[1].refusals


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"name": "a"}\r\n\r\n{"name": "b"}')
    assert [(row.line, row.values) for row in read(path)] == [
        (1, {"name": "a"}),
        (3, {"name": "b"}),
    ]
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbfname,tagline\r\na,b\r\n")
    assert [row.values for row in read(path)] == [{"name": "a", "tagline": "b"}]


def test_a_row_that_the_end_of_the_file_cuts_off_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"name": "a"}\n{"name": "b')
    assert read(path)[0].values == {"name": "a"}
    assert refused(read(path)[1]).endswith("; the file ends within this row")


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("[]", "one JSON object"),
        ('"text"', "one JSON object"),
        ("null", "one JSON object"),
        ("{'name': 1}", "not JSON"),
        ('{"name": 1,}', "not JSON"),
        ('{"name": 1} {}', "not JSON"),
        ('{"founded": ' + "9" * 5000 + "}", "too many digits"),
        ("[" * 100_000, "nested too deeply"),
        ('{"name": ' + "[" * 100_000, "nested too deeply"),
        ('{"name": "a", "name": "b"}', "name: is named twice"),
    ],
)
def test_a_line_that_is_no_row_costs_only_itself(tmp_path: Path, line: str, word: str) -> None:
    first, second = read(json_lines(tmp_path / "a.jsonl", line, {"name": "b"}))
    assert word in refused(first)
    assert second.values == {"name": "b"}


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_a_line_of_100_megabytes_is_passed_over_in_bounded_memory(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"long.{ending}"
    before, after = (
        ("name\na\n", "b\n") if ending == "csv" else ('{"name": "a"}\n', '{"name": "b"}\n')
    )
    with path.open("wb") as file:
        file.write(before.encode())
        file.write(b'{"name": "')
        file.seek(100 * MEGABYTE)
        file.write(b'"}\n' + after.encode())
    tracemalloc.start()
    try:
        rows = read(path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [row.values.get("name") for row in rows] == ["a", None, "b"]
    assert "longer than 1 MiB" in refused(rows[1])
    assert most < 8 * MEGABYTE


def test_lines_of_a_table_are_physical_ones(tmp_path: Path) -> None:
    path = table(
        tmp_path / "a.csv",
        HEADER,
        ["a", "A", "one\ntwo\r\nthree", "DE"],
        ["b", "B", "", "AT"],
        ["", "", "", ""],
        ["c", 'a "quoted" one, with a comma', "", "CH"],
    )
    rows = read(path)
    assert [row.line for row in rows] == [2, 5, 7]
    assert rows[0].values["description"] == "one\ntwo\r\nthree"
    assert rows[1].values == {
        "external_id": "b",
        "name": "B",
        "locations": {"1": {"country": "AT"}},
    }
    assert rows[2].values["name"] == 'a "quoted" one, with a comma'


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("b,B,x", "the row has 3 cells, the header 4"),
        ("b,B,x,DE,more", "the row has 5 cells, the header 4"),
        ('b,"B" x,y,DE', "only a comma may follow a closing quote"),
        ('b,"B,x,DE', "quote"),
        ('b,B,x,"DE', "quote"),
        ("b,B\rC,x,DE", "carriage return"),
        ("b,B," + "x" * 200_000 + ",DE", "longer than 131,072 characters"),
    ],
)
def test_a_broken_row_of_a_table_costs_only_itself(tmp_path: Path, line: str, word: str) -> None:
    path = tmp_path / "a.csv"
    good = 'c,C,"two\nlines",AT\nd,"D ""d""",,CH\n'
    path.write_bytes((",".join(HEADER) + f"\na,A,,DE\n{line}\n" + good).encode())
    rows = read(path)
    assert [(row.line, row.values.get("external_id")) for row in rows] == [
        (2, "a"),
        (3, None),
        (4, "c"),
        (6, "d"),
    ]
    assert word in refused(rows[1])


def test_an_unclosed_quote_does_not_swallow_the_rest_of_the_file(tmp_path: Path) -> None:
    lines = [f"{number},N{number},text,DE" for number in range(20_000)]
    lines[7] = '7,"N7,text,DE'
    path = tmp_path / "a.csv"
    path.write_text(",".join(HEADER) + "\n" + "\n".join(lines))
    rows = read(path)
    assert [row.line for row in rows if row.refusals] == [9]
    assert len(rows) == 20_000


@pytest.mark.case("K3")
def test_a_quoted_cell_in_another_encoding_is_refused_at_its_own_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'name,tagline\na,"one\ncaf\xe9\nthree"\nb,c\n')
    first, second = read(path)
    assert refused(first).startswith("3: -: not UTF-8")
    assert second.values == {"name": "b", "tagline": "c"}


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("name,name", "names the column 'name' twice"),
        ("name,,tagline", "no name for column 2"),
        ('"name,tagline', "never closed"),
        ("caf\udce9", "not UTF-8"),
    ],
)
def test_a_header_that_cannot_be_used_is_refused_once(
    tmp_path: Path, header: str, word: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(header.encode("utf-8", "surrogateescape") + b"\na,b,c\nd,e,f\n")
    (row,) = read(path)
    assert row.line == 1
    assert word in refused(row)


def test_semicolons_separate_where_the_header_has_no_comma(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name;tagline\na;b, c\n")
    assert read(path)[0].values == {"name": "a", "tagline": "b, c"}


def test_a_field_is_not_both_a_text_and_texts_by_language(tmp_path: Path) -> None:
    (row,) = read(table(tmp_path / "a.csv", ["tagline", "tagline.de"], ["a", "b"]))
    assert refused(row) == "2: tagline.de: is given both as one value and in parts"


RUNNING = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    " =1",
    "\t=1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-1+1",
    "+1-1",
    "-2+3+cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    '-HYPERLINK("http://a.example")',
    "+=1",
    "--1*2",
]
HARMLESS = [
    "- a list item",
    "-- a dash",
    "+49 711 1234",
    "@handle",
    "- 24/7 support",
    "-5 %",
    "a=b",
    "'quoted'",
    "- 5-star service",
]


@pytest.mark.case("D6")
@pytest.mark.parametrize("cell", RUNNING)
def test_a_cell_that_a_spreadsheet_would_run_is_refused_at_its_field(
    tmp_path: Path, cell: str
) -> None:
    path = table(tmp_path / "a.csv", ["external_id", "name"], ["a", cell], ["b", f"'{cell}"])
    first, second = read(path)
    assert refused(first) == (
        "2: name: begins like a formula; put an apostrophe (') before it if it is text"
    )
    assert str(second.values["name"]).lstrip("'") == cell


@pytest.mark.case("D6")
@pytest.mark.parametrize("cell", HARMLESS)
def test_a_cell_that_only_looks_odd_is_text(tmp_path: Path, cell: str) -> None:
    (row,) = read(table(tmp_path / "a.csv", ["name"], [cell]))
    assert row.values == {"name": cell}


@pytest.mark.case("D6")
@given(st.text(st.sampled_from("'=+-@\t\r a1(|"), max_size=8))
def test_guarding_a_cell_disarms_it_and_is_taken_back_exactly(text: str) -> None:
    assert not runs(guarded(text))
    assert unguarded(guarded(text)) == text


@budget(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=300), st.sampled_from(["jsonl", "csv"]))
def test_no_bytes_crash_the_reading(tmp_path: Path, content: bytes, ending: str) -> None:
    path = tmp_path / f"any.{ending}"
    path.write_bytes(content)
    lines = content.count(b"\n") + 1
    assert all(1 <= row.line <= lines for row in read(path))


@budget(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(st.sampled_from('a,"\n\r;'), max_size=12), max_size=12))
def test_no_quoting_loses_lines_or_hangs(tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "any.csv"
    path.write_text("name,tagline\n" + "\n".join(lines), newline="")
    numbers = [row.line for row in read(path)]
    assert len(numbers) == len(set(numbers))
    assert numbers == sorted(numbers)


def test_what_json_writes_is_read_back(tmp_path: Path) -> None:
    value = {"name": 'a "b"\n\u2028c', "founded": 2001, "accepting": True, "services": ["x|y"]}
    path = tmp_path / "a.json"
    path.write_text(json.dumps(value) + "\n")
    assert read(path)[0].values == value
