"""Our JSON-LD beside PyLD's, on five thousand entities: the same documents, compacted and framed."""

import json
from typing import Any

import pytest
from pyld import jsonld as pyld

from belfort import rdf
from belfort.records.entity import Entity
from belfort.vocab import RDF, XSD
from publisher import jsonld
from publisher.framing import Framer
from shapes import contexts
from tests.support import many

MANDATARISSEN = 1700


@pytest.fixture(scope="module")
def entities() -> dict[str, str]:
    """IRI → lines of more than five thousand entities."""
    found = dict(many.entities(MANDATARISSEN))
    assert len(found) >= 5_000
    return found


def _expanded(iri: str, lines: str) -> dict[str, Any]:
    """The lines in expanded JSON-LD, by a few lines of code that share nothing with ours."""
    node: dict[str, Any] = {"@id": iri}
    for line in lines.split("\n"):
        _, predicate, rest = line.split(" ", 2)
        term, key = rest[:-2], predicate[1:-1]
        if key == RDF.type:
            node.setdefault("@type", []).append(term[1:-1])
            continue
        if term.startswith("<"):
            value = {"@id": term[1:-1]}
        else:
            said = rdf.split_literal(term)
            value = {"@value": said.value}
            if said.language:
                value["@language"] = said.language
            elif said.datatype != XSD.string:
                value["@type"] = said.datatype
        node.setdefault(key, []).append(value)
    return node


def _no_network(url: str, _options: Any) -> Any:
    raise AssertionError(f"a context must not need {url}")


def test_the_context_compacts_as_pyld_does(entities: dict[str, str]) -> None:
    """Every entity compacts to the same document, value by value in the same order."""
    context = contexts.belfort()
    graph = pyld.compact(
        [_expanded(*item) for item in entities.items()], context, {"documentLoader": _no_network}
    )["@graph"]  # fmt: skip
    theirs = {node["@id"]: node for node in graph}

    assert len(theirs) == len(entities)
    for iri, lines in entities.items():
        assert json.loads(jsonld.node(iri, lines)) == theirs[iri]


@pytest.mark.parametrize("name", ["mandataris", "bestuur"])
def test_the_compiled_frame_frames_as_pyld_does(entities: dict[str, str], name: str) -> None:
    """Framing the whole graph with the frame that is served gives the same documents."""
    frame = {**contexts.frame(name), "@context": contexts.belfort()}
    framed = pyld.frame(
        [_expanded(*item) for item in entities.items()], frame,
        {"documentLoader": _no_network, "omitGraph": False},
    )["@graph"]  # fmt: skip
    theirs = {node["@id"]: node for node in framed}
    rows = {iri: Entity(iri, "", "", "", "", 0, "", lines) for iri, lines in entities.items()}
    framer = Framer(name, lambda iris: {iri: rows[iri] for iri in iris if iri in rows}, keep=100)
    batch = [(iri, entities[iri]) for iri in theirs]

    ours = [json.loads(text) for at in range(0, len(batch), 300) for text in framer.nodes(batch[at : at + 300])]

    assert len(ours) == (MANDATARISSEN if name == "mandataris" else MANDATARISSEN // 50)
    assert ours == [theirs[iri] for iri, _ in batch]


@pytest.mark.parametrize("name", contexts.FRAMES)
def test_every_frame_says_of_each_property_what_becomes_of_it(name: str) -> None:
    """No frame leaves to the processor whether an object is embedded, and none names a term that the context lacks."""

    def check(said: dict[str, Any]) -> None:
        for key, value in said.items():
            if key.startswith("@"):
                continue
            assert value["@embed"] in ("@always", "@never"), key
            assert value["@omitDefault"] is True
            assert pyld.expand({"@context": contexts.belfort(), key: "urn:x"}), key
            check(value)

    check(contexts.frame(name))
