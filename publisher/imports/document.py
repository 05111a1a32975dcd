"""A JSON-LD document of a bestuur as statements: every node checked, and reported by its number in the document.

A node is a subject with its own statements. What may stand in it is what the publication policy knows; a node of
another class, or about another bestuur, is a fault, so that nobody changes what is not theirs.
"""

from collections.abc import Callable, Iterable

from belfort import rdf, rijksregister
from belfort.vocab import (
    BESLUIT,
    EXT,
    FOAF,
    LEIDINGGEVENDEN,
    LOCN,
    MANDAAT,
    ORG,
    PERSON,
    PERSOON,
    PERSOON_HTTPS,
    RDF,
    SCHEMA,
)  # fmt: skip
from publisher.imports.member import Member
from publisher.imports.posts import Posts
from publisher.imports.report import Finding
from shapes import policy
from shapes.rules import days

_ROLES = (MANDAAT.Mandataris, LEIDINGGEVENDEN.Functionaris)
_POSTS = (MANDAAT.Mandaat, ORG.Post, LEIDINGGEVENDEN.Bestuursfunctie)
_CLASSES = frozenset(
    (
        *_ROLES, *_POSTS, PERSON.Person, ORG.Membership, MANDAAT.Fractie, EXT.BeleidsdomeinCode, SCHEMA.ContactPoint,
        LOCN.Address, BESLUIT.Bestuursorgaan,
    )
)  # fmt: skip
_FIRST_NAMES = (PERSOON.gebruikteVoornaam, PERSOON_HTTPS.gebruikteVoornaam)
Node = dict[str, list[str]]
# Notes a fault: place, code, message, how to fix it.
Wrong = Callable[[str, str, str, str], None]


def read(triples: Iterable[rdf.Triple], posts: Posts) -> list[Member]:
    """The nodes of the document, in the order of their first statement, as members."""
    nodes: dict[str, Node] = {}
    for subject, predicate, term in triples:
        nodes.setdefault(subject, {}).setdefault(predicate[1:-1], []).append(term)
    members = []
    for number, (subject, node) in enumerate(nodes.items(), 1):
        one = Member(number, iri=subject[1:-1])
        one.triples = [(subject, f"<{predicate}>", term) for predicate, terms in node.items() for term in terms]
        members.append(one)
        _check(one, node, nodes, posts)
    return members


def _check(one: Member, node: Node, nodes: dict[str, Node], posts: Posts) -> None:
    def wrong(place: str, code: str, message: str, fix: str) -> None:
        one.findings.append(Finding(one.row, place, code, message, fix))

    if any(rijksregister.contains(rdf.value(t)) for terms in node.values() for t in terms) or rijksregister.contains(
        one.iri
    ):
        one.iri = ""
        wrong("", "rijksregisternummer", "er staat een rijksregisternummer in.", "Verwijder het uit het document.")
        return
    classes = {rdf.value(term) for term in node.get(RDF.type, ())}
    if not classes & _CLASSES:
        shown = ", ".join(sorted(map(rdf.curie, classes))) or "geen klasse"
        wrong("@type", "class", f"{shown} kan niet ingevoerd worden.", "Laat de knoop weg.")
        return
    if one.iri in posts.own and not classes & set(_POSTS):
        wrong("@id", "register", "dit is van het register.", "Verwijs ernaar in plaats van het te beschrijven.")
    for name in _unknown(classes, node):
        one.findings.append(
            Finding(
                one.row, rdf.curie(name), "not-public", "dit wordt niet gepubliceerd.", "Laat het weg.", serious=False
            )
        )  # fmt: skip
    if classes & set(_ROLES):
        _check_role(node, nodes, posts, wrong)
    if PERSON.Person in classes and not (any(node.get(name) for name in _FIRST_NAMES) and node.get(FOAF.familyName)):
        wrong("", "missing", "de persoon heeft geen voor- en achternaam.", "Geef beide.")


def _check_role(node: Node, nodes: dict[str, Node], posts: Posts, wrong: Wrong) -> None:
    for predicate in (MANDAAT.start, MANDAAT.isBestuurlijkeAliasVan, ORG.holds):
        if len(node.get(predicate, ())) != 1:
            wrong(rdf.curie(predicate), "missing", "is er niet precies één keer.", "Geef er één.")
    days_said = [days.as_day(rdf.value(t)) for name in (MANDAAT.start, MANDAAT.einde) for t in node.get(name, ())]
    if node.get(MANDAAT.start) and days_said[0] is None:
        wrong(rdf.curie(MANDAAT.start), "date", "is geen datum.", "Schrijf een xsd:date of xsd:dateTime.")
    elif len(days_said) == 2 and days_said[0] and days_said[1] and days_said[1] < days_said[0]:
        wrong(rdf.curie(MANDAAT.einde), "order", "ligt voor de start.", "Verbeter een van beide.")
    for term in node.get(ORG.holds, ()):
        if rdf.value(term) not in posts.own and not _leads_to(term, nodes, posts):
            wrong(
                rdf.curie(ORG.holds), "foreign", "is geen post van dit bestuur.",
                "Verwijs naar een mandaat of bestuursfunctie van het bestuur, of beschrijf de weg ernaartoe.",
            )  # fmt: skip


def _leads_to(post: str, nodes: dict[str, Node], posts: Posts) -> bool:
    """Whether an organ of the bestuur has the post, as the document itself says."""
    for node in nodes.values():
        if post in (*node.get(ORG.hasPost, ()), *node.get(LEIDINGGEVENDEN.heeftBestuursfunctie, ())):
            above = [*node.get(MANDAAT.isTijdspecialisatieVan, ()), *node.get(BESLUIT.bestuurt, ())]
            if any(rdf.value(term) in posts.own for term in above):
                return True
    return False


def _unknown(classes: set[str], node: Node) -> list[str]:
    """The predicates that the publication policy does not let through for these classes."""
    rules = [rule for rule in policy.register_rules() if rule.classes & classes]
    allowed = {RDF.type}.union(*(rule.predicates for rule in rules))
    return sorted(name for name in node if name not in allowed)
