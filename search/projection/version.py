"""Names the lists that documents are made with; an index made with others is made again."""

import hashlib
from importlib.resources import files

_LISTS = ("search/data/themes.toml", "search/data/laws.txt", "shapes/codes/besluittypes.ttl")


def _read(path: str) -> bytes:
    package, _, rest = path.partition("/")
    return (files(package) / rest).read_bytes()


PROJECTION_VERSION = hashlib.sha256(b"\0".join(map(_read, _LISTS))).hexdigest()[:8]
"""Stored with each index, beside the versions of its fields (`row.SCHEMA_VERSION`) and of the analyzer."""
