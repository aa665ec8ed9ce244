"""Questions for the engines: of each kind many different ones, drawn from what the listings say."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

from directory.kernel.text import fold, folded_words
from directory.search.analysis import loosely, wanted
from directory.search.documents import Document, Field
from directory.search.engines.finding import Finder

if TYPE_CHECKING:
    from tests.bench.rivals import Question

QUESTIONS = 100


class Questions:
    """Draws questions; seen: the documents that may be found, in the order of rank."""

    def __init__(self, finder: Finder, seen: Sequence[Document]) -> None:
        self.plane = finder.plane
        self.lexicon = finder.matcher.lexicon
        self.seen = seen
        self.chance = Random(1)

    def drawn(self) -> dict[str, list[Question]]:
        """Of each kind many different ones."""
        from tests.bench.rivals import Question

        some = range(QUESTIONS)
        last = len(self.seen) // 20
        filtered = [self._filters() for _ in some]
        return {
            "filter + sort": [Question(filters=one) for one in filtered],
            "words + facets": [
                Question(
                    words=wanted(self._two_words()),
                    filters={"service": self._filters()["service"]},
                    counted=True,
                )
                for _ in some
            ],
            "completion": [Question(prefix=one) for one in self._beginnings()],
            "typing error": [Question(mistyped=one) for one in self._mistyped()],
            "everything + facets": [Question(counted=True)] * 20,
            "deep page": [
                Question(offset=20 * self.chance.randint(last // 2, last - 1)) for _ in some
            ],
        }

    def _filters(self) -> dict[str, str]:
        """A service and a country of some listing, so that what many have is often asked for."""
        facts = self.chance.choice(self.seen).facts
        return {"service": self.chance.choice(facts.service), "country": facts.offices[0].country}

    def _two_words(self) -> str:
        """Two of one listing, each of which between one in a hundred and one in four has."""
        terms, least = self.plane.segments[0].terms, len(self.seen) // 100
        while True:
            document = self.chance.choice(self.seen)
            words = [one for one in document.terms[Field.DESCRIPTION] if one.isalpha()]
            common = []
            for word in set(self.chance.sample(words, min(len(words), 20))):
                posting = terms.posting(word)
                if posting and least <= len(posting.numbers) <= 25 * least and len(word) > 3:
                    common.append(word)
            if len(common) > 1:
                return " ".join(self.chance.sample(common, 2))

    def _beginnings(self) -> list[str]:
        """The first two to five letters of a word of a name."""
        words = [self.chance.choice(folded_words(self._name())) for _ in range(QUESTIONS)]
        return [
            word[: self.chance.randint(2, 5)] for word in words if word.isalpha() and len(word) > 1
        ]

    def _mistyped(self) -> list[str]:
        """Words of names with a letter missing, wrong, or two swapped, that mean one thing only.

        Not those whose other inflections somebody has: only we would find these.
        """
        lexicon = self.lexicon
        found: list[str] = []
        while len(found) < QUESTIONS:
            word = self.chance.choice(folded_words(self._name()))
            # Of those with d and e tantivy would take a stem's mark (`d:`, `e:`) for the error.
            if len(word) < 6 or word[0] in "de":
                continue
            at = self.chance.randrange(1, len(word) - 2)
            middle = self.chance.choice(["", "x" + word[at + 1], word[at + 1] + word[at]])
            wrong = word[:at] + middle + word[at + (2 if middle else 1) :]
            near = lexicon.one_error_away(wrong)
            bare = lexicon.word(frozenset(near)).within[-1]
            is_known = lexicon.word(frozenset(loosely([wrong]))).within[-1]
            is_known = is_known or lexicon.beginning(wrong)
            if (
                near
                and wrong[0] not in "de"
                and fold(wrong) == wrong
                and not is_known
                and lexicon.word(frozenset(loosely(near))).within[-1] == bare
            ):
                found.append(wrong)
        return found

    def _name(self) -> str:
        return self.chance.choice(self.seen).facts.name
