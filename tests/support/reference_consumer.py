"""A model of the consumer that reads the delta files of the reference producers: what it asks, and what it makes of it.

It starts from a dump by its subject, goes on with the delta files since the dump's release date, asks the listing with
the `created` of the last file it took in, and applies deletes before inserts within each changeset (publisher.md §6).
"""

from collections.abc import Callable
from typing import Any

Triple = tuple[str, str, str]
# Path with its query → the JSON (or text) of the answer.
Ask = Callable[[str], Any]


class Consumer:
    """What a follower of one feed holds."""

    def __init__(self, ask: Ask, feed: str) -> None:
        self._ask, self._feed = ask, feed
        self.cursor = "1970-01-01T00:00:00.000Z"
        self.triples: set[Triple] = set()
        self.files = 0

    def start(self, subject: str) -> None:
        """Load the dump of that subject."""
        said = self._ask(f"/datasets?filter[subject]={subject}&filter[:has-no:next-version]=yes")["data"][0]
        related = said["relationships"]["distributions"]["links"]["related"]
        distribution = self._ask(f"{related}?include=subject")["data"][0]
        file = distribution["relationships"]["subject"]["data"]["id"]
        for line in self._ask(f"/files/{file}/download").splitlines():
            subject_, predicate, rest = line.split(" ", 2)
            self.triples.add((subject_[1:-1], predicate[1:-1], _of_line(rest[:-2])))
        self.cursor = said["attributes"]["release-date"]

    def follow(self, at_most: int = 10_000) -> None:
        """Take in files until the listing is empty."""
        while self.files < at_most:
            listed = self._ask(f"/sync/{self._feed}/files?since={self.cursor}")["data"]
            if not listed:
                return
            for one in listed[: at_most - self.files]:
                assert one["type"] == "files"
                for changeset in self._ask(f"/files/{one['id']}/download"):
                    self.apply(changeset)
                self.files += 1
                self.cursor = one["attributes"]["created"]

    def apply(self, changeset: dict[str, Any]) -> None:
        """Apply one changeset."""
        assert set(changeset) == {"deletes", "inserts"}
        assert max(len(rows) for rows in changeset.values()) <= 100
        for quad in changeset["deletes"]:
            self.triples.discard(_triple(quad))
        for quad in changeset["inserts"]:
            self.triples.add(_triple(quad))


def _triple(quad: dict[str, Any]) -> Triple:
    return quad["subject"]["value"], quad["predicate"]["value"], _of_json(quad["object"])


def _of_json(term: dict[str, str]) -> str:
    """The object as a text of its own; a plain literal is an xsd:string."""
    if term["type"] == "uri":
        return f"<{term['value']}>"
    if "xml:lang" in term:
        return f"{term['value']!r}@{term['xml:lang'].lower()}"
    assert (term["type"] == "typed-literal") == ("datatype" in term)
    return f"{term['value']!r}^^{term.get('datatype', 'http://www.w3.org/2001/XMLSchema#string')}"


def _of_line(term: str) -> str:
    from belfort import rdf

    if term.startswith("<"):
        return term
    said = rdf.split_literal(term)
    return f"{said.value!r}@{said.language.lower()}" if said.language else f"{said.value!r}^^{said.datatype}"


def triples_of(lines: list[str]) -> set[Triple]:
    """N-Triples lines in the form of the consumer."""
    found = set()
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        found.add((subject[1:-1], predicate[1:-1], _of_line(rest[:-2])))
    return found
