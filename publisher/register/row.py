"""What a feed says about one subject, with the moment of the last word about each statement. Pure.

An *entry* is the last word about one statement: its stamp and its line. A stamp is the text
`<created> <number> <file id> <changeset> <1: said, 0: taken back>`, so stamps sort in the order of the feed and an
insert comes after the deletes of its changeset. An empty stamp means: said by the dump at the *floor* of the feed,
the moment before which nothing counts any more. The newest entry of a statement wins, whatever came in first: a late
file, a repeated file and a crash in between make no difference.

A *row* holds the entries of one subject by the canonical form of their statements (see `canonical`). Written down it
is a line `<stamp>\\t<statement>` for each entry; statements have no tab in them (N-Triples escapes it).
"""

from collections.abc import Iterable

from publisher.register.canonical import key

Entry = tuple[str, str]
Row = dict[str, Entry]

SAID, TAKEN_BACK = "1", "0"
# In a patch: the dump at the floor does not say it, and nothing later does.
REMOVED = "-"


def read(body: str) -> Row:
    """The row that was written down as this text."""
    row: Row = {}
    for one in body.split("\n") if body else ():
        stamp, _, line = one.partition("\t")
        row[key(line)] = (stamp, line)
    return row


def write(row: Row) -> str:
    """The row as text; the order of the entries has no meaning."""
    return "\n".join(f"{stamp}\t{line}" for stamp, line in row.values())


def is_said(entry: Entry) -> bool:
    """Whether the statement holds."""
    return not entry[0] or entry[0].endswith(SAID)


def lines(row: Row) -> list[str]:
    """The statements that hold."""
    return [line for stamp, line in row.values() if not stamp or stamp.endswith(SAID)]


def put(row: Row, stamp: str, line: str, floor: str) -> bool:
    """Hear one operation; whether it changes what holds. The stamp says whether it inserts or deletes."""
    name = key(line)
    known = row.get(name)
    if stamp < floor or (known and stamp < known[0]):
        return False
    said = stamp.endswith(SAID)
    row[name] = (stamp, known[1] if known and is_said(known) and said else line)
    return (known is not None and is_said(known)) != said


def settle(row: Row, dump: Iterable[str], floor: str) -> Row:
    """The row after a dump that says these lines at the moment `floor`: only later entries stand beside it."""
    settled = {key(line): ("", line) for line in dump}
    for name, (stamp, line) in row.items():
        later = stamp >= floor and stamp
        if later or (name in settled and is_said((stamp, line))):
            settled[name] = (stamp, line)
    return settled


def difference(before: Row, after: Row) -> list[Entry]:
    """The entries that make `after` out of `before`, in the order of their statements."""
    found = [entry for name, entry in after.items() if before.get(name) != entry]
    found += [(REMOVED, line) for name, (_, line) in before.items() if name not in after]
    return sorted(found, key=lambda entry: entry[1].encode())


def follow(row: Row, entries: Iterable[Entry]) -> None:
    """Make the row what it was after the difference was written down."""
    for stamp, line in entries:
        if stamp == REMOVED:
            row.pop(key(line), None)
        else:
            row[key(line)] = (stamp, line)
