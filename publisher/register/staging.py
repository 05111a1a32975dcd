"""Staging: the new files of a run, heard into the state of a feed without letting anything count yet.

Enters: delta files in their order, or the files of one dump. Leaves: staged rows in the state, and what was heard.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from belfort import rdf
from belfort.errors import BelfortError, Damaged, InvalidInput
from belfort.jobs import Context
from belfort.records.feed_file import FeedFile
from publisher.gate_register import named
from publisher.register import deltas, rdf_file, row
from publisher.register.deltas import Counts
from publisher.register.row import Row
from publisher.register.state import State, class_of


@dataclass
class Heard:
    """What the files of a run did: operations, deletes of blank nodes, and how a dump differed from the deltas.

    `missing` and `extra` count, by (class, predicate), statements that the dump says and the deltas did not, and the
    other way round; `later` the statements that deltas after the dump decide.
    """

    counts: Counts = field(default_factory=Counts)
    refused: list[str] = field(default_factory=list)
    missing: dict[tuple[str, str], int] = field(default_factory=dict)
    extra: dict[tuple[str, str], int] = field(default_factory=dict)
    later: int = 0


def stage(context: Context, state: State, files: Iterable[FeedFile], feed: str) -> Heard:
    """Hear the files: a dump first, then the deltas in their order.

    Raises:
        Damaged: the raw bytes of a file are not what they were.
        InvalidInput: a dump cannot be read.
    """
    heard = Heard()
    known = list(files)
    dump = [file for file in known if file.is_dump]
    if dump:
        _stage_dump(context, state, dump, feed, heard)
    for file in known:
        if not file.is_dump:
            _stage_delta(context, state, file, feed, heard)
    return heard


def _stage_delta(context: Context, state: State, file: FeedFile, feed: str, heard: Heard) -> None:
    delta = deltas.parse(_raw(context, file), file.name, feed)
    said = [(number, *one) for number, changeset in enumerate(delta.changesets) for one in _operations(changeset)]
    rows = state.staged({triple[0][1:-1] for _, _, triple in said})
    prefix = f"{file.created} {file.number:09d} {'_'.join(file.id.split())}"
    floor = state.floor
    inserts = deletes = 0
    for number, kind, triple in said:
        one: Row = rows.setdefault(triple[0][1:-1], {})
        if row.put(one, f"{prefix} {number:06d} {kind}", rdf.line(triple), floor):
            inserts += kind == row.SAID
            deletes += kind == row.TAKEN_BACK
    state.stage(rows)
    heard.counts += Counts(inserts, deletes, len(said) - inserts - deletes)
    heard.refused += [f"{file.name} {place}" for place in delta.refused]


def _operations(changeset: deltas.Changeset) -> Iterator[tuple[str, rdf.Triple]]:
    yield from ((row.TAKEN_BACK, triple) for triple in changeset.deletes)
    yield from ((row.SAID, triple) for triple in changeset.inserts)


def _raw(context: Context, file: FeedFile) -> bytes:
    try:
        return context.blobs.get(file.digest)
    except BelfortError as error:
        raise Damaged(f"Deltabestand {file.name} van {file.source}: {error.detail}", hint=error.hint) from None


def _stage_dump(context: Context, state: State, files: list[FeedFile], feed: str, heard: Heard) -> None:
    """Lay the lines of the dump beside the rows, both in the order of their subjects."""
    floor = files[0].created
    if floor < state.floor:
        raise InvalidInput(
            f"De dump {files[0].name} is ouder dan de dump die telt ({floor[:19]} en {state.floor[:19]}).",
            hint="Neem de nieuwste dump, of geef met --as-of het moment waarop hij geldt.", file=files[0].name,
        )  # fmt: skip
    for file in files:
        for lines in rdf_file.read(context, file.digest, file.name, rdf_file.format_of(file.name), feed):
            state.bring(lines)
    for iri, known, said in _side_by_side(state):
        settled = row.settle(known, said, floor)
        if settled != known:
            state.stage({iri: settled})
            _compare(heard, known, settled)
        heard.later += sum(1 for stamp, _ in settled.values() if stamp >= floor and stamp)
    state.note("floor", floor)
    state.forget_brought()


def _side_by_side(state: State) -> Iterator[tuple[str, Row, list[str]]]:
    """Every subject of the state or the dump: what is known of it, what the dump says of it."""
    ours, theirs = state.every(), state.brought()
    mine, yours = next(ours, None), next(theirs, None)
    while mine or yours:
        if yours is None or (mine and mine[0].encode() < yours[0].encode()):
            assert mine
            yield mine[0], mine[1], []
            mine = next(ours, None)
        elif mine is None or yours[0].encode() < mine[0].encode():
            yield yours[0], {}, yours[1]
            yours = next(theirs, None)
        else:
            yield mine[0], mine[1], yours[1]
            mine, yours = next(ours, None), next(theirs, None)


def _compare(heard: Heard, before: Row, after: Row) -> None:
    was = {name for name, entry in before.items() if row.is_said(entry)}
    now = {name for name, entry in after.items() if row.is_said(entry)}
    name = class_of(row.lines(after) or row.lines(before))
    for place, lines in ((heard.missing, now - was), (heard.extra, was - now)):
        for line in lines:
            known = named(name), named(line.split(" ", 2)[1][1:-1])
            place[known] = place.get(known, 0) + 1
    heard.counts = replace(
        heard.counts, inserts=heard.counts.inserts + len(now - was), deletes=heard.counts.deletes + len(was - now)
    )
