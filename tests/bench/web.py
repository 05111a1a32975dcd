"""How many entities a second the site gives out: `python tests/bench/web.py DATA_FOLDER [SECONDS]`.

Starts its own server on the records of that folder, reads `/besluiten/{uuid}.jsonld` (or, without besluiten, any
entity) over keep-alive connections from a few client processes, checks each answer, and does the same with a bare
WSGI function under the same server in the same run. Prints both rates and their ratio. Server and clients share the
cores of this machine.
"""

import http.client
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
        ours = _measure(server.port, paths, seconds)
        body = _get(server.port, paths[0])
    bare = _bare(settings.web_workers, settings.web_threads, body, seconds)
    print(f"entity reads: {ours:8.0f} /s  ({settings.web_workers} processes, {CLIENTS} clients)")
    print(f"bare WSGI:    {bare:8.0f} /s  (same server, one fixed body of {len(body)} bytes)")
    print(f"ratio:        {ours / bare:8.2f}")


def _paths(settings: object) -> tuple[list[str], float]:
    engine = open_database(settings, read_only=True)  # type: ignore[arg-type]
    with read(engine) as connection:
        statement = sa.select(entity.c.uuid, entity.c.class_iri, sa.func.length(entity.c.lines)).limit(20_000)
        rows = connection.execute(statement.where(entity.c.class_iri == BESLUIT.Besluit)).all()
        rows = rows or connection.execute(statement).all()
    engine.dispose()
    return [f"{path(row.class_iri, row.uuid)}.jsonld" for row in rows], sum(row[2] for row in rows) / len(rows)


def _get(port: int, address: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", address)
    body = connection.getresponse().read()
    connection.close()
    return body


def _measure(port: int, paths: list[str], seconds: float) -> float:
    with multiprocessing.Pool(CLIENTS) as pool:
        pool.starmap(_client, [(port, paths, 0.5, seed) for seed in range(CLIENTS)])
        counts = pool.starmap(_client, [(port, paths, seconds, seed) for seed in range(CLIENTS)])
    return sum(counts) / seconds


def _client(port: int, paths: list[str], seconds: float, seed: int) -> int:
    """Read random entities over eight connections with a request in flight on each, so that the server never waits.

    Written on bare sockets: a costly client would measure itself.
    """
    choose = random.Random(seed).choice
    sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(8)]
    requests = [f"GET {one} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() for one in paths]
    done, end = 0, time.perf_counter() + seconds
    for one in sockets:
        one.sendall(choose(requests))
    while time.perf_counter() < end:
        for one in sockets:
            _answer(one)
            done += 1
            one.sendall(choose(requests))
    for one in sockets:
        one.close()
    return done


def _answer(one: socket.socket) -> None:
    received = one.recv(65536)
    while b"\r\n\r\n" not in received:
        received += one.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head[:200]
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
