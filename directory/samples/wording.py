"""Names and texts of generated organisations, with word frequencies like those of real ones."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from directory.geography.places import City
from directory.samples.weighted import skewed
from directory.taxonomy import queries as taxonomy

SLOT = re.compile(r"\{(\w+)\}")
ARTICLE = re.compile(r"\b([Aa]) (?=[aeio])")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
SHORTEST, LONGEST = 45, 200
SHARE_WRITTEN = 0.5
SENTENCES_IN_PARAGRAPH = 3


@dataclass(frozen=True)
class Subject:
    """What the texts of one organisation speak of; services and industries are slugs."""

    name: str
    head_office: City
    founded: int
    services: tuple[str, ...]
    industries: tuple[str, ...]


Template = tuple[str, ...]
Filler = Callable[[Subject, Random, str], str]


def data(name: str) -> Any:
    """A JSON file of the samples' data."""
    return json.loads((files(__package__) / "data" / f"{name}.json").read_text(encoding="utf-8"))


def company(chance: Random, country: str, surnames: list[str]) -> str:
    """A name as such a country's companies have it; one of millions."""
    words, spoken = vocabulary(), _tables()["roots"].get(country, "en")
    legal = chance.choice(words["legal"].get(country, [""]))
    if chance.random() < 0.12:
        pair = f"{chance.choice(surnames)} & {chance.choice(surnames)}"
        return f"{pair} {_craft(chance, spoken)} {legal}".rstrip()
    root = chance.choice(words["roots"][spoken])
    tail = chance.choice(words["tails"].get(spoken, words["roots"][spoken]))
    joint = "" if spoken in words["tails"] else " "
    return f"{root}{joint}{tail} {_craft(chance, spoken)} {legal}".rstrip()


def tagline(subject: Subject, chance: Random, language: str) -> str:
    """One line, mostly of the organisation's services and industries."""
    return _fill(chance.choice(_templates(language, "taglines")), subject, chance, language)


def description(subject: Subject, chance: Random, language: str, length: int) -> str:
    """Paragraphs of at least `length` characters, a few more at most by one sentence."""
    paragraphs: list[list[str]] = [[]]
    written = 0
    while written < length:
        if len(paragraphs[-1]) == SENTENCES_IN_PARAGRAPH:
            paragraphs.append([])
        sentence = _sentence(subject, chance, language)
        paragraphs[-1].append(sentence)
        written += len(sentence) + 1
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)


@cache
def vocabulary() -> dict[str, Any]:
    """Word lists for names, taglines and sentences."""
    words: dict[str, Any] = data("vocabulary")
    return words


def _sentence(subject: Subject, chance: Random, language: str) -> str:
    if chance.random() < SHARE_WRITTEN:
        return chance.choice(_written(language))
    return _fill(chance.choice(_templates(language, "sentences")), subject, chance, language)


def _fill(template: Template, subject: Subject, chance: Random, language: str) -> str:
    """The template as a sentence; its literal parts and slots alternate."""
    parts = list(template)
    for place in range(1, len(parts), 2):
        parts[place] = FILLERS[parts[place]](subject, chance, language)
    text = "".join(parts)
    text = text[0].upper() + text[1:]
    return ARTICLE.sub(r"\1n ", text) if language == "en" else text


@cache
def _templates(language: str, kind: str) -> list[Template]:
    source = vocabulary()["taglines"][language]
    if kind == "sentences":
        source = vocabulary()["words"][language]["sentences"]
    return [tuple(SLOT.split(text)) for text in source]


@cache
def _written(language: str) -> list[str]:
    """Sentences of the hand-written samples that would suit anybody, in a mixed order."""
    text = (files(__package__) / "data" / "organisations.jsonl").read_text(encoding="utf-8")
    found: dict[str, None] = {}
    for line in text.splitlines():
        story = json.loads(line)["description"].get(language, "")
        for sentence in SENTENCE_END.split(story.replace("\n", " ")):
            plain = not any(c.isdigit() or c in '„“":-' for c in sentence)
            if plain and SHORTEST <= len(sentence) <= LONGEST:
                found[sentence] = None
    sentences = list(found)
    Random(0).shuffle(sentences)
    return sentences


@cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = data("distributions")
    return tables


def _craft(chance: Random, spoken: str) -> str:
    return str(skewed(vocabulary()["crafts"]["de" if spoken == "de" else "en"], chance))


def _word(kind: str) -> Filler:
    def fill(_: Subject, chance: Random, language: str) -> str:
        return str(skewed(vocabulary()["words"][language][kind], chance))

    return fill


def _plural(_: Subject, chance: Random, language: str) -> str:
    noun = str(skewed(vocabulary()["words"][language]["noun"], chance))
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def _service(place: int, *, opening: bool) -> Filler:
    def fill(subject: Subject, _: Random, language: str) -> str:
        slug = subject.services[place % len(subject.services)]
        name = taxonomy.services()[slug].name(language)
        acronym = name[1:2].isupper() or not name[1:2].isalpha()
        return name if opening or language == "de" or acronym else name[0].lower() + name[1:]

    return fill


def _industry(place: int) -> Filler:
    def fill(subject: Subject, _: Random, language: str) -> str:
        slugs = subject.industries or tuple(taxonomy.industries())
        term = taxonomy.industries()[slugs[place % len(slugs)]]
        return term.de if language == "de" else term.en.replace(" and SaaS", "").lower()

    return fill


def _product(_: Subject, chance: Random, __: str) -> str:
    parts = vocabulary()["product"]
    return "".join(chance.choice(parts[part]) for part in ("onset", "middle", "coda"))


FILLERS: dict[str, Filler] = {
    **{kind: _word(kind) for kind in ("noun", "verb", "adj", "role")},
    "Adj": lambda s, c, lang: _word("adj")(s, c, lang).capitalize(),
    "Role": lambda s, c, lang: _word("role")(s, c, lang).capitalize(),
    "nouns": _plural,
    "Service": _service(0, opening=True),
    "service": _service(0, opening=False),
    "service2": _service(1, opening=False),
    "industry": _industry(0),
    "industry2": _industry(1),
    "city": lambda s, _, lang: s.head_office.name(lang),
    "Name": lambda s, _, __: s.name,
    "Product": _product,
    "product": _product,
    "year": lambda s, _, __: str(s.founded),
    "number": lambda _, c, __: str(c.choice((3, 5, 8, 10, 12, 15))),
    "number2": lambda _, c, __: str(c.choice((40, 60, 80, 120, 200, 350))),
}
