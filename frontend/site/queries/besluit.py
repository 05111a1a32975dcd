"""The page of a besluit: its text, how it was voted, and where it was taken."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from belfort import rdf
from belfort.records import entity as entities
from belfort.records.entity import Entity
from belfort.vocab import BESLUIT, BESLUIT_TYPE, DCT, DOCUMENT_TYPES, ELI, LBLOD_BESLUIT, PROV, RDF
from frontend.site.queries.linking import Link, concept_labels, link, name
from frontend.site.queries.organen import Orgaan, organs
from frontend.site.queries.proof import Proof, proofs


@dataclass(frozen=True)
class Artikel:
    """One artikel: `Artikel 1` and its text."""

    title: str
    text: str


@dataclass(frozen=True)
class Stemming:
    """One vote: subject, outcome, and the counts that were given (empty strings when not)."""

    subject: str
    outcome: str
    for_: str
    against: str
    abstained: str
    secret: bool


@dataclass(frozen=True)
class Behandeling:
    """Where a besluit was taken: the agendapunt, the zitting, the organ."""

    agendapunt: Link | None
    agendapunt_text: str
    zitting: Link | None
    zitting_start: str
    orgaan: Orgaan | None
    public: str


@dataclass(frozen=True)
class BesluitPage:
    """Everything on the page of a besluit."""

    entity: Entity
    title: str
    types: tuple[str, ...]
    description: str
    motivation: str
    text: str
    artikels: tuple[Artikel, ...]
    stemmingen: tuple[Stemming, ...]
    behandelingen: tuple[Behandeling, ...]
    passed_by: Orgaan | None
    published: str
    documents: tuple[str, ...]
    proofs: tuple[Proof, ...]


def besluit_page(connection: sa.Connection, besluit: Entity) -> BesluitPage:
    """Read the page of a besluit in about a dozen queries."""
    taken_at = set(besluit.values(PROV.wasGeneratedBy))
    taken_at |= {subject for subject, _, _ in entities.subjects_of(connection, [besluit.iri], PROV.generated)}
    near = entities.get_many(connection, taken_at | set(besluit.values(ELI.has_part)))
    handled = [near[iri] for iri in sorted(taken_at) if iri in near]
    votes = entities.get_many(connection, [iri for one in handled for iri in one.values(BESLUIT.heeftStemming)])
    behandelingen, passed_by = _context(connection, besluit, handled)
    title = besluit.value(ELI.title, DCT.title, ELI.title_short) or besluit.label
    description = besluit.value(ELI.description, DCT.description)
    return BesluitPage(
        entity=besluit,
        title=title or "Besluit zonder titel",
        types=_types(connection, besluit),
        description=description if description != title else "",
        motivation="\n\n".join(besluit.values(BESLUIT.motivering)),
        text="\n\n".join(text for text in _literals(besluit, PROV.value) if _words(text) != _words(description)),
        artikels=tuple(_artikels(near[iri] for iri in besluit.values(ELI.has_part) if iri in near)),
        stemmingen=distinct(stemming(votes[iri]) for iri in sorted(votes)),
        behandelingen=tuple(behandelingen),
        passed_by=passed_by,
        published=besluit.value(ELI.date_publication),
        documents=tuple(dict.fromkeys(besluit.values(LBLOD_BESLUIT.linkToPublication))),
        proofs=tuple(proofs(connection, [besluit.iri])),
    )


def distinct(votes: Iterable[Stemming]) -> tuple[Stemming, ...]:
    """The votes, each once: a besluitenlijst and notulen often describe one vote under two IRIs."""
    return tuple(dict.fromkeys(votes))


def stemming(vote: Entity) -> Stemming:
    """A vote as pages show it."""
    return Stemming(
        vote.value(BESLUIT.onderwerp),
        vote.value(BESLUIT.gevolg),
        vote.value(BESLUIT.aantalVoorstanders),
        vote.value(BESLUIT.aantalTegenstanders),
        vote.value(BESLUIT.aantalOnthouders),
        vote.value(BESLUIT.geheim) in ("true", "1"),
    )


def _context(
    connection: sa.Connection, besluit: Entity, handled: list[Entity]
) -> tuple[list[Behandeling], Orgaan | None]:
    """Agendapunt, zitting and organ of each behandeling; and the organ that passed the besluit."""
    punten = entities.get_many(connection, [iri for one in handled for iri in one.values(DCT.subject)])
    on_agenda = {
        obj: subject for subject, _, obj in entities.subjects_of(connection, punten, BESLUIT.behandelt)
    }  # fmt: skip
    zittingen = entities.get_many(connection, on_agenda.values())
    held_by = [iri for zitting in zittingen.values() for iri in zitting.values(BESLUIT.isGehoudenDoor)]
    known = organs(connection, [*held_by, *besluit.values(ELI.passed_by)])
    found = []
    for one in handled:
        punt = next((punten[iri] for iri in one.values(DCT.subject) if iri in punten), None)
        zitting = zittingen.get(on_agenda.get(punt.iri, "")) if punt else None
        held = zitting.values(BESLUIT.isGehoudenDoor) if zitting else []
        orgaan = next((known[iri] for iri in held if iri in known), None)
        found.append(
            Behandeling(
                link(punt) if punt else None,
                punt.value(DCT.description) if punt else "",
                link(zitting) if zitting else None,
                start_of(zitting) if zitting else "",
                orgaan,
                one.value(BESLUIT.openbaar),
            )
        )
    passed_by = next((known[iri] for iri in besluit.values(ELI.passed_by) if iri in known), None)
    return found, passed_by


def start_of(zitting: Entity) -> str:
    """When a zitting began, or was planned to."""
    return zitting.value(PROV.startedAtTime, BESLUIT.geplandeStart)


def _words(text: str) -> str:
    return "".join(text.split())


def _literals(one: Entity, predicate: str) -> list[str]:
    """The texts of a predicate; an IRI among its values (a misused attribute of a page) is no text."""
    return [rdf.value(term) for term in one.terms.get(predicate, ()) if rdf.is_literal(term)]


def _artikels(parts: Iterable[Entity]) -> list[Artikel]:
    found = []
    for part in parts:
        number = part.value(ELI.number).strip()
        text = "\n\n".join(_literals(part, PROV.value) or _literals(part, ELI.description))
        found.append((_artikel_place(number), Artikel(_artikel_title(number), text or name(part))))
    return [artikel for _, artikel in sorted(found, key=lambda pair: (pair[0], pair[1].title))]


def _artikel_title(number: str) -> str:
    return f"Artikel {number}" if number and number[0].isdigit() else number or "Artikel"


def _artikel_place(number: str) -> tuple[int, int, str]:
    digits = "".join(c if c.isdigit() else " " for c in number).split()
    return (0, int(digits[0][:9]), number) if digits else (1, 0, number)


def _types(connection: sa.Connection, besluit: Entity) -> tuple[str, ...]:
    """What kinds of besluit it is, by code: as extra class or as type."""
    wanted = [iri for iri in besluit.values(RDF.type) if iri.startswith((str(BESLUIT_TYPE), *DOCUMENT_TYPES))]
    wanted += [iri for iri in besluit.values(DCT.type, ELI.type_document) if iri.startswith("http")]
    named = concept_labels(connection, wanted)
    return tuple(dict.fromkeys(named[iri] for iri in wanted if not _is_code(named[iri])))


def _is_code(label: str) -> bool:
    """Whether it is only the last part of an IRI: no word for people."""
    return len(label) > 30 and all(c in "0123456789abcdef-" for c in label)
