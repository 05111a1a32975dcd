"""What no rule could repair, or what a rule had to choose: issues, so that nothing is lost in silence."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from belfort import rdf, rijksregister
from belfort.rdf import TYPE, Triple
from belfort.records.issue import Issue
from belfort.vocab import DCT, DOCUMENT_TYPE, DOCUMENT_TYPES
from harvester.rdfa.parsed import Trace
from harvester.repairs import coherence, datatypes, known, terms
from harvester.repairs.page import Page
from harvester.repairs.statements import Statements

_SHOWN = 20
_LONGEST = 60
_TEMPLATE = re.compile(r"\{\{[^{}]{0,200}\}\}|\{%[^{}]{0,200}%\}|<%=|\$\{\w")
_HOSTLIKE = re.compile(
    r"<https?://[^/]+/(?:[^#?]*/)?(?:[a-z0-9\-]+\.)+(?:be|eu|net|com|org|info|vlaanderen|nl|brussels)/"
)
_CONCEPTS = (f"<{str(DOCUMENT_TYPE)[:-1]}", *terms.OTHER_LIST)
_STANDARD = frozenset(f"<{iri}>" for iri in DOCUMENT_TYPES)

_TYPING = (TYPE, f"<{DCT.type}>")
# What a text here is doubtful for, whatever is in it.
_SPECIAL = terms.IRI_VALUED.union(datatypes.RANGES)

Place = Callable[[Triple], str]

_MESSAGES: dict[str, tuple[str, str]] = {
    "no-such-value": ("{} is geen geldige waarde; ze werd gewone tekst.", "Schrijf de waarde zoals XSD ze vraagt."),
    "several-values": ("{} heeft hier verschillende waarden; alleen de eerste telt.", "Laat één waarde staan."),
    "replacement-character": ("In {} staat het teken U+FFFD: er ging tekst verloren.", "Stuur de pagina als UTF-8."),
    "template": ("In {} staat een sjabloon dat niet werd ingevuld.", "Toon de pagina pas als ze is ingevuld."),
    "host-in-path": ("{} heeft een host in zijn pad.", "Schrijf https:// voor de host."),
    "lost-scope": ("{} wordt van de pagina zelf gezegd.", "Sluit elk element en zeg met @resource waarover het gaat."),
    "shared-artikel": (
        "Het artikel {}: wat erover gezegd wordt, is niet meer uit elkaar te halen.",
        "Geef elk artikel een eigen IRI, bijvoorbeeld die van zijn besluit met #artikel-1 erachter.",
    ),
    "shared-document": (
        "{}: welk document bedoeld is, is niet te weten.",
        "Geef elk document een eigen IRI, bijvoorbeeld het adres van zijn pagina.",
    ),
    "contradiction": ("{} heeft hier meer dan één waarde; ze bleven staan.", "Laat één waarde staan."),
    "unlinked": ("Er is een {}.", "Zeg waar het bij hoort, of nest het daarin."),
    "other-orgaan": (
        "Het document heeft een ander orgaan ({}) dan de zitting (besluit:isGehoudenDoor).",
        "Noem hetzelfde orgaan in bestuursperiode.",
    ),
    "class-as-subject": ("dct:subject {} is de naam van een klasse.", "Laat het weg: @typeof zegt het al."),
    "unclosed": ("Er worden meer blokken geopend dan gesloten{}.", "Sluit elke div, section en article."),
    "unknown-term": ("De standaard kent {} niet.", "Gebruik een term van het applicatieprofiel."),
    "unknown-document-type": ("{} is geen gekend documenttype.", "Gebruik een IRI van BesluitDocumentType."),
    "text-for-iri": ("{} heeft een tekst als waarde, geen IRI.", "Schrijf de IRI in @resource."),
}


def doubts(said: Statements, traces: Iterable[Trace], place: Place, page: Page) -> list[Issue]:
    """The issues of a page after its repairs; `place` says where a triple stands on it, `page` is the page itself."""
    found: dict[tuple[str, str], list[Triple]] = {}
    for trace in traces:
        if trace.rule == "q10-no-such-value":
            found.setdefault(("no-such-value", _value(trace.before)), []).append(trace.before)
        elif trace.rule == "q23-single-value":
            found.setdefault(("several-values", rdf.curie(trace.before[1][1:-1])), []).append(trace.before)
    for code, what, triple in coherence.of_page(said, page.address):
        found.setdefault((code, what), []).append(triple)
    if unclosed := coherence.unclosed(page.content):
        found["unclosed", ""] = [("", "", "")] * unclosed
    suspects = _suspects(said)
    doubtful = _doubtful(said)
    if suspects or doubtful:
        for triple in said.triples:
            if not suspects.isdisjoint(triple) or (triple[2][0] == '"' and triple[2] in doubtful):
                for doubt in _of_triple(triple, suspects):
                    found.setdefault(doubt, []).append(triple)
    return _issues(found, place)


def _issues(found: dict[tuple[str, str], list[Triple]], place: Place) -> list[Issue]:
    """One issue a doubt; beyond the first few of a kind the others are one."""
    shown: Counter[str] = Counter()
    rest: Counter[str] = Counter()
    issues = []
    for (code, what), where in found.items():
        shown[code] += 1
        message, fix = _MESSAGES[code]
        if shown[code] > _SHOWN:
            rest[code] += len(where)
        else:
            issues.append(_issue(code, message.format(what), place(where[0]), fix, len(where)))
    for code, count in rest.items():
        message, fix = _MESSAGES[code]
        issues.append(_issue(code, message.format("…"), "", fix, count))
    return issues


def _issue(code: str, message: str, place: str, fix: str, count: int) -> Issue:
    return Issue(code, message, place, fix, count)


def _suspects(said: Statements) -> set[str]:
    """The IRIs of the page that there is something wrong with, each looked at once."""
    found = {term for term in (*said.predicates, *said.classes) if known.is_unknown(term)}
    for predicate in _TYPING:
        found.update(o for o in said.led_to(predicate) if o.startswith(_CONCEPTS))
    # A host in a path is in the folder of the IRI; a page has many IRIs in few folders.
    folders = {term.partition("#")[0].rpartition("/")[0] for term in said.iris}
    if any(_HOSTLIKE.match(f"{folder}/") for folder in folders):
        found.update(term for term in said.iris if _HOSTLIKE.match(term))
    return found


def _doubtful(said: Statements) -> set[str]:
    """The literals that there may be something wrong with."""
    found = {o for o in said.literals if "\ufffd" in o or "{" in o or "<%" in o}
    for predicate in _SPECIAL.intersection(said.predicates):
        found.update(o for _, _, o in said.with_predicate(predicate) if o[0] == '"')
    return found


def _of_triple(triple: Triple, suspects: set[str]) -> Iterable[tuple[str, str]]:
    s, p, o = triple
    if o[0] == '"':
        yield from _of_literal(triple)
    elif o in suspects and p in _TYPING and o.startswith(_CONCEPTS) and not _is_known_type(o):
        yield "unknown-document-type", o[1:-1]
    for term in dict.fromkeys((s, p, o)):
        if term not in suspects:
            continue
        if known.is_unknown(term) and (term == p or (term == o and p == TYPE)):
            yield "unknown-term", rdf.curie(term[1:-1])
        if _HOSTLIKE.match(term):
            yield "host-in-path", term[1:-1]


def _of_literal(triple: Triple) -> Iterable[tuple[str, str]]:
    _, p, o = triple
    if "\ufffd" in o:
        yield "replacement-character", rdf.curie(p[1:-1])
    if ("{" in o or "<%" in o) and _TEMPLATE.search(o):
        yield "template", rdf.curie(p[1:-1])
    if p in terms.IRI_VALUED:
        yield "text-for-iri", rdf.curie(p[1:-1])
    if p in datatypes.RANGES and not o.endswith(">"):
        yield "no-such-value", _value(triple)


def _is_known_type(term: str) -> bool:
    return term in _STANDARD or terms.document_type(("", TYPE, term)) is not None


def _value(triple: Triple) -> str:
    """The property, its value and its datatype, for the reader of an issue; a rijksregisternummer is masked."""
    literal = rdf.split_literal(triple[2])
    text = " ".join(literal.value.split())
    text = rijksregister.mask(text[:_LONGEST] + "…" if len(text) > _LONGEST else text)
    datatype = datatypes.RANGES.get(triple[1], literal.datatype)
    return f"{rdf.curie(triple[1][1:-1])} {text!r} ({rdf.curie(datatype)})"
