"""A running site for tests in a browser."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from belfort.jobs import Context, open_context, project
from belfort.settings import Settings
from frontend.server import Server


@contextmanager
def serving(folder: Path, *fill: Callable[[Context], object]) -> Iterator[str]:
    """The address of a site on records of its own in that folder, filled by these functions."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = Settings(data=folder / "data", port=port, web_workers=1, follow=False, log_level="error")
    context = open_context(settings)
    for one in fill:
        one(context)
    if fill:
        project(context)
    context.engine.dispose()
    with Server(settings):
        yield f"http://127.0.0.1:{port}"
