"""What phrases name: a service or area, an industry, a tier, a package, a credential.

A phrase is looked up as its folded words run together, so that `web design`, `Web-Design` and
`Webdesign` are one; then by the words' stems, German and English, and without the end of a
compound that adds nothing (`SEO-Agentur`, `Bankenbranche`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import takewhile

from directory.kernel.policy import Tier
from directory.kernel.text import fold, folded_words
from directory.search.analysis import BOTH, MARKS, STEMMERS
from directory.search.vocabulary import compound_ends, function_words, synonyms
from directory.taxonomy import queries as taxonomy
from directory.taxonomy.queries import Term

LANGUAGES = ("en", "de")
SHORTEST_STEMMED = 4
# A stem that takes more than this off says another thing (`marketing`, `market`).
LONGEST_ENDING = 2
SHORTEST_HEAD = 2
PHRASES_KEPT = 8192
LINKS = ("", "s", "n", "en", "es")
AUDIENCE_BEFORE = frozenset(map(fold, ("for", "für", "branche", "industry", "sector", "sektor")))
AUDIENCE_AFTER = frozenset(
    map(fold, ("branche", "industry", "sector", "sektor", "companies", "clients", "kunden"))
)
CREDENTIAL_WORDS = frozenset(
    map(
        fold,
        (
            *("accreditation", "accreditations", "accredited", "akkreditierung", "akkreditiert"),
            *("certification", "certifications", "certificate", "zertifizierung", "zertifikat"),
            *("zertifizierungen", "akkreditierungen", "nachweis", "credential"),
        ),
    )
)


@dataclass(frozen=True)
class Named:
    """A value of a facet.

    wider: the area that has the same name as this service, else empty; also: further services that
    people call so.
    """

    facet: str
    value: str
    wider: str = ""
    also: tuple[str, ...] = ()


def named(
    words: Sequence[str], before: Sequence[str] = (), after: Sequence[str] = ()
) -> Named | None:
    """What folded words name between the words before and the words after.

    Small words inside do not count; at the ends they are not part of a name.
    """
    if not words or words[0] in function_words() or words[-1] in function_words():
        return None
    if _is_audience(before, after):
        audience = _audiences().exact.get(_joined(words))
        if audience:
            return audience
    return _plainly(tuple(words))


@lru_cache(maxsize=PHRASES_KEPT)
def _plainly(words: tuple[str, ...]) -> Named | None:
    """Kept, since a query is read again with each of its mistyped words mended."""
    return _looked_up(_phrases(), words) or _credential(words)


@cache
def phrase_words() -> frozenset[str]:
    """The folded words of all phrases, as candidates for a mistyped one."""
    return frozenset(word for words, _ in _spoken() for word in words)


def _is_audience(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether what stands between is for whom a service is (`CRM for agencies`)."""
    if after and after[0] in AUDIENCE_AFTER:
        return True
    if not before or before[-1] not in AUDIENCE_BEFORE:
        return False
    earlier = (named((word,)) for word in before if word)
    return any(one is not None and one.facet == "service" for one in earlier)


def _looked_up(known: Known, words: Sequence[str]) -> Named | None:
    key = _joined(words)
    found = known.exact.get(key) or known.stemmed(words)
    return found or _without_end(known, key)


@lru_cache(maxsize=4096)
def _heads(key: str) -> tuple[str, ...]:
    """What may stand before the end of a compound: `bankenbranche` → `banken`, `banke`, `bank`."""
    heads: list[str] = []
    if not key.endswith(compound_ends()):
        return ()
    for end in compound_ends():
        head = key.removesuffix(end)
        if head != key:
            heads += [head.removesuffix(link) for link in LINKS if head.endswith(link)]
    return tuple(head for head in heads if len(head) >= SHORTEST_HEAD)


def _without_end(known: Known, key: str) -> Named | None:
    return next((known.exact[head] for head in _heads(key) if head in known.exact), None)


def _credential(words: Sequence[str]) -> Named | None:
    """A credential where a word beside its name says that one is meant."""
    said = [word for word in words if word not in CREDENTIAL_WORDS]
    if len(said) == len(words) or not said:
        return None
    slug = _credentials().get(_joined(said))
    return Named("credential", slug) if slug else None


class Known:
    """Phrases by their folded words run together, and by the stems of these."""

    def __init__(self, phrases: Iterable[tuple[tuple[str, ...], Named]]) -> None:
        self.exact: dict[str, Named] = {}
        self.stems: dict[str, tuple[Named, tuple[str, ...]]] = {}
        for words, one in phrases:
            self.exact.setdefault(_joined(words), one)
            for key in _stem_keys(words):
                self.stems.setdefault(key, (one, _telling(words)))

    def stemmed(self, words: Sequence[str]) -> Named | None:
        """By stems in one of the languages, if what differs is an ending."""
        for key in _stem_keys(words):
            found = self.stems.get(key)
            if found and _differ_in_endings(found[1], _telling(words)):
                return found[0]
        return None


def _differ_in_endings(some: Sequence[str], others: Sequence[str]) -> bool:
    """`Einführung`, `Einführungen`; not `development`, `developers`, which share a stem too."""
    return len(some) == len(others) and all(
        len(_shared(one, other)) >= max(len(one), len(other)) - LONGEST_ENDING
        for one, other in zip(some, others, strict=True)
    )


def _shared(one: str, other: str) -> list[tuple[str, str]]:
    """The letters that both begin with."""
    return list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _telling(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in function_words())


def _joined(words: Iterable[str]) -> str:
    return "".join(_telling(words))


def _stem_keys(words: Sequence[str]) -> Iterator[str]:
    for language in BOTH:
        yield MARKS[language] + "".join(_stem(word, language) for word in _telling(words))


@lru_cache(maxsize=16384)
def _stem(word: str, language: str) -> str:
    return word if len(word) < SHORTEST_STEMMED else str(STEMMERS[language].stemWord(word))


@cache
def _phrases() -> Known:
    return Known(_spoken())


@cache
def _audiences() -> Known:
    return Known(
        (tuple(folded_words(text)), Named("industry", said.value))
        for said in synonyms()
        if said.facet == "audience"
        for text in said.words
    )


@cache
def _spoken() -> tuple[tuple[tuple[str, ...], Named], ...]:
    """All phrases, the first to name something going first: names, then synonyms.

    Names of services go before those of areas: an area that shares a name with a service means
    that service by its other name too, and is what is meant in a wider sense.
    """
    found = [*_services(), *_others()]
    found += [pair for term in taxonomy.services().values() for pair in _synonyms(term)]
    found += [(tuple(folded_words(text)), one) for text, one in _own().items()]
    return tuple((words, one) for words, one in found if _joined(words))


def _own() -> dict[str, Named]:
    """The project's own synonyms; one that is there for several services means all of them."""
    found: dict[str, Named] = {}
    for said in synonyms():
        for text in said.words if said.facet != "audience" else ():
            known = found.get(text)
            one = _service(said.value) if said.facet == "service" else Named(said.facet, said.value)
            found[text] = replace(known, also=(*known.also, said.value)) if known else one
    return found


@cache
def _namesakes() -> dict[str, str]:
    """The areas that share a name with a service, by its slug."""
    narrow = {
        _joined(words): term.slug
        for term in reversed(taxonomy.services().values())
        for words in _names(term)
    }
    found = {}
    for area in taxonomy.areas().values():
        same = next((narrow[key] for key in map(_joined, _names(area)) if key in narrow), None)
        if same:
            found[same] = area.slug
    return found


def _service(slug: str) -> Named:
    return Named("service", slug, _namesakes().get(slug, ""))


def _services() -> Iterator[tuple[tuple[str, ...], Named]]:
    same = {area: slug for slug, area in _namesakes().items()}
    areas: dict[str, Named] = {}
    for area in taxonomy.areas().values():
        meant = _service(same.get(area.slug, area.slug))
        areas |= {_joined(words): meant for words in _names(area)}
        yield from ((words, meant) for words in _names(area))
    for term in taxonomy.services().values():
        for words in _names(term):
            yield words, areas.get(_joined(words), Named("service", term.slug))


def _others() -> Iterator[tuple[tuple[str, ...], Named]]:
    for tier in Tier:
        yield (fold(tier.value),), Named("tier", tier.value)
    for term in taxonomy.industries().values():
        # One word such as `Recht` or `Media` is too little; those that do are synonyms.
        yield from ((w, Named("industry", term.slug)) for w in _names(term) if len(w) > 1)


def _names(term: Term) -> list[tuple[str, ...]]:
    return [tuple(folded_words(term.name(language))) for language in LANGUAGES]


def _synonyms(term: Term) -> Iterator[tuple[tuple[str, ...], Named]]:
    for language in LANGUAGES:
        for text in term.synonyms.get(language, ()):
            yield tuple(folded_words(text)), _service(term.slug)


@cache
def _credentials() -> dict[str, str]:
    return {
        _joined(words): term.slug
        for term in taxonomy.credentials().values()
        for words in _names(term)
    }
