"""The search engine beside tantivy and SQLite FTS5, in one run: `python -m tests.bench search`.

Every engine holds the same listings and terms, and must find as many and count the same. Figures
are milliseconds of processor time: medians over different questions of one kind, each asked by all
engines in turn in several rounds, of which the least counts; `cold` is the first round alone.
Ratios are to tantivy and hold on a noisy machine. `BENCH_SEARCH` sets how many listings there are,
by default 10000 and then 100000.
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
from typing import Any

from directory.search.documents import Document
from directory.search.engines import Query
from directory.search.engines.whoosh_index import WhooshEngine
from directory.search.request import SearchRequest
from tests.bench.documents import documents
from tests.bench.figures import keep, mark
from tests.bench.questions import Questions

DAY = date(2026, 11, 23)
SIZES = os.environ.get("BENCH_SEARCH", "10000,100000")
# SQLite takes long where many words and facets meet.
FTS5, FEWER = 2, 3
ROUNDS = 5
TARGETS = {
    "filter + sort": 0.2,
    "filter + sort, cold": None,
    "words + facets": 0.7,
    "words + facets, cold": 1.0,
    "completion": 0.1,
    "completion, cold": None,
    "typing error": 0.6,
    "typing error, cold": None,
    "everything + facets": 0.05,
    "deep page": 0.05,
}


def main() -> None:
    """Measure each size, print, keep."""
    try:
        import tantivy  # noqa: F401
    except ImportError:
        print("search: skipped, tantivy is missing; `make bench` installs it")
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

    def figures(self) -> dict[str, dict[str, float]]:
        """The table, printed as it grows."""
        print(f"{'case':<22}{'ours ms':>9}{'tantivy':>9}{'fts5':>9}{'ratio':>8}{'target':>8}")
        found = {}
        for name, asked in Questions(self.finder, self.seen).drawn().items():
            cold, warm = self._measured(asked, fts5=name != "typing error")
            found |= {name: self._row(name, warm)}
            if f"{name}, cold" in TARGETS:
                found |= {f"{name}, cold": self._row(f"{name}, cold", cold)}
        return found

    def _measured(self, asked: list[Any], *, fts5: bool) -> tuple[list[list[float]], ...]:
        """Seconds by engine and question: of the first round, and the least of the later ones."""
        # Opened anew, so that nothing is known of earlier questions.
        self.engine._opened = None
        assert self.engine.generation
        engines: list[Callable[[Any], Any]] = [self.ours, self.tantivy.ask]
        engines += [self.fts5.ask] if fts5 else []
        as_ours = [(question.prefix, _query(question)) for question in asked]
        rounds: list[list[list[float]]] = [[] for _ in engines]
        for turn in range(1 + ROUNDS):
            answers = []
            for at, ask in enumerate(engines):
                some = asked[:FEWER] if at == FTS5 else asked if at else as_ours
                given = [_timed(ask, question) for question in some]
                answers.append([answer for answer, _ in given])
                rounds[at].append([seconds for _, seconds in given])
            if not turn:
                for question, *each in zip_longest(asked, *answers):
                    self._compare(question, [one for one in each if one is not None])
        return [one[0] for one in rounds], [list(map(min, *one[1:])) for one in rounds]

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
        print(f"{name:<22}{ours:>9.4f}{tantivy:>9.4f}{last}{ratio:>8.3f}{TARGETS[name] or '':>8}"
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


def _timed(ask: Callable[[Any], Any], question: Any) -> tuple[Any, float]:
    """The answer, and the processor time that it took in seconds."""
    began = time.process_time()
    answer = ask(question)
    return answer, time.process_time() - began


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
