"""Compact JSON-LD of one entity, written straight from its N-Triples lines: no parser, no framing, no look-ups.

The context (`shapes/contexts/belfort.jsonld`) is compiled once: predicate → key and type of value. A document
carries its context inside, so that nobody needs the network to read it. Literals keep their lexical form. Expanding
a document gives exactly the lines again (held against PyLD by a test).
Source: https://www.w3.org/TR/json-ld11/.
"""

import json
import re
from functools import cache
from typing import NamedTuple

from belfort import rdf
from belfort.vocab import PREFIXES
from shapes import contexts

_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*\Z")


class Term(NamedTuple):
    """How a predicate is written: its JSON key and the type its plain values have ("@id", a datatype or "")."""

    key: str
    coercion: str


def document(iri: str, lines: str) -> str:
    """The entity as a JSON-LD document with its context inside."""
    return f'{{"@context":{context_text()},{node(iri, lines)[1:]}'


def node(iri: str, lines: str) -> str:
    """The entity as a JSON object without context, for use inside a document that has it."""
    types: list[str] = []
    values: dict[Term, list[str]] = {}
    for row in lines.split("\n"):
        _, predicate, rest = row.split(" ", 2)
        term = rest[:-2]
        if predicate == rdf.TYPE and term.startswith("<"):
            types.append(json.dumps(_compact(term[1:-1]), ensure_ascii=False))
        else:
            how = _term(predicate[1:-1])
            values.setdefault(how, []).append(_value(term, how.coercion))
    parts = [f'"@id":{json.dumps(iri, ensure_ascii=False)}']
    if types:
        parts.append(f'"@type":{_one_or_more(types)}')
    parts += [f"{json.dumps(how.key, ensure_ascii=False)}:{_one_or_more(texts)}" for how, texts in values.items()]
    return "{" + ",".join(parts) + "}"


@cache
def context_text() -> str:
    """The context as JSON text."""
    return json.dumps(contexts.belfort(), ensure_ascii=False, separators=(",", ":"))


def _one_or_more(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"[{','.join(texts)}]"


@cache
def _term(predicate: str) -> Term:
    key = _compact(predicate)
    defined = contexts.belfort().get(key)
    if not isinstance(defined, dict) or key == predicate:
        return Term(key, "")
    kind = str(defined["@type"])
    prefix, _, local = kind.partition(":")
    return Term(key, kind if kind == "@id" else PREFIXES[prefix] + local)


def _compact(iri: str) -> str:
    """The IRI as a prefixed name where that expands to the same IRI again."""
    short = rdf.curie(iri)
    return short if short != iri and _LOCAL.match(short.partition(":")[2]) else iri


def _value(term: str, coercion: str) -> str:
    if term.startswith("<"):
        text = json.dumps(term[1:-1], ensure_ascii=False)
        return text if coercion == "@id" else f'{{"@id":{text}}}'
    end = term.rindex('"')
    text, suffix = _json_string(term[: end + 1]), term[end + 1 :]
    if suffix.startswith("@"):
        return f'{{"@language":{json.dumps(suffix[1:])},"@value":{text}}}'
    datatype = suffix[3:-1]
    if datatype == coercion:
        return text
    if not datatype:  # a bare string would be read as the type that the context gives
        return f'{{"@value":{text}}}'
    return f'{{"@type":{json.dumps(_compact(datatype), ensure_ascii=False)},"@value":{text}}}'


def _json_string(quoted: str) -> str:
    """A quoted N-Triples string as JSON: the escapes that Belfort writes are JSON's, but for DEL and beyond."""
    if "\\U" in quoted or "\\'" in quoted:
        return json.dumps(rdf.unescape(quoted[1:-1]), ensure_ascii=False)
    return quoted
