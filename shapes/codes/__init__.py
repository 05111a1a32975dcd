"""The code lists of the public databanks as clean SKOS, one Turtle file a list, and what Belfort knows of them.

Enters: its own files, read once (`turtle`). Leaves: `Concept` by IRI, `Area` by IRI, the lists as triples. Labels of
codes drift in the sources (publisher.md §2.4), so the canonical label of a code is the one here; what a source calls it
stands as an alternative. The list of sexes is not among them: what it says of a person is private (publisher.md §4.2).
Sources: publisher.md §3; the organisation register.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from belfort import rdf
from belfort.rdf import TYPE, Triple
from belfort.vocab import CONCEPT, DATA, DCT, EXT, GEO, LMB, PROV, RDFS, SKOS
from shapes.codes import turtle

# Name of a list → its file, in the order in which they are shown.
LISTS: dict[str, str] = {
    "BestuurseenheidClassificatieCode": "bestuurseenheid",
    "BestuursorgaanClassificatieCode": "bestuursorgaan",
    "BestuursfunctieCode": "bestuursfunctie",
    "FunctionarisStatusCode": "functionaris-status",
    "MandatarisStatusCode": "mandataris-status",
    "MandatarisPublicationStatusCode": "publicatie-status",
    "Fractietype": "fractietype",
    "BeleidsdomeinCode": "beleidsdomein",
    "VerkiezingsresultaatGevolgCode": "verkiezingsresultaat-gevolg",
    "KandidatenlijstLijsttype": "lijsttype",
}
_SHORT = "5ab0e9b8a3b2ca7c5e0000"
_BASES = {
    "FunctionarisStatusCode": CONCEPT["functionarisStatusCode/"],
    "MandatarisPublicationStatusCode": DATA["concept/MandatarisPublicationStatusCode/"],
}


@dataclass(frozen=True)
class Concept:
    """One code: its canonical label, what else it is called, the code that replaces it, the codes it belongs with.

    `public` says of a function that it is one of the 23 mandates that may be public.
    """

    iri: str
    label: str
    notation: str
    scheme: str
    alternatives: tuple[str, ...]
    replaced_by: str
    related: tuple[str, ...]
    same: tuple[str, ...]
    public: bool


@dataclass(frozen=True)
class Area:
    """A werkingsgebied: `niveau` is Gemeente, District or Provincie; `within` the IRI of the area it lies in.

    `facilities` says that its raad voor maatschappelijk welzijn is elected on its own (faciliteitengemeente).
    `ended` is the day (ISO) from which a merged gemeente no longer exists, `replaced_by` the area that it lies in now.
    """

    iri: str
    label: str
    niveau: str
    within: str
    ended: str
    replaced_by: str
    facilities: bool


def code(name: str, notation: str) -> str:
    """The IRI of a code in a list; the oldest codes may be written by their last two digits."""
    full = _SHORT + notation if len(notation) == 2 else notation
    return _BASES.get(name, CONCEPT[f"{name}/"]) + full


@cache
def triples(name: str) -> tuple[Triple, ...]:
    """A list as triples."""
    return tuple(turtle.triples(files(__package__).joinpath(f"{LISTS.get(name, name)}.ttl").read_text("utf-8")))


@cache
def concepts(name: str) -> Mapping[str, Concept]:
    """IRI → code, in the order of the file."""
    return {rdf.value(s): _concept(rdf.value(s), about) for s, about in _about(name).items() if _is_concept(about)}


@cache
def every() -> Mapping[str, Concept]:
    """IRI → code, of all lists."""
    return {iri: one for name in LISTS for iri, one in concepts(name).items()}


@cache
def schemes() -> Mapping[str, str]:
    """IRI of a list → its title."""
    label = f"<{SKOS.prefLabel}>"
    return {
        rdf.value(s): rdf.value(about[label][0])
        for name in LISTS
        for s, about in _about(name).items()
        if not _is_concept(about)
    }


@cache
def areas() -> Mapping[str, Area]:
    """IRI → werkingsgebied, as far as it was known when this list was made."""
    found = {}
    for term, about in _about("werkingsgebieden").items():
        iri = rdf.value(term)
        found[iri] = Area(
            iri, _one(about, RDFS.label), _one(about, EXT.werkingsgebiedNiveau), _one(about, GEO.sfWithin),
            _one(about, PROV.invalidatedAtTime), _one(about, DCT.isReplacedBy),
            _one(about, LMB.faciliteitenGemeente) == "true",
        )  # fmt: skip
    return found


def current(iri: str) -> str:
    """The code that counts for this one: itself, or the one that replaces it."""
    known = every().get(iri)
    return known.replaced_by or iri if known else iri


@cache
def public_mandates() -> frozenset[str]:
    """The 23 mandates (BestuursfunctieCode) whose holders may be public."""
    return frozenset(one.iri for one in concepts("BestuursfunctieCode").values() if one.public)


@cache
def leading_functions() -> tuple[str, ...]:
    """The functions (BestuursfunctieCode) of leading officials, in the order of the law: they have a director organ."""
    return tuple(one.iri for one in concepts("BestuursfunctieCode").values() if one.related)


def _about(name: str) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for s, p, o in triples(name):
        found.setdefault(s, {}).setdefault(p, []).append(o)
    return found


def _is_concept(about: Mapping[str, list[str]]) -> bool:
    return f"<{SKOS.Concept}>" in about[TYPE]


def _values(about: Mapping[str, list[str]], predicate: str) -> tuple[str, ...]:
    return tuple(rdf.value(term) for term in about.get(f"<{predicate}>", ()))


def _one(about: Mapping[str, list[str]], predicate: str) -> str:
    return next(iter(_values(about, predicate)), "")


def _concept(iri: str, about: Mapping[str, list[str]]) -> Concept:
    return Concept(
        iri, _one(about, SKOS.prefLabel), _one(about, SKOS.notation), _one(about, SKOS.inScheme),
        _values(about, SKOS.altLabel), _one(about, DCT.isReplacedBy), _values(about, SKOS.related),
        _values(about, SKOS.exactMatch), _one(about, EXT.publicMandate) == "true",
    )  # fmt: skip
