"""Ask for an alert, confirm it, change it, stop it: what the site lets a visitor do, without an account.

The answer to asking is the same whether or not the address is known, already has this alert, or has asked too often:
only the owner of the mailbox learns more. Whoever has the token of an alert may see and change it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

import sqlalchemy as sa

from belfort.errors import BelfortError, NotFound, UsageError
from belfort.records.database import now
from belfort.settings import Settings
from search.alerts import address as addresses
from search.alerts import keys, saved
from search.alerts.keys import Keys
from search.alerts.store import alert, asked, compact, delivery, mail, open_store, reading, stopped, writing
from search.query import Query

Frequency = Literal["direct", "dag", "week"]
FREQUENCIES: tuple[str, ...] = get_args(Frequency)
WAITING, ACTIVE, PAUSED = "wacht", "actief", "gepauzeerd"

PENDING_PER_ADDRESS = 5
"""Mails to one address in a day that ask to confirm and get no answer."""
ASKED_PER_CLIENT = 60
"""Questions from one client in a day; behind a proxy without `X-Forwarded-For` all visitors are one client."""
ALERTS_PER_ADDRESS = 200
LONGEST_LABEL = 120
UNCONFIRMED = timedelta(days=7)
PAUSED_FOR = timedelta(days=90)
REMEMBERED = timedelta(days=400)
_DAY = timedelta(days=1)


class Stopped(NotFound):
    """This alert was stopped by its owner."""

    slug, title, status = "stopped", "Melding gestopt", 410


class TooMany(BelfortError):
    """One client asks too much."""

    slug, title, status, exit_code = "too-many", "Te veel gevraagd", 429, 8


@dataclass(frozen=True)
class Wish:
    """What a visitor asks: the canonical query string, an address as typed, a label of their own, how often."""

    query: str
    address: str
    label: str = ""
    frequency: str = "dag"

    def __post_init__(self) -> None:
        if self.frequency not in FREQUENCIES:
            raise UsageError("Die frequentie bestaat niet.", hint=f"Kies uit: {', '.join(FREQUENCIES)}.")


@dataclass(frozen=True)
class Alert:
    """An alert as its owner may see it; the address is not part of it."""

    id: int
    token: str
    query: str
    excluded: tuple[str, ...]
    label: str
    frequency: str
    state: str
    created: str
    confirmed: str

    @property
    def question(self) -> Query:
        """The search that it follows."""
        return saved.parse(self.query)


class Alerts:
    """The alerts of these settings; opened by one process, used by any number of threads.

    Raises:
        SettingsError: the database or the key cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self.engine = open_store(settings)
        try:
            self.keys: Keys = keys.load(settings.alerts)
        except BaseException:
            self.engine.dispose()
            raise

    def close(self) -> None:
        """Close the database."""
        self.engine.dispose()

    def ask(self, wish: Wish, client: str = "") -> None:
        """Keep an alert that waits for its owner, with a mail that asks to confirm it.

        Raises:
            UsageError: that is no address.
            TooMany: this client asked too much today.
        """
        address = addresses.parse(wish.address)
        who, whence = self.keys.person(address), self.keys.person(f"client {client}")
        with writing(self.engine) as connection:
            if _asked(connection, whence) >= ASKED_PER_CLIENT:
                raise TooMany(
                    "Van dit netwerk kwamen vandaag te veel aanvragen.", hint="Probeer het morgen opnieuw.",
                    retry_after=3600,
                )  # fmt: skip
            moment = now()
            connection.execute(asked.insert(), [{"who": whence, "at": moment}])
            if _asked(connection, who) >= PENDING_PER_ADDRESS or _count(connection, who) >= ALERTS_PER_ADDRESS:
                return
            connection.execute(asked.insert(), [{"who": who, "at": moment}])
            number = self._same(connection, who, wish.query) or self._add(connection, wish, address, who)
            # An alert that is active already gets the same letter: it says so, and has the link to change it.
            waiting = sa.select(mail.c.id).where(mail.c.alert == number, mail.c.kind == "bevestiging")
            if connection.execute(waiting).first() is None:
                add_mail(connection, number, "bevestiging")

    def find(self, token: str) -> Alert:
        """The alert of a token.

        Raises:
            Stopped: it was stopped.
            NotFound: there is no such alert.
        """
        with reading(self.engine) as connection:
            return self._find(connection, token)

    def confirm(self, token: str, since: int) -> Alert:
        """Make an alert active; `since` is the newest change of the records: what came before does not count."""
        with writing(self.engine) as connection:
            found = self._find(connection, token)
            if found.state != ACTIVE:
                connection.execute(
                    alert.update()
                    .where(alert.c.id == found.id)
                    .values(state=ACTIVE, confirmed=found.confirmed or now(), since=since, refusals=0, changed=now())
                )
                connection.execute(mail.delete().where(mail.c.alert == found.id, mail.c.kind == "bevestiging"))
            if found.state == WAITING:  # the mailbox is theirs: this question is no bother to anybody
                who = sa.select(alert.c.person).where(alert.c.id == found.id).scalar_subquery()
                first = sa.select(sa.func.min(asked.c.id)).where(asked.c.who == who).scalar_subquery()
                connection.execute(asked.delete().where(asked.c.id == first))
            return self._find(connection, token)

    def change(self, token: str, *, frequency: str = "", label: str | None = None) -> Alert:
        """Change how often or under which name; what is not given stays."""
        if frequency and frequency not in FREQUENCIES:
            raise UsageError("Die frequentie bestaat niet.", hint=f"Kies uit: {', '.join(FREQUENCIES)}.")
        with writing(self.engine) as connection:
            found = self._find(connection, token)
            values = {
                "frequency": frequency or found.frequency,
                "label": found.label if label is None else tidy_label(label),
            }
            connection.execute(alert.update().where(alert.c.id == found.id).values(**values))
            return self._find(connection, token)

    def exclude(self, token: str, words: list[str], *, instead: bool = False) -> Alert:
        """Leave out documents with these words from now on, beside (or instead of) those left out before."""
        with writing(self.engine) as connection:
            found = self._find(connection, token)
            excluded = saved.words([*(() if instead else found.excluded), *words])
            connection.execute(alert.update().where(alert.c.id == found.id).values(excluded=saved.pack(excluded)))
            return self._find(connection, token)

    def stop(self, token: str) -> None:
        """Forget an alert with its address at once; stopping twice is no error.

        Raises:
            NotFound: there never was such an alert.
        """
        with writing(self.engine) as connection:
            try:
                found = self._find(connection, token)
            except Stopped:
                return
            remove(connection, [found.id])
        compact(self.engine)

    def stop_all(self, address: str) -> int:
        """Forget all alerts of an address; how many there were.

        Raises:
            UsageError: that is no address.
        """
        who = self.keys.person(addresses.parse(address))
        with writing(self.engine) as connection:
            numbers = list(connection.execute(sa.select(alert.c.id).where(alert.c.person == who)).scalars())
            remove(connection, numbers)
        compact(self.engine)
        return len(numbers)

    def _find(self, connection: sa.Connection, token: str) -> Alert:
        digest = self.keys.digest(token) if keys.looks_like_token(token) else ""
        row = connection.execute(sa.select(alert).where(alert.c.token_digest == digest)).one_or_none()
        if row:
            return Alert(
                row.id, token, row.query, saved.unpack(row.excluded), row.label, row.frequency, row.state, row.created,
                row.confirmed,
            )  # fmt: skip
        if connection.execute(sa.select(stopped.c.at).where(stopped.c.token_digest == digest)).first():
            raise Stopped("Deze melding is gestopt. Het e-mailadres is gewist.")
        raise NotFound("Deze melding bestaat niet (meer).", hint="Wat niet binnen 7 dagen bevestigd is, wordt gewist.")

    def _same(self, connection: sa.Connection, who: str, query: str) -> int:
        """The alert that this person already has for this search, or 0."""
        same = sa.select(alert.c.id).where(alert.c.person == who, alert.c.query == query).limit(1)
        return connection.execute(same).scalar_one_or_none() or 0

    def _add(self, connection: sa.Connection, wish: Wish, address: str, who: str) -> int:
        nonce = keys.nonce()
        row = {
            "nonce": nonce, "token_digest": self.keys.digest(self.keys.token(nonce)), "address": address,
            "person": who, "query": wish.query, "excluded": "[]", "label": tidy_label(wish.label),
            "frequency": wish.frequency, "state": WAITING, "created": now(), "confirmed": "", "since": 0,
            "refusals": 0, "changed": now(),
        }  # fmt: skip
        return int(connection.execute(alert.insert().values(**row).returning(alert.c.id)).scalar_one())


def tidy_label(text: str) -> str:
    """A name for an alert: one line, not too long."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST_LABEL]


def add_mail(connection: sa.Connection, number: int, kind: str) -> int:
    """Put a letter of an alert in the post."""
    row = {"alert": number, "kind": kind, "created": now(), "due": now(), "attempts": 0, "owner": "", "error": ""}
    return int(connection.execute(mail.insert().values(**row).returning(mail.c.id)).scalar_one())


def remove(connection: sa.Connection, numbers: list[int], *, remember: bool = True) -> None:
    """Forget these alerts with all that hangs on them; of the token a digest stays, to answer that it stopped."""
    if not numbers:
        return
    if remember:
        digests = connection.execute(sa.select(alert.c.token_digest).where(alert.c.id.in_(numbers))).scalars()
        connection.execute(stopped.insert(), [{"token_digest": digest, "at": now()} for digest in digests])
    for table in (delivery, mail):
        connection.execute(table.delete().where(table.c.alert.in_(numbers)))
    connection.execute(alert.delete().where(alert.c.id.in_(numbers)))


def expire(engine: sa.Engine) -> int:
    """Forget what was never confirmed, what nobody could be told of for long, and counts of yesterday; how many."""
    with writing(engine) as connection:
        late = sa.or_(
            sa.and_(alert.c.state == WAITING, alert.c.created < ago(UNCONFIRMED)),
            sa.and_(alert.c.state == PAUSED, alert.c.changed < ago(PAUSED_FOR)),
        )
        numbers = list(connection.execute(sa.select(alert.c.id).where(late)).scalars())
        remove(connection, numbers, remember=False)
        connection.execute(asked.delete().where(asked.c.at < ago(_DAY)))
        connection.execute(stopped.delete().where(stopped.c.at < ago(REMEMBERED)))
    return len(numbers)


def ago(time: timedelta) -> str:
    """The moment so long ago, as it is stored."""
    return (datetime.now(UTC) - time).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _asked(connection: sa.Connection, who: str) -> int:
    rows = sa.select(sa.func.count()).where(asked.c.who == who, asked.c.at >= ago(_DAY))
    return int(connection.execute(rows).scalar_one())


def _count(connection: sa.Connection, who: str) -> int:
    return int(connection.execute(sa.select(sa.func.count()).where(alert.c.person == who)).scalar_one())
