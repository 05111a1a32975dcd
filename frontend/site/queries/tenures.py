"""Who held what, where, when: mandatarissen and functionarissen as every page shows them, read in about ten queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity
from belfort.vocab import BESLUIT, LEIDINGGEVENDEN, LMB, MANDAAT, ORG, SKOS
from frontend.site import dates, labels
from frontend.site.queries.linking import ALIAS, Link, link, name, path_of
from frontend.site.queries.organen import IN_TIME, organ_label
from frontend.site.queries.people import own_name
from shapes import codes
from shapes.rules.days import holds
from shapes.rules.history import Version

NAMELESS = "Naam niet publiek"


@dataclass(frozen=True)
class Place:
    """Where a post is: the organ that lasts, the bestuur, and the bounds of the organ-in-time."""

    organ: str
    orgaan: Link
    bestuur_iri: str
    bestuur: Link | None
    period: str
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Tenure:
    """One version of someone in a post.

    `role` is the IRI of the function that counts, `functie` its label; `first` and `last` are days in Brussels, both
    included; `replaces` and `replaced_by` are the people of a tijdelijke vervanging.
    """

    iri: str
    href: str
    leading: bool
    role: str
    functie: str
    post: str
    person_iri: str
    person: Link
    fractie: Link | None
    rangorde: str
    domains: tuple[str, ...]
    status_iri: str
    status: str
    ratified: str
    first: date | None
    last: date | None
    places: tuple[Place, ...]
    replaces: tuple[Link, ...]
    replaced_by: tuple[Link, ...]

    @property
    def place(self) -> Place | None:
        """The organ in which the post is first of all."""
        return self.places[0] if self.places else None

    def at(self, on: date) -> bool:
        """Whether it counts on that day."""
        return holds(self.first, self.last, on)

    @property
    def version(self) -> Version:
        """The same for `shapes.rules.history`: a post is a function in a bestuur, whatever the period."""
        bestuur = self.place.bestuur_iri if self.place else self.post
        facts = {
            "status": self.status_iri,
            "fractie": self.fractie.label if self.fractie else "",
            "rangorde": self.rangorde,
            "bevoegdheden": " / ".join(self.domains),
        }
        return Version(self.iri, self.person_iri or self.iri, f"{self.role} {bestuur}", self.first, self.last, facts)


_POSTS = (ORG.hasPost, LEIDINGGEVENDEN.heeftBestuursfunctie)
_NEAR = (ALIAS, ORG.holds, ORG.hasMembership, MANDAAT.beleidsdomein)
_REPLACED = MANDAAT.isTijdelijkVervangenDoor


def tenures(connection: sa.Connection, held: Mapping[str, Entity]) -> list[Tenure]:
    """What these mandatarissen and functionarissen are."""
    near = entities.get_many(connection, [iri for one in held.values() for iri in one.values(*_NEAR)])
    posts = [iri for one in held.values() for iri in one.values(ORG.holds) if iri in near]
    where = places(connection, posts)
    parties = entities.get_many(
        connection,
        [iri for one in held.values() for member in one.values(ORG.hasMembership) if member in near
         for iri in near[member].values(ORG.organisation)],
    )  # fmt: skip
    forward, backward = _replacements(connection, held, near)
    return [_tenure(one, near, parties, where, (forward, backward)) for one in held.values()]


def _tenure(
    one: Entity,
    near: Mapping[str, Entity],
    parties: Mapping[str, Entity],
    where: Mapping[str, tuple[Place, ...]],
    replacements: tuple[Mapping[str, tuple[Link, ...]], Mapping[str, tuple[Link, ...]]],
) -> Tenure:
    post = next((near[iri] for iri in one.values(ORG.holds) if iri in near), None)
    person = next((near[iri] for iri in one.values(ALIAS) if iri in near), None)
    role = codes.current(post.value(ORG.role)) if post else ""
    status = one.value(MANDAAT.status)
    return Tenure(
        iri=one.iri,
        href=path_of(one),
        leading=one.class_iri == LEIDINGGEVENDEN.Functionaris,
        role=role,
        functie=functie_label(post, role),
        post=post.iri if post else "",
        person_iri=one.value(ALIAS),
        person=person_link(one, person),
        fractie=_fractie(one, near, parties),
        rangorde=one.value(MANDAAT.rangorde).strip(),
        domains=_domains(one, near),
        status_iri=status,
        status=code_label(status, near),
        ratified=labels.CONCEPTS.get(one.value(LMB.hasPublicationStatus), ""),
        first=dates.as_day(one.value(MANDAAT.start)),
        last=dates.as_day(one.value(MANDAAT.einde)),
        places=where.get(post.iri, ()) if post else (),
        replaces=replacements[1].get(one.iri, ()),
        replaced_by=replacements[0].get(one.iri, ()),
    )


def functie_label(post: Entity | None, role: str) -> str:
    """What a function is called: canonically, else as its post is called."""
    known = labels.CONCEPTS.get(role)
    if known or post is None:
        return known or "Functie onbekend"
    return post.label or code_label(role, {}) or name(post)


def code_label(iri: str, known: Mapping[str, Entity]) -> str:
    """The label of a code: the canonical one, else what the public data calls it, else the end of its IRI."""
    if not iri or iri in labels.CONCEPTS:
        return labels.CONCEPTS.get(iri, "")
    called = known[iri].value(SKOS.prefLabel) or known[iri].label if iri in known else ""
    return called or iri.rstrip("/").rpartition("/")[2].rpartition("#")[2]


def person_link(holder: Entity, person: Entity | None) -> Link:
    """The person behind a mandataris or functionaris, as far as that is public."""
    if person is not None and person.label:
        return link(person)
    named = own_name(holder)
    return Link(named, path_of(holder)) if named else Link(NAMELESS)


def _fractie(one: Entity, near: Mapping[str, Entity], parties: Mapping[str, Entity]) -> Link | None:
    for member in one.values(ORG.hasMembership):
        for iri in near[member].values(ORG.organisation) if member in near else ():
            if iri in parties:
                return Link(name(parties[iri]), path_of(parties[iri]))
    return None


def _domains(one: Entity, near: Mapping[str, Entity]) -> tuple[str, ...]:
    """Labels of the competences: besturen mint their own codes, so equal labels count once (publisher.md §3.4)."""
    found: dict[str, str] = {}
    for iri in one.values(MANDAAT.beleidsdomein):
        label = " ".join(code_label(iri, near).split())
        found.setdefault(label.casefold(), label)
    return tuple(sorted(found.values(), key=str.casefold))


def _replacements(
    connection: sa.Connection, held: Mapping[str, Entity], near: Mapping[str, Entity]
) -> tuple[dict[str, tuple[Link, ...]], dict[str, tuple[Link, ...]]]:
    """Mandataris → who replaces them, and → whom they replace."""
    pairs = [(iri, other) for iri, one in held.items() for other in one.values(_REPLACED)]
    pairs += [(subject, obj) for subject, _, obj in entities.subjects_of(connection, held, _REPLACED)]
    if not pairs:
        return {}, {}
    others = entities.get_many(connection, {iri for pair in pairs for iri in pair} - held.keys())
    known = {**held, **others}
    persons = {**near, **entities.get_many(connection, [i for one in others.values() for i in one.values(ALIAS)])}
    forward: dict[str, dict[Link, None]] = {}
    backward: dict[str, dict[Link, None]] = {}
    for absent, acting in pairs:
        for start, end, side in ((absent, acting, forward), (acting, absent, backward)):
            if end in known:
                person = next((persons[i] for i in known[end].values(ALIAS) if i in persons), None)
                side.setdefault(start, {})[person_link(known[end], person)] = None
    return {iri: tuple(links) for iri, links in forward.items()}, {iri: tuple(links) for iri, links in backward.items()}


def places(connection: sa.Connection, posts: Iterable[str]) -> dict[str, tuple[Place, ...]]:
    """Post (mandaat or bestuursfunctie) → the organs it is a post of; four queries."""
    pairs = entities.subjects_of(connection, posts, *_POSTS)
    periods = entities.get_many(connection, [subject for subject, _, _ in pairs])
    lasting = entities.get_many(connection, [up for one in periods.values() for up in one.values(*IN_TIME)])
    governed = [iri for one in (*periods.values(), *lasting.values()) for iri in one.values(BESLUIT.bestuurt)]
    besturen = entities.get_many(connection, governed)
    made = {iri: place(one, lasting, besturen) for iri, one in periods.items()}
    found: dict[str, list[Place]] = {}
    for subject, _, obj in pairs:
        if subject in made:
            found.setdefault(obj, []).append(made[subject])
    return {post: tuple(sorted(many, key=_organ_order)) for post, many in found.items()}


def place(period: Entity, lasting: Mapping[str, Entity], besturen: Mapping[str, Entity]) -> Place:
    """Where an organ-in-time is."""
    organ = next((lasting[up] for up in period.values(*IN_TIME) if up in lasting), period)
    bestuur = next(
        (besturen[b] for one in (organ, period) for b in one.values(BESLUIT.bestuurt) if b in besturen), None
    )
    return Place(
        organ.iri,
        Link(organ_label(organ, bestuur), path_of(organ)),
        bestuur.iri if bestuur else "",
        Link(bestuur_name(bestuur), path_of(bestuur)) if bestuur else None,
        period.iri,
        dates.as_day(period.value(MANDAAT.bindingStart)),
        dates.as_day(period.value(MANDAAT.bindingEinde)),
    )


def _organ_order(one: Place) -> tuple[int, str, str]:
    # The college comes before the organ that the burgemeester alone is.
    return labels.organ_place(one.orgaan.label), one.orgaan.label, one.period


def bestuur_name(bestuur: Entity) -> str:
    """`OCMW Aalter`: registers call an OCMW by the name of its gemeente alone."""
    called = name(bestuur)
    for kind in bestuur.values(ORG.classification, BESLUIT.classificatie):
        word = {labels.OCMW: "OCMW", labels.PROVINCIE: "Provincie", labels.DISTRICT: "District"}.get(kind)
        if word and word.casefold() not in called.casefold():
            return f"{word} {called}"
    return called


def holders(connection: sa.Connection, posts: Iterable[str]) -> dict[str, Entity]:
    """IRI → mandataris or functionaris, of everyone who ever held one of these posts."""
    found = entities.subjects_of(connection, posts, ORG.holds)
    return entities.get_many(connection, [subject for subject, _, _ in found])
