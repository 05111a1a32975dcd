"""What the rules find in the public data of one bestuur, grouped by rule, with a link to each place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity
from belfort.vocab import (
    ADMS,
    BESLUIT,
    GENERIEK,
    GENERIEK_HTTP,
    LEIDINGGEVENDEN,
    MANDAAT,
    ORG,
    PERSON,
    SCHEMA,
)  # fmt: skip
from frontend.site import dates, labels
from frontend.site.queries.bestuur import read_skeleton, type_of
from frontend.site.queries.contact import Contact, contacts
from frontend.site.queries.linking import ALIAS, Link, name, path_of
from frontend.site.queries.tenures import Tenure, bestuur_name, holders, tenures
from shapes.rules import expected
from shapes.rules.check import Finding, Rule, check, rules, unknowable
from shapes.shacl import Graph

SHOWN = 50
_POSTS = (ORG.hasPost, LEIDINGGEVENDEN.heeftBestuursfunctie)


@dataclass(frozen=True)
class Spot:
    """One place where a rule is broken: what it is about, where it can be seen, and what is the matter there."""

    subject: Link
    iri: str
    detail: str


@dataclass(frozen=True)
class Broken:
    """One rule that is broken, and where."""

    rule: Rule
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class QualityPage:
    """Everything on the quality page of a bestuur.

    `passed` are the rules without findings, `silent` those that cannot be judged from public data; `required` and
    `filled` count the functions that the bestuur must have.
    """

    title: str
    href: str
    iri: str
    today: date
    broken: tuple[Broken, ...]
    passed: tuple[Rule, ...]
    silent: tuple[Rule, ...]
    mandatarissen: int
    functionarissen: int
    required: int
    filled: int
    modified: str
    contact: Contact | None

    @property
    def errors(self) -> int:
        """How many places are wrong."""
        return sum(len(one.spots) for one in self.broken if one.rule.severity == "fout")


@dataclass(frozen=True)
class _Data:
    """The entities that the rules look at: those of the bestuur itself, and all."""

    mine: dict[str, Entity]
    every: dict[str, Entity]


def quality_page(connection: sa.Connection, bestuur: Entity) -> QualityPage:
    """Judge the public data of a bestuur; with a gemeente its OCMW is read, for the rules that hold them together."""
    data = _gather(connection, bestuur)
    graph = Graph.of_lines(_lines(data.every))
    silent = unknowable(graph)
    findings = [one for one in check(graph) if one.subject in data.mine and one.rule not in silent]
    held = {iri: one for iri, one in data.mine.items() if one.class_iri in _HOLDERS}
    known = {one.iri: one for one in tenures(connection, held)}
    places = _places(findings, data.mine, known)
    broken = {one.rule for one in findings}
    today = dates.today()
    required = expected.required(type_of(bestuur))
    leading = [one for one in known.values() if one.leading]
    filled = [role for role in required if any(one.role == role and one.at(today) for one in leading)]
    return QualityPage(
        title=bestuur_name(bestuur),
        href=path_of(bestuur),
        iri=bestuur.iri,
        today=today,
        broken=tuple(Broken(rule, tuple(places[rule])) for rule in dict.fromkeys(one.rule for one in findings)),
        passed=tuple(rule for rule in dict.fromkeys(rules().values()) if rule not in {*broken, *silent}),
        silent=tuple(silent),
        mandatarissen=len(known) - len(leading),
        functionarissen=len(leading),
        required=len(required),
        filled=len(filled),
        modified=max((one.modified for one in data.mine.values()), default=""),
        contact=contacts(connection, [bestuur]).get(bestuur.iri),
    )


_HOLDERS = frozenset({MANDAAT.Mandataris, LEIDINGGEVENDEN.Functionaris})


def _gather(connection: sa.Connection, bestuur: Entity) -> _Data:
    mine = _around(connection, bestuur)
    every = dict(mine)
    areas = bestuur.values(BESLUIT.werkingsgebied)
    every |= entities.get_many(connection, areas)
    if type_of(bestuur) == labels.GEMEENTE:
        subjects = [s for s, _, _ in entities.subjects_of(connection, areas, BESLUIT.werkingsgebied)]
        for one in entities.get_many(connection, subjects).values():
            if type_of(one) == labels.OCMW:
                every |= _around(connection, one)
    return _Data(mine, every)


def _around(connection: sa.Connection, bestuur: Entity) -> dict[str, Entity]:
    """A bestuur with its organs, posts, holders, persons, memberships, contactpunten and numbers; about ten queries."""
    skeleton = read_skeleton(connection, bestuur.iri)
    found = {bestuur.iri: bestuur, **skeleton.lasting, **skeleton.periods}
    posts = entities.get_many(connection, skeleton.posts(*_POSTS))
    held = holders(connection, posts)
    near = [iri for one in held.values() for iri in one.values(ALIAS, ORG.hasMembership)]
    near += [iri for one in (*posts.values(), bestuur) for iri in one.values(SCHEMA.contactPoint)]
    near += bestuur.values(ADMS.identifier)
    around = entities.get_many(connection, near)
    far = [iri for one in around.values() for iri in one.values(
        GENERIEK.gestructureerdeIdentificator, GENERIEK_HTTP.gestructureerdeIdentificator
    )]  # fmt: skip
    return {**found, **posts, **held, **around, **entities.get_many(connection, far)}


def _lines(found: Mapping[str, Entity]) -> Iterable[str]:
    for one in found.values():
        yield from one.lines.split("\n")


def _places(
    findings: Iterable[Finding], mine: Mapping[str, Entity], known: Mapping[str, Tenure]
) -> dict[Rule, list[Spot]]:
    by_person = {one.person_iri: one for one in known.values()}
    found: dict[Rule, dict[Spot, None]] = {}
    for one in findings:
        spot = Spot(_subject(mine[one.subject], known, by_person), one.subject, _detail(one))
        found.setdefault(one.rule, {})[spot] = None
    return {rule: sorted(spots, key=lambda spot: spot.subject.label.casefold()) for rule, spots in found.items()}


def _subject(one: Entity, known: Mapping[str, Tenure], by_person: Mapping[str, Tenure]) -> Link:
    """What a finding is about, in words."""
    held = known.get(one.iri)
    if held:
        since = f" sinds {dates.written(held.first)}" if held.first else ""
        return Link(f"{held.person.label}, {held.functie.lower()}{since}", held.href)
    if one.class_iri == PERSON.Person and one.iri in by_person:
        return Link(by_person[one.iri].person.label, path_of(one))
    if one.class_iri == BESLUIT.Bestuurseenheid:
        return Link(bestuur_name(one), path_of(one))
    return Link(name(one), path_of(one))


def _detail(one: Finding) -> str:
    """The property that is wrong, and what stands there or is the matter."""
    path = labels.PREDICATES.get(one.path, "")
    text = labels.CONCEPTS.get(one.value, "") if one.is_iri else one.value
    return ": ".join(filter(None, (path, text)))
