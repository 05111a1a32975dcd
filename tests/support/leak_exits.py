# ruff: noqa: E501 -- a planted line stays on one line
"""Everything that leaves: what a running site answers, and every public byte on disk."""

import gzip
import hashlib
import os
import re
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

import zstandard

from tests.support.running_demo import free_port

SUFFIXES = ("", ".jsonld", ".ttl", ".nt", ".nq", ".rdf", ".csv")
ACCEPTS = ("text/html", "application/ld+json", "text/turtle", "application/n-triples", "application/n-quads",
           "application/rdf+xml", "text/csv", "image/png")  # fmt: skip
RESULTS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv",
           "text/tab-separated-values", "text/turtle", "application/ld+json", "application/rdf+xml")  # fmt: skip
QUERIES = (
    "SELECT * { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "SELECT * { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * { ?s !<urn:x> ?o }", "SELECT ?s (GROUP_CONCAT(STR(?o)) AS ?all) { ?s ?p ?o } GROUP BY ?s",
    "SELECT DISTINCT ?p { ?s ?p ?o }", "SELECT ?d { ?s ?p ?o BIND(DATATYPE(?o) AS ?d) }",
)  # fmt: skip
# Of the database: what the site shows. The others are the operator's record (addresses, who asked, digests).
PUBLIC_TABLES = ("entity", "entity_link", "assertion", "change", "tombstone", "origin", "issue", "submission")


@dataclass(frozen=True)
class Answer:
    """What one request got."""

    status: int
    content: bytes


class RunningSite:
    """`belfort serve` as a process of its own; what it writes is kept."""

    def __init__(self, data: Path) -> None:
        self.port, self.log = free_port(), data.parent / "serve.log"
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("BELFORT_")},
            "BELFORT_DATA": str(data), "BELFORT_PORT": str(self.port), "BELFORT_WEB_WORKERS": "1",
            "BELFORT_LOG_LEVEL": "debug",
        }  # fmt: skip

    def __enter__(self) -> Self:
        self._out = self.log.open("wb")
        command = [sys.executable, "-c", "from belfort.cli import main; main()", "serve"]
        self._process = subprocess.Popen(command, env=self._environment, stdout=self._out, stderr=self._out)
        deadline = time.monotonic() + 30
        while True:
            try:
                if self.get("/healthz").status == 200:
                    return self
            except OSError:
                pass
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(20)
        self._out.close()

    def get(self, path: str, *, data: bytes | None = None, **headers: str) -> Answer:
        """Status, headers and body of a request; a redirect is an answer."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data, headers=named)
        try:
            with _OPENER.open(request, timeout=30) as answer:
                return Answer(answer.status, answer.read() + str(answer.headers).encode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.read() + str(error.headers).encode())


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)


def pages(site: RunningSite, data: Path, limit: int = 260) -> Iterator[tuple[str, Answer]]:
    """The routes that lead to each other, every entity in every form, errors, queries in every form of results."""
    waiting = [
        "/", "/besturen", "/zoeken?q=*", "/zoeken?q=fietspad", "/zoeken.json?q=de", "/zoeken.csv", "/zoeken.jsonld?q=de",
        "/zoeken.ttl?q=de", "/zoeken.atom?per_pagina=200", "/suggesties?q=be", "/suggesties/opensearch?q=ge",
        "/zoeken?q=qqzz&type=besluiten", "/opensearch.xml", "/datasets", "/sparql", "/status",
        "/sitemap.xml", "/robots.txt", "/nergens", "/api", "/openapi.json", "/catalogus", "/void", "/functies",
        "/.well-known/void", "/.well-known/security.txt", "/dumps/manifest.json", "/validate", "/privacy", "/version",
        "/ldes/belfort", "/ldes/mandatarissen", "/feeds/besluiten.atom", "/prefixes", "/besturen?peildatum=x",
        "/sync/mandatarissen/files?since=2000-01-01T00:00:00Z", "/contexts/belfort.jsonld", "/resource", "/fouten/usage",
    ]  # fmt: skip
    seen: set[str] = set()
    while waiting and len(seen) < limit:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = site.get(path)
        yield path, answer
        text = answer.content.decode("utf-8", "replace")
        here = f"http://(?:localhost|127.0.0.1):{site.port}"
        found = re.findall(rf'(?:href="|<loc>|"@id": ?"|location: )(?:{here})?(/[^"#<\s]*)', text, re.IGNORECASE)
        links = [link.replace("&amp;", "&") for link in found if not link.startswith("/static")]
        # One question leads to as many others as there are filters.
        waiting += [link for link in links if not (path.startswith("/zoeken?") and link.startswith("/zoeken?"))]
    for path in entities(data):
        for suffix in SUFFIXES:
            yield path + suffix, site.get(path + suffix)
    for accept in ACCEPTS:
        yield f"accept {accept}", site.get(next(entities(data)), Accept=accept)
    for query in QUERIES:
        for accept in RESULTS:
            yield f"{query} as {accept}", site.get(f"/sparql?query={quote(query)}", Accept=accept)


def entities(data: Path) -> Iterator[str]:
    """The address of every entity that is public."""
    with sqlite3.connect(data / "records.sqlite") as connection:
        rows = connection.execute("SELECT uuid FROM entity ORDER BY iri").fetchall()
    connection.close()
    return (f"/id/x/{quote(uuid)}" for (uuid,) in rows)


def files(data: Path) -> Iterator[tuple[str, bytes]]:
    """Every public byte on disk: folders, packed files unpacked, the database whole and its tables, the documents."""
    seen: set[bytes] = set()
    for folder in ("dumps", "feeds", "index", "sparql"):
        for path in sorted((data / folder).rglob("*")):
            if path.is_file() and not path.is_symlink():
                content = unpacked(path)
                digest = hashlib.sha256(content).digest()
                if digest not in seen:  # the packed forms of a file say what the file says
                    yield str(path.relative_to(data)), content
                seen.add(digest)
    for path in sorted(data.glob("records.sqlite*")):
        yield path.name, path.read_bytes()
    with sqlite3.connect(data / "records.sqlite") as connection:
        for table in PUBLIC_TABLES:
            yield f"table {table}", repr(connection.execute(f"SELECT * FROM {table}").fetchall()).encode()
    connection.close()
    with sqlite3.connect(data / "feeds/feeds.sqlite") as connection:
        for number, (body,) in enumerate(connection.execute("SELECT body FROM delta")):
            yield f"delta {number}", gzip.decompress(body)
    connection.close()
    yield "documents of the index", _documents(data / "index")


def unpacked(path: Path) -> bytes:
    """The content of a file, unpacked when it is packed."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(content)
    if path.suffix == ".zst":
        return zstandard.ZstdDecompressor().decompressobj().decompress(content)
    return content


def _documents(folder: Path) -> bytes:
    """What the index keeps of its documents, which lies packed in its files."""
    import tantivy

    index = tantivy.Index.open(str((folder / "current").resolve()))
    searcher = index.searcher()
    found = searcher.search(tantivy.Query.all_query(), limit=10_000)
    return repr([searcher.doc(address).to_dict() for _, address in found.hits]).encode()
