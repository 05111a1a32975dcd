"""The parent's side of a crawl: starts the child, passes on what it reports, stops it when we stop."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from belfort.errors import BelfortError, FetchError, Refused
from belfort.settings import Settings
from belfort.workers import WorkerCrashed
from harvester.frontier import Run

_KINDS: dict[str, type[BelfortError]] = {kind.slug: kind for kind in (FetchError, Refused)}


def crawl(settings: Settings, run: Run, lock: int) -> Iterator[dict[str, Any]]:
    """Crawl until nothing is left or the budget is spent; yields one report a page: `url`, `state`, `reason`.

    The child inherits the file descriptor `lock`, so that the source stays locked until both have ended.

    Raises:
        FetchError: the site cannot be reached, or its robots.txt asks us to wait.
        Refused: the guard forbids the site.
        WorkerCrashed: the child stopped before its end; harvesting again resumes the run.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "harvester.crawl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        pass_fds=(lock,), env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )  # fmt: skip
    assert child.stdin
    assert child.stdout
    last: dict[str, Any] = {}
    try:
        with child.stdin:
            json.dump({"settings": settings.model_dump(mode="json"), "source": run.source.__dict__,
                       "number": run.number, "seed": run.seed}, child.stdin)  # fmt: skip
        for line in child.stdout:
            last = json.loads(line)
            if "url" in last:
                yield last
    finally:
        child.kill() if "end" not in last else None
        child.wait()
        child.stdout.close()
    if "error" in last:
        error = last["error"]
        raise _KINDS.get(error["slug"], BelfortError)(error["detail"], hint=error["hint"], **error["facts"])
    if last.get("end") != "finished":
        raise WorkerCrashed(
            f"{run.source.slug}: the crawl stopped early ({last.get('end', 'killed')}).",
            hint="What was fetched is kept; harvest again to go on from there.",
        )
