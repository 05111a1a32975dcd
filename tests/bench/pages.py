"""Pages per second from bytes to public data, on one core, one durable commit a page.

Usage: python tests/bench/pages.py FOLDER [ROUNDS]. FOLDER has saved HTML pages; each round processes all of them in
records of its own, so every page is news. In the same run the same pages are only extracted, in process: the ratio says
how much of the time is not extraction. Goal: at least 30 pages/s.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from belfort.jobs import open_context
from belfort.settings import Settings
from harvester.extract import extract
from harvester.reading import Reader
from harvester.submit import Page, submit_all


def main() -> None:
    """Measure and print."""
    pages = [(path.name, path.read_bytes()) for path in sorted(Path(sys.argv[1]).glob("*.html"))]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    stored = extracted = 0.0
    reader = Reader(Settings())
    reader.read(b"<p>", "https://voorbeeld.example/")
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            context = open_context(Settings(data=Path(folder), log_level="error"))
            start = time.perf_counter()
            for _ in submit_all(
                context, reader, (Page(f"https://voorbeeld.example/{n}", content, "bench") for n, content in pages)
            ):
                pass
            middle = time.perf_counter()
            for name, content in pages:
                extract(content, f"https://voorbeeld.example/{name}")
            stored += middle - start
            extracted += time.perf_counter() - middle
            context.engine.dispose()
    reader.close()
    count = rounds * len(pages)
    print(f"extract only     {count / extracted:8.1f} pages/s")
    print(f"extract to store {count / stored:8.1f} pages/s   {stored / extracted:.1f}x the time of extraction")


if __name__ == "__main__":
    main()
