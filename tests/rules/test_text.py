"""Text: folded for comparison, cleaned for storage, made readable in addresses."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.kernel.paging import Paging
from directory.kernel.slugs import is_slug, slugify
from directory.kernel.text import (
    clean_line,
    clean_text,
    fold,
    fold_name,
    folded_words,
    has_controls,
)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Müller", "Mueller", "Muller", "MÜLLER", "Mu\u0308ller"),
        ("München", "Muenchen", "Munchen"),
        ("Straße", "Strasse", "STRASSE"),
        ("Łódź", "Lodz"),
        ("København", "Kobenhavn"),
        ("Ærø", "Aero", "aro"),
        ("İstanbul", "Istanbul", "ıstanbul"),
    ],
)
@pytest.mark.case("K6")
def test_spellings_of_one_word_meet(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize("word", ["bauer", "neue", "quelle", "steuer"])
def test_an_e_after_a_u_that_is_no_umlaut_stays(word: str) -> None:
    assert fold(word) == word


@given(st.text(max_size=40))
def test_folding_twice_folds_no_further(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu"], max_codepoint=0x24F), max_size=30))
def test_capitals_and_normal_forms_do_not_count(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_a_name_folds_to_its_words() -> None:
    assert fold_name("  Cloud & Hosting! ") == "cloud hosting"
    assert folded_words("L’Équipe, GmbH") == ["l'equipe", "gmbh"]


@pytest.mark.case("K1")
@pytest.mark.case("K2")
@pytest.mark.case("K8")
@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("Acme\u202e evil", "Acme evil"),
        ("Ac\u200bme\ufeff", "Acme"),
        ("a" + "\u0301" * 100, "á\u0301\u0301"),
        (" \u200b\n ", ""),
        ("two\tparts\nhere", "two parts here"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_a_line_is_cleaned(given_text: str, expected: str) -> None:
    assert clean_line(given_text) == expected


@pytest.mark.case("K3")
@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\x85b", "\ud800"])
def test_controls_are_noticed(text: str) -> None:
    assert has_controls(text)


def test_running_text_keeps_its_lines() -> None:
    assert not has_controls("one\ntwo\tthree")
    assert clean_text("one  \r\ntwo\rthree\n\n") == "one\ntwo\nthree"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Müller & Söhne GmbH", "mueller-soehne-gmbh"),
        ("Łódź Studio", "lodz-studio"),
        ("Straßenbau", "strassenbau"),
        ("株式会社", "listing"),
        ("A" * 200, "a" * 80),
        ("3C Digital", "3c-digital"),
        ("O'Neill", "oneill"),
    ],
)
def test_a_slug_is_readable_ascii(name: str, slug: str) -> None:
    assert slugify(name) == slug


@given(st.text(max_size=120))
def test_every_name_gives_a_slug(name: str) -> None:
    assert is_slug(slugify(name))


@pytest.mark.parametrize("text", ["", "-a", "a--b", "A", "ä", "a_b", "a" * 81, "a\n"])
def test_what_is_no_slug_is_told(text: str) -> None:
    assert not is_slug(text)


@pytest.mark.parametrize(
    ("page", "total", "numbers"),
    [
        (1, 0, [1]),
        (1, 20, [1]),
        (1, 21, [1, 2]),
        (5, 200, [1, 2, 3, 4, 5, 6, 7, None, 10]),
        (10, 400, [1, None, 8, 9, 10, 11, 12, None, 20]),
        (1, 400, [1, 2, 3, None, 20]),
    ],
)
def test_a_pager_shows_the_ends_and_what_is_near(
    page: int, total: int, numbers: list[int | None]
) -> None:
    assert Paging(page, total).numbers() == numbers


@given(st.integers(1, 50), st.integers(0, 900))
def test_the_pages_of_a_list_cover_it_once(page: int, total: int) -> None:
    paging = Paging(page, total)
    shown = [n for p in range(1, paging.pages + 1)
             for n in range(Paging(p, total).first, Paging(p, total).last + 1) if n]  # fmt: skip
    assert shown == list(range(1, total + 1))
    assert paging.beyond is (page > paging.pages)
