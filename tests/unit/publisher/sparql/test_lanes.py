"""Turns, the memory of slow queries, and the service description."""

import subprocess
import sys
import threading

import pytest
import rdflib

from belfort.vocab import SD, VOID
from publisher.sparql import description
from publisher.sparql.lanes import SlowQueries, TooManyQueries, Turns
from publisher.sparql.snapshots import State


def test_a_client_has_one_running_and_two_waiting() -> None:
    """The fourth query of a client is refused with the time to wait; another client and nobody are not."""
    turns = Turns(waiting=2, patience=30)
    running, release = threading.Event(), threading.Event()
    order: list[str] = []

    def ask(name: str) -> None:
        with turns.turn("a"):
            order.append(name)
            running.set()
            release.wait(30)

    threads = [threading.Thread(target=ask, args=(str(n),)) for n in range(3)]
    threads[0].start()
    assert running.wait(30)
    for thread in threads[1:]:
        thread.start()
    while turns._present["a"] < 3:
        pass
    assert len(order) == 1

    with pytest.raises(TooManyQueries) as caught, turns.turn("a"):
        pytest.fail("the fourth had a turn")
    assert caught.value.status == 429
    assert caught.value.facts == {"retry_after": 30}
    with turns.turn("b"), turns.turn(""), turns.turn(""):
        pass

    release.set()
    for thread in threads:
        thread.join()
    assert len(order) == 3
    with turns.turn("a"):
        pass
    assert not turns._present


def test_a_client_that_waits_too_long_is_refused() -> None:
    """Waiting for one's own query has an end, and leaves no trace."""
    turns = Turns(waiting=2, patience=0.01)
    with turns.turn("a"), pytest.raises(TooManyQueries), turns.turn("a"):
        pytest.fail("two ran at once")
    with turns.turn("a"):
        pass
    assert not turns._present


def test_slow_queries_are_remembered_for_a_while() -> None:
    """The newest stay known until their time is over or others push them out."""
    known = SlowQueries(most=2, seconds=60)
    for text in ("a", "b", "a", "c"):
        known.add(text)
    assert "a" in known
    assert "c" in known
    assert "b" not in known
    forgetful = SlowQueries(seconds=-1)
    forgetful.add("a")
    assert "a" not in forgetful


def test_the_service_description_is_rdf() -> None:
    """The Turtle parses, names the endpoint, and has no blank nodes."""
    text = description.turtle(
        "https://belfort.example", "https://licence.example/", State(3, "2026-11-25T00:00:00.000Z", 7, 6)
    )
    graph = rdflib.Graph().parse(data=text, format="turtle")
    endpoint = rdflib.URIRef("https://belfort.example/sparql")
    service = graph.value(predicate=rdflib.URIRef(SD.endpoint), object=endpoint)
    assert service is not None
    assert len(list(graph.objects(service, rdflib.URIRef(SD.resultFormat)))) == 8
    assert [int(count) for count in graph.objects(predicate=rdflib.URIRef(VOID.triples))] == [6]
    assert not any(isinstance(node, rdflib.BNode) for node in graph.all_nodes())


def test_the_parent_side_never_imports_the_engine() -> None:
    """A process that projects or answers queries has neither pyoxigraph nor Flask in it."""
    code = (
        "import sys, publisher.stages, publisher.sparql.pool, publisher.sparql.store, publisher.sparql.description\n"
        "assert not {'pyoxigraph', 'flask', 'rdflib'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
