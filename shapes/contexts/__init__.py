"""JSON-LD contexts and frames, as data.

`belfort.jsonld` is the context of every document that Belfort writes. Its terms only grow within a version: what
stands under `belfort-v{VERSION}.jsonld` keeps its meaning for ever, what would change meaning makes a new version.
There is no term for what may not be public of a person. `frames/{name}.jsonld` says per class what a framed document
embeds; every property for which a frame does not say `@always` stays a reference.
Source: https://www.w3.org/TR/json-ld11/, https://www.w3.org/TR/json-ld11-framing/.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

VERSION = 1
VERSIONED = f"belfort-v{VERSION}.jsonld"
# Frame → the class whose entities it frames, as it stands in the frame.
FRAMES = ("besluit", "bestuur", "functionaris", "mandataris", "zitting")


@cache
def belfort() -> dict[str, Any]:
    """The terms of the context: prefixes, and prefixed names with the type of their values."""
    terms: dict[str, Any] = json.loads(files(__package__).joinpath("belfort.jsonld").read_text("utf-8"))["@context"]
    return terms


@cache
def frame(name: str) -> dict[str, Any]:
    """A frame by its name; its `@context` is relative to where it is served."""
    found: dict[str, Any] = json.loads(files(__package__).joinpath(f"frames/{name}.jsonld").read_text("utf-8"))
    return found
