"""The versions as a Linked Data Event Stream: a root node and pages of a fixed number of members. Pure.

A member is a version object: all public lines of its thing at that moment, with the version as subject. A thing that is
no longer public is a member of the class as:Tombstone with nothing of what it said. A full page never changes, but for
members that the retention policy or an erasure takes away.
Source: https://w3id.org/ldes/specification (1.0), https://w3id.org/tree/specification.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from belfort import rdf
from belfort.rdf import Triple, iri, literal
from belfort.vocab import ACTIVITY, DCT, LDES, PROV, TREE, XSD
from publisher.feeds.store import PAGE, Version

TITLES = {
    "belfort": "Alles wat Belfort publiceert, als versies",
    "mandatarissen": "Mandatarissen, met hun personen en fracties, als versies",
    "leidinggevenden": "Leidinggevenden, met hun personen, functies en contactpunten, als versies",
}


@dataclass(frozen=True)
class Place:
    """Where a feed stands: the site's address, its name, the licence, days that old versions are kept."""

    base: str
    feed: str
    licence: str
    days: int

    @property
    def stream(self) -> str:
        """The IRI of the event stream."""
        return f"{self.base}/ldes/{self.feed}#stroom"

    @property
    def root(self) -> str:
        """The address of the root node."""
        return f"{self.base}/ldes/{self.feed}"

    def page(self, number: int) -> str:
        """The address of a page, numbered from 1."""
        return f"{self.root}/{number}"


def version_iri(base: str, version: Version) -> str:
    """The IRI of a version object: the number of its change, and its thing."""
    from urllib.parse import quote

    return f"{base}/versies/{version.seq}/{quote(version.uuid, safe='')}"


def about_stream(place: Place) -> list[Triple]:
    """What every page says of the stream."""
    stream, view = iri(place.stream), iri(place.root)
    policy = [iri(f"{place.root}#{name}") for name in ("weergave", "jongste", "termijn")]
    return [
        (stream, rdf.TYPE, iri(LDES.EventStream)),
        (stream, rdf.TYPE, iri(TREE.Collection)),
        (stream, iri(DCT.title), literal(TITLES[place.feed], language="nl")),
        (stream, iri(DCT.license), iri(place.licence)),
        (stream, iri(LDES.timestampPath), iri(PROV.generatedAtTime)),
        (stream, iri(LDES.versionOfPath), iri(DCT.isVersionOf)),
        (stream, iri(TREE.shape), iri(f"{place.base}/shapes/ldes-lid.ttl")),
        (stream, iri(TREE.view), view),
        (view, rdf.TYPE, iri(TREE.Node)),
        (view, iri(TREE.viewDescription), policy[0]),
        (policy[0], rdf.TYPE, iri(TREE.ViewDescription)),
        (policy[0], iri(LDES.retentionPolicy), policy[1]),
        (policy[0], iri(LDES.retentionPolicy), policy[2]),
        (policy[1], rdf.TYPE, iri(LDES.LatestVersionSubset)),
        (policy[1], iri(LDES.amount), literal("1", XSD.integer)),
        (policy[2], rdf.TYPE, iri(LDES.DurationAgoPolicy)),
        (policy[2], iri(TREE.value), literal(f"P{place.days}D", XSD.duration)),
    ]


def root(place: Place) -> list[Triple]:
    """The root node: the stream, and the way to the first page."""
    relation = iri(f"{place.root}#eerste")
    return [
        *about_stream(place),
        (iri(place.root), iri(TREE.relation), relation),
        (relation, rdf.TYPE, iri(TREE.Relation)),
        (relation, iri(TREE.node), iri(place.page(1))),
    ]


def page(place: Place, number: int, members: Sequence[Version], next_from: str) -> list[Triple]:
    """One page: its members, and the way on when there is a next page whose first member is of `next_from`."""
    here, stream = iri(place.page(number)), iri(place.stream)
    triples = [*about_stream(place), (here, rdf.TYPE, iri(TREE.Node))]
    if next_from:
        relation = iri(f"{place.page(number)}#volgende")
        triples += [
            (here, iri(TREE.relation), relation),
            (relation, rdf.TYPE, iri(TREE.GreaterThanOrEqualToRelation)),
            (relation, iri(TREE.node), iri(place.page(number + 1))),
            (relation, iri(TREE.path), iri(PROV.generatedAtTime)),
            (relation, iri(TREE.value), literal(next_from, XSD.dateTime)),
        ]
    for one in members:
        triples.append((stream, iri(TREE.member), iri(version_iri(place.base, one))))
        triples += version(place.base, one)
    return triples


def version(base: str, one: Version) -> list[Triple]:
    """One version object."""
    subject = iri(version_iri(base, one))
    triples = [
        (subject, iri(DCT.isVersionOf), iri(one.iri)),
        (subject, iri(PROV.generatedAtTime), literal(one.at, XSD.dateTime)),
    ]
    if not one.lines:
        triples += [
            (subject, rdf.TYPE, iri(ACTIVITY.Tombstone)),
            *([(subject, iri(ACTIVITY.formerType), iri(one.class_iri))] if one.class_iri else []),
        ]
    return triples + [(subject, p, o) for _, p, o in rdf.parse_lines(one.lines)]


def page_of(number: int) -> int:
    """The page on which the member of that number stands."""
    return (number - 1) // PAGE + 1


def bounds(page_number: int) -> tuple[int, int]:
    """The first and the last number of the members of a page."""
    return (page_number - 1) * PAGE + 1, page_number * PAGE
