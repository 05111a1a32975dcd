"""The kinds of values that a rule can ask for; a value of another kind is held, whatever the predicate."""

import re
from typing import Literal

from belfort import rdf
from belfort.vocab import RDF, XSD

Kind = Literal["iri", "moment", "number", "token", "text", "contact"]

_MOMENT = re.compile(r"-?\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,9}", re.ASCII)
_TOKEN = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_CONTACT = ("mailto:", "tel:", "http://", "https://")
_XSD = str(XSD)


def fits(term: str, kind: Kind) -> bool:
    """Whether a term (N-Triples) is a value of that kind."""
    if rdf.is_iri(term):
        return kind == "iri" or (kind == "contact" and term[1:].startswith(_CONTACT))
    if kind == "iri" or not rdf.is_literal(term):
        return False
    text, datatype, _ = rdf.split_literal(term)
    if not datatype.startswith(_XSD) and datatype not in (RDF.langString, RDF.HTML):
        return False
    if kind in ("text", "contact"):
        return True
    pattern = {"moment": _MOMENT, "number": _NUMBER, "token": _TOKEN}[kind]
    return pattern.fullmatch(text.strip()) is not None
