"""Runs Python of a test in a process of its own, on the records of a context: to kill it, or to write beside it."""

import os
import subprocess
import sys
from pathlib import Path

from belfort.jobs import Context

ROOT = Path(__file__).parents[2]
_HEAD = "import os, signal, sys\nfrom belfort.jobs import open_context\nfrom belfort.settings import load_settings\n"


def start(code: str, context: Context, *arguments: str) -> "subprocess.Popen[str]":
    """Start the code with `open_context` and `load_settings` at hand; its output is a pipe."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "BELFORT_DATA": str(context.settings.data),
        "BELFORT_DATABASE": context.settings.database,
    }
    command = [sys.executable, "-c", _HEAD + code, *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True)


def run(code: str, context: Context, *arguments: str) -> tuple[int, str]:
    """The exit code (negative for a signal) and the output of the code."""
    process = start(code, context, *arguments)
    out, _ = process.communicate(timeout=120)
    return process.returncode, out
