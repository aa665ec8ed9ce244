"""tantivy and SQLite FTS5 with the same listings, facets and analysed terms as our own index.

They hold only what may be seen, and need not look whether a listing is valid. tantivy takes the
listings in the order in which they came, as we do, SQLite in the order of rank.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tantivy

from directory.kernel.text import folded_words
from directory.search.analysis import Wanted
from directory.search.documents import Document, Facts, Field
from directory.taxonomy import queries as taxonomy

FACETS = ("service", "tier", "industry", "language", "country", "package")
SIZE = 20
VALUES_MOST = 65_000
MUST, SHOULD = tantivy.Occur.Must, tantivy.Occur.Should
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Question:
    """What all engines are asked; `mistyped` is one word, `prefix` the beginning of a name's."""

    words: tuple[Wanted, ...] = ()
    filters: dict[str, str] = field(default_factory=dict)
    mistyped: str = ""
    prefix: str = ""
    offset: int = 0
    counted: bool = False


@dataclass(frozen=True)
class Answer:
    """How many are found, the places of the first ones in the order of rank, and counts."""

    total: int
    first: Sequence[int] = ()
    counts: Counts | None = None


def values(facts: Facts) -> dict[str, set[str]]:
    """The values of the facets."""
    areas = {taxonomy.services()[slug].area for slug in facts.service}
    return {
        "service": {*facts.service, *areas},
        "tier": {facts.tier or "none"},
        "industry": set(facts.industry),
        "language": set(facts.language),
        "country": {spot.country for spot in facts.offices},
        "package": {facts.package or "none"},
    }


class Tantivy:
    """tantivy, one segment, facets and rank as fast fields."""

    def __init__(
        self, folder: Path, documents: Iterable[Document], ranks: Mapping[int, int]
    ) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("rank", stored=False, indexed=True, fast=True)
        for facet in FACETS:
            builder.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
        for name in ("words", "names"):
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        self.schema = builder.build()
        is_new = not folder.exists()
        folder.mkdir(exist_ok=True)
        self.index = tantivy.Index(self.schema, str(folder))
        if is_new:
            self._fill(documents, ranks)
        self.searcher = self.index.searcher()

    def _fill(self, documents: Iterable[Document], ranks: Mapping[int, int]) -> None:
        writer = self.index.writer(heap_size=1_000_000_000, num_threads=1)
        for document in documents:
            writer.add_document(self._document(ranks[document.facts.id], document))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def _document(self, rank: int, document: Document) -> tantivy.Document:
        found = tantivy.Document()
        # The greatest first is the order in which fast fields are quickest.
        found.add_integer("rank", -rank)
        for facet, names in values(document.facts).items():
            for name in names:
                found.add_text(facet, name)
        found.add_text("words", " ".join(term for one in Field for term in document.terms[one]))
        found.add_text("names", " ".join(folded_words(document.facts.name)))
        return found

    def ask(self, question: Question) -> Answer:
        query = self._query(question, question.filters)
        by_score = bool(question.words or question.mistyped)
        order = None if by_score else "rank"
        size = 8 if question.prefix else SIZE
        found = self.searcher.search(query, size, order_by_field=order, offset=question.offset)
        first = [] if by_score else [-rank for rank, _ in found.hits]
        counts = self._counts(question, query) if question.counted else None
        return Answer(found.count, first, counts)

    def _counts(self, question: Question, query: Any) -> Counts:
        """A facet's own filter is left out of its counts."""
        free = [facet for facet in FACETS if facet not in question.filters]
        counts = self._aggregated(query, free)
        for facet in question.filters:
            others = {name: one for name, one in question.filters.items() if name != facet}
            counts |= self._aggregated(self._query(question, others), [facet])
        return counts

    def _aggregated(self, query: Any, facets: list[str]) -> Counts:
        asked = {one: {"terms": {"field": one, "size": VALUES_MOST}} for one in facets}
        found = self.searcher.aggregate(query, asked)
        return {
            one: {bucket["key"]: bucket["doc_count"] for bucket in found[one]["buckets"]}
            for one in facets
        }

    def _query(self, question: Question, filters: dict[str, str]) -> Any:
        parts = [self._term(facet, value) for facet, value in filters.items()]
        parts += [self._word(word) for word in question.words]
        if question.mistyped:
            parts.append(tantivy.Query.fuzzy_term_query(self.schema, "words", question.mistyped))
        if question.prefix:
            fuzzy = tantivy.Query.fuzzy_term_query
            parts.append(fuzzy(self.schema, "names", question.prefix, distance=0, prefix=True))
        return _joined(MUST, parts) if parts else tantivy.Query.all_query()

    def _word(self, word: Wanted) -> Any:
        ways = [
            _joined(MUST, [_joined(SHOULD, [self._term("words", t) for t in ts]) for ts in way])
            for way in word.ways
        ]
        return _joined(SHOULD, ways)

    def _term(self, name: str, value: str) -> Any:
        return tantivy.Query.term_query(
            self.schema, name, value, "basic" if name in FACETS else "freq"
        )


def _joined(occur: Any, parts: list[Any]) -> Any:
    joined = [(occur, part) for part in parts]
    return parts[0] if len(parts) == 1 else tantivy.Query.boolean_query(joined)


class Fts5:
    """SQLite: words in FTS5, facets in a table with indexes, row numbers in the order of rank."""

    def __init__(self, path: Path, documents: Iterable[Document]) -> None:
        self.db = sqlite3.connect(path)
        self.db.executescript(
            """
            CREATE VIRTUAL TABLE words USING fts5(
              terms, content='', detail=none, tokenize="unicode61 tokenchars ':'''");
            CREATE VIRTUAL TABLE names USING fts5(
              name, content='', detail=none, prefix='2 3 4', tokenize="unicode61 tokenchars ''''");
            CREATE TABLE facts (listing INTEGER, facet TEXT, value TEXT);
            CREATE TABLE listings (id INTEGER PRIMARY KEY);
            """
        )
        for rank, document in enumerate(documents, 1):
            words = " ".join(term for one in Field for term in document.terms[one])
            self.db.execute("INSERT INTO words(rowid, terms) VALUES (?, ?)", (rank, words))
            name = " ".join(folded_words(document.facts.name))
            self.db.execute("INSERT INTO names(rowid, name) VALUES (?, ?)", (rank, name))
            self.db.execute("INSERT INTO listings VALUES (?)", (rank,))
            pairs = [(rank, f, v) for f, vs in values(document.facts).items() for v in vs]
            self.db.executemany("INSERT INTO facts VALUES (?, ?, ?)", pairs)
        self.db.executescript(
            """
            INSERT INTO words(words) VALUES ('optimize');
            INSERT INTO names(names) VALUES ('optimize');
            CREATE UNIQUE INDEX by_value ON facts (facet, value, listing);
            CREATE INDEX by_listing ON facts (listing, facet, value);
            ANALYZE;
            """
        )
        self.db.commit()

    def ask(self, question: Question) -> Answer:
        """Without what it has not: typing errors."""
        where, given = self._where(question, question.filters)
        size = 8 if question.prefix else SIZE
        table = "words" if question.words else "names" if question.prefix else "listings"
        row = "id" if table == "listings" else "rowid"
        order = "bm25(words)" if question.words else row
        page = f"SELECT {row} FROM {table} WHERE {where} ORDER BY {order} LIMIT {size} OFFSET ?"  # noqa: S608
        first = [rank - 1 for (rank,) in self.db.execute(page, (*given, question.offset))]
        count = f"SELECT count(*) FROM {table} WHERE {where}"  # noqa: S608
        total = self.db.execute(count, given).fetchone()[0]
        counts = self._counts(question, table, row) if question.counted else None
        return Answer(total, [] if question.words else first, counts)

    def _counts(self, question: Question, table: str, row: str) -> Counts:
        free = [facet for facet in FACETS if facet not in question.filters]
        counts = self._grouped(question, table, row, question.filters, free)
        for facet in question.filters:
            others = {name: one for name, one in question.filters.items() if name != facet}
            counts |= self._grouped(question, table, row, others, [facet])
        return counts

    def _grouped(
        self, question: Question, table: str, row: str, filters: dict[str, str], facets: list[str]
    ) -> Counts:
        where, given = self._where(question, filters)
        if filters or question.words:
            hits = f"WITH hits(listing) AS MATERIALIZED (SELECT {row} FROM {table} WHERE {where})"  # noqa: S608
            join = "hits CROSS JOIN facts USING (listing)"
        else:
            hits, join = "", "facts"
        marks = ", ".join("?" for _ in facets)
        text = f"{hits} SELECT facet, value, count(*) FROM {join} WHERE facet IN ({marks})"  # noqa: S608
        counts: Counts = {facet: {} for facet in facets}
        for facet, value, count in self.db.execute(f"{text} GROUP BY 1, 2", (*given, *facets)):
            counts[facet][value] = count
        return counts

    def _where(self, question: Question, filters: dict[str, str]) -> tuple[str, tuple[str, ...]]:
        row = "rowid" if question.words or question.prefix else "id"
        parts, given = ["1"], []
        for pair in filters.items():
            parts.append(f"{row} IN (SELECT listing FROM facts WHERE facet = ? AND value = ?)")  # noqa: S608
            given += pair
        if question.words:
            parts.append("words MATCH ?")
            given.append(" AND ".join(f"({_match(word)})" for word in question.words))
        if question.prefix:
            parts.append("names MATCH ?")
            given.append(f'"{question.prefix}"*')
        return " AND ".join(parts), tuple(given)


def _match(word: Wanted) -> str:
    ways = [
        " AND ".join("(" + " OR ".join(f'"{term}"' for term in sorted(ts)) + ")" for ts in way)
        for way in word.ways
    ]
    return " OR ".join(f"({way})" for way in ways)
