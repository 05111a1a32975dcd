"""Repairs of a whole element, where the meaning of one attribute hangs on the others: Q2 and Q9."""

import re

from belfort import rdf
from belfort.vocab import BESLUIT, DOCUMENT_TYPES, ELI, FOAF
from harvester.rdfa.environment import Element
from harvester.repairs.terms import CLASS_OF, IRI_VALUED

_IRI = re.compile(r"\s*(?:https?://|urn:|(?:null|undefined)/)\S+\s*\Z")
_OTHER_OBJECT = frozenset({"rel", "rev", "content", "datatype", "datetime", "inlist"})
_TARGETS = ("resource", "href", "src")
# What a page can be itself; anything else with an empty `@resource` has no IRI, it is not the page.
_OF_A_PAGE = frozenset(
    f"<{name}>"
    for name in (FOAF.Document, ELI.LegalResource, BESLUIT.Zitting, BESLUIT.Besluit, *DOCUMENT_TYPES)
)  # fmt: skip

Better = tuple[dict[str, str], str]


def iri_in_content(here: Element) -> Better | None:
    """`@content` with an IRI beside a property whose value is an IRI is meant as `@resource`."""
    attributes = here.attributes
    content = attributes.get("content")
    if content is None or "property" not in attributes or not _IRI.match(content):
        return None
    if any(name in attributes for name in _TARGETS) or "about" in attributes:
        return None
    if IRI_VALUED.isdisjoint(here.environment.predicates(attributes["property"])):
        return None
    kept = {name: value for name, value in attributes.items() if name not in ("content", "datatype")}
    return {**kept, "resource": content.strip()}, rdf.literal(content)


def without_identity(here: Element) -> Better | None:
    """`resource=""` on a person, a place or a part of a text: it was left empty, it does not mean the page."""
    attributes = here.attributes
    if "typeof" not in attributes or attributes.get("resource", "x").strip() not in ("", "#") or "about" in attributes:
        return None
    classes = here.environment.types(attributes["typeof"])
    if not classes or not _OF_A_PAGE.isdisjoint(classes):
        return None
    page = here.environment.resource(attributes["resource"]) or ""
    return {name: value for name, value in attributes.items() if name != "resource"}, page


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
    classes = set(environment.types(attributes["typeof"]))
    if not any(CLASS_OF.get(name) in classes for name in environment.predicates(attributes["property"])):
        return None
    subject = environment.resource(attributes["about"])
    if subject is None:
        return None
    return {name: value for name, value in attributes.items() if name != "about"}, subject
