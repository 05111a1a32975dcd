"""Compact JSON-LD of one entity, written straight from its N-Triples lines: no parser, no framing, no look-ups.

The context (`shapes/contexts/belfort.jsonld`) is compiled once: predicate → key and type of value. A document
carries its context inside, so that nobody needs the network to read it. Literals keep their lexical form. Expanding
a document gives exactly the lines again (held against PyLD by a test).
Source: https://www.w3.org/TR/json-ld11/.
"""

import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from belfort import rdf
from belfort.vocab import PREFIXES
from shapes import contexts

_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*\Z")


class Term(NamedTuple):
    """How a predicate is written: its key as JSON text, and the type its plain values have ("@id", a datatype, "")."""

    key: str
    coercion: str


def document(iri: str, lines: str) -> str:
    """The entity as a JSON-LD document with its context inside."""
    return f'{{"@context":{context_text()},{node(iri, lines)[1:]}'


# Predicate term → object IRI → the JSON text of that object, to stand where else its IRI would.
Embedded = Mapping[str, Mapping[str, str]]


def node(iri: str, lines: str, embedded: Embedded | None = None) -> str:
    """The entity as a JSON object without context, for use inside a document that has it.

    `embedded` holds the objects that a frame embeds, by predicate.
    """
    types: list[str] = []
    values: dict[Term, list[str]] = {}
    for row in lines.split("\n"):
        _, predicate, rest = row.split(" ", 2)
        if predicate == rdf.TYPE and rest[0] == "<":
            types.append(_type(rest[1:-3]))
            continue
        how = _term(predicate)
        if rest[0] == "<":
            text = _iri(rest[1:-3], how.coercion)
            if embedded and predicate in embedded:
                text = embedded[predicate].get(rest[1:-3], text)
        elif rest[-3] == '"' and not how.coercion and "\\" not in rest:
            text = rest[:-2]
        else:
            text = _value(rest[:-2], how.coercion)
        if how in values:
            values[how].append(text)
        else:
            values[how] = [text]
    parts = [f'"@id":{_quoted(iri)}']
    if types:
        parts.append(f'"@type":{_one_or_more(types)}')
    parts += [f"{how.key}:{_one_or_more(texts)}" for how, texts in values.items()]
    return "{" + ",".join(parts) + "}"


def predicate_of(key: str) -> str:
    """The predicate term that a key of the context stands for."""
    prefix, _, local = key.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


@cache
def context_text() -> str:
    """The context as JSON text."""
    return json.dumps(contexts.belfort(), ensure_ascii=False, separators=(",", ":"))


def _one_or_more(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"[{','.join(texts)}]"


@lru_cache(maxsize=4096)
def _term(predicate: str) -> Term:
    """How a predicate term is written; pages may use any predicate, so not all are remembered for ever."""
    name = predicate[1:-1]
    short = _compact(name)
    key = json.dumps(short, ensure_ascii=False)
    defined = contexts.belfort().get(short)
    if not isinstance(defined, dict) or short == name:
        return Term(key, "")
    kind = str(defined["@type"])
    prefix, _, local = kind.partition(":")
    return Term(key, kind if kind == "@id" else PREFIXES[prefix] + local)


@lru_cache(maxsize=4096)
def _type(iri: str) -> str:
    return json.dumps(_compact(iri), ensure_ascii=False)


def _quoted(iri: str) -> str:
    """An IRI as JSON; nothing in a valid one needs an escape."""
    return json.dumps(iri, ensure_ascii=False) if "\\" in iri or '"' in iri or not iri.isprintable() else f'"{iri}"'


def _iri(iri: str, coercion: str) -> str:
    return _quoted(iri) if coercion == "@id" else f'{{"@id":{_quoted(iri)}}}'


def _compact(iri: str) -> str:
    """The IRI as a prefixed name where that expands to the same IRI again."""
    short = rdf.curie(iri)
    return short if short != iri and _LOCAL.match(short.partition(":")[2]) else iri


def _value(term: str, coercion: str) -> str:
    end = term.rindex('"')
    text, suffix = _json_string(term[: end + 1]), term[end + 1 :]
    if suffix.startswith("@"):
        return f'{{"@language":{json.dumps(suffix[1:])},"@value":{text}}}'
    datatype = suffix[3:-1]
    if datatype == coercion:
        return text
    if not datatype:  # a bare string would be read as the type that the context gives
        return f'{{"@value":{text}}}'
    return f'{{"@type":{_type(datatype)},"@value":{text}}}'


def _json_string(quoted: str) -> str:
    """A quoted N-Triples string as JSON: the escapes that Belfort writes are JSON's, but for DEL and beyond."""
    if "\\U" in quoted or "\\'" in quoted:
        return json.dumps(rdf.unescape(quoted[1:-1]), ensure_ascii=False)
    return quoted
