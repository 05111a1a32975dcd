"""Our RDFa processor against pyRdfa3 and rdfa-streaming-parser on the pages of a folder: `rdfa.py FOLDER [ROUNDS]`.

All sides read the same pages in turn in one run, warm; medians of the wall clock. rdfa-streaming-parser comes from npm
into a temporary folder; without node, npm or network that side is left out, and the script says so. Then the memory
that a 3 MB page takes, made of the largest page of the folder.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from harvester.rdfa import parse
from tests.support.rdfa import oracle

BASE = "https://www.example.org/pagina"
PACKAGE = "rdfa-streaming-parser@3.0.2"
LARGE = 3_000_000
WARM_UP = 5
RUNS = 7

_NODE = (
    """
const { RdfaParser } = require('rdfa-streaming-parser');
const fs = require('fs');
const pages = process.argv.slice(2).map((path) => fs.readFileSync(path));
const one = (page) => new Promise((resolve, reject) => {
  let quads = 0;
  const parser = new RdfaParser({ baseIRI: '"""
    + BASE
    + """', contentType: 'text/html' });
  parser.on('data', () => { quads += 1; }).on('error', reject).on('end', () => resolve(quads));
  parser.write(page); parser.end();
});
require('readline').createInterface({ input: process.stdin }).on('line', async () => {
  const start = process.hrtime.bigint();
  let quads = 0;
  for (const page of pages) quads += await one(page);
  console.log(JSON.stringify({ seconds: Number(process.hrtime.bigint() - start) / 1e9, quads }));
});
"""
)

_MEMORY = """
import re, sys
from pathlib import Path
from harvester.extract import extract
most = lambda: re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
content = Path(sys.argv[1]).read_bytes()
extract(b"<p>", sys.argv[2])
before = most()
lines = extract(content, sys.argv[2]).lines
print(len(lines), before, most())
"""


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@contextmanager
def _streaming_parser(folder: Path, pages: list[Path]) -> Iterator[Callable[[], float] | None]:
    """A function that lets rdfa-streaming-parser read all pages once and gives its seconds; None without it."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        print("rdfa-streaming-parser is left out: node and npm are not on this machine")
        yield None
        return
    install = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", PACKAGE]
    if subprocess.run(install, cwd=folder, check=False).returncode:
        print("rdfa-streaming-parser is left out: npm could not install it")
        yield None
        return
    script = folder / "read.js"
    script.write_text(_NODE)
    with subprocess.Popen(
        [node, str(script), *map(str, pages)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        stdin, stdout = process.stdin, process.stdout

        def once() -> float:
            stdin.write("\n")
            stdin.flush()
            return float(json.loads(stdout.readline())["seconds"])

        for _ in range(WARM_UP):
            once()
        yield once
        stdin.close()


def _speed(paths: list[Path], rounds: int) -> None:
    pages = [path.read_bytes() for path in paths]
    size = sum(map(len, pages)) / 1e6
    times: dict[str, list[float]] = {"belfort": [], "pyRdfa3": [], "rdfa-streaming-parser": []}
    with tempfile.TemporaryDirectory() as folder, _streaming_parser(Path(folder), paths) as other:
        for _ in range(rounds):
            times["belfort"] += [_seconds(lambda: [parse(page, BASE) for page in pages]) for _ in range(RUNS)]
            if other:
                times["rdfa-streaming-parser"] += [other() for _ in range(RUNS)]
            times["pyRdfa3"].append(_seconds(lambda: [oracle(page, BASE) for page in pages]))
    print(f"{len(pages)} pages, {size:.2f} MB, {rounds} rounds")
    mine = statistics.median(times["belfort"])
    for name, measured in times.items():
        if measured:
            median = statistics.median(measured)
            print(f"{name:22} {median * 1e3:8.1f} ms {size / median:6.1f} MB/s   ratio {median / mine:6.1f}")


def _memory(paths: list[Path]) -> None:
    largest = max((path.read_bytes() for path in paths), key=len)
    end = largest.lower().rfind(b"</body")
    end = end if end >= 0 else len(largest)
    start = max(0, largest.find(b">", largest.lower().find(b"<body")) + 1)
    with tempfile.NamedTemporaryFile(suffix=".html") as file:
        file.write(largest[:end] + largest[start:end] * (LARGE // (end - start)) + largest[end:])
        file.flush()
        answer = subprocess.run(
            [sys.executable, "-c", _MEMORY, file.name, BASE], check=True, capture_output=True, text=True
        )
        lines, before, most = map(int, answer.stdout.split())
        print(
            f"{Path(file.name).stat().st_size / 1e6:.1f} MB page: {lines} lines, {most / 1024:.0f} MB at most "
            f"({before / 1024:.0f} MB before the first page)"
        )


def main() -> None:
    """Print milliseconds, MB/s and the ratios of the medians, then memory."""
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    paths = sorted(folder.glob("*.html"))
    warnings.simplefilter("ignore")
    _speed(paths, rounds)
    _memory(paths)


if __name__ == "__main__":
    main()
