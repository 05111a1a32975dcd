"""The child process that reads RDF files of others: Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML.

Runs under `belfort.workers` only. `open` names a blob (zstd), which may itself be gzip or zstd; `next` answers lines
of canonical N-Triples, some at a time. Blank nodes become IRIs made from the given prefix and their label. Errors
name a line and a column, never a value. The named graph of a quad has no meaning here.
"""

import gzip
import hashlib
import io
import json
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

import zstandard
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from belfort.workers import Header, Serve

FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
MAX_BYTES = 16 * 2**30


class _TooLarge(Exception):
    """The content unfolds to more than may be read."""


class _Zstd(io.RawIOBase):
    """The content of zstd frames; unlike the reader of the library it says when the last one has no end."""

    def __init__(self, source: io.BufferedIOBase) -> None:
        super().__init__()
        self._source = source
        self._frame = zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()
        self._begun = False
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            if self._frame.eof:
                packed = self._frame.unused_data or self._source.read(1 << 17)
                self._frame = zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()
                self._begun = False
            else:
                packed = self._source.read(1 << 17)
            if not packed:
                if self._begun:
                    raise EOFError
                return 0
            self._begun = True
            self._ready = self._frame.decompress(packed)
        data, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


class _Content(io.RawIOBase):
    """The bytes, counted, without a byte order mark."""

    def __init__(self, source: io.BufferedIOBase) -> None:
        super().__init__()
        self._source = source
        self._rest = source.read(3)
        if self._rest == b"\xef\xbb\xbf":
            self._rest = b""
        self._seen = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._rest or self._source.read(len(buffer))
        data, self._rest = data[: len(buffer)], data[len(buffer) :]
        buffer[: len(data)] = data
        self._seen += len(data)
        if self._seen > MAX_BYTES:
            raise _TooLarge
        return len(data)


def serve() -> Serve:
    """The request handler of this child."""
    found: dict[str, Iterator[str]] = {}

    def handle(header: Header, _body: bytes) -> tuple[Header, bytes]:
        try:
            if header["op"] == "open":
                found["lines"] = _lines(header)
                return {}, b""
            lines = list(islice(found["lines"], header["lines"]))
            return {"done": len(lines) < header["lines"]}, "\n".join(lines).encode()
        except SyntaxError as error:
            return {"error": "syntax", "line": error.lineno or 0, "column": error.offset or 0}, b""
        except (gzip.BadGzipFile, zstandard.ZstdError, EOFError, OSError):
            return {"error": "packed"}, b""
        except UnicodeError:
            return {"error": "utf-8"}, b""
        except _TooLarge:
            return {"error": "too-large"}, b""
        except _Context as error:
            return {"error": "context", "name": str(error)[:300]}, b""
        except (ValueError, RecursionError):
            return {"error": "syntax", "line": 0, "column": 0}, b""

    return handle


def _lines(header: Header) -> Iterator[str]:
    stored: io.BufferedReader[Any] = io.BufferedReader(_Zstd(open(header["path"], "rb")))  # noqa: SIM115, PTH123
    content: IO[bytes] = io.BufferedReader(_Content(_unpacked(stored)), 1 << 18)
    kind = FORMATS[header["format"]]
    if kind == RdfFormat.JSON_LD:
        content = io.BytesIO(_with_contexts(content.read(), header["contexts"]))
    for quad in parse(input=content, format=kind, base_iri=header["base"] or None):
        text = str(quad.triple)
        if "_:" in text or " <<(" in text:
            text = _skolemised(quad, header["prefix"])
        yield f"{text} ."


def _unpacked(source: "io.BufferedReader[Any]") -> io.BufferedIOBase:
    """The content of a gzip or zstd file, told by its first bytes; other bytes as they are."""
    head = source.peek(4)[:4]
    if head[:2] == b"\x1f\x8b":
        return gzip.GzipFile(fileobj=source)
    if head == b"\x28\xb5\x2f\xfd":
        return io.BufferedReader(_Zstd(source))
    return source


def _skolemised(quad: Quad, prefix: str) -> str:
    terms = (quad.subject, quad.predicate, quad.object)
    if not isinstance(quad.object, BlankNode | NamedNode | Literal):
        raise _Unholdable  # a triple term of RDF 1.2: nothing after this can hold one
    return " ".join(_iri(prefix, t.value) if isinstance(t, BlankNode) else str(t) for t in terms)


def _iri(prefix: str, label: str) -> str:
    name = hashlib.sha256(f"{prefix}\n{label}".encode()).hexdigest()[:32]
    return f"<{prefix.split(chr(10), 1)[0]}#genid-{name}>"


class _Unholdable(ValueError):
    """A term that N-Triples of RDF 1.1 cannot hold."""


class _Context(ValueError):
    """A JSON-LD context that is not bundled."""


def _with_contexts(body: bytes, known: dict[str, Any]) -> bytes:
    """The document with contexts that it names by address put in place; nothing is fetched (design §7.8)."""
    data = json.loads(body.decode("utf-8"))

    def put(node: Any) -> Any:
        if isinstance(node, list):
            return [put(one) for one in node]
        if not isinstance(node, dict):
            return node
        return {name: context(value) if name == "@context" else put(value) for name, value in node.items()}

    def context(value: Any) -> Any:
        if isinstance(value, list):
            return [context(one) for one in value]
        if isinstance(value, str):
            name = next((name for name in known if value.split("#")[0].endswith(name)), None)
            if name is None:
                raise _Context(value)
            return known[name]
        return value

    return json.dumps(put(data), ensure_ascii=False).encode()
