"""Sends what waits: deliveries become letters when their alert wants them, and letters go to the mail server.

Each letter is claimed, sent, then marked, each step durable. A crash between sending and marking sends the same
letter again with the same Message-ID: SMTP cannot promise more, and a receiver can see that it is the same. Documents
are read from the records when their letter is written, so what is no longer public, or no longer matches, is not sent
(that covers an erasure), and no text of a document lies in the database of the alerts.
"""

import os
import secrets
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import sqlalchemy as sa

from belfort.errors import BelfortError, SettingsError, UsageError
from belfort.folders import lock
from belfort.log import get_logger
from belfort.records.database import chunks, now, open_database, read, upsert
from belfort.settings import Settings
from search.alerts import address, letter, schedule, smtp
from search.alerts.follow import revision
from search.alerts.letter import Envelope, Head, Told
from search.alerts.smtp import Post, Refusal
from search.alerts.store import alert, compact, delivery, mail, reading, writing
from search.alerts.subscribe import ACTIVE, PAUSED, WAITING, Alerts, add_mail, expire, remove
from search.alerts.telling import tell
from search.alerts.why import describe_saved

log = get_logger("alerts")
_Row = sa.Row[tuple[Any, ...]]

LOCK_SECONDS = 60.0
LEASE = timedelta(minutes=10)
FIRST_RETRY = timedelta(minutes=2)
LONGEST_RETRY = timedelta(hours=6)
GIVE_UP = timedelta(days=4)
REFUSALS = 3
"""Times that a server says never before an alert is paused (or, not confirmed yet, forgotten)."""
POLL = 5.0
"""Seconds between two looks of `keep_sending`."""


@dataclass(frozen=True)
class Sent:
    """What one run did: letters sent, refused for later, alerts paused, letters that had nothing to tell any more."""

    sent: int = 0
    later: int = 0
    paused: int = 0
    empty: int = 0


@dataclass(frozen=True)
class _Claimed:
    """A letter that this process sends now."""

    id: int
    kind: str
    created: str
    attempts: int
    alert: int


def deliver(settings: Settings, at: datetime | None = None) -> Sent:
    """Send everything that is due (at that moment, or now).

    Raises:
        SettingsError: there is no mail server, or its settings cannot work.
        FetchError: the mail server cannot be used; what waits is sent later.
        Busy: another process was sending all the while.
    """
    server, envelope = smtp.parse(settings.smtp) if settings.smtp else None, envelope_of(settings)
    if server is None:
        raise SettingsError("There is no mail server.", hint="Set BELFORT_SMTP.")
    moment = at or datetime.now(UTC)
    with lock(settings.alerts / "post", LOCK_SECONDS, "sending alerts"):
        alerts = Alerts(settings)
        try:
            expire(alerts.engine)
            _take_over(alerts)
            _compose(alerts, moment)
            with Post(server) as post:
                return _Run(settings, alerts, envelope, post, moment).all()
        finally:
            compact(alerts.engine)
            alerts.close()


def envelope_of(settings: Settings) -> Envelope:
    """What all mail has in common.

    Raises:
        SettingsError: `BELFORT_MAIL_FROM` is no address.
    """
    envelope = Envelope(settings.base_url, settings.site_name, "", settings.contact)
    sender = settings.mail_from or f"belfort@{envelope.host}"
    try:
        sender = address.parse(sender) if settings.mail_from else sender
    except UsageError:
        raise SettingsError("BELFORT_MAIL_FROM is not one e-mail address.", hint="Write name@host.") from None
    return replace(envelope, sender=sender)


def keep_sending(settings: Settings, stopping: threading.Event, *, seconds: float = POLL) -> None:
    """Send what is due, again and again until told to stop; what goes wrong is said in the log."""
    said = ""
    while not stopping.is_set():
        try:
            deliver(settings)
            said = ""
        except BelfortError as error:
            if error.detail != said:
                log.warning("alerts wait", error=error.detail)
            said = error.detail
        except Exception as error:  # noqa: BLE001 -- whatever it is, the next letters must go; its text may name someone
            log.warning("sending alerts failed", kind=type(error).__name__)
        stopping.wait(seconds)


def _take_over(alerts: Alerts) -> None:
    """Free the letters that a process of this machine had when it died: the lock says that it is gone."""
    with writing(alerts.engine) as connection:
        connection.execute(
            mail.update().where(mail.c.owner.startswith(f"{_machine()}:", autoescape=True)).values(owner="", due=now())
        )


def _machine() -> str:
    return socket.gethostname()


def _compose(alerts: Alerts, moment: datetime) -> None:
    """Make letters of the deliveries that their alert wants by now."""
    with writing(alerts.engine) as connection:
        waiting = connection.execute(
            sa.select(alert.c.id, alert.c.frequency, sa.func.min(delivery.c.found).label("found"))
            .join(delivery, delivery.c.alert == alert.c.id)
            .where(alert.c.state == ACTIVE, delivery.c.state == "klaar", delivery.c.mail == 0)
            .group_by(alert.c.id, alert.c.frequency)
            .order_by(alert.c.id)
        ).all()
        for one in waiting:
            if schedule.due(one.frequency, one.found) <= moment:
                connection.execute(
                    delivery.update()
                    .where(delivery.c.alert == one.id, delivery.c.state == "klaar", delivery.c.mail == 0)
                    .values(mail=add_mail(connection, one.id, "treffers"))
                )


class _Run:
    """One run: letter after letter."""

    def __init__(self, settings: Settings, alerts: Alerts, envelope: Envelope, post: Post, moment: datetime) -> None:
        self._alerts, self._envelope, self._post, self._moment = alerts, envelope, post, moment
        self._records = open_database(settings, read_only=True)
        self._owner = f"{_machine()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._counts = {"sent": 0, "later": 0, "paused": 0, "empty": 0}

    def all(self) -> Sent:
        """Send every letter that is due."""
        try:
            while (claimed := self._claim()) is not None:
                self._one(claimed)
        finally:
            self._records.dispose()
        return Sent(**self._counts)

    def _claim(self) -> _Claimed | None:
        """The letter that waits longest, ours until its lease ends."""
        due = _text(max(self._moment, datetime.now(UTC)))
        with writing(self._alerts.engine) as connection:
            row = connection.execute(
                sa.select(mail.c.id, mail.c.kind, mail.c.created, mail.c.attempts, mail.c.alert)
                .where(mail.c.due <= due)
                .order_by(mail.c.due, mail.c.id)
                .limit(1)
            ).one_or_none()
            if row is None:
                return None
            lease = _text(max(self._moment, datetime.now(UTC)) + LEASE)
            connection.execute(
                mail.update().where(mail.c.id == row.id).values(owner=self._owner, due=lease, attempts=row.attempts + 1)
            )
        return _Claimed(row.id, row.kind, row.created, row.attempts + 1, row.alert)

    def _one(self, claimed: _Claimed) -> None:
        with reading(self._alerts.engine) as connection:
            owner = connection.execute(sa.select(alert).where(alert.c.id == claimed.alert)).one_or_none()
            rows = connection.execute(sa.select(delivery).where(delivery.c.mail == claimed.id)).all()
        if owner is None or owner.state == PAUSED:
            self._settle(claimed, lambda _: None)
            return
        told = [] if claimed.kind == "bevestiging" else self._told(owner, rows)
        if claimed.kind != "bevestiging" and not told:
            self._settle(claimed, lambda connection: self._drop(connection, claimed))
            self._counts["empty"] += 1
            return
        try:
            self._post.send(self._envelope.sender, owner.address, self._letter(claimed, owner, told))
        except Refusal as refusal:
            self._refused(claimed, owner, refusal)
        except BelfortError:
            self._later(claimed, "server")
            raise
        else:
            self._settle(claimed, lambda connection: self._mark(connection, claimed, told))
            self._counts["sent"] += 1

    def _told(self, owner: _Row, rows: Sequence[_Row]) -> list[Told]:
        kinds = {row.iri: row.kind for row in sorted(rows, key=lambda one: one.kind)}  # nieuw after gewijzigd
        try:
            with read(self._records) as connection:
                return tell(connection, owner.query, owner.excluded, kinds)
        except UsageError:  # a value of a filter no longer exists: it finds nothing
            return []

    def _letter(self, claimed: _Claimed, owner: _Row, told: list[Told]) -> EmailMessage:
        head = Head(
            to=owner.address,
            message=self._alerts.keys.message(claimed.alert, claimed.id),
            at=datetime.fromisoformat(claimed.created),
            token=self._alerts.keys.token(owner.nonce),
            name=f"“{owner.label}”" if owner.label else describe_saved(owner.query),
        )
        if claimed.kind == "bevestiging":
            return letter.confirmation(self._envelope, head, active=owner.state != WAITING)
        return letter.news(self._envelope, head, told, f"/zoeken?{owner.query}")

    def _mark(self, connection: sa.Connection, claimed: _Claimed, told: list[Told]) -> None:
        """Note what was told, as it was when the letter was written; what was not told may be found again."""
        upsert(
            connection,
            delivery,
            [
                {"alert": claimed.alert, "iri": one.document.iri, "revision": revision(one.document),
                 "kind": one.kind, "state": "verzonden", "found": now(), "mail": 0}
                for one in told
            ],
            ["alert", "iri", "revision"],
        )  # fmt: skip
        for piece in chunks([one.document.iri for one in told]):
            mine = sa.and_(delivery.c.mail == claimed.id, delivery.c.iri.in_(piece))
            connection.execute(delivery.update().where(mine).values(state="verzonden", mail=0))
        self._drop(connection, claimed)

    def _drop(self, connection: sa.Connection, claimed: _Claimed) -> None:
        connection.execute(delivery.delete().where(delivery.c.mail == claimed.id))

    def _settle(self, claimed: _Claimed, also: Callable[[sa.Connection], object]) -> None:
        """The letter is done with, in one transaction with what follows from it."""
        with writing(self._alerts.engine) as connection:
            also(connection)
            connection.execute(delivery.update().where(delivery.c.mail == claimed.id).values(mail=0))
            connection.execute(mail.delete().where(mail.c.id == claimed.id))

    def _refused(self, claimed: _Claimed, owner: _Row, refusal: Refusal) -> None:
        """A server said not now, or never: try later, or stop writing to that address."""
        refusals = owner.refusals + refusal.final
        old = datetime.fromisoformat(claimed.created) < self._moment - GIVE_UP
        log.warning("letter refused", alert=claimed.alert, code=refusal.code, attempts=claimed.attempts)
        with writing(self._alerts.engine) as connection:
            connection.execute(alert.update().where(alert.c.id == claimed.alert).values(refusals=refusals))
        if refusals < REFUSALS and not old:
            self._later(claimed, str(refusal.code))
            self._counts["later"] += 1
            return
        self._counts["paused"] += 1
        self._settle(claimed, lambda connection: _pause(connection, owner))

    def _later(self, claimed: _Claimed, error: str) -> None:
        wait = min(FIRST_RETRY * 2 ** min(claimed.attempts - 1, 12), LONGEST_RETRY)
        with writing(self._alerts.engine) as connection:
            connection.execute(
                mail.update()
                .where(mail.c.id == claimed.id)
                .values(owner="", error=error, due=_text(max(self._moment, datetime.now(UTC)) + wait))
            )


def _pause(connection: sa.Connection, owner: _Row) -> None:
    """Write no more to an address that takes nothing; one that never confirmed is forgotten."""
    if owner.state == WAITING:
        remove(connection, [owner.id], remember=False)
    else:
        connection.execute(alert.update().where(alert.c.id == owner.id).values(state=PAUSED, changed=now()))


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
