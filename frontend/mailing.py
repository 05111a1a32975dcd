"""Sends the mail of alerts for as long as the site is served, in a thread of the parent: web processes send nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from belfort.settings import Settings

STOP_SECONDS = 5.0


@contextmanager
def mailing(settings: Settings) -> Iterator[None]:
    """Send what is due while the block runs, when there is a mail server.

    Raises:
        SettingsError: the settings of mail cannot work.
    """
    if not settings.smtp:
        yield
        return
    from search.alerts import smtp
    from search.alerts.post import envelope_of, keep_sending

    smtp.parse(settings.smtp)
    envelope_of(settings)
    stopping = threading.Event()
    # A letter that is cut off by the end of the process is sent again, with the same Message-ID.
    thread = threading.Thread(target=keep_sending, args=(settings, stopping), name="mailing", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(STOP_SECONDS)
