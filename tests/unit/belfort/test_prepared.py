"""Prepared statements: what they write and find is what the ordinary statements would, on both databases."""

import pytest
import sqlalchemy as sa

from belfort.jobs import Context
from belfort.records.database import read, upsert, write
from belfort.records.entity import entity_link, tombstone
from belfort.records.prepared import Prepared, among, listed

HARD = ["https://x.example/a", "https://x.example/%s'\"\\", "é€😀", "%(values)s", ":of ? $1", "[]"]


def _links(subjects: list[str]) -> list[dict[str, str]]:
    return [{"subject": name, "predicate": f"p{n}", "object": "%o"} for n, name in enumerate(subjects)]


def test_rows_are_found_again_by_any_of_many_values(any_context: Context) -> None:
    """One parameter holds any number of values, whatever characters they have."""
    many = [f"https://x.example/{number}" for number in range(3000)]
    with write(any_context.engine) as connection:
        Prepared(entity_link.insert(), ["subject", "predicate", "object"]).many(connection, _links(HARD + many))
    find = Prepared(sa.select(entity_link.c.subject).where(among(entity_link.c.subject)))
    with read(any_context.engine) as connection:
        for wanted in (HARD, many, [*HARD, "not there"], []):
            found = {row.subject for row in find.run(connection, values=listed(wanted))}
            assert found == set(wanted) - {"not there"}


def test_parameters_go_by_name(any_context: Context) -> None:
    """The order in which values are given does not matter; one that is missing is an error, and nothing is written."""
    add = Prepared(tombstone.insert())
    row = {"at": "2024", "revision": 7, "iri": "i", "class_iri": "c", "uuid": "u"}
    with write(any_context.engine) as connection:
        add.run(connection, **row)
    with read(any_context.engine) as connection:
        assert connection.execute(sa.select(tombstone)).one()._asdict() == row
    with pytest.raises(Exception, match="uuid"), write(any_context.engine) as connection:
        add.run(connection, iri="j", at="2024", revision=7, class_iri="c")
    with read(any_context.engine) as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(tombstone)).scalar_one() == 1


def test_one_column_and_no_rows(any_context: Context) -> None:
    """A statement with one parameter runs for each row, and for no rows not at all."""
    remove = Prepared(entity_link.delete().where(entity_link.c.subject == sa.bindparam("of")))
    with write(any_context.engine) as connection:
        upsert(connection, entity_link, _links(["a", "b", "c"]), ["subject", "predicate", "object"])
        remove.many(connection, [])
        remove.many(connection, [{"of": "a"}, {"of": "c"}])
        assert connection.execute(sa.select(entity_link.c.subject)).scalars().all() == ["b"]
