"""Deltas: triples → the JSON of delta files, in the limits and the spellings of the reference producers."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from belfort import rdf
from belfort.vocab import XSD
from demo.dice import uuid_id

MAX_TRIPLES, MAX_CHANGESETS = 100, 10
_GRAPH = "http://mu.semte.ch/graphs/public"
# The first file of a feed; the next comes ten seconds later.
_BEGIN = datetime(2026, 1, 5, 8, 0, 10, 123_000, UTC)


@dataclass(frozen=True)
class Change:
    """What a producer removes and adds at once."""

    deletes: tuple[rdf.Triple, ...] = ()
    inserts: tuple[rdf.Triple, ...] = ()


@dataclass(frozen=True)
class DeltaFile:
    """One file of a feed: its key, its name and moment in the listing, its content."""

    id: str
    name: str
    created: str
    body: str = field(repr=False)


def files(seed: int, feed: str, batches: Sequence[Sequence[Change]]) -> list[DeltaFile]:
    """The delta files of a feed: each batch begins a new file; a long batch becomes several.

    The first two files have the same moment: producers stamp those of one second alike.
    """
    found: list[DeltaFile] = []
    for batch in batches:
        changes = [small for change in batch for small in _split(change)]
        for first in range(0, len(changes), MAX_CHANGESETS):
            number = len(found)
            created = (_BEGIN + timedelta(seconds=10 * max(number - 1, 0))).isoformat(timespec="milliseconds")
            created = created.replace("+00:00", "Z")
            body = "[\n" + ",\n".join(_changeset(one) for one in changes[first : first + MAX_CHANGESETS]) + "\n]\n"
            key = uuid_id(seed, "delta", feed, number)
            found.append(DeltaFile(key, f"delta-{created}-{number}.json", created, body))
    return found


def _split(change: Change) -> Iterable[Change]:
    """Parts within the limit; what is removed comes first."""
    size = MAX_TRIPLES
    if len(change.deletes) <= size and len(change.inserts) <= size:
        yield change
        return
    for first in range(0, len(change.deletes), size):
        yield Change(deletes=change.deletes[first : first + size])
    for first in range(0, len(change.inserts), size):
        yield Change(inserts=change.inserts[first : first + size])


def _changeset(change: Change) -> str:
    """One changeset as JSON with a line for each triple, so that a person can read and edit the file."""
    parts = []
    for side, triples in (("deletes", change.deletes), ("inserts", change.inserts)):
        rows = ",\n  ".join(json.dumps(_quad(triple, i), ensure_ascii=False) for i, triple in enumerate(triples))
        parts.append(f' "{side}": [\n  {rows}\n ]' if rows else f' "{side}": []')
    return "{\n" + ",\n".join(parts) + "\n}"


def _quad(triple: rdf.Triple, place: int) -> dict[str, Any]:
    s, p, o = triple
    quad = {"subject": _uri(s), "predicate": _uri(p), "object": _uri(o) if rdf.is_iri(o) else _literal(o, place)}
    return {"graph": {"type": "uri", "value": _GRAPH}, **quad} if place % 3 else quad


def _uri(term: str) -> dict[str, str]:
    return {"type": "uri", "value": rdf.value(term)}


def _literal(term: str, place: int) -> dict[str, str]:
    """Both spellings occur: `literal` with a datatype and `typed-literal`; xsd:string is written or left out."""
    text, datatype, language = rdf.split_literal(term)
    if language:
        return {"type": "literal", "value": text, ("xml:lang" if place % 2 else "lang"): language}
    if datatype == XSD.string:
        return (
            {"type": "typed-literal", "value": text, "datatype": datatype}
            if place % 5 == 0
            else {"type": "literal", "value": text}
        )
    return {"type": "typed-literal" if place % 2 else "literal", "value": text, "datatype": datatype}
