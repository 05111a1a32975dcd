"""Log lines never hold a rijksregisternummer."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
_LOGS = """
import sys
from belfort import log
from belfort.settings import Settings
log.configure(Settings(log_format="json", log_level="info"))
speaker = log.get_logger("test")
speaker.info("page read", url=f"https://x.example/{sys.argv[1]}", count=3)
speaker.debug("not this")
try:
    raise ValueError(f"bad value {sys.argv[1]}")
except ValueError:
    speaker.error("failed", exc_info=True)
"""


def test_a_number_is_masked_in_values_and_exceptions() -> None:
    """Each line is JSON with level, part and time; the number is in none of them, also not in an exception's text."""
    number = "87073003367"
    body = int(number[:9])
    number = f"{number[:9]}{97 - body % 97:02d}"
    done = subprocess.run(
        [sys.executable, "-c", _LOGS, number], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    rows = [json.loads(row) for row in done.stderr.splitlines()]
    assert [(row["event"], row["level"], row["part"]) for row in rows] == [
        ("page read", "info", "test"), ("failed", "error", "test"),
    ]  # fmt: skip
    assert "ValueError" in rows[1]["exception"]
    assert number not in done.stderr
    assert done.stdout == ""
