"""How many pages for people a second the site gives out: `python tests/bench/site.py DATA_FOLDER [SECONDS]`.

Starts its own server on the records of that folder and reads, over keep-alive connections from two client processes,
pages of besturen, organen, fracties, personen, besluiten and zittingen as a reader gets them (a page is made once until
the records change), and pages of besturen as of random days, nearly all of which are made anew. Server and clients
share the cores of this machine. Goal on two cores: 400 pages a second.
"""

import http.client
import multiprocessing
import random
import socket
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa

from belfort.records.database import open_database, read
from belfort.records.entity import entity
from belfort.settings import Settings, load_settings
from belfort.vocab import BESLUIT, MANDAAT, PERSON
from frontend.server import Server
from frontend.site.queries.linking import path

CLIENTS, CONNECTIONS = 2, 4
CLASSES = (BESLUIT.Bestuurseenheid, BESLUIT.Bestuursorgaan, MANDAAT.Fractie, PERSON.Person, BESLUIT.Besluit,
           BESLUIT.Zitting)  # fmt: skip


def main() -> None:
    """Measure and print."""
    folder, seconds = Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 4.0
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = load_settings(data=folder, port=port)
    pages, days = _paths(settings)
    with Server(settings) as server:
        for name, paths in (("kept", pages), ("made anew", days)):
            with multiprocessing.Pool(CLIENTS) as pool:
                counts = pool.starmap(_client, [(server.port, paths, seconds, seed) for seed in range(CLIENTS)])
            print(f"{name + ':':<11}{sum(counts) / seconds:7.0f} pages/s  ({len(paths)} addresses)")


def _paths(settings: Settings) -> tuple[list[str], list[str]]:
    engine = open_database(settings, read_only=True)
    with read(engine) as connection:
        found = {
            one: [path(one, row[0]) for row in connection.execute(
                sa.select(entity.c.uuid).where(entity.c.class_iri == one).limit(300)
            )]
            for one in CLASSES
        }  # fmt: skip
    engine.dispose()
    chance, start = random.Random(11), date(2019, 1, 1)
    besturen = found[BESLUIT.Bestuurseenheid]
    days = [
        f"{chance.choice(besturen)}?peildatum={start + timedelta(days=chance.randrange(2800))}" for _ in range(9000)
    ]
    return [one for many in found.values() for one in many], days


def _client(port: int, paths: list[str], seconds: float, seed: int) -> int:
    """Read random pages with a request in flight on each connection, so that the server never waits."""
    choose = random.Random(seed).choice
    open_ = [http.client.HTTPConnection("127.0.0.1", port, timeout=20) for _ in range(CONNECTIONS)]
    for one in open_:
        one.request("GET", choose(paths))
    done, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        for one in open_:
            answer = one.getresponse()
            body = answer.read()
            assert answer.status == 200, (answer.status, body[:200])
            assert b"</html>" in body
            done += 1
            one.request("GET", choose(paths))
    for one in open_:
        one.close()
    return done


if __name__ == "__main__":
    main()
