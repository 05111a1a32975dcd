"""What lists and links need, read from the public lines of one subject: class, uuid, label, date, links. Pure."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from belfort import rdf
from belfort.vocab import (
    BESLUIT,
    DCT,
    ELI,
    FOAF,
    MANDAAT,
    MU,
    NAVIGATION,
    PERSOON,
    PERSOON_HTTPS,
    PLURALS,
    PROV,
    RDF,
    RDFS,
    REGORG,
    REGORG_HTTP,
    SCHEMA,
    SKOS,
    mu_uuid,
)  # fmt: skip

LABELS = (
    SKOS.prefLabel, ELI.title, DCT.title, RDFS.label, REGORG.legalName, REGORG_HTTP.legalName, ELI.title_short,
    BESLUIT.onderwerp, FOAF.name, SCHEMA.email, ELI.number, ELI.description, DCT.description, SKOS.notation,
)  # fmt: skip
FIRST_NAMES = (PERSOON.gebruikteVoornaam, PERSOON_HTTPS.gebruikteVoornaam, FOAF.givenName, FOAF.firstName)
LAST_NAMES = (FOAF.familyName, FOAF.lastName)
DATES = (
    BESLUIT.geplandeStart, PROV.startedAtTime, ELI.date_publication, MANDAAT.start, MANDAAT.bindingStart, DCT.issued,
)  # fmt: skip
MAX_LABEL = 300

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?")
# Which part of the description a predicate (as a term) is for; most are for none.
_NAMES = (*FIRST_NAMES, *LAST_NAMES)
_READ = {f"<{name}>": str(name) for name in (RDF.type, MU.uuid, *LABELS, *_NAMES, *DATES)}
_LINKS = {f"<{name}>": str(name) for name in NAVIGATION}


class Columns(NamedTuple):
    """The list columns of `records.entity`."""

    uuid: str
    class_iri: str
    label: str
    date: str


Link = tuple[str, str]


def describe(iri: str, lines: str) -> tuple[Columns, list[Link]]:
    """The list columns of a subject, of several values the first in line order, and its (predicate, object) links."""
    read: dict[str, list[str]] = {}
    links: list[Link] = []
    for line in lines.split("\n"):
        _, predicate, rest = line.split(" ", 2)
        name = _READ.get(predicate)
        if name is not None:
            read.setdefault(name, []).append(rdf.value(rest[:-2]))
        name = _LINKS.get(predicate)
        if name is not None and rest[0] == "<":
            links.append((name, rest[1:-3]))
    classes = read.get(RDF.type, [])
    class_iri = next((name for name in PLURALS if name in classes), min(classes, default=""))
    uuid = read.get(MU.uuid)
    return Columns(uuid[0] if uuid else mu_uuid(iri), class_iri, _label(read), _date(read)), links


Read = dict[str, list[str]]


def _label(read: Read) -> str:
    last = _first(read, LAST_NAMES)
    if last:
        return _short(f"{_first(read, (*FIRST_NAMES, FOAF.name))} {last}")
    return next((_short(text) for name in LABELS for text in read.get(name, ()) if text.strip()), "")


def _first(read: Read, names: Iterable[str]) -> str:
    return next((text for name in names for text in read.get(name, ())), "")


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= MAX_LABEL else words[: MAX_LABEL - 1].rstrip() + "…"


def _date(read: Read) -> str:
    texts = (text.strip() for name in DATES for text in read.get(name, ()))
    return next((match[0] for text in texts if (match := _DATE.match(text))), "")
