"""What to do when a server or browser that a test needs is not on this machine."""

import os
from typing import NoReturn

import pytest


def missing(what: str) -> NoReturn:
    """Skip with the reason; in CI a missing part is a failure, since there it must have been installed."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and in CI everything must be there; `make test` installs it", pytrace=False)
    pytest.skip(f"{what} is not on this machine")
