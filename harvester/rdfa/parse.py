"""The whole way of one page: charset, tree, walk, patterns, then what is invalid or repaired is told apart."""

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from belfort.rdf import Triple
from belfort.records.issue import Issue
from harvester.rdfa import embedded, iri, patterns
from harvester.rdfa.document import Document
from harvester.rdfa.environment import Repairs
from harvester.rdfa.host import SVG
from harvester.rdfa.page import read
from harvester.rdfa.parsed import FAULTS, INVALID, Marked, Parsed, Places, Trace
from harvester.rdfa.tree import css_path
from harvester.rdfa.values import Budget
from harvester.rdfa.walker import Walker

# All literals of a page together may have this many characters for each byte of it, and at least a million.
TEXT_FACTOR = 64
MAX_TEXT = 2**27
_SHOWN = 20


def parse(content: bytes, base: str, *, content_type: str = "", repairs: Repairs | None = None) -> Parsed:
    """The triples of a page in HTML, XHTML, SVG or XML (`host` says how that is found out).

    `base` is the absolute address of the page; `content_type` the header that its server sent. Without `repairs`
    this is plain RDFa 1.1.

    Raises:
        Unreadable: nested deeper than can be read, more text or triples than a page may give, or XML that is none.
    """
    with _uncollected():
        return _parsed(content, base, content_type, repairs)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the search for cycles: a page makes tens of thousands of objects at once and not one cycle."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _parsed(content: bytes, base: str, content_type: str, repairs: Repairs | None) -> Parsed:
    address = iri.without_fragment(base)
    page = read(content, address, content_type)
    document = Document(page.base, repairs, address, page.host)
    issues = [_issue(code, text, 1) for code, text in page.problems]
    if page.root is None:
        return Parsed([], issues, [], 0, document.base, Places())
    budget = Budget(min(MAX_TEXT, max(1_000_000, TEXT_FACTOR * len(content))), page.content)
    walker = Walker(document, budget, page.traits)
    walker.walk(page.root)
    said = walker.said
    if page.host is SVG:
        said.by(page.root)
        said.triples += embedded.triples(page.root, document)
    raw = patterns.expand(said.triples, budget) if walker.has_copies() else said.triples
    places = Places(said.triples, said.starts, said.elements, css_path)
    triples = list(dict.fromkeys(raw))
    traces: list[Trace] = []
    issues.extend(_issue(code, text, count) for (code, text), count in _most(document.faults))
    if document.marked:
        triples, faults, traces = _told_apart(triples, places)
        issues.extend(faults)
    return Parsed(triples, issues, traces, len(raw), document.base, places)


def _most(faults: Counter[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    """The faults, the most frequent first; beyond the first few of a kind the rest is one line."""
    shown: list[tuple[tuple[str, str], int]] = []
    rest: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for (code, text), count in faults.most_common():
        seen[code] += 1
        if seen[code] <= _SHOWN:
            shown.append(((code, text[:200]), count))
        else:
            rest[code] += count
    return shown + [((code, "…"), count) for code, count in rest.items()]


def _told_apart(triples: list[Triple], places: Places) -> tuple[list[Triple], list[Issue], list[Trace]]:
    """The triples that can be kept, issues about faulty terms, and the traces of repaired ones."""
    kept: list[Triple] = []
    traces: list[Trace] = []
    faults: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Triple] = {}
    for triple in triples:
        if Marked not in map(type, triple):
            kept.append(triple)
            continue
        marks = [term for term in triple if type(term) is Marked]
        usable = True
        for mark in marks:
            if mark.rule in FAULTS:
                faults[mark.rule, mark.before] += 1
                first.setdefault((mark.rule, mark.before), triple)
                usable = usable and mark.rule != INVALID
        if not usable:
            continue
        kept.append(triple)
        traces.extend(_trace(rule, triple) for rule in sorted({m.rule for m in marks if m.rule not in FAULTS}))
    issues = [
        _issue(code, text, count, places.of(first[code, text]) if (code, text) in first else "")
        for (code, text), count in _most(faults)
    ]
    return kept, issues, traces


def _trace(rule: str, triple: Triple) -> Trace:
    """The trace of one rule: the triple before, with the terms of that rule as they were written."""
    s, p, o = (term.before if type(term) is Marked and term.rule == rule else term for term in triple)
    return Trace(rule, (s, p, o), triple)


_MESSAGES: dict[str, tuple[str, str]] = {
    "charset": ("De tekens zijn niet zeker: {}.", "Stuur de pagina als UTF-8 en zeg dat in de header."),
    "not-xml": ("De pagina zou XML zijn, maar is dat niet ({}); ze is als HTML gelezen.", "Maak ze welgevormd."),
    "embedded-rdf": ("Het RDF/XML in de pagina is niet leesbaar: {}.", "Maak het geldig, of gebruik RDFa."),
    "invalid-base": ("xml:base {!r} geeft geen IRI; wat erboven stond bleef gelden.", "Schrijf een geldig adres."),
    "dropped-token": ("{!r} is geen term, CURIE of IRI; het zegt niets.", "Schrijf een CURIE of een volledige IRI."),
    "unknown-curie": ("{!r} is geen CURIE met een gekende prefix.", "Declareer de prefix met @prefix."),
    "unknown-datatype": ("{!r} is geen datatype; de waarde werd gewone tekst.", "Gebruik bijvoorbeeld xsd:date."),
    "invalid-language": ("{!r} is geen taalcode; de tekst kreeg geen taal.", 'Gebruik bijvoorbeeld lang="nl".'),
    "prefix-syntax": ("Bij {!r} is @prefix geen rij van `naam: IRI`.", 'Schrijf prefix="naam: https://… naam2: …".'),
    "undefined-prefix": ("De prefix {!r} is niet gedeclareerd; wat ermee begint werd een IRI.", "Declareer hem."),
    "invalid-iri": ("{!r} kan geen IRI zijn; wat ermee gezegd werd, is weggelaten.", "Codeer spaties als %20."),
}


def _issue(code: str, text: str, count: int, place: str = "") -> Issue:
    message, fix = _MESSAGES[code]
    return Issue(code, message.format(text), place, fix, count)
