"""The checks on a question, and its form in an address."""

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belfort.errors import UsageError
from search.cursors import decode, encode
from search.query import MAX_TEXT, SORTS, Query, from_parameters, query_string


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "x" * (MAX_TEXT + 1)},
        {"text": "x" * 10_000},
        {"type": ("fietsen",)},
        {"sort": "prijs"},
        {"van": date(2025, 1, 2), "tot": date(2025, 1, 1)},
        {"pagina": 0},
        {"per_pagina": 201},
        {"pagina": 101, "per_pagina": 100},
        {"status": ("verloren",)},
        {"thema": tuple(map(str, range(301)))},
    ],
)
def test_a_question_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    """Each is a UsageError (400) in Dutch that says what to do."""
    with pytest.raises(UsageError) as caught:
        Query(**wrong)  # type: ignore[arg-type]
    assert caught.value.status == 400
    assert caught.value.hint


def test_parameters_of_a_url_become_a_query() -> None:
    """Values are read, repeated filters kept once, empty ones left out."""
    query = from_parameters(
        {"q": ["fietspad"], "type": ["besluiten", "zittingen", "besluiten"], "van": ["2024-01-01"], "tot": [""],
         "pagina": ["3"], "sort": ["datum"]}
    )  # fmt: skip
    assert query == Query("fietspad", type=("besluiten", "zittingen"), van=date(2024, 1, 1), sort="datum", pagina=3)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kleur": ["rood"]},
        {"kleur": [""]},
        {"van": ["gisteren"]},
        {"van": ["2024-W01-1"]},
        {"van": ["2024-01-01", "2024-01-02"]},
        {"pagina": ["-1"]},
        {"pagina": ["9" * 30]},
        {"pagina": ["²"]},
        {"status": ["weg"]},
    ],
)
def test_parameters_that_cannot_be_are_refused(wrong: dict[str, list[str]]) -> None:
    """An unknown name or a value of the wrong form is a UsageError, never ignored."""
    with pytest.raises(UsageError):
        from_parameters(wrong)


@given(st.builds(
    Query,
    text=st.text(max_size=30).map(str.strip),
    type=st.lists(st.sampled_from(["besluiten", "zittingen"]), unique=True).map(sorted).map(tuple),
    thema=st.lists(st.sampled_from(["a", "b&c", "d+e"]), unique=True).map(sorted).map(tuple),
    van=st.none() | st.just(date(2024, 1, 1)),
    peildatum=st.none() | st.dates(),
    sort=st.sampled_from(SORTS),
    pagina=st.integers(1, 50),
))  # fmt: skip
def test_a_query_is_its_query_string(query: Query) -> None:
    """What `query_string` writes is read back as the same query."""
    assert from_parameters(parse_qs(query_string(query))) == query


def test_a_cursor_belongs_to_its_question() -> None:
    """It goes on in the same question, whatever the page size, and is refused in another or when it is made up."""
    query = Query("fietspad", sort="datum")
    cursor = encode(query, (12345,))
    assert decode(replace(query, cursor=cursor, per_pagina=5)) == (12345,)
    assert encode(query, ()) == ""
    for wrong in (
        replace(query, text="weg", cursor=cursor),
        replace(query, cursor="x" * 50),
        replace(query, cursor="é"),
    ):
        with pytest.raises(UsageError):
            decode(wrong)
