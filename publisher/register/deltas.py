"""Delta files: bytes → changesets. Pure.

A file is a JSON array of changesets, each with `deletes` and `inserts`: lists of {subject, predicate, object}, a term
being {type, value} with type `uri`, `literal`, `typed-literal` or `bnode`; a literal may have `datatype` and
`xml:lang` or `lang`; `graph` is optional and has no meaning here (reference: publisher.md §6.1).
A file is taken in as a whole or not at all; errors name the file and the place in its JSON, never a value.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from belfort import rdf
from belfort.errors import InvalidInput
from belfort.vocab import RDF


@dataclass(frozen=True)
class Changeset:
    """What one operation of the producer removed and added; the deletes come first."""

    deletes: tuple[rdf.Triple, ...]
    inserts: tuple[rdf.Triple, ...]


@dataclass(frozen=True)
class Delta:
    """One file; `refused` has the places of deletes that name a blank node: they cannot say which one they mean."""

    changesets: tuple[Changeset, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True)
class Counts:
    """How many triples came, went, and were there (or gone) already."""

    inserts: int = 0
    deletes: int = 0
    no_ops: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.inserts + other.inserts, self.deletes + other.deletes, self.no_ops + other.no_ops)


class Malformed(Exception):
    """A place in the JSON and what is wrong there; callers make it an InvalidInput that names the file."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(what)
        self.place, self.what = place, what


def parse(body: bytes, name: str, feed: str) -> Delta:
    """The changesets of one delta file; blank nodes become IRIs made from feed, content and label.

    Raises:
        InvalidInput: the file is not of that form; the message names it and the place in its JSON.
    """
    content = hashlib.sha256(body).hexdigest()

    def skolem(label: str) -> str:
        key = "\n".join((feed, content, label))
        return f"<{feed}#genid-{hashlib.sha256(key.encode()).hexdigest()[:32]}>"

    refused: list[str] = []
    try:
        data = as_list(read_json(body), "$")
        return Delta(tuple(_changeset(x, f"$[{i}]", skolem, refused) for i, x in enumerate(data)), tuple(refused))
    except Malformed as error:
        raise InvalidInput(
            f"Deltabestand {name}: {error.place} {error.what}.",
            hint="Vraag de bron om een hersteld bestand; er is niets van dit bestand verwerkt.",
            file=name, place=error.place,
        ) from None  # fmt: skip


def read_json(body: bytes) -> Any:
    """The JSON value, without the liberties of the standard library (duplicate keys, a RecursionError).

    Raises:
        Malformed: it is no JSON.
    """
    try:
        return json.loads(body.decode("utf-8-sig"), object_pairs_hook=_distinct)
    except UnicodeDecodeError as error:
        raise Malformed(f"byte {error.start}", "is geen UTF-8") from None
    except json.JSONDecodeError as error:
        raise Malformed(f"regel {error.lineno}, kolom {error.colno},", "is geen geldige JSON") from None
    except RecursionError:
        raise Malformed("$", "is te diep genest") from None
    except ValueError:
        raise Malformed("$", "heeft een getal of sleutel die niet kan") from None


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def as_list(node: object, place: str) -> list[Any]:
    """The node, which must be a list."""
    if not isinstance(node, list):
        raise Malformed(place, "is geen lijst")
    return node


def as_object(node: object, place: str) -> dict[str, Any]:
    """The node, which must be an object."""
    if not isinstance(node, dict):
        raise Malformed(place, "is geen object")
    return node


Skolem = Callable[[str], str]


def _changeset(node: object, place: str, skolem: Skolem, refused: list[str]) -> Changeset:
    found = as_object(node, place)
    if "deletes" not in found and "inserts" not in found:
        raise Malformed(place, "heeft geen deletes en geen inserts")
    deletes = []
    for i, one in enumerate(as_list(found.get("deletes", []), f"{place}.deletes")):
        at = f"{place}.deletes[{i}]"
        triple = _triple(one, at, lambda label: f"_:{label}")
        if any(rdf.is_blank(term) for term in triple):
            refused.append(at)
        else:
            deletes.append(triple)
    inserts = as_list(found.get("inserts", []), f"{place}.inserts")
    return Changeset(tuple(deletes), tuple(_triple(x, f"{place}.inserts[{i}]", skolem) for i, x in enumerate(inserts)))


def _triple(node: object, place: str, blank: Skolem) -> rdf.Triple:
    found = as_object(node, place)
    if found.get("graph") is not None:
        _term(found["graph"], f"{place}.graph", blank, ("uri",))
    return (
        _term(found.get("subject"), f"{place}.subject", blank, ("uri", "bnode")),
        _term(found.get("predicate"), f"{place}.predicate", blank, ("uri",)),
        _term(found.get("object"), f"{place}.object", blank, ("uri", "bnode", "literal", "typed-literal")),
    )


def _term(node: object, place: str, blank: Skolem, allowed: tuple[str, ...]) -> str:
    found = as_object(node, place)
    kind, value = found.get("type"), found.get("value")
    if kind not in allowed:
        raise Malformed(f"{place}.type", f"is niet een van: {', '.join(allowed)}")
    if not isinstance(value, str):
        raise Malformed(f"{place}.value", "is geen tekst")
    if kind == "uri":
        return _iri(value, f"{place}.value")
    if _UNSTORABLE.search(value):
        raise Malformed(f"{place}.value", "heeft een teken dat niet bewaard kan worden (NUL of half surrogaat)")
    if kind == "bnode":
        if not value:
            raise Malformed(f"{place}.value", "is leeg")
        return blank(value.removeprefix("_:"))
    return _literal(found, value, place)


def _literal(found: dict[str, Any], value: str, place: str) -> str:
    languages = {found[key] for key in ("xml:lang", "lang") if found.get(key)}
    datatype = found.get("datatype") or ""
    if len(languages) > 1:
        raise Malformed(place, "heeft twee talen")
    if languages:
        language = languages.pop()
        if not isinstance(language, str) or not _LANGUAGE.match(language):
            raise Malformed(place, "heeft een taal die geen taalcode is")
        if datatype not in ("", RDF.langString):
            raise Malformed(place, "heeft een taal en ook een datatype")
        return rdf.literal(value, language=language)
    if not isinstance(datatype, str) or datatype == RDF.langString:
        raise Malformed(f"{place}.datatype", "kan niet zonder taal")
    if found["type"] == "typed-literal" and not datatype:
        raise Malformed(f"{place}.datatype", "ontbreekt")
    if datatype:
        _iri(datatype, f"{place}.datatype")
    return rdf.literal(value, datatype)


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")
_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>"{}|^`\\\x7f-\x9f\s\ud800-\udfff]+\Z')


def _iri(value: str, place: str) -> str:
    if not _IRI.match(value):
        raise Malformed(place, "is geen volledige, geldige IRI")
    return f"<{value}>"
