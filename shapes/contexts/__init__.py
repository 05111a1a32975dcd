"""JSON-LD contexts, as data: `belfort.jsonld` is the context of every document that Belfort writes."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def belfort() -> dict[str, Any]:
    """The terms of the context: prefixes, and prefixed names with the type of their values."""
    terms: dict[str, Any] = json.loads(files(__package__).joinpath("belfort.jsonld").read_text("utf-8"))["@context"]
    return terms
