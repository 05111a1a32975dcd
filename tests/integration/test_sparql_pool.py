"""The query pool on a real store: answers, caps, killers, swaps; the engine only ever dies in its own process."""

import contextlib
import csv
import io
import json
import os
import select
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

import pytest
import rdflib
from pyld import jsonld

from belfort.errors import BelfortError, Busy, DeadlineExceeded, Refused
from belfort.jobs import Context, open_context
from belfort.settings import Settings
from belfort.workers import Worker, WorkerCrashed
from publisher.sparql import snapshots, store
from publisher.sparql.guard import MalformedQuery
from publisher.sparql.lanes import TooManyQueries
from publisher.sparql.pool import Dataset, Pool
from tests.support.sparql import fingerprint, lines, put, subject

# The lanes of the tests; a machine that is busy with other tests needs some slack in the fast one.
FAST, SLOW = 0.3, 0.6
MEMORY = 350 * 2**20
# After each of the two deadlines: to kill, reap and start again, with the other core busy.
GRACE = 0.3
CHEAP = "SELECT ?o { <" + subject(7) + "> <http://purl.org/dc/terms/title> ?o }"
SUBJECTS = 1500


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """A store of some thousands of triples, for tests that only read it."""
    settings = Settings(
        data=tmp_path_factory.mktemp("pool"), log_level="error", sparql_fast_seconds=FAST, sparql_seconds=SLOW,
        sparql_memory=MEMORY, sparql_rows=1000,
    )  # fmt: skip
    context = open_context(settings)
    long = "a" * 3000
    put(context, {n: lines(n, f'"titel {n}"', f'"{long}{n}"', extra=1) for n in range(SUBJECTS)})
    store.project(context, False)
    return context


@pytest.fixture
def pool(context: Context) -> Iterator[Pool]:
    """A pool of its own for the test, warm in both lanes; its children are gone afterwards."""
    pool = Pool(context.settings)
    _warm(pool)
    yield pool
    pids = [*pool.fast.pids, *pool.slow.pids]
    pool.close()
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def _warm(pool: Pool) -> None:
    for lane in (pool.fast, pool.slow):
        for worker in lane._workers:
            lane._prepare(worker)


def test_every_format_says_the_same(pool: Pool) -> None:
    """The title of one subject comes out of each format of each form of query."""
    title = rdflib.Literal("titel 7")
    query = CHEAP[:-1] + ' FILTER(STRSTARTS(?o, "titel")) }'
    assert json.loads(pool.query(query).body)["results"]["bindings"][0]["o"]["value"] == str(title)
    assert list(csv.reader(io.StringIO(pool.query(query, format="csv").body.decode()))) == [["o"], [str(title)]]
    assert pool.query(query, format="tsv").body == b'?o\n"titel 7"\n'
    assert b"<literal>titel 7</literal>" in pool.query(query, accept="application/sparql-results+xml").body
    for name, parser in (("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("jsonld", "")):
        answer = pool.query(f"DESCRIBE <{subject(7)}>", format=name)
        # PyLD, since the JSON-LD reader of rdflib warns about rdflib.
        data = answer.body if parser else jsonld.to_rdf(json.loads(answer.body), {"format": "application/n-quads"})
        graph = rdflib.Graph().parse(data=data, format=parser or "nt")
        assert title in set(graph.objects())
        assert answer.rows == len(graph) == 3


@pytest.mark.parametrize(("name", "yes"), [("json", b'"boolean":true'), ("xml", b"<boolean>true"), ("csv", b"true")])
def test_ask_is_answered(pool: Pool, name: str, yes: bytes) -> None:
    """A yes-no question has an answer in each format of results."""
    assert yes in pool.query("ASK { ?s ?p ?o }", format=name).body


def test_a_constructed_graph_has_each_triple_once(pool: Pool) -> None:
    """However many solutions make a triple, it is in the answer once."""
    answer = pool.query(
        "CONSTRUCT { <http://x/a> <http://x/b> <http://x/c> } WHERE { ?s ?p 'onderwerp 0' }", format="nt"
    )
    assert answer.body == b"<http://x/a> <http://x/b> <http://x/c> .\n"
    assert answer.rows == 1


@pytest.mark.parametrize("form", ["SELECT * {", "CONSTRUCT WHERE {", "SELECT ?s ?o {"])
def test_too_many_rows_is_an_error_and_never_a_cut(pool: Pool, form: str) -> None:
    """Up to the cap the answer is whole; one more row and there is none."""
    assert pool.query(form + " ?s ?p ?o } LIMIT 1000").rows == 1000
    with pytest.raises(Refused, match="meer dan 1000 rijen") as caught:
        pool.query(form + " ?s ?p ?o } LIMIT 1001")
    assert caught.value.status == 400


def test_a_wrong_query_is_told_where(pool: Pool) -> None:
    """What the guard lets through and the parser does not gives the place, and none of the engine's words."""
    with pytest.raises(MalformedQuery, match="regel 2, teken") as caught:
        pool.query("SELECT * {\n ?s ?p }")
    assert "expected" not in caught.value.one_line()
    with pytest.raises(MalformedQuery):
        pool.query("SELECT * { ?s unknown:prefix ?o }")
    with pytest.raises(BelfortError) as refused:
        pool.query("SELECT * { ?s ?p ?o }", accept="image/png")
    assert refused.value.status == 406


def test_graphs_that_do_not_exist_are_empty_and_the_answer_says_so(pool: Pool) -> None:
    """FROM, GRAPH and the dataset of the protocol find nothing here, with a note why."""
    for query in ("ASK FROM <http://x/g> { ?s ?p ?o }", "ASK { GRAPH ?g { ?s ?p ?o } }"):
        answer = pool.query(query)
        assert b"false" in answer.body
        assert "standaardgraaf" in answer.note
    answer = pool.query("ASK { ?s ?p ?o }", dataset=Dataset(default=("http://x/g",)))
    assert b"false" in answer.body
    assert answer.note
    with pytest.raises(BelfortError):
        pool.query("ASK { ?s ?p ?o }", dataset=Dataset(named=("not an IRI",)))
    assert pool.query("ASK { ?s ?p ?o }").note == ""


def test_without_a_store_the_message_says_so(tmp_path: Path) -> None:
    """Before the first projection a query ends in Busy, and no process was started."""
    pool = Pool(Settings(data=tmp_path))
    with pytest.raises(Busy, match="nog geen SPARQL-gegevens"):
        pool.query("ASK {}")
    assert pool.fast.pids == []
    pool.close()


def test_a_damaged_snapshot_is_reported_as_such(make_context: Callable[..., Context]) -> None:
    """A snapshot that cannot be opened gives an error for the operator, not a crash."""
    context = make_context()
    put(context, {1: lines(1, '"x"')})
    store.project(context, False)
    folder = snapshots.current(context.settings.sparql)
    assert folder is not None
    for path in (folder / "db").glob("MANIFEST-*"):
        path.write_bytes(b"broken")
    pool = Pool(context.settings)
    with pytest.raises(BelfortError) as caught:
        pool.query("ASK {}")
    assert caught.value.slug == "damaged"
    pool.close()


ANY = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
KILLERS = {
    "cartesian count": f"SELECT (COUNT(*) AS ?n) {{ {ANY} }}",
    "cartesian order": f"SELECT * {{ {ANY} }} ORDER BY ?i ?f ?c LIMIT 10",
    "cartesian distinct": f"SELECT DISTINCT ?a ?d ?g {{ {ANY} FILTER(?c != ?f) }} OFFSET 1000000000",
    "group_concat": "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
    "doubling": "SELECT (STRLEN(?z) AS ?n) { BIND('xxxxxxxxxxxxxxxx' AS ?a0) "
    + " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(40))
    + " BIND(?a40 AS ?z) }",
    "optionals": "SELECT * { ?s ?p ?o "
    + " ".join(f"OPTIONAL {{ ?s{n} ?p{n} ?o }}" for n in range(16))
    + " } ORDER BY ?o15",
    "path star": "SELECT (COUNT(*) AS ?n) { ?a (<p:x>|!<p:x>)* ?b . ?c (<p:x>|!<p:x>)* ?d }",
    "regex": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?t ?q ?u "
    'FILTER(REGEX(CONCAT(?o, ?u), "((a{1,20}){1,20}){1,20}b")) }',
    "regex a row": 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?t ?q ?u FILTER(REGEX(?o, CONCAT("^(", STR(?u), "){9}"))) }',
    "limit 10^9": f"SELECT * {{ {ANY} FILTER(?c = ?i && ?a != ?g) }} LIMIT 1000000000 OFFSET 1000000000",
    "5,000 parentheses": "ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }",
    "10,000 nots": "ASK { FILTER(" + "!" * 10_000 + "?a) }",
    "update": "DELETE WHERE { ?s ?p ?o }",
}


class _Neighbour:
    """A good client that asks a cheap question all the time, and what it met."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._ask)
        self.answers = 0
        self.errors: list[BelfortError] = []

    def _ask(self) -> None:
        while not self._stop.wait(0.01):
            try:
                assert b"titel 7" in self._pool.query(CHEAP, client="neighbour").body
                self.answers += 1
            except BelfortError as error:
                self.errors.append(error)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()


def test_killer_queries_end_in_time_and_the_neighbour_does_not_notice(context: Context, pool: Pool) -> None:
    """Each hostile query ends in an error within its deadlines; cheap ones go on; the store is untouched."""
    folder = snapshots.current(context.settings.sparql)
    assert folder is not None
    before = fingerprint(folder)
    outcomes = {}
    with _Neighbour(pool) as neighbour:
        for name, query in KILLERS.items():
            _warm_slow(pool)
            pids = {*pool.fast.pids, *pool.slow.pids}
            start = time.monotonic()
            with pytest.raises(BelfortError) as caught:
                pool.query(query, client="attacker")
            took = time.monotonic() - start
            outcomes[name] = (type(caught.value).__name__, round(took, 2))
            assert took < FAST + SLOW + 2 * GRACE, outcomes
            if isinstance(caught.value, (DeadlineExceeded, WorkerCrashed)):
                assert [pid for pid in pids if not Path(f"/proc/{pid}").exists()], "the worker is still there"
    assert neighbour.errors == [], outcomes
    assert neighbour.answers > 3 * len(KILLERS), outcomes
    assert fingerprint(folder) == before
    kinds = {kind for kind, _ in outcomes.values()}
    assert {"DeadlineExceeded", "Refused"} <= kinds <= {"DeadlineExceeded", "WorkerCrashed", "Refused"}, outcomes


def _warm_slow(pool: Pool) -> None:
    with pool.slow._worker() as worker:
        pool.slow._prepare(worker)


def test_a_slow_query_goes_straight_to_the_slow_lane_the_second_time(pool: Pool) -> None:
    """A repeat of a query that was too slow costs the fast lane nothing."""
    query = KILLERS["cartesian count"]
    with pytest.raises(DeadlineExceeded, match=r"langer dan 0\.6 s"):
        pool.query(query)
    _warm(pool)
    pids = pool.fast.pids
    with pytest.raises(DeadlineExceeded):
        pool.query(query)
    assert pool.fast.pids == pids


def test_a_worker_that_grows_too_large_is_killed(pool: Pool) -> None:
    """Memory has a cap per worker, and the error says it."""
    query = f"SELECT * {{ {ANY} }} ORDER BY ?i ?f ?c"
    pool._known_slow.add(query)
    pool.slow.limits = type(pool.slow.limits)(1, 6, 20.0, 20.0)
    with pytest.raises(WorkerCrashed, match="geheugen"):
        pool.query(query)


def test_one_client_has_three_queries_at_most(pool: Pool) -> None:
    """The fourth at once is refused with 429; the slow lane takes a few from everybody and refuses with 503."""
    query = KILLERS["cartesian count"]
    pool._known_slow.add(query)
    outcomes: list[BelfortError] = []

    def ask(client: str) -> None:
        try:
            pool.query(query, client=client)
        except BelfortError as error:
            outcomes.append(error)

    threads = [threading.Thread(target=ask, args=("a",)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [error for error in outcomes if isinstance(error, TooManyQueries)]
    assert len(outcomes) == 5
    assert len(refused) >= 2
    assert all(error.status == 429 and error.facts["retry_after"] for error in refused)

    outcomes.clear()
    threads = [threading.Thread(target=ask, args=(str(n),)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    busy = [error for error in outcomes if type(error) is Busy]
    assert len(outcomes) == 12
    assert len(busy) >= 12 - 1 - 6
    assert all(error.status == 503 and error.facts["retry_after"] for error in busy)


def test_a_snapshot_is_swapped_without_a_failed_request(make_context: Callable[..., Context]) -> None:
    """While the store is published again and again, every query succeeds and answers get newer, never older."""
    context = make_context(sparql_fast_seconds=2.0)
    put(context, {7: lines(7, '"titel 7"')})
    store.project(context, False)
    pool = Pool(context.settings)
    with _Neighbour(pool) as neighbour:
        for n in range(4):
            put(context, {100 + n: lines(100 + n, '"x"')})
            store.project(context, False)
            answer = pool.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", format="csv")
            assert answer.body == b"n\r\n%d\r\n" % (n + 2)
            assert answer.snapshot.startswith(f"{n + 2}-")
    assert neighbour.errors == []
    assert neighbour.answers > 5
    pool.close()


def test_workers_killed_from_outside_cost_no_answer(pool: Pool) -> None:
    """When somebody kills the idle workers of the fast lane, every query is still answered."""
    for pid in pool.fast.pids:
        os.kill(pid, signal.SIGKILL)
    for _ in range(4):
        assert b"titel 7" in pool.query(CHEAP).body


def test_workers_outlive_the_thread_that_first_asked(context: Context) -> None:
    """A worker that was started for one request thread serves the next after that thread ended."""
    pool = Pool(context.settings)
    thread = threading.Thread(target=pool.query, args=(CHEAP,))
    thread.start()
    thread.join()
    pids = pool.fast.pids
    for _ in range(3):
        pool.query(CHEAP)
    assert pids
    assert set(pids) <= set(pool.fast.pids)
    pool.close()


def test_closing_ends_running_queries_and_leaves_no_process(context: Context) -> None:
    """Close while queries run: they end with an error, nothing is left, and later queries are refused."""
    pool = Pool(context.settings)
    _warm(pool)
    pool.slow.limits = type(pool.slow.limits)(1, 6, 60.0, 60.0)
    query = KILLERS["cartesian count"]
    pool._known_slow.add(query)
    caught: list[BelfortError] = []

    def ask() -> None:
        try:
            pool.query(query)
        except BelfortError as error:
            caught.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    while len(pool.slow._idle) == 1:
        time.sleep(0.001)
    pids = [*pool.fast.pids, *pool.slow.pids]
    pool.close()
    thread.join(timeout=5)
    assert not thread.is_alive()
    assert len(caught) == 1
    assert len(pids) == 3
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
    with pytest.raises(Busy):
        pool.query(CHEAP)


@pytest.mark.parametrize("network", [False, True])
def test_service_reaches_nobody_even_without_the_guard(context: Context, network: bool) -> None:
    """Given straight to a worker, SERVICE makes no connection; with the wall taken away the canary does see one."""
    with socket.create_server(("127.0.0.1", 0)) as canary:
        query = f"SELECT * {{ SERVICE SILENT <http://127.0.0.1:{canary.getsockname()[1]}/> {{ ?s ?p ?o }} }}"
        worker = Worker("publisher.sparql.worker:serve", [str(context.settings.sparql)], memory=MEMORY, network=network)
        worker.call({"op": "open"}, seconds=20)
        header = {"op": "query", "format": "json", "rows": 10, "bytes": 1000, "seconds": 2}
        done = threading.Thread(target=_call_and_forget, args=(worker, header, query.encode()))
        done.start()
        if not network:
            done.join()
        seen = bool(select.select([canary], [], [], 10 if network else 0)[0])
        worker.interrupt()
        done.join()
        worker.kill()
    assert seen == network


def _call_and_forget(worker: Worker, header: dict[str, object], body: bytes) -> None:
    with contextlib.suppress(BelfortError):
        worker.call(header, body, seconds=20)


def test_a_worker_can_change_nothing(context: Context) -> None:
    """Updates fail in the worker too, without the guard, and no file of the snapshot differs afterwards."""
    folder = snapshots.current(context.settings.sparql)
    assert folder is not None
    before = fingerprint(folder)
    worker = Worker("publisher.sparql.worker:serve", [str(context.settings.sparql)], memory=MEMORY)
    header = {"op": "query", "format": "json", "rows": 10, "bytes": 1000, "seconds": 2}
    for update in ("DELETE WHERE { ?s ?p ?o }", "CLEAR ALL", "LOAD <http://127.0.0.1/>"):
        answer, _ = worker.call(header, update.encode(), seconds=20)
        assert answer["error"] == "syntax"
    worker.kill()
    assert fingerprint(folder) == before
