"""The whole way of one page: charset, tree, walk, patterns, then what is invalid or repaired is told apart."""

from collections import Counter

from belfort.rdf import Triple
from belfort.records.issue import Issue
from harvester.rdfa import charset, iri, patterns
from harvester.rdfa.environment import Document, Repairs
from harvester.rdfa.parsed import FAULTS, INVALID, Marked, Parsed, Places, Trace
from harvester.rdfa.tree import base_of, css_path, parse_tree
from harvester.rdfa.values import Budget
from harvester.rdfa.walker import Walker

# All literals of a page together may have this many characters for each byte of it, and at least a million.
TEXT_FACTOR = 64
_SHOWN = 20


def parse(content: bytes, base: str, *, header_charset: str = "", repairs: Repairs | None = None) -> Parsed:
    """The triples of an HTML page.

    `base` is the absolute address of the page; `header_charset` what its server called the encoding. Without
    `repairs` this is plain RDFa 1.1.

    Raises:
        TooDeep: the page nests blocks deeper than can be read.
        TooMuchText: nested properties repeat more text than a page may give.
    """
    decoded = charset.to_utf8(content, header_charset)
    tree = parse_tree(decoded.content)
    root = tree.root
    address = iri.without_fragment(base)
    lowered = decoded.content.lower()
    base = base_of(tree, address) if b"<base" in lowered else address
    document = Document(base, repairs, address)
    if root is None:
        return Parsed([], [], [], 0, document.base, Places())
    budget = Budget(max(1_000_000, TEXT_FACTOR * len(content)))
    walker = Walker(document, budget, xmlns=b"xmlns:" in lowered, lists=b"inlist" in lowered)
    walker.walk(root)
    raw = patterns.expand(walker.out) if walker.has_copies() else walker.out
    places = Places(walker.out, walker.starts, walker.elements, css_path)
    triples = list(dict.fromkeys(raw))
    issues: list[Issue] = []
    traces: list[Trace] = []
    if decoded.problem:
        issues.append(_issue("charset", decoded.problem, 1))
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
        s, p, o = triple
        if type(s) is not Marked and type(p) is not Marked and type(o) is not Marked:
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
