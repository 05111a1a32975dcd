"""The columns that lists need, read from the public lines of one subject: class, uuid, label, date. Pure."""

import re
from typing import NamedTuple

from belfort.records.entity import Entity
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


class Columns(NamedTuple):
    """The list columns of `records.entity`."""

    uuid: str
    class_iri: str
    label: str
    date: str


def columns(iri: str, lines: str) -> Columns:
    """The list columns of a subject; of several values the first in line order counts."""
    read = Entity(iri, "", "", "", "", 0, "", lines)
    classes = read.values(RDF.type)
    class_iri = next((name for name in PLURALS if name in classes), min(classes, default=""))
    given = read.values(MU.uuid)
    return Columns(given[0] if given else mu_uuid(iri), class_iri, _label(read), _date(read))


def links(iri: str, lines: str) -> list[dict[str, str]]:
    """The rows of `entity_link` for a subject."""
    rows = []
    for line in lines.split("\n"):
        _, predicate, rest = line.split(" ", 2)
        if rest[0] == "<" and predicate[1:-1] in NAVIGATION:
            rows.append({"subject": iri, "predicate": predicate[1:-1], "object": rest[1:-3]})
    return rows


def _label(read: Entity) -> str:
    last = read.value(*LAST_NAMES)
    if last:
        return _short(f"{read.value(*FIRST_NAMES, FOAF.name)} {last}")
    return _short(next((text for text in read.values(*LABELS) if text.strip()), ""))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= MAX_LABEL else words[: MAX_LABEL - 1].rstrip() + "…"


def _date(read: Entity) -> str:
    return next((match[0] for text in read.values(*DATES) if (match := _DATE.match(text.strip()))), "")
