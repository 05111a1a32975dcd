"""Measures search as the site answers it: pages, JSON, suggestions, explanations, completeness, the export.

Usage: python tests/bench/search_pages.py DATA_FOLDER. DATA_FOLDER is a BELFORT_DATA folder with an index. Prints p50
and p95 of the CPU time of a whole answer in ms beside that of the searcher alone (their ratio: what the page costs),
rows per second of the CSV, and by how much memory grew from the first export to the third.
"""

import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from flask.testing import FlaskClient

from belfort.settings import Settings
from frontend.app import create_app
from search.query import FILTERS, Query

QUESTIONS = (
    "goedkeuring", "fietspad gemeente", "subsidie vereniging jeugd", "belasting*", "gemeenteraad", "aanleg OF weg",
)  # fmt: skip
ROUNDS = 5


def timed(ask: Callable[[str], object]) -> tuple[float, float]:
    """p50 and p95 in ms of CPU over all questions."""
    taken = []
    for _ in range(ROUNDS):
        for text in QUESTIONS:
            begin = time.process_time()
            ask(text)
            taken.append((time.process_time() - begin) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def asking(client: FlaskClient, path: str) -> Callable[[str], object]:
    """A question to an address, answered to its end."""
    return lambda text: client.get(path, query_string={"q": text}, headers={"Accept": "text/html"}).get_data()


def export(client: FlaskClient) -> tuple[int, float]:
    """Rows of an export of everything, and rows per second of CPU."""
    begin, rows = time.process_time(), -1
    answer = client.get("/zoeken.csv", buffered=False)
    for chunk in answer.response:
        rows += bytes(chunk).count(b"\r\n")
    answer.close()
    return rows, rows / (time.process_time() - begin)


def main() -> None:
    """Measure and print."""
    app = create_app(Settings(data=Path(sys.argv[1]), log_level="error"))
    client, searcher = app.test_client(), app.extensions["belfort"].search
    print(f"{searcher.search(Query()).total} documents")
    alone = timed(lambda text: searcher.search(Query(text), FILTERS))
    print(f"searcher, all facets   p50 {alone[0]:6.1f}  p95 {alone[1]:6.1f}")
    for path in ("/zoeken", "/zoeken.json", "/zoeken.atom", "/suggesties"):
        p50, p95 = timed(asking(client, path))
        print(f"{path:<22} p50 {p50:6.1f}  p95 {p95:6.1f}  {p50 / alone[0]:.2f} times the searcher")
    _, speed = export(client)
    first = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(2):
        rows, again = export(client)
        speed = max(speed, again)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - first) / 1024
    print(f"export: {rows} rows, {speed:,.0f} rows/s; memory grew {grown:.1f} MB from the first to the third")
    app.extensions["belfort"].close()


if __name__ == "__main__":
    main()
