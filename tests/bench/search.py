"""The search engine beside tantivy and SQLite FTS5, in one run: `python -m tests.bench search`.

Every engine holds the same listings and terms, and must find as many and count the same. Figures
are medians over different questions of one kind, each engine asked all of them in turn; ratios are
to tantivy and hold on a noisy machine. `BENCH_SEARCH` sets how many listings there are, by default
10000 and then 100000.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import zip_longest
from pathlib import Path
from random import Random
from typing import Any

from directory.kernel.text import fold, folded_words
from directory.search.analysis import loosely, wanted
from directory.search.documents import Document, Field
from directory.search.engines import Query
from directory.search.engines.whoosh_index import WhooshEngine
from directory.search.request import SearchRequest
from tests.bench.documents import documents
from tests.bench.figures import keep, mark

DAY = date(2026, 11, 23)
SIZES = os.environ.get("BENCH_SEARCH", "10000,100000")
QUESTIONS = 100
# SQLite takes long where many words and facets meet.
FTS5, FEWER = 2, 3
ROUNDS = 2
TARGETS = {
    "filter + sort": 0.2,
    "words + facets": 0.7,
    "words + facets, cold": 1.0,
    "completion": 0.1,
    "typing error": 0.6,
    "everything + facets": 0.05,
    "deep page": 0.05,
}


def main() -> None:
    """Measure each size, print, keep."""
    try:
        import tantivy  # noqa: F401
    except ImportError:
        print("search: skipped, tantivy is missing: uv pip install --group bench")
        return
    figures = {}
    for size in map(int, SIZES.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            figures[size] = run(Path(folder), list(documents(size, DAY)))
    keep("search", figures)


def run(folder: Path, held: Sequence[Document]) -> dict[str, dict[str, float]]:
    """Build all engines over the documents, ask them, print and return the figures."""
    engine = WhooshEngine(folder / "ours")
    if engine.is_missing():
        print(
            f"{len(held)} listings, built in {_seconds(lambda: engine.replace(held)):.1f} s,",
            end=" ",
        )
    print(f"opened in {_seconds(lambda: engine.generation):.2f} s")
    return Bench(engine, folder, held).figures()


class Bench:
    """The engines and the questions."""

    def __init__(self, engine: WhooshEngine, folder: Path, held: Sequence[Document]) -> None:
        from tests.bench.rivals import Fts5, Tantivy

        self.engine = engine
        opened = engine._open()
        self.finder, self.plane = opened.finder, opened.finder.plane
        by_id = {one.facts.id: one for one in held}
        valid = self.plane.valid_on(DAY.toordinal())
        ids = self.plane.columns["id"]
        self.seen = [by_id[ids.item(number)] for number in valid]
        self.rank = {one.facts.id: rank for rank, one in enumerate(self.seen)}
        came = sorted(self.seen, key=lambda one: one.facts.id)
        self.tantivy = Tantivy(folder / "tantivy", came, self.rank)
        self.fts5 = Fts5(folder / "fts5.sqlite", self.seen)
        self.chance = Random(1)

    def figures(self) -> dict[str, dict[str, float]]:
        """The table, printed as it grows."""
        print(f"{'case':<22}{'ours ms':>9}{'tantivy':>9}{'fts5':>9}{'ratio':>8}{'target':>8}")
        found = {}
        for name, asked in self.questions().items():
            cold, warm = self._measured(asked, fts5=name != "typing error")
            found |= {name: self._row(name, warm)}
            if f"{name}, cold" in TARGETS:
                found |= {f"{name}, cold": self._row(f"{name}, cold", cold)}
        return found

    def questions(self) -> dict[str, list[Any]]:
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
        lexicon = self.finder.matcher.lexicon
        found: list[str] = []
        while len(found) < QUESTIONS:
            word = self.chance.choice(folded_words(self._name()))
            if len(word) < 6:
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
                and fold(wrong) == wrong
                and not is_known
                and lexicon.word(frozenset(loosely(near))).within[-1] == bare
            ):
                found.append(wrong)
        return found

    def _name(self) -> str:
        return self.chance.choice(self.seen).facts.name

    def _measured(self, asked: list[Any], *, fts5: bool) -> tuple[list[list[float]], ...]:
        """Times by engine of the first round, each question new, and of the later ones."""
        self.finder.matcher.lexicon._kept.clear()
        engines: list[Callable[[Any], Any]] = [self.ours, self.tantivy.ask]
        engines += [self.fts5.ask] if fts5 else []
        as_ours = [(question.prefix, _query(question)) for question in asked]
        cold: list[list[float]] = [[] for _ in engines]
        warm: list[list[float]] = [[] for _ in engines]
        for turn in range(1 + ROUNDS):
            answers = []
            for at, ask in enumerate(engines):
                times = (warm if turn else cold)[at]
                some = asked[:FEWER] if at == FTS5 else asked if at else as_ours
                answers.append([_timed(ask, question, times) for question in some])
            if not turn:
                for question, *each in zip_longest(asked, *answers):
                    self._compare(question, [one for one in each if one is not None])
        return cold, warm

    def ours(self, question: tuple[str, Query]) -> Any:
        """Our answer to a question as our interface takes it."""
        prefix, query = question
        return self.engine.suggest(prefix, query, 8) if prefix else self.engine.find(query)

    def _compare(self, question: Any, answers: Sequence[Any]) -> None:
        """All engines must find as many, and in the order of rank the same, and count the same."""
        ours, *others = answers
        for other in others:
            if question.prefix:
                assert [self.rank[one] for one in ours] == list(other.first), question
                continue
            assert ours.total == other.total, question
            ids = [self.rank[one] for one in ours.listings.ids]
            assert question.words or question.mistyped or ids == list(other.first), question
            counts = {name: _without_zero(one) for name, one in (ours.counts or {}).items()}
            assert not question.counted or counts == other.counts, question

    def _row(self, name: str, times: list[list[float]]) -> dict[str, float]:
        ours, tantivy, *fts5 = [statistics.median(one) * 1000 for one in times]
        last = f"{fts5[0]:>9.3f}" if fts5 else f"{'-':>9}"
        ratio = ours / tantivy
        print(f"{name:<22}{ours:>9.4f}{tantivy:>9.4f}{last}{ratio:>8.3f}{TARGETS[name]:>8}"
              f"  {mark(ratio, TARGETS[name])}")  # fmt: skip
        return {"ms": ours, "tantivy": tantivy, "fts5": fts5[0] if fts5 else 0, "ratio": ratio}


def _query(question: Any) -> Query:
    from tests.bench.rivals import FACETS, SIZE

    facets: Iterable[str] = FACETS if question.counted else ()
    words = " ".join(word.word for word in question.words) or question.mistyped
    asked = {name: (value,) for name, value in question.filters.items()}
    page = 1 + question.offset // SIZE
    return Query(SearchRequest(q=words, page=page, **asked), DAY, facets=tuple(facets))


def _without_zero(counts: Any) -> dict[str, int]:
    return {value: count for value, count in counts.items() if count}


def _timed(ask: Callable[[Any], Any], question: Any, times: list[float]) -> Any:
    began = time.perf_counter()
    answer = ask(question)
    times.append(time.perf_counter() - began)
    return answer


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
