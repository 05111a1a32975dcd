"""The posts of one bestuur: the mandaten and bestuursfuncties that its organs have, as the register publishes them.

A post that the register does not know (for most gemeenten it has organs and no mandaten) is made here, under the
organ that the register has, with an IRI that follows from bestuur, organ and function, so that the next import finds
the same one.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from belfort import rdf
from belfort.errors import NotFound
from belfort.records import entity
from belfort.records.entity import Entity
from belfort.vocab import BESLUIT, DATA, GENERIEK, GENERIEK_HTTP, LEIDINGGEVENDEN, MANDAAT, ORG, RDF
from publisher.imports.columns import Database, folded
from shapes import codes
from shapes.rules import days

_SPECIALISATIONS = (
    MANDAAT.isTijdspecialisatieVan,
    GENERIEK.isTijdspecialisatieVan,
    GENERIEK_HTTP.isTijdspecialisatieVan,
)
_CLASSES = (BESLUIT.classificatie, ORG.classification)
# Of which organ a mandate is a post: BestuursfunctieCode → BestuursorgaanClassificatieCode (publisher.md §3.3, §3.4).
_ORGANS = {
    "11": "05", "12": "05", "13": "4955bd72cd0e4eb895fdbfab08da0284", "14": "06", "15": "07", "16": "07", "17": "08",
    "18": "08", "19": "09", "1a": "09", "1b": "0a", "1c": "0a", "1d": "9314533e-891f-4d84-a492-0338af104065",
    "1e": "0b", "1f": "0c", "20": "0d", "22": "0b", "23": "07", "26": "0b", "27": "0c",
    "59a90e03-4f22-4bb9-8c91-132618db4b38": "06",
    "7b038cc40bba10bec833ecfe6f15bc7a": "4955bd72cd0e4eb895fdbfab08da0284",
    "d7c00cd1-baf1-4346-83c0-6796c0bedd85": "180a2fba-6ca9-4766-9b94-82006bb9c709",
}  # fmt: skip


@dataclass(frozen=True)
class Post:
    """A mandaat or bestuursfunctie: its role, the organ it is of, and from when to when that organ in time lasts."""

    iri: str
    role: str
    organ: str
    organ_class: str
    label: str
    begin: date | None
    end: date | None


class Posts:
    """What the register knows of one bestuur, read once."""

    def __init__(self, connection: sa.Connection, bestuur: str, database: Database) -> None:
        found = entity.get(connection, bestuur)
        if found is None or found.class_iri != BESLUIT.Bestuurseenheid:
            raise NotFound(
                f"Het register kent geen bestuur {bestuur}.",
                hint="Neem het IRI van de pagina van het bestuur over, of neem eerst de besturen in (belfort intake).",
            )
        self.bestuur, self.label, self._database = bestuur, found.label, database
        self.minted: dict[str, list[rdf.Triple]] = {}
        self.organs = _linked(connection, [bestuur], BESLUIT.bestuurt)
        in_time = _linked(connection, self.organs, *_SPECIALISATIONS)
        self.own = {bestuur, *self.organs, *in_time}
        self.posts = list(self._read(connection, [*self.organs.values(), *in_time.values()]))
        self.own |= {post.iri for post in self.posts}

    def _read(self, connection: sa.Connection, organs: Iterable[Entity]) -> Iterable[Post]:
        by_post: dict[str, list[Entity]] = {}
        for organ in organs:
            for iri in organ.values(ORG.hasPost, LEIDINGGEVENDEN.heeftBestuursfunctie):
                by_post.setdefault(iri, []).append(organ)
        for iri, one in entity.get_many(connection, by_post).items():
            for organ in by_post[iri]:
                timeless = self.organs.get(organ.value(*_SPECIALISATIONS), organ)
                yield Post(
                    iri, codes.current(one.value(ORG.role)), timeless.iri, timeless.value(*_CLASSES), timeless.label,
                    days.as_day(organ.value(MANDAAT.bindingStart)), days.as_day(organ.value(MANDAAT.bindingEinde)),
                )  # fmt: skip

    def find(self, role: str, organ: str, start: date) -> list[Post]:
        """The posts with that role on that day, in the organ that is named so or is of that kind (if one is named).

        Of several periods the newest counts; a post of two organs (a burgemeester) is one post.
        """
        fits = [post for post in self.posts if post.role == role and _holds(post, start)]
        if organ:
            fits = [post for post in fits if folded(organ) in (folded(post.label), folded(_label(post.organ_class)))]
        newest = max((post.begin or date.min for post in fits), default=date.min)
        return list({post.iri: post for post in fits if (post.begin or date.min) == newest}.values())

    def own_post(self, role: str) -> str:
        """The IRI of the post that imports of this bestuur make when the register has none."""
        return minted("mandaten" if self._database == "mandatarissen" else "bestuursfuncties", self.bestuur, role)

    def mint(self, role: str) -> str:
        """The IRI of a post that the register does not know, under an organ of the bestuur; its triples are kept."""
        organ_class = organ_class_of(role)
        own = minted("bestuursorganen", self.bestuur, organ_class)
        fitting = (iri for iri, one in sorted(self.organs.items()) if organ_class in one.values(*_CLASSES))
        organ = next((iri for iri in fitting if iri != own), "")
        post = self.own_post(role)
        if post in self.minted:
            return post
        mandate = self._database == "mandatarissen"
        triples = [
            (post, RDF.type, MANDAAT.Mandaat if mandate else LEIDINGGEVENDEN.Bestuursfunctie),
            (post, ORG.role, role),
        ]
        if not organ:
            organ = own
            triples += [
                (organ, RDF.type, BESLUIT.Bestuursorgaan),
                (organ, BESLUIT.bestuurt, self.bestuur),
                (organ, BESLUIT.classificatie, organ_class),
            ]
        in_time = minted("bestuursorganen", organ, "in tijd")
        triples += [
            (in_time, RDF.type, BESLUIT.Bestuursorgaan),
            (in_time, MANDAAT.isTijdspecialisatieVan, organ),
            (in_time, ORG.hasPost if mandate else LEIDINGGEVENDEN.heeftBestuursfunctie, post),
        ]
        self.minted[post] = [(rdf.iri(s), rdf.iri(p), rdf.iri(o)) for s, p, o in triples]
        return post


def organ_class_of(role: str) -> str:
    """The kind of organ that a function is a post of, "" when none is known."""
    known = codes.concepts("BestuursfunctieCode").get(role)
    if known and known.related:
        return known.related[0]
    notation = role.rsplit("/", 1)[-1]
    short = notation[-2:] if notation.startswith("5ab0e9b8a3b2ca7c5e0000") else notation
    return codes.code("BestuursorgaanClassificatieCode", _ORGANS[short]) if short in _ORGANS else ""


def minted(kind: str, *parts: str) -> str:
    """An IRI that follows from these parts."""
    return f"{DATA[kind]}/{uuid.uuid5(uuid.NAMESPACE_URL, chr(10).join((kind, *parts)))}"


def _linked(connection: sa.Connection, targets: Iterable[str], *predicates: str) -> dict[str, Entity]:
    rows = entity.subjects_of(connection, targets, *predicates)
    return entity.get_many(connection, (subject for subject, _, _ in rows))


def _holds(post: Post, start: date) -> bool:
    return (post.begin is None or post.begin <= start) and (post.end is None or start <= post.end)


def _label(code: str) -> str:
    known = codes.every().get(code)
    return known.label if known else ""
