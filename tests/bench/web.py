"""How many entities a second the site gives out: `python tests/bench/web.py DATA_FOLDER [SECONDS]`.

Starts its own server on the records of that folder, reads `/besluiten/{uuid}.jsonld` (or, without besluiten, any
entity) over keep-alive connections from a few client processes, and checks each answer:

- live: every request differs in a header that says nothing, so that each answer is read and written anew;
- cached: the same request again and again, while nothing changes;
- unchanged: with the ETag, answered by 304.

A bare WSGI function under plain waitress is measured in the same run. Server and clients share the cores of this
machine. Goals on two cores: live 2,000/s, cached and unchanged 8,000/s.
"""

import http.client
import itertools
import json
import multiprocessing
import os
import random
import socket
import subprocess
import sys
import time
from pathlib import Path

import sqlalchemy as sa

from belfort.records.database import open_database, read
from belfort.records.entity import entity
from belfort.settings import load_settings
from belfort.vocab import BESLUIT
from frontend.server import Server, listen
from frontend.site.queries.linking import path

CLIENTS = 2
BARE = """
import logging, socket, sys, waitress
logging.getLogger("waitress.queue").setLevel(logging.ERROR)
body = sys.stdin.buffer.read()
def app(environ, start):
    start("200 OK", [("Content-Type", "application/ld+json"), ("Content-Length", str(len(body)))])
    return [body]
waitress.create_server(app, sockets=[socket.socket(fileno=int(sys.argv[1]))], threads=int(sys.argv[2])).run()
"""


def main() -> None:
    """Measure and print."""
    folder, seconds = Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 5.0
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = load_settings(data=folder, port=port)
    paths, size = _paths(settings)
    print(f"{len(paths)} entities, {size:.0f} bytes of N-Triples each on average; {os.cpu_count()} cores")
    with Server(settings) as server:
        tags = [_get(server.port, one)[1] for one in paths[:500]]
        body = _get(server.port, paths[0])[0]
        rates = {
            "live": _measure(server.port, [f"{one}\n" for one in paths], seconds),
            "cached": _measure(server.port, paths, seconds),
            "unchanged": _measure(
                server.port, [f"{one}\nIf-None-Match: {tag}" for one, tag in zip(paths, tags, strict=False)], seconds
            ),
        }
    bare = _bare(settings.web_workers, settings.web_threads, body, seconds)
    for name, rate in rates.items():
        print(f"{name + ':':<11}{rate:8.0f} /s  {rate / bare:5.2f}x bare WSGI")
    print(f"{'bare WSGI:':<11}{bare:8.0f} /s  (plain waitress, one fixed body of {len(body)} bytes)")
    print(f"{settings.web_workers} server processes, {CLIENTS} client processes")


def _paths(settings: object) -> tuple[list[str], float]:
    engine = open_database(settings, read_only=True)  # type: ignore[arg-type]
    with read(engine) as connection:
        statement = sa.select(entity.c.uuid, entity.c.class_iri, sa.func.length(entity.c.lines)).limit(20_000)
        rows = connection.execute(statement.where(entity.c.class_iri == BESLUIT.Besluit)).all()
        rows = rows or connection.execute(statement).all()
    engine.dispose()
    return [f"{path(row.class_iri, row.uuid)}.jsonld" for row in rows], sum(row[2] for row in rows) / len(rows)


def _get(port: int, address: str) -> tuple[bytes, str]:
    """The body and the ETag."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", address)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return body, answer.headers["ETag"] or ""


def _measure(port: int, paths: list[str], seconds: float) -> float:
    with multiprocessing.Pool(CLIENTS) as pool:
        pool.starmap(_client, [(port, paths, 0.5, seed) for seed in range(CLIENTS)])
        counts = pool.starmap(_client, [(port, paths, seconds, seed) for seed in range(CLIENTS)])
    return sum(counts) / seconds


def _client(port: int, wanted: list[str], seconds: float, seed: int) -> int:
    """Read random entities over eight connections with a request in flight on each, so that the server never waits.

    What is wanted is a path; after a line end a header, or nothing for a `Referer` that is another each time. Written
    on bare sockets: a costly client would measure itself.
    """
    choose = random.Random(seed).choice
    sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(8)]
    parts = [one.partition("\n") for one in wanted]
    fresh = itertools.count(seed * 10**9)
    requests = [
        (f"GET {path} HTTP/1.1\r\nHost: localhost\r\n" + (f"{head}\r\n" if head else ""), bool(end) and not head)
        for path, end, head in parts
    ]

    def ask(one: socket.socket) -> None:
        text, differs = choose(requests)
        one.sendall(f"{text}Referer: /{next(fresh)}\r\n\r\n".encode() if differs else f"{text}\r\n".encode())

    expected = b"HTTP/1.1 304" if parts[0][2] else b"HTTP/1.1 200"
    done, end_ = 0, time.perf_counter() + seconds
    for one in sockets:
        ask(one)
    while time.perf_counter() < end_:
        for one in sockets:
            _answer(one, expected)
            done += 1
            ask(one)
    for one in sockets:
        one.close()
    return done


def _answer(one: socket.socket, expected: bytes) -> None:
    received = one.recv(65536)
    while b"\r\n\r\n" not in received:
        received += one.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    assert head.startswith(expected), head[:200]
    if b" 304" in expected:
        return
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    missing = length - len(body)
    while missing > 0:
        missing -= len(one.recv(min(65536, missing)))


def _bare(processes: int, threads: int, body: bytes, seconds: float) -> float:
    json.loads(body)
    opened = listen("127.0.0.1", 0)
    children = []
    for _ in range(processes):
        child = subprocess.Popen(
            [sys.executable, "-c", BARE, str(opened.fileno()), str(threads)],
            stdin=subprocess.PIPE,
            pass_fds=[opened.fileno()],
        )
        assert child.stdin
        child.stdin.write(body)
        child.stdin.close()
        children.append(child)
    try:
        return _measure(opened.getsockname()[1], ["/"], seconds)
    finally:
        for child in children:
            child.kill()
            child.wait()


if __name__ == "__main__":
    main()
