"""What a slice looks like in each format: entities go in, text comes out, in one pass for all formats."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

import sqlalchemy as sa

from belfort import rdf, rijksregister
from belfort.errors import Damaged
from belfort.records import entity as entities
from belfort.records.database import chunks
from belfort.records.entity import Entity
from belfort.vocab import PREFIXES
from publisher import jsonld, tables
from publisher.days import role_is_current
from publisher.dumps.files import Output
from publisher.dumps.slices import Item, of_class
from publisher.framing import Framer
from publisher.quads import quads
from publisher.tables import JOIN, Table, csv_line
from shapes import contexts

Open = Callable[[str], Output]
TURTLE_HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items()))


def documents(items: Iterable[Item], name: str, base: str, open_output: Open, formats: tuple[str, ...]) -> None:
    """Write the entities as `jsonld` (one document, one entity a line), `jsonl`, `nt` and `ttl`, as asked."""
    files = {suffix: open_output(f"{name}.{suffix}") for suffix in formats}
    context = context_url(base)
    if "jsonld" in files:
        files["jsonld"].write(f'{{"@context":{jsonld.context_text()},"@graph":[\n')
    if "ttl" in files:
        files["ttl"].write(TURTLE_HEAD)
    writers = [(files[suffix].write, suffix) for suffix in formats]
    needs_node = "jsonld" in files or "jsonl" in files
    statements, separator, node = 0, "", ""
    for iri, lines in items:
        statements += lines.count("\n") + 1
        if needs_node:
            node = jsonld.node(iri, lines)
        for write, suffix in writers:
            if suffix == "jsonld":
                write(separator + node)
            elif suffix == "jsonl":
                write(f'{{"@context":{context},{node[1:]}\n')
            elif suffix == "nt":
                write(lines + "\n")
            else:
                write(turtle(iri, lines))
        separator = ",\n"
    if "jsonld" in files:
        files["jsonld"].write("\n]}\n")
    for file in files.values():
        file.statements = statements


def guarded(items: Iterable[Item]) -> Iterator[Item]:
    """The same items, a thousand at a time, once it is sure that none holds a rijksregisternummer.

    The last wall: whatever went wrong before, a release with such a number is never published (design §8).

    Raises:
        Damaged: one does.
    """
    source = iter(items)
    while batch := list(islice(source, 1000)):
        if rijksregister.contains("\n".join(lines for _, lines in batch)):
            raise Damaged(
                "De dumps zouden een rijksregisternummer bevatten; er is niets gepubliceerd.",
                hint="Zoek de bron met `belfort verify`.",
            )
        yield from batch


def context_url(base: str) -> str:
    """The address of the context as JSON text."""
    return json.dumps(f"{base}/contexts/{contexts.VERSIONED}")


def turtle(iri: str, lines: str) -> str:
    """One subject as a Turtle block; prefixes of `TURTLE_HEAD` for predicates, classes and datatypes."""
    rows: list[str] = []
    last = ""
    for line in lines.split("\n"):
        _, predicate, rest = line.split(" ", 2)
        term = rest[:-2]
        if predicate == rdf.TYPE:
            term = _short(term)
        elif term[0] == '"' and term[-1] == ">":
            end = term.rindex('"') + 3
            term = term[:end] + _short(term[end:])
        if predicate == last:
            rows[-1] += f", {term}"
        else:
            rows.append(f"{'a' if predicate == rdf.TYPE else _short(predicate)} {term}")
            last = predicate
    return f"\n<{iri}>\n  " + " ;\n  ".join(rows) + " .\n"


@lru_cache(maxsize=4096)
def _short(term: str) -> str:
    return rdf.short(term)


def n_quads(connection: sa.Connection, iris: Sequence[str] | None, name: str, open_output: Open) -> None:
    """Write which origin says what: of everything, or of these entities."""
    file = open_output(f"{name}.nq")
    every: Iterator[str] = (
        quads(connection) if iris is None else (row for some in chunks(iris) for row in quads(connection, some))
    )
    for row in every:
        file.write(row + "\n")
        file.statements += 1


def framed(batches: Iterable[list[Entity]], frame: str, connection: sa.Connection, base: str, file: Output) -> None:
    """Write framed documents, one a line."""
    framer = Framer(frame, lambda iris: entities.get_many(connection, iris))
    context = context_url(base)
    for batch in batches:
        for text in framer.nodes([(one.iri, one.lines) for one in batch]):
            file.write(f'{{"@context":{context},{text[1:]}\n')
        file.statements += len(batch)


def table(batches: Iterable[list[Entity]], one: Table, connection: sa.Connection, name: str, open_output: Open) -> None:
    """Write a table as CSV on the Web: the rows, and the metadata beside them."""
    file = open_output(f"{name}.csv")
    file.write(csv_line(one.names))
    for batch in batches:
        for row in tables.rows(connection, one, batch):
            file.write(csv_line([row[column] for column in one.names]))
        file.statements += len(batch)
    described = open_output(f"{name}.csv-metadata.json")
    described.write(json.dumps(csvw(one, name.rpartition("/")[2]), indent=1, ensure_ascii=False) + "\n")
    described.statements = len(one.names)


def csvw(one: Table, name: str) -> dict[str, object]:
    """The metadata of a table. Source: https://www.w3.org/TR/tabular-metadata/."""
    columns = []
    for column in one.columns:
        said: dict[str, object] = {"name": column.name, "titles": {"nl": [column.name, column.title]}}
        said["datatype"] = {"base": "date", "format": "yyyy-MM-dd"} if column.datatype == "date" else column.datatype
        if one.is_list(column.name):
            said["separator"] = JOIN
        if column.meaning:
            said["dc:description"] = {"@value": column.meaning, "@language": "nl"}
        said["required"] = column.name == one.key
        columns.append(said)
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "url": f"{name}.csv",
        "dc:title": {"@value": one.title, "@language": "nl"},
        "dialect": {
            "delimiter": ",",
            "lineTerminators": ["\r\n"],
            "quoteChar": '"',
            "header": True,
            "encoding": "utf-8",
        },
        "tableSchema": {"columns": columns, "primaryKey": one.key, "aboutUrl": f"{{+{one.key}}}"},
    }


def in_batches(found: Iterable[Entity], size: int = 400) -> Iterator[list[Entity]]:
    """The entities in lists of at most that size."""
    source = iter(found)
    while batch := list(islice(source, size)):
        yield batch


def in_office(connection: sa.Connection, class_iri: str, on: str) -> Iterator[list[Entity]]:
    """The mandatarissen or functionarissen that are in office on that day, in batches."""
    for batch in of_class(connection, class_iri):
        kept = [one for one in batch if role_is_current(one, on)]
        if kept:
            yield kept
