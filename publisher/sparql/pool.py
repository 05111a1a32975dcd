"""Answers SPARQL queries: guard, format, turn of the client, fast lane, slow lane. Never imports the engine.

A query first runs in the fast lane; when it takes too long there, its worker is killed and it runs again in the slow
lane. So nothing that is slow can hold up what is fast, whoever asks (measured: reliability §4.1).
"""

from dataclasses import dataclass

from belfort.errors import BelfortError, Busy, Damaged, DeadlineExceeded, Refused
from belfort.settings import Settings
from belfort.workers import Header, WorkerCrashed
from publisher.sparql import formats, guard, snapshots
from publisher.sparql.lanes import Lane, Limits, SlowQueries, Turns

FAST_WORKERS = 2
SLOW_WORKERS = 1
FAST_WAITING = 32
SLOW_WAITING = 6
CLIENT_WAITING = 2
MAX_BYTES = 64 * 2**20

NO_GRAPHS = "Deze dienst heeft één graaf, de standaardgraaf; een graaf die met FROM of GRAPH genoemd wordt, is leeg."
_NARROWER = (
    "Beperk de vraag met een klasse, een bestuur of LIMIT, vermijd ORDER BY en DISTINCT over alles, "
    "of download de volledige gegevens."
)


@dataclass(frozen=True)
class Answer:
    """A complete answer: bytes in a media type, its rows or triples, the snapshot it is about, a note or ""."""

    media_type: str
    body: bytes
    rows: int
    snapshot: str
    note: str = ""


@dataclass(frozen=True)
class Dataset:
    """The graphs that a request names (`default-graph-uri`, `named-graph-uri` of the protocol)."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


NO_DATASET = Dataset()


class Pool:
    """The query workers of one process. Workers start when first needed; `close` ends them all."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        folder, memory = settings.sparql, settings.sparql_memory
        slow = settings.sparql_seconds
        self.fast = Lane(folder, memory, Limits(FAST_WORKERS, FAST_WAITING, settings.sparql_fast_seconds, slow))
        self.slow = Lane(folder, memory, Limits(SLOW_WORKERS, SLOW_WAITING, slow, slow))
        self._turns = Turns(CLIENT_WAITING, slow)
        self._known_slow = SlowQueries()

    def query(
        self,
        text: str | bytes,
        *,
        accept: str = "",
        format: str = "",  # noqa: A002 - the name of the parameter on the wire
        client: str = "",
        dataset: Dataset = NO_DATASET,
    ) -> Answer:
        """Answer one query; `accept` is a header, `format` a short name or media type that wins over it.

        `client` names who asks (an address), for the cap per client; empty means no cap.

        Raises:
            guard.MalformedQuery: not SPARQL (400).
            Refused: the guard forbids it, or the answer has too many rows or bytes (400).
            formats.NotAcceptable: no format fits (406).
            lanes.TooManyQueries: the client has too many running (429); `facts["retry_after"]` in seconds.
            Busy: everybody together has, or there is no store yet (503); the same fact.
            DeadlineExceeded, WorkerCrashed: it took too long (504) or too much memory (503).
        """
        checked = guard.check(text)
        chosen = formats.choose(checked.kind, accept, format)
        if chosen is None:
            names = ", ".join(f"{one.name} ({one.media_type})" for one in formats.formats(checked.kind))
            raise formats.NotAcceptable("Het antwoord bestaat niet in dat formaat.", hint=f"Wel in: {names}.")
        if snapshots.current(self._settings.sparql) is None:
            raise _no_store()
        header: Header = {
            "op": "query",
            "format": chosen.name,
            "rows": self._settings.sparql_rows,
            "bytes": MAX_BYTES,
            "default_graphs": dataset.default,
            "named_graphs": dataset.named,
        }
        with self._turns.turn(client):
            answer, body = self._run(header, checked.text)
        if "error" in answer:
            raise self._error(answer)
        note = NO_GRAPHS if dataset or checked.graphs else ""
        return Answer(chosen.media_type, body, answer["rows"], answer["snapshot"], note)

    def close(self) -> None:
        """Kill all workers; queries that are running end with an error."""
        self.fast.close()
        self.slow.close()

    def _run(self, header: Header, text: str) -> tuple[Header, bytes]:
        body = text.encode()
        if text not in self._known_slow:
            try:
                return self.fast.run(header, body)
            except DeadlineExceeded:
                self._known_slow.add(text)
            except WorkerCrashed as crash:
                if crash.facts.get("reason") == "memory":
                    raise WorkerCrashed(crash.detail, hint=_NARROWER) from None
                # It may have been killed from outside, before or during this query: the other lane shows which.
        try:
            return self.slow.run(header, body)
        except DeadlineExceeded:
            seconds = self._settings.sparql_seconds
            raise DeadlineExceeded(
                f"De vraag duurde langer dan {seconds:g} s en is gestopt.", hint=_NARROWER, seconds=seconds
            ) from None
        except WorkerCrashed as crash:
            raise WorkerCrashed(crash.detail, hint=_NARROWER) from None

    def _error(self, answer: Header) -> BelfortError:
        """The error of a worker as one for people; the engine's own words stay inside."""
        kind = answer["error"]
        if kind == "rows":
            rows = self._settings.sparql_rows
            return Refused(
                f"Het antwoord heeft meer dan {rows} rijen; er is niets van verstuurd.",
                hint="Vraag het in delen met ORDER BY, LIMIT en OFFSET, of download de volledige gegevens.",
                rows=rows,
            )
        if kind == "bytes":
            return Refused(
                f"Het antwoord is groter dan {MAX_BYTES // 2**20} MB; er is niets van verstuurd.",
                hint="Vraag minder kolommen of rijen, of download de volledige gegevens.",
            )
        if kind == "empty":
            return _no_store()
        if kind == "damaged":
            return Damaged(
                "De SPARQL-gegevens zijn beschadigd.", hint="De beheerder herstelt ze met: belfort project --rebuild."
            )
        if kind == "syntax":
            place = answer["detail"]
            return guard.MalformedQuery(
                f"Dit is geen geldige SPARQL{f': fout bij {place}' if place else ''}.",
                hint="Controleer de haakjes, de punten tussen patronen en of elke PREFIX bekend is.",
            )
        return guard.MalformedQuery(
            "De vraag kon niet worden uitgevoerd.", hint="Vereenvoudig ze, of kies een ander formaat."
        )


def _no_store() -> Busy:
    return Busy(
        "Er zijn nog geen SPARQL-gegevens.",
        hint="De beheerder maakt ze met: belfort project. Probeer het straks opnieuw.",
        retry_after=60,
    )
