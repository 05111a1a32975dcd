"""Runs the command `belfort` as a person would: a process of its own, with settings from the environment."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Done:
    """What the command printed and how it ended."""

    code: int
    out: str
    err: str


def belfort(*arguments: object, data: Path, **settings: object) -> Done:
    """Run `belfort` with these arguments on that data folder; settings without their prefix, in lower case."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("BELFORT_")},
        "BELFORT_DATA": str(data),
        **{f"BELFORT_{name.upper()}": str(value) for name, value in settings.items()},
    }
    command = [sys.executable, "-c", "from belfort.cli import main; main()", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)
    return Done(done.returncode, done.stdout, done.stderr)
