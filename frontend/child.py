"""One web process: `python -m frontend.child FD` serves on an inherited listening socket until its parent is gone."""

import logging
import os
import signal
import socket
import sys
import threading
from types import FrameType

import waitress

from belfort import log
from belfort.errors import BelfortError
from belfort.settings import load_settings
from frontend import quick
from frontend.app import create_app
from frontend.site import validate


def main() -> None:
    """Serve; end with the parent, or on SIGTERM."""
    settings = load_settings()
    log.configure(settings)
    try:
        app = create_app(settings)
    except BelfortError as error:
        sys.stderr.write(f"belfort: {error.one_line()}\n")
        sys.exit(error.exit_code)
    server = waitress.create_server(
        app,
        sockets=[socket.socket(fileno=int(sys.argv[1]))],
        threads=settings.web_threads,
        ident="belfort",
        connection_limit=1000,
        channel_timeout=30,
        max_request_header_size=32 * 1024,
        max_request_body_size=validate.LIMIT + 64 * 1024,  # Flask keeps the other addresses smaller
        clear_untrusted_proxy_headers=True,
    )
    quick.install(server, app.extensions["belfort"], settings)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a request that waits a moment is no news
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    try:
        server.run()
    finally:
        app.extensions["belfort"].close()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _end_with_parent() -> None:
    """Wait on the pipe that only the parent holds open."""
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
