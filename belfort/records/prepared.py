"""Statements of the hot path, compiled once and then run straight on the driver.

Building and compiling a statement anew costs many times what the database needs for it; a page takes some twenty of
them. Columns are text and whole numbers, so neither driver needs values converted.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

Row = Mapping[str, Any]


class Prepared:
    """A statement with named parameters (`sa.bindparam`), for both databases.

    `columns` are the names of the values of an INSERT that has none yet.
    """

    def __init__(self, statement: sa.Executable, columns: Sequence[str] | None = None) -> None:
        self._statement: Any = statement
        self._columns = columns
        self._compiled: dict[str, tuple[str, Row, tuple[str, ...]]] = {}

    def run(self, connection: sa.Connection, **values: Any) -> sa.CursorResult[*tuple[Any, ...]]:
        """Run it once."""
        text, known, order = self._text(connection)
        given = {**known, **values}
        return connection.exec_driver_sql(text, tuple(given[name] for name in order) if order else given)

    def many(self, connection: sa.Connection, rows: Sequence[Row]) -> None:
        """Run it for each row of values; none is fine."""
        if not rows:
            return
        text, _, order = self._text(connection)
        if not order:
            connection.exec_driver_sql(text, list(rows))
        elif len(order) == 1:
            connection.exec_driver_sql(text, [(row[order[0]],) for row in rows])
        else:
            connection.exec_driver_sql(text, list(map(itemgetter(*order), rows)))

    def _text(self, connection: sa.Connection) -> tuple[str, Row, tuple[str, ...]]:
        """The SQL, the values it has of its own, and the order of the parameters where they are numbered."""
        dialect = connection.dialect
        found = self._compiled.get(dialect.name)
        if found is None:
            compiled = self._statement.compile(dialect=dialect, column_keys=self._columns)
            known = {name: value for name, value in compiled.params.items() if value is not None}
            found = self._compiled[dialect.name] = (str(compiled), known, tuple(compiled.positiontup or ()))
        return found


class among(sa.ColumnElement[bool]):  # noqa: N801 - reads as a condition
    """Whether a text column has one of many values: one parameter, the JSON array `name` (see `listed`)."""

    inherit_cache = False

    def __init__(self, column: sa.Column[str], name: str = "values") -> None:
        self.column = column
        self.values = sa.bindparam(name, type_=sa.Text())


@compiles(among, "sqlite")
def _among_sqlite(element: among, compiler: Any, **options: Any) -> str:
    column, values = (compiler.process(part, **options) for part in (element.column, element.values))
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - both are names


@compiles(among, "postgresql")
def _among_postgresql(element: among, compiler: Any, **options: Any) -> str:
    column, values = (compiler.process(part, **options) for part in (element.column, element.values))
    return f"{column} IN (SELECT jsonb_array_elements_text(CAST({values} AS jsonb)))"


def listed(values: Iterable[str]) -> str:
    """The values as the parameter of `among`."""
    return json.dumps(list(values))
