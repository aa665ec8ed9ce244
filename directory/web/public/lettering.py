"""Fits words into a room by measuring them."""

from __future__ import annotations

from typing import Protocol

ENDS = " ,·"


class Measures(Protocol):
    """A typeface at a size."""

    def getlength(self, text: str, /) -> float:
        """How wide a text is, in pixels."""


def wrapped(text: str, font: Measures, room: float) -> list[str]:
    """The text in lines as wide as the room, broken at plain spaces; a long word stays whole."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def few(lines: list[str], most: int, font: Measures, room: float) -> list[str]:
    """At most so many lines, none wider than the room; what is left out shows as an ellipsis."""
    kept = lines[:most]
    if len(lines) > most:
        kept[-1] = f"{kept[-1]} {lines[most]}"
    return [cut(line, font, room).rstrip(ENDS) for line in kept]


def cut(text: str, font: Measures, room: float) -> str:
    """The text, or its beginning and an ellipsis that fit the room."""
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(f"{text}…") > room:
        text = text[:-1].rstrip(ENDS)
    return f"{text}…"
