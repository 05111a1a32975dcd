"""What `belfort try` prints: text for people, JSON for programs, and the triples as N-Quads, Turtle or JSON-LD."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from belfort import rdf
from belfort.rdf import TYPE, Triple
from belfort.vocab import DOCUMENT_TYPES, PREFIXES
from harvester.extract import Extraction

SHOWN_LINKS = 10


def _clean(text: str) -> str:
    """Text of a page as a terminal may show it: no control or invisible characters."""
    return "".join(c if c.isprintable() else " " for c in text)


def text(extraction: Extraction, url: str) -> str:
    """What was found, for people."""
    labels = [DOCUMENT_TYPES[name] for name in extraction.document_types]
    rows = [
        ("page", _clean(url)),
        ("document types", ", ".join(labels) or "none"),
        *((name, str(count)) for name, count in extraction.counts.items()),
        ("triples", f"{len(extraction.lines)} distinct, {extraction.raw} stated"),
    ]
    parts = [f"{name:<16}{value}" for name, value in rows]
    parts += _block("besluiten", [f"{n:>3}. {_clean(title)}" for n, title in enumerate(extraction.titles, 1)])
    parts += _block("links", _links(extraction))
    parts += _block("repairs", _repairs(extraction))
    parts += _block("issues", _issues(extraction))
    return "\n".join(parts) + "\n"


def _block(name: str, rows: list[str]) -> list[str]:
    return ["", f"{name}:", *(f"  {row}" for row in rows)] if rows else []


def _links(extraction: Extraction) -> list[str]:
    rows = [
        f"{link.property}: {_clean(link.href)}" + (f" (about {_clean(link.resource)})" if link.resource else "")
        for link in extraction.links[:SHOWN_LINKS]
    ]
    more = len(extraction.links) - SHOWN_LINKS
    return [*rows, f"and {more} more"] if more > 0 else rows


def _repairs(extraction: Extraction) -> list[str]:
    rows = []
    for repair in extraction.repairs:
        rows.append(f"{repair.rule}: {repair.count} triples")
        for before, after in repair.examples[:1]:
            rows += [f"    before  {_clean(before)[:160]}", f"    after   {_clean(after)[:160]}"]
    return rows


def _issues(extraction: Extraction) -> list[str]:
    rows = []
    for one in extraction.issues:
        times = f" ({one.count}×)" if one.count > 1 else ""
        rows.append(f"{one.code}{times}: {_clean(one.message)} {_clean(one.fix)}".rstrip())
        if one.place:
            rows.append(f"    at  {_clean(one.place)}")
    return rows


def as_json(extraction: Extraction, url: str) -> str:
    """What was found, as one JSON object."""
    found = {
        "url": url,
        "document_types": [{"iri": name, "label": DOCUMENT_TYPES[name]} for name in extraction.document_types],
        "counts": extraction.counts,
        "titles": extraction.titles,
        "triples": len(extraction.lines),
        "raw_triples": extraction.raw,
        "derived_triples": len(extraction.derived),
        "semantic_hash": extraction.semantic_hash,
        "links": [asdict(link) for link in extraction.links],
        "repairs": [
            {
                "rule": repair.rule,
                "count": repair.count,
                "examples": [{"before": before, "after": after} for before, after in repair.examples],
            }
            for repair in extraction.repairs
        ],
        "issues": [asdict(one) for one in extraction.issues],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _triples(extraction: Extraction) -> list[Triple]:
    return list(rdf.parse_lines("\n".join(extraction.lines)))


def quads(extraction: Extraction, url: str) -> str:
    """The triples as N-Quads in a graph named after the page."""
    graph = url.partition("#")[0]
    return "".join(f"{line[:-1]}<{graph}> .\n" for line in extraction.lines)


def turtle(extraction: Extraction) -> str:
    """The triples as Turtle."""
    return rdf.turtle(_triples(extraction))


def jsonld(extraction: Extraction) -> str:
    """The triples as JSON-LD with a context of its own: one node a subject, every value in an array.

    A prefix that an IRI of the page has as its scheme (an unrepaired `besluit:Besluit`) stays out of the context:
    a reader would take that IRI for a CURIE.
    """
    triples = _triples(extraction)
    schemes = {term[1:].partition(":")[0] for triple in triples for term in triple if rdf.is_iri(term)}
    prefixes = {name: str(to) for name, to in PREFIXES.items() if name not in schemes}
    used: set[str] = set()
    nodes: dict[str, dict[str, object]] = {}
    for s, p, o in triples:
        node = nodes.setdefault(s, {"@id": s[1:-1]})
        key = "@type" if p == TYPE and rdf.is_iri(o) else _short(p[1:-1], prefixes, used)
        values = node.setdefault(key, [])
        assert isinstance(values, list)
        values.append(_short(o[1:-1], prefixes, used) if key == "@type" else _value(o, prefixes, used))
    context = {name: prefixes[name] for name in sorted(used)}
    document = {"@context": context, "@graph": list(nodes.values())}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _value(term: str, prefixes: dict[str, str], used: set[str]) -> object:
    if rdf.is_iri(term):
        return {"@id": term[1:-1]}
    literal = rdf.split_literal(term)
    if literal.language:
        return {"@value": literal.value, "@language": literal.language}
    if term.endswith('"'):
        return literal.value
    return {"@value": literal.value, "@type": _short(literal.datatype, prefixes, used)}


def _short(name: str, prefixes: dict[str, str], used: set[str]) -> str:
    for prefix, namespace in _longest_first(prefixes.items()):
        if name.startswith(namespace) and not name[len(namespace) :].startswith("//") and len(name) > len(namespace):
            used.add(prefix)
            return f"{prefix}:{name[len(namespace) :]}"
    return name


def _longest_first(items: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(items, key=lambda item: -len(item[1]))
