"""The child process that runs queries on the current snapshot, read-only. Runs under `belfort.workers` only.

Enters: the text of a query with a format and limits. Leaves: the answer as bytes, or an error that names its kind;
never part of an answer. It has no inet sockets, writes no files, and may be killed at any moment.
"""

import io
import re
import resource
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from belfort import rdf
from belfort.workers import Header, Serve
from publisher.sparql import snapshots
from publisher.sparql.results import RENDER, TooMuch, bounded

_GRAPHS = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
_RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_OPEN_TRIES = 3
_PLACE = re.compile(r"error at (\d+):(\d+)")


def serve(folder: str) -> Serve:
    """The request handler of this child, on the snapshots in that folder."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    reader = _Reader(Path(folder))

    def handle(header: Header, body: bytes) -> tuple[Header, bytes]:
        try:
            reader.refresh()
            if header["op"] == "open":
                return {"snapshot": reader.name}, b""
            return reader.query(header, body.decode())
        except _Fault as fault:
            return {"error": fault.kind, "detail": str(fault)}, b""

    return handle


class _Fault(Exception):
    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(detail)
        self.kind = kind


class _Reader:
    """The snapshot that is open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.name = ""
        self._store: Any = None

    def refresh(self) -> None:
        """Open the current snapshot, if it is another one than before."""
        for attempt in range(_OPEN_TRIES):
            newest = snapshots.current(self._folder)
            if newest is None:
                raise _Fault("empty")
            if newest.name == self.name:
                return
            try:
                self._store = ox.Store.read_only(str(newest / "db"))
            except (OSError, RuntimeError) as error:
                # It may have been replaced twice and removed since its name was read.
                if attempt == _OPEN_TRIES - 1:
                    raise _Fault("damaged", newest.name) from error
            else:
                self.name = newest.name
                return

    def query(self, header: Header, text: str) -> tuple[Header, bytes]:
        """Run one query and render its whole answer."""
        _limit_processor_time(header["seconds"])
        try:
            body, rows = self._run(header, text)
        except TooMuch as much:
            raise _Fault(much.what) from None
        except SyntaxError as error:
            place = _PLACE.search(str(error))
            raise _Fault("syntax", f"regel {place[1]}, teken {place[2]}" if place else "") from None
        except (OSError, RuntimeError, ValueError) as error:
            raise _Fault("failed", str(error)[:200]) from None
        return {"rows": rows, "snapshot": self.name}, body

    def _run(self, header: Header, text: str) -> tuple[bytes, int]:
        found = self._store.query(text, **_dataset(header))
        name = header["format"]
        if isinstance(found, ox.QueryBoolean):
            return found.serialize(format=_RESULTS[name]) or b"", 1
        if isinstance(found, ox.QuerySolutions):
            count = _Count(found, header["rows"])
            variables = [variable.value for variable in found.variables]
            return bounded(RENDER[name](variables, count), header["bytes"]), count.rows
        count = _Count(_distinct(found), header["rows"])
        if name == "ttl":
            # Ours: grouped by subject, with only the prefixes that occur.
            return bounded(
                [rdf.turtle((str(t.subject), str(t.predicate), str(t.object)) for t in count)], header["bytes"]
            ), count.rows
        output = _Bounded(header["bytes"])
        ox.serialize(count, output, _GRAPHS[name])
        return output.getvalue(), count.rows


class _Count:
    """Passes items on and counts them; more than the most is an error, not a cut."""

    def __init__(self, items: Iterable[Any], most: int) -> None:
        self._items = iter(items)
        self._most = most
        self.rows = 0

    def __iter__(self) -> Iterator[Any]:
        for item in self._items:
            self.rows += 1
            if self.rows > self._most:
                raise TooMuch("rows")
            yield item


class _Bounded(io.BytesIO):
    """A file in memory that refuses to grow beyond a size."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, part: Any) -> int:
        if self.tell() + len(part) > self._most:
            raise TooMuch("bytes")
        return super().write(part)


def _distinct(triples: Iterable[Any]) -> Iterator[Any]:
    """A graph is a set: the engine gives a triple again for every solution that makes it."""
    seen = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple


def _dataset(header: Header) -> dict[str, Any]:
    """The dataset of the SPARQL protocol, which takes the place of FROM in the query."""
    default, named = header.get("default_graphs"), header.get("named_graphs")
    if not default and not named:
        return {}
    try:
        return {
            "default_graph": [ox.NamedNode(iri) for iri in default or ()],
            "named_graphs": [ox.NamedNode(iri) for iri in named or ()],
        }
    except ValueError as error:
        raise _Fault("graph") from error


def _limit_processor_time(seconds: float) -> None:
    """Let the kernel end a query that its supervisor forgot, a while after its deadline."""
    used = time.process_time()
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    cores = 2
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + cores * seconds) + 5, hard))
