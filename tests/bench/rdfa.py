"""Our RDFa processor against pyRdfa3 on the pages of a folder, alternating in one run: `rdfa.py FOLDER [ROUNDS]`."""

import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from harvester.rdfa import parse
from tests.support.rdfa import oracle

BASE = "https://www.example.org/pagina"


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print milliseconds, MB/s and the ratio of the medians."""
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    pages = [path.read_bytes() for path in sorted(folder.glob("*.html"))]
    size = sum(map(len, pages)) / 1e6
    warnings.simplefilter("ignore")
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        ours += [_seconds(lambda: [parse(page, BASE) for page in pages]) for _ in range(5)]
        theirs.append(_seconds(lambda: [oracle(page, BASE) for page in pages]))
    mine, other = statistics.median(ours), statistics.median(theirs)
    print(f"{len(pages)} pages, {size:.2f} MB")
    print(f"belfort  {mine * 1e3:8.1f} ms  {size / mine:6.1f} MB/s")
    print(f"pyRdfa3  {other * 1e3:8.1f} ms  {size / other:6.1f} MB/s")
    print(f"ratio    {other / mine:8.1f}")


if __name__ == "__main__":
    main()
