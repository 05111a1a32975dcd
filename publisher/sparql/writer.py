"""The child process that writes the store: the only place that changes it. Runs under `belfort.workers` only.

It is given the present lines of subjects and makes the store say exactly that, so every request may be repeated.
Requests (`op` in the header): `open` a folder, `replace` subjects (body: for each subject a row `=IRI` and then its
lines), `load` lines in bulk, `flush`, `count`, `backup`.
A line that the store cannot hold is reported in `rejected` (line, reason), never dropped in silence.
"""

import itertools
from collections.abc import Iterator
from typing import Any

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from belfort.workers import Header, Serve

SUBJECT_MARK = "="
_DEFAULT = DefaultGraph()


def serve() -> Serve:
    """The request handler of this child."""
    writer = _Writer()

    def handle(header: Header, body: bytes) -> tuple[Header, bytes]:
        try:
            return getattr(writer, f"do_{header['op']}")(header, body), b""
        except (OSError, RuntimeError) as error:  # a full disk, a lock; a corrupt store
            return {"error": str(error)[:300]}, b""

    return handle


class _Writer:
    store: Store

    def do_open(self, header: Header, _body: bytes) -> Header:
        self.store = Store(header["folder"])
        return {}

    def do_count(self, _header: Header, _body: bytes) -> Header:
        return {"triples": len(self.store)}

    def do_flush(self, header: Header, _body: bytes) -> Header:
        self.store.flush()
        if header.get("optimize"):
            self.store.optimize()
        return {}

    def do_backup(self, header: Header, _body: bytes) -> Header:
        self.store.backup(header["folder"])
        return {}

    def do_load(self, _header: Header, body: bytes) -> Header:
        """Add many lines to a new store."""
        rejected: list[tuple[str, str]] = []
        try:
            self.store.bulk_load(body, RdfFormat.N_TRIPLES, lenient=True)
        except SyntaxError:
            # Some of it may be loaded by now; loading it again changes nothing.
            self.store.bulk_extend(_quads(body.decode(), rejected))
        return {"rejected": rejected}

    def do_replace(self, _header: Header, body: bytes) -> Header:
        """Make each subject have exactly its lines; `change` is by how many triples the store grew."""
        rejected: list[tuple[str, str]] = []
        touched: dict[Any, int] = {}
        added: list[Quad] = []
        for iri, lines in _subjects(body.decode()):
            probe = _quads(f"<{iri}> <urn:p> <urn:o> .", rejected)
            if not probe:
                continue
            subject = probe[0].subject
            old = set(self.store.quads_for_pattern(subject, None, None, _DEFAULT))
            new = set(_quads("\n".join(lines), rejected))
            # The store rewrites literals: `"01"` came back as `"1"`, so it is removed here and added again below,
            # and comes out right even if another spelling of the same value went or came.
            for quad in old - new:
                self.store.remove(quad)
            if old != new:
                touched[subject] = len(old)
                added += new - old
        self.store.extend(added)
        grown = sum(
            sum(1 for _ in self.store.quads_for_pattern(subject, None, None, _DEFAULT)) - before
            for subject, before in touched.items()
        )
        return {"rejected": rejected, "change": grown}


def _subjects(text: str) -> Iterator[tuple[str, list[str]]]:
    rows = text.split("\n")
    starts = [number for number, row in enumerate(rows) if row.startswith(SUBJECT_MARK)]
    for start, end in itertools.pairwise([*starts, len(rows)]):
        yield rows[start][len(SUBJECT_MARK) :], [row for row in rows[start + 1 : end] if row]


def _quads(text: str, rejected: list[tuple[str, str]]) -> list[Quad]:
    """The quads of the lines; one at a time when one of them cannot be read."""
    try:
        return list(parse(text.encode(), RdfFormat.N_TRIPLES, lenient=True))
    except SyntaxError as error:
        rows = text.split("\n")
        if len(rows) == 1:
            rejected.append((text, str(error)[:200]))
            return []
        return [quad for row in rows for quad in _quads(row, rejected)]
