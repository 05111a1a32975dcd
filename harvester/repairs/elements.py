"""Repairs of a whole element, where the meaning of one attribute hangs on the others: Q2 and Q9."""

import re

from belfort import rdf
from belfort.vocab import (
    BESLUIT,
    DCT,
    DOCUMENT_TYPES,
    ELI,
    FOAF,
    LEIDINGGEVENDEN,
    LOCN,
    MANDAAT,
    ORG,
    PERSON,
    PROV,
    SKOS,
)
from harvester.rdfa.environment import Element
from harvester.repairs.terms import CLASS_OF, IRI_VALUED

IRI = re.compile(r"\s*(?:https?://|urn:|(?:null|undefined)/)\S+\s*\Z")
NAMELESS = re.compile(r"\s*#?\s*\Z")  # a `@resource` that was left empty
_OTHER_OBJECT = frozenset({"rel", "rev", "content", "datatype", "datetime", "inlist"})
_TARGETS = ("resource", "href", "src")
# What a page can be itself.
_OF_A_PAGE = frozenset(
    f"<{name}>"
    for name in (FOAF.Document, ELI.LegalResource, BESLUIT.Zitting, BESLUIT.Besluit, *DOCUMENT_TYPES)
)  # fmt: skip
# What no page can be: with an empty `@resource` it has no IRI. Of any other class nobody knows.
_OF_NO_PAGE = frozenset(
    f"<{name}>"
    for name in (
        BESLUIT.Agendapunt, BESLUIT.BehandelingVanAgendapunt, BESLUIT.Stemming, BESLUIT.Artikel,
        BESLUIT.Bestuursorgaan, BESLUIT.Bestuurseenheid, FOAF.Person, FOAF.Agent, PROV.Location, DCT.Location,
        DCT.Agent, SKOS.Concept,
    )
)  # fmt: skip
_OF_NO_PAGE_IN = tuple(f"<{namespace}" for namespace in (MANDAAT, ORG, PERSON, LOCN, LEIDINGGEVENDEN))

Better = tuple[dict[str, str], str]


def iri_in_content(here: Element) -> Better | None:
    """`@content` with an IRI beside a property whose value is an IRI is meant as `@resource`.

    Beside a `@resource` that says something, `@content` of such a property is what a person reads.
    """
    attributes = here.attributes
    if "content" not in attributes or "about" in attributes or not attributes.get("property"):
        return None
    content = attributes["content"]
    named = any(attributes.get(name, "").strip(" #") for name in _TARGETS)
    if not named and (not IRI.match(content) or any(name in attributes for name in _TARGETS)):
        return None
    if "rel" in attributes or "rev" in attributes:
        return None
    if IRI_VALUED.isdisjoint(here.environment.named(attributes["property"])):
        return None
    kept = {name: value for name, value in attributes.items() if name not in ("content", "datatype")}
    return (kept if named else {**kept, "resource": content.strip()}), rdf.literal(content)


def without_identity(here: Element) -> Better | None:
    """`resource=""` on a person, a place or a part of a text: it was left empty, it does not mean the page."""
    attributes = here.attributes
    empty = "resource" if "resource" in attributes else "href" if "href" in attributes else "src"
    written = attributes.get(empty)
    if written is None or not NAMELESS.match(written) or not attributes.get("typeof") or "about" in attributes:
        return None
    classes = here.environment.named(attributes["typeof"])
    if not _OF_A_PAGE.isdisjoint(classes):
        return None
    if not any(cls in _OF_NO_PAGE or cls.startswith(_OF_NO_PAGE_IN) for cls in classes):
        return None
    page = here.environment.resource(attributes[empty]) or ""
    return {name: value for name, value in attributes.items() if name != empty}, page


def type_of_object(here: Element) -> Better | None:
    """`@about` with `@property`, `@resource` and `@typeof`: the type is meant for the resource if the property says so.

    RDFa gives it to the subject, and what the element holds too.
    """
    attributes = here.attributes
    if "about" not in attributes or "typeof" not in attributes or not attributes.get("property"):
        return None
    if not any(attributes.get(name) for name in _TARGETS) or not _OTHER_OBJECT.isdisjoint(attributes):
        return None
    environment = here.environment
    classes = set(environment.named(attributes["typeof"]))
    if not any(CLASS_OF.get(name) in classes for name in environment.named(attributes["property"])):
        return None
    subject = environment.resource(attributes["about"])
    if subject is None:
        return None
    return {name: value for name, value in attributes.items() if name != "about"}, subject
