"""The prefixes that an element declares, with `@prefix` or by namespace declarations."""

from collections.abc import Iterable, Mapping

from harvester.rdfa import iri
from harvester.rdfa.document import PREFIX_NAME, SPACE, Document


def declares(attributes: Iterable[str]) -> bool:
    """Whether an element with these attributes declares a namespace or a base."""
    return any(name.startswith("xmlns:") or name == "xml:base" for name in attributes)


def declared_prefixes(document: Document, value: str) -> dict[str, str]:
    """The prefixes that an `@prefix` declares, by lower-case name; what is no pair is a fault and is skipped."""
    found: dict[str, str] = {}
    name = ""
    for word in value.split():
        if word.endswith(":") and (not name or PREFIX_NAME.match(word[:-1])):
            if name:
                document.faults["prefix-syntax", name] += 1
            name = word
        elif name:
            if name not in ("_:", ":"):
                found[name[:-1].lower()] = _namespace(document, word)
            name = ""
        else:
            document.faults["prefix-syntax", word] += 1
    if name:
        document.faults["prefix-syntax", name] += 1
    return found


def _namespace(document: Document, word: str) -> str:
    """A prefix IRI is resolved against the address of the page, not its base; CURIEs are checked when used."""
    return word if iri.ABSOLUTE.match(word) else iri.resolve(document.address, word)


def declared_xmlns(document: Document, attributes: Mapping[str, str]) -> dict[str, str]:
    """The prefixes that `xmlns:` attributes declare, by lower-case name."""
    found = {}
    for name, value in attributes.items():
        if name.startswith("xmlns:") and value and name != "xmlns:_":
            found[name[6:].lower()] = _namespace(document, value.strip(SPACE))
    return found
