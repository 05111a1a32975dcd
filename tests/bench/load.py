"""How fast, and in how much memory, a register of N triples loads, merges and goes out; and what news then costs.

    .venv/bin/python tests/bench/load.py [N] [--small M]

Each step is a process of its own, so that its peak memory (RSS, children included apart) is its own. The same delta
file is taken in by a register of N and by one of M triples (by default N / 10): the ratio says whether a run costs
what is new or what is there.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NEWS = 50


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", nargs="?", default="200000")
    parser.add_argument("--small", type=int, default=0)
    parser.add_argument("--step", nargs=2, default=None)
    known = parser.parse_args()
    if known.step:
        step(*known.step)
        return
    count = int(known.count) if known.count.isdigit() else 200_000  # `make bench` gives a folder of pages
    with tempfile.TemporaryDirectory() as folder:
        large = measure(count, Path(folder) / "large")
        less = known.small or count // 10
        small = measure(less, Path(folder) / "small")
    print(
        f"news of {NEWS} persons: {large / small:.2f} times the seconds in a register {count / less:.0f} times as large"
    )


def measure(count: int, folder: Path) -> float:
    """Load, project and take in news in a folder of its own; the seconds that the news took."""
    from tests.support import register_load

    folder.mkdir()
    with (folder / "register.nt").open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in register_load.lines(count))
    for number in range(3):
        name = f"delta-2099-01-0{number + 1}T00:00:00.000Z-0.json"
        (folder / name).write_bytes(register_load.news(number * NEWS, NEWS))
    print(f"{count} triples, {(folder / 'register.nt').stat().st_size / 2**20:.0f} MiB")
    load = run("load", folder)
    print(f"  load and merge  {load['seconds']:7.2f} s  {count / load['seconds']:9,.0f} triples/s  {memory(load)}")
    dumps = run("dumps", folder)
    print(f"  dumps           {dumps['seconds']:7.2f} s  {count / dumps['seconds']:9,.0f} triples/s  {memory(dumps)}")
    news = [run(f"news{number}", folder) for number in range(3)]
    best = min(one["seconds"] for one in news)
    print(f"  news            {best:7.2f} s (best of 3)              {memory(news[-1])}")
    return best


def memory(done: dict[str, float]) -> str:
    return f"peak {done['rss']:.0f} MiB, children {done['children']:.0f} MiB"


def run(name: str, folder: Path) -> dict[str, float]:
    """One step in a process of its own."""
    command = [sys.executable, __file__, "--step", name, str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def step(name: str, folder: str) -> None:
    """Do the step and print what it took, as JSON."""
    from belfort import jobs
    from belfort.settings import Settings
    from publisher.register.intake import Given, import_files

    context = jobs.open_context(Settings(data=Path(folder) / "data", log_level="error"))
    started = time.monotonic()
    if name == "load":
        result = import_files(context, Given("import", [Path(folder) / "register.nt"], "2026-01-01T00:00:00Z"))
        assert result.files == 1, result
        assert not result.stopped, result.stopped
    elif name == "dumps":
        jobs.project(context, only="dumps")
    else:
        path = sorted(Path(folder).glob("delta-*.json"))[int(name[-1])]
        result = import_files(context, Given("import", [path]))
        assert result.inserts == NEWS, result
    seconds = time.monotonic() - started
    peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({"seconds": seconds, "rss": peaks[0], "children": peaks[1]}))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main()
