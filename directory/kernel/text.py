"""Text made comparable and safe: folding for search, cleaning for storage, cutting for display.

The folding table is public: capitals, diacritics and the spellings ae, oe, ue of the German
umlauts do not count, ß is ss, and letters that Unicode does not decompose (ø, ł, đ, æ, œ, þ)
have the neighbours below. `Müller`, `Mueller` and `Muller` fold to the same word.
"""

from __future__ import annotations

import re
import unicodedata

LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "a", "œ": "o", "ı": "i", "ħ": "h"}
    | {"’": "'", "ʼ": "'", "‘": "'", "`": "'"}
)
# After a vowel or q (Bauer, neue, quelle) it is no spelling of an umlaut and stays.
UMLAUT_SPELLING = re.compile(r"(?<![aeiouq])([aou])e+")
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
MARKS_PER_LETTER = 2


def fold(text: str) -> str:
    """`text` without capitals, accents and spelling variants of umlauts; spaces stay."""
    return respelt(unaccented(text))


def unaccented(text: str) -> str:
    """`text` without capitals and accents; `ae`, `oe` and `ue` stay as they are typed."""
    if text.isascii():
        return text.lower().replace("`", "'")
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(LETTERS)


def respelt(text: str) -> str:
    """What `fold` makes of unaccented text."""
    return UMLAUT_SPELLING.sub(r"\1", text)


def words(text: str) -> list[str]:
    """The words of `text` as written, in order; an apostrophe inside a word belongs to it."""
    return WORD.findall(text)


def folded_words(text: str) -> list[str]:
    """The folded words of `text`, in order."""
    return words(fold(text))


def fold_name(text: str) -> str:
    """A name as a key: folded words with single spaces (`Cloud & Hosting` → `cloud hosting`)."""
    return " ".join(folded_words(text))


def has_controls(text: str) -> bool:
    """Whether `text` holds NUL, other control characters or lone surrogates (K3)."""
    return CONTROLS.search(text) is not None


def clean_line(text: str) -> str:
    """One line for names and labels: NFC, no format characters, single spaces (K1, K2, K8).

    Bidirectional controls, zero-width characters and more than two marks on a letter are removed;
    the result may be empty.
    """
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        marks = marks + 1 if category.startswith("M") else 0
        if category not in ("Cf", "Cc", "Cs") and marks <= MARKS_PER_LETTER:
            kept.append(char)
        elif char in "\t\n\r":
            kept.append(" ")
    # What was removed may have stood between a letter and its accent.
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))


def clean_text(text: str) -> str:
    """Running text: NFC, line ends as `\\n`, no controls, no trailing space."""
    unified = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = (line.rstrip() for line in CONTROLS.sub("", unified).split("\n"))
    return "\n".join(lines).strip()
