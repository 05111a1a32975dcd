"""Changes as delta files, in the form that consumers of the reference producers read. Pure.

A file is a JSON array of at most ten changesets, each with at most a hundred deletes and a hundred inserts; within one
the deletes come first. A feed has the subjects of its classes: one that becomes such a thing is inserted as a whole,
one that stops being it is deleted as a whole, so the files of a feed replayed give exactly its things.
Source: publisher.md §6.1.
"""

import gzip
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from belfort import rdf
from belfort.vocab import (
    EXT,
    LEIDINGGEVENDEN,
    LOCN,
    MANDAAT,
    ORG,
    PERSON,
    RDF,
    SCHEMA,
    XSD,
)  # fmt: skip
from publisher.feeds.replay import Step
from publisher.feeds.store import Delta

TRIPLES, CHANGESETS = 100, 10
# Feed → its classes; None: everything.
FEEDS: Mapping[str, frozenset[str] | None] = {
    "belfort": None,
    "mandatarissen": frozenset(
        {MANDAAT.Mandataris, PERSON.Person, ORG.Membership, MANDAAT.Fractie, EXT.BeleidsdomeinCode}
    ),
    "leidinggevenden": frozenset(
        {
            LEIDINGGEVENDEN.Functionaris,
            LEIDINGGEVENDEN.Bestuursfunctie,
            PERSON.Person,
            SCHEMA.ContactPoint,
            LOCN.Address,
        }
    ),
}
GRAPHS: Mapping[str, str] = {
    "belfort": "http://mu.semte.ch/graphs/public",
    "mandatarissen": "http://redpencil.data.gift/id/deltas/producer/loket-mandatarissen-producer",
    "leidinggevenden": "http://redpencil.data.gift/id/deltas/producer/loket-leidinggevenden-producer",
}
_NAMES = uuid.UUID("6f1d5b5e-7a52-5b43-9a3c-0d6f3d5f6a10")


@dataclass
class Writer:
    """Collects the steps of one feed and cuts them into files; files never mix changes of two moments."""

    feed: str
    number: int
    created: str
    _deletes: list[str] = field(default_factory=list)
    _inserts: list[str] = field(default_factory=list)
    _seq: int = 0
    _at: str = ""

    def take(self, step: Step) -> list[Delta]:
        """Take in one step; the files of the change before it, once that is complete."""
        done = self.finish() if step.seq != self._seq else []
        self._seq, self._at = step.seq, step.at
        before = set(step.before.split("\n")) - {""} if self._has(step.before) else set()
        after = set(step.after.split("\n")) - {""} if self._has(step.after) else set()
        self._deletes += sorted(before - after, key=str.encode)
        self._inserts += sorted(after - before, key=str.encode)
        return done

    def finish(self) -> list[Delta]:
        """The files of what was taken in."""
        sets = changesets(self._deletes, self._inserts, GRAPHS[self.feed])
        self._deletes, self._inserts = [], []
        files = []
        for start in range(0, len(sets), CHANGESETS):
            self.number += 1
            part = start // CHANGESETS
            body = json.dumps(sets[start : start + CHANGESETS], ensure_ascii=False, separators=(",", ":"))
            identity = str(uuid.uuid5(_NAMES, f"{self.feed} {self._seq} {part}"))
            self.created = max(self._at, _next(self.created)) if self.created else self._at
            name = f"delta-{self.created}-{part}.json"
            files.append(Delta(self.feed, self.number, identity, name, self.created, self._seq, packed(body)))
        return files

    def _has(self, lines: str) -> bool:
        return has(self.feed, lines)


def has(feed: str, lines: str) -> bool:
    """Whether a subject with these lines belongs to the feed."""
    classes = FEEDS[feed]
    return classes is None or any(iri in classes for iri in types(lines))


def _next(moment: str) -> str:
    """A millisecond later: consumers ask for files newer than the last one they saw, so no two may be of one moment."""
    later = datetime.fromisoformat(moment).astimezone(UTC) + timedelta(milliseconds=1)
    return later.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def types(lines: str) -> list[str]:
    """The classes that a subject has by its lines."""
    start = f" {rdf.TYPE} <"
    return [line[line.index(start) + len(start) : -3] for line in lines.split("\n") if start in line[:4096]]


def changesets(deletes: list[str], inserts: list[str], graph: str) -> list[dict[str, list[dict[str, object]]]]:
    """The lines as changesets; all deletes come before the first insert that could need them gone."""
    found: list[dict[str, list[dict[str, object]]]] = [
        {"deletes": [_quad(row, graph) for row in deletes[start : start + TRIPLES]], "inserts": []}
        for start in range(0, len(deletes), TRIPLES)
    ]
    for start in range(0, len(inserts), TRIPLES):
        rows = [_quad(row, graph) for row in inserts[start : start + TRIPLES]]
        if start == 0 and found:
            found[-1]["inserts"] = rows
        else:
            found.append({"deletes": [], "inserts": rows})
    return found


def _quad(line: str, graph: str) -> dict[str, object]:
    subject, predicate, rest = line.split(" ", 2)
    return {
        "graph": {"type": "uri", "value": graph},
        "subject": _term(subject),
        "predicate": _term(predicate),
        "object": _term(rest[:-2]),
    }


def _term(term: str) -> dict[str, str]:
    if not rdf.is_literal(term):
        return {"type": "uri", "value": rdf.value(term)}
    said = rdf.split_literal(term)
    if said.language:
        return {"type": "literal", "value": said.value, "xml:lang": said.language}
    if said.datatype in (XSD.string, RDF.langString):
        return {"type": "literal", "value": said.value}
    return {"type": "typed-literal", "value": said.value, "datatype": said.datatype}


def packed(body: str) -> bytes:
    """The JSON text, compressed; the same text gives the same bytes."""
    return gzip.compress(body.encode(), compresslevel=6, mtime=0)


def without(body: bytes, iris: frozenset[str]) -> bytes | None:
    """The file without the triples about these subjects or pointing at them; None when there are none in it."""
    sets = json.loads(gzip.decompress(body))
    touched = False
    for one in sets:
        for key in ("deletes", "inserts"):
            kept = [
                quad
                for quad in one[key]
                if quad["subject"]["value"] not in iris and quad["object"]["value"] not in iris
            ]
            touched |= len(kept) != len(one[key])
            one[key] = kept
    return packed(json.dumps(sets, ensure_ascii=False, separators=(",", ":"))) if touched else None
