"""State: what a register feed says now, subject by subject, in a private SQLite file of its own.

Derived: the truth is the chain of patches (see `chain`), and the file is brought up to it, or made again from it,
whenever it is opened. It exists so that a run costs what is new, not what is there, and so that memory stays the
same however much a feed says. It lies in the private folder: a feed says what may never be public.

    subject      IRI → its row (see `row`), its class, how many statements hold
    link         object → subjects that point at it by a predicate on which publication depends (`LINKS`)
    dirty        what the rows become at the end of the run that is open (`staged`)
    incoming     the lines of a dump before they are sorted by subject
    total        per class: subjects and statements that hold; what the gate holds back
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from belfort import rdf
from belfort.records.database import chunks
from publisher.register import row
from publisher.register.row import Row
from shapes import policy

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS subject (iri TEXT PRIMARY KEY, class TEXT, triples INTEGER, body TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS link (object TEXT, subject TEXT, PRIMARY KEY (object, subject)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dirty (iri TEXT PRIMARY KEY, gone INTEGER, body TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS incoming (iri TEXT, line TEXT);
CREATE TABLE IF NOT EXISTS total (kind TEXT, name TEXT, amount INTEGER, PRIMARY KEY (kind, name)) WITHOUT ROWID;
"""
_CACHE_KIB = 65_536
VERSION = "1"


def links() -> frozenset[str]:
    """The predicates (terms) through which the publication of one subject decides about another.

    Who points at a subject by one of these must be at hand when the gate judges it: it must be pointed at to be public
    (`only_with`), or belongs to the one that points (`owning`).
    """
    rules = policy.register()
    asked = {p for rule in rules.rules for names, _ in rule.only_with for p in names}
    return frozenset(f"<{p}>" for p in asked | rules.owning)


class State:
    """The open file; `position` is the submission up to which it follows the chain, 0 for none."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = path
        self.links = links()
        self._last: dict[str, Row] = {}
        self._taken = (0, "")
        self._db = sqlite3.connect(path, isolation_level=None)
        try:
            self._open()
        except BaseException:
            self._db.close()
            raise

    def _open(self) -> None:
        self._db.execute("PRAGMA page_size = 8192")
        self._db.execute("PRAGMA journal_mode = TRUNCATE")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._db.execute("PRAGMA temp_store = FILE")
        self._db.executescript(SCHEMA)
        rules = json.dumps([VERSION, sorted(self.links)])
        if self.fact("rules") not in ("", rules):
            self.clear()
        self._db.execute("BEGIN IMMEDIATE")
        self.note("rules", rules)

    def close(self) -> None:
        """Forget what was not committed."""
        self._db.close()

    def commit(self) -> None:
        """Keep everything up to here."""
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    def rollback(self) -> None:
        """Forget what was staged or put since the last commit."""
        self._last = {}
        self._db.execute("ROLLBACK")
        self._db.execute("BEGIN IMMEDIATE")

    def clear(self) -> None:
        """Say nothing."""
        self._last = {}
        for table in ("meta", "subject", "link", "dirty", "incoming", "total"):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours

    def fact(self, name: str) -> str:
        """A fact about the whole file, "" when it is not known."""
        found = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def note(self, name: str, value: str) -> None:
        """Note a fact about the whole file."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    @property
    def position(self) -> int:
        """The submission up to which this follows the chain."""
        return int(self.fact("position") or 0)

    @property
    def floor(self) -> str:
        """The moment of the newest dump: nothing before it counts any more."""
        return self.fact("floor")

    def rows(self, iris: Iterable[str]) -> dict[str, Row]:
        """IRI → what is said about it, for those that something was ever said about."""
        wanted = set(iris)
        found = {iri: dict(self._last[iri]) for iri in wanted & self._last.keys()}
        return found | {iri: row.read(body) for iri, body in self._bodies("subject", wanted - found.keys())}

    def staged(self, iris: Iterable[str]) -> dict[str, Row]:
        """The same at the end of the run that is open."""
        wanted = sorted(set(iris))
        found = {iri: row.read(body) for iri, body in self._bodies("dirty", wanted)}
        return found | self.rows(iri for iri in wanted if iri not in found)

    def _bodies(self, table: str, iris: Iterable[str]) -> Iterator[tuple[str, str]]:
        for chunk in chunks(sorted(set(iris))):
            marks = ",".join("?" * len(chunk))
            yield from self._db.execute(f"SELECT iri, body FROM {table} WHERE iri IN ({marks})", chunk)  # noqa: S608

    def stage(self, rows: Mapping[str, Row]) -> None:
        """Let these subjects become so at the end of the run."""
        self._taken = (0, "")
        self._db.executemany(
            "INSERT OR REPLACE INTO dirty VALUES (?, ?, ?)",
            ((iri, not any(map(row.is_said, one.values())), row.write(one)) for iri, one in rows.items()),
        )

    def take(self, size: int) -> dict[str, Row]:
        """The next staged subjects, at most about `size` lines of them: first what stays or comes, then what goes."""
        found: dict[str, Row] = {}
        count = 0
        for gone in range(self._taken[0], 2):
            after = self._taken[1] if gone == self._taken[0] else ""
            rows = self._db.execute(
                "SELECT iri, body FROM dirty WHERE gone = ? AND iri > ? ORDER BY iri", (gone, after)
            )
            for iri, body in rows:
                found[iri] = row.read(body)
                self._taken = (gone, iri)
                count += len(found[iri])
                if count >= size:
                    return found
        return found

    def put(self, rows: Mapping[str, Row]) -> None:
        """Let these subjects be so from now on; what was staged for them is done."""
        before = self.rows(rows)
        totals: Counter[tuple[str, str]] = Counter()
        kept, gone = [], []
        for iri, one in rows.items():
            old, new = row.lines(before.get(iri, {})), row.lines(one)
            _count(totals, old, -1)
            _count(totals, new, 1)
            self._relink(iri, self._objects(old), self._objects(new))
            if one:
                kept.append((iri, _class(new), len(new), row.write(one)))
            else:
                gone.append((iri,))
        self._db.executemany("INSERT OR REPLACE INTO subject VALUES (?, ?, ?, ?)", kept)
        self._db.executemany("DELETE FROM subject WHERE iri = ?", gone)
        self._db.executemany("DELETE FROM dirty WHERE iri = ?", ((iri,) for iri in rows))
        self.add_totals(totals)
        self._last = {iri: one for iri, one in rows.items() if one}  # the gate asks for these at once

    def _relink(self, iri: str, old: set[str], new: set[str]) -> None:
        if old == new:
            return
        self._db.executemany("DELETE FROM link WHERE object = ? AND subject = ?", ((o, iri) for o in old - new))
        self._db.executemany("INSERT OR IGNORE INTO link VALUES (?, ?)", ((o, iri) for o in new - old))

    def _objects(self, lines: Iterable[str]) -> set[str]:
        """What the lines point at by a predicate on which publication depends."""
        found = set()
        for line in lines:
            _, predicate, rest = line.split(" ", 2)
            if predicate in self.links and rest[0] == "<":
                found.add(rest[1:-3])
        return found

    def pointed(self, rows: Mapping[str, Row]) -> set[str]:
        """Every subject that these point at by such a predicate."""
        return set().union(*(self._objects(row.lines(one)) for one in rows.values()))

    def pointing(self, iris: Iterable[str]) -> set[str]:
        """Every subject that points at one of these by such a predicate."""
        found: set[str] = set()
        for chunk in chunks(sorted(set(iris))):
            marks = ",".join("?" * len(chunk))
            rows = self._db.execute(f"SELECT subject FROM link WHERE object IN ({marks})", chunk)  # noqa: S608
            found |= {subject for (subject,) in rows}
        return found

    def subjects(self, after: str, limit: int) -> list[str]:
        """The next subjects of which something holds, in order."""
        rows = self._db.execute(
            "SELECT iri FROM subject WHERE iri > ? AND triples > 0 ORDER BY iri LIMIT ?", (after, limit)
        )
        return [iri for (iri,) in rows]

    def every(self) -> Iterator[tuple[str, Row]]:
        """All rows, in order."""
        for iri, body in self._db.execute("SELECT iri, body FROM subject ORDER BY iri"):
            yield iri, row.read(body)

    def overwritten(self) -> Iterator[tuple[Row, Row]]:
        """Of the staged subjects that are known: what is said of them, and what becomes of it."""
        for before, after in self._db.execute("SELECT s.body, d.body FROM dirty d JOIN subject s ON s.iri = d.iri"):
            yield row.read(before), row.read(after)

    def bring(self, lines: Iterable[str]) -> None:
        """Lay the lines of a dump ready, in any order."""
        self._db.executemany("INSERT INTO incoming VALUES (?, ?)", ((one.split(" ", 1)[0][1:-1], one) for one in lines))

    def brought(self) -> Iterator[tuple[str, list[str]]]:
        """The lines of the dump by subject, in order; SQLite sorts them on disk."""
        iri, found = "", list[str]()
        for name, line in self._db.execute("SELECT iri, line FROM incoming ORDER BY iri"):
            if name != iri and found:
                yield iri, found
                found = []
            iri = name
            found.append(line)
        if found:
            yield iri, found

    def forget_brought(self) -> None:
        """The dump has been taken in."""
        self._db.execute("DELETE FROM incoming")

    def totals(self, kind: str) -> Counter[str]:
        """The totals of one kind: `subjects` and `triples` by class, `held` by code and what."""
        rows = self._db.execute("SELECT name, amount FROM total WHERE kind = ? AND amount > 0", (kind,))
        return Counter(dict(rows))

    def add_totals(self, more: Mapping[tuple[str, str], int]) -> None:
        """Add to the totals, by kind and name."""
        self._db.executemany(
            "INSERT INTO total VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET amount = amount + excluded.amount",
            ((kind, name, amount) for (kind, name), amount in more.items() if amount),
        )


def class_of(lines: Iterable[str]) -> str:
    """The class by which a subject is counted: the first of its classes in order, "" without one."""
    return _class(list(lines))


def _class(lines: list[str]) -> str:
    mark = f" {rdf.TYPE} <"
    return min((line.split(mark, 1)[1][:-3] for line in lines if mark in line), default="")


def _count(totals: Counter[tuple[str, str]], lines: list[str], sign: int) -> None:
    if lines:
        name = _class(lines)
        totals["subjects", name] += sign
        totals["triples", name] += sign * len(lines)
