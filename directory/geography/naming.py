"""How a place is called: which of its names is displayed, which others lead to it; pure."""

from __future__ import annotations

import re

from directory.kernel.text import fold_name

ENGLISH_WORDS = re.compile(
    r"\b(?:and|of|the|north|south|east|west|northern|southern|eastern|western|central|upper|lower"
    r"|new|greater|islands?|province|region|district|county|city|capital|territory|state|republic"
    r"|autonomous|metropolitan|federal|outer|inner|land|valley|coast|river|lake|mountains?)\b",
    re.IGNORECASE,
)
BRACKETS = re.compile(r"\s*\[([^\]]*)\]")
CODE_IN_BRACKETS = re.compile(r"\s*\b[A-Z]{2}-[A-Z0-9]{1,3}$")
INVERTED = re.compile(r"^([^,]+), (.+)$")
ENUMERATED = re.compile(r", .*\b(?:and|und|et|y|e)\b")
IN_PARENTHESES = re.compile(r"\s*\([^)]*\)$")
OFFICE_WORDS = re.compile(r"^(?:Autonome Region|Oblast|Republik) ")
WITH_ADDITION = re.compile(
    r"^(?P<head>.+?) (?P<link>(?:am|an|auf|bei|im|in|ob|unter|vor)(?: de[mrn])?)"
    r" (?P<thing>[^\s/()]+)$"
)
# How people write a saint: in German-speaking countries, and elsewhere.
SAINTS = ("Sankt", "Saint")
# CLDR still calls these countries' subdivisions what their codes meant before they were numbered
# anew (Iran 2020, Morocco 2015).
NUMBERED_ANEW = frozenset({"IR", "MA"})
GERMAN_SPEAKING = frozenset({"AT", "CH", "DE", "LI", "LU"})
ENGLISH_SPEAKING = frozenset({"GB", "IE"})
SHORTEST_OTHER = 4


def plain(name: str) -> str:
    """A name of the standard as people write it: no brackets, `Murcia, Región de` turned round."""
    bare = IN_PARENTHESES.sub("", BRACKETS.sub("", name)).rstrip("²").strip()
    inverted = INVERTED.match(bare)
    if inverted is None or ENUMERATED.search(bare):
        return bare
    return f"{inverted[2]} {inverted[1]}".strip()


def variants(name: str) -> tuple[str, ...]:
    """All that a name of the standard says: `Girona [Gerona]` → `Girona`, `Gerona`."""
    inside = [CODE_IN_BRACKETS.sub("", part).strip() for part in BRACKETS.findall(name)]
    bare = BRACKETS.sub("", name).strip()
    head = bare.split(",", 1)[0] if not ENUMERATED.search(bare) else bare
    return tuple(dict.fromkeys(part for part in (plain(name), head, *inside) if part))


def english_region(country: str, local: str, cldr: str) -> str:
    """The English name of a subdivision: CLDR's, else the standard's."""
    return plain(local) if country in NUMBERED_ANEW else plain(cldr) or plain(local)


def german_region(country: str, local: str, english: str, cldr: str, translated: str) -> str:
    """The German name of a subdivision, from the best source that has one.

    CLDR's German goes first, then the catalogue's translation. Without either, German-speaking
    countries keep the local name, others the English one unless it is made of English words.
    """
    if cldr:
        return cldr
    if translated and country not in ENGLISH_SPEAKING:
        return OFFICE_WORDS.sub("", plain(translated))
    if country in GERMAN_SPEAKING:
        return plain(local)
    if country in ENGLISH_SPEAKING or not ENGLISH_WORDS.search(english):
        return english
    return plain(local)


def spellings(name: str, country: str) -> tuple[str, ...]:
    """How people write a city's name too: `Offenbach/Main`, `Rothenburg o. d. T.`, `Sankt Ingbert`.

    The name itself is never among them.
    """
    saint = SAINTS[country not in GERMAN_SPEAKING]
    found = [re.sub(rf"\b{saint}\b", "St.", name), re.sub(r"\bSt\.?(?=[ -])", saint, name)]
    addition = WITH_ADDITION.match(name)
    if addition:
        head, thing = addition["head"], addition["thing"]
        link = " ".join(f"{word[0]}." for word in addition["link"].split())
        found += [f"{head}/{thing}", f"{head} {link} {thing}", f"{head} {link} {thing[0]}."]
    return tuple(dict.fromkeys(form for form in found if form != name))


def worth_keeping(other: str) -> bool:
    """Whether another name of a city is worth an entry: Latin letters, four at least, no code.

    Other scripts would double the index for visitors of a German and English site; of three letters
    are codes and words such as `der`, `bei`, `von`.
    """
    folded = fold_name(other)
    return (
        len(folded) >= SHORTEST_OTHER
        and folded.isascii()
        and not other.isupper()
        and not any(letter.isdigit() for letter in other)
    )
