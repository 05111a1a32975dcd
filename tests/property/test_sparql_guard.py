"""The guard against the engine itself: whatever runs SERVICE must have been refused."""

import random

from pyoxigraph import Store

from belfort.errors import BelfortError
from publisher.sparql.guard import check

# Nobody listens on port 1: a query that the engine runs as SERVICE fails with a connection error.
ADDRESS = "<http://127.0.0.1:1/>"
PIECES = (
    "ex:a", "ex:", "?v", ADDRESS, "{", "}", "{?s ?p ?o}", ".", ";", ",", "true", "a", "1", '"x"', "''", "@en",
    "^^ex:i", "_:b", "ex:b", "#c\n", " ", "\n", "?s ?p ", "?s ?p ", "FILTER(1<2)", "(?a<?b&&1>0)", "OPTIONAL",
    "UNION", "<", ">", "GRAPH", "[]", "()", "\\u0045", "ex:b.", "1.", "-", "*", "/", "|", "!", "EXISTS", "MINUS",
)  # fmt: skip


def _query(chance: random.Random) -> str:
    keyword = chance.choice(["SERVICE", "sErvice"]) + chance.choice(["", " ", "#\n"])
    where = chance.choice(["ex:a", ADDRESS, "?v", "ex:", "ex:a.b"])
    return "".join(
        [
            f"PREFIX ex:<http://127.0.0.1:1/>SELECT * {{ {chance.choice(['', 'VALUES ?v{' + ADDRESS + '}'])}",
            *chance.choices(PIECES, k=chance.randint(0, 4)),
            keyword + where + chance.choice(["", " "]) + "{?s ?p ?o}",
            *chance.choices(PIECES, k=chance.randint(0, 2)),
            "}",
        ]
    )


def test_every_query_that_the_engine_runs_as_service_is_refused() -> None:
    """Over thousands of texts glued together at random, the guard refuses each that the engine would send out."""
    chance = random.Random(2026)
    store = Store()
    store.update("INSERT DATA { <http://a> <http://p> 'x' }")
    ran = 0
    for _ in range(8000):
        query = _query(chance)
        try:
            list(store.query(query))  # type: ignore[arg-type]
        except (OSError, RuntimeError):  # refused, or no address for the variable
            ran += 1
        except SyntaxError:
            continue
        else:
            continue
        try:
            check(query)
        except BelfortError:
            continue
        raise AssertionError(f"the guard let SERVICE through: {query!r}")
    assert ran > 200
