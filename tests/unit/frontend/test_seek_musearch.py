"""Front ends made for mu-search get what they ask, or are told what cannot be asked here."""

from urllib.parse import urlencode, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.support.site_data import BESLUIT_IRI


def ask(client: FlaskClient, kind: str, *pairs: tuple[str, str]) -> dict[str, object]:
    """The answer to a search."""
    answer = client.get(f"/search/{kind}/search?{urlencode(pairs)}")
    assert (answer.status_code, answer.mimetype) == (200, "application/vnd.api+json"), answer.text
    found: dict[str, object] = answer.get_json(force=True)
    return found


@pytest.mark.parametrize(
    "pairs",
    [
        [("filter[_all]", "fietsstraat")],
        [("filter[:sqs:_all]", "fietsstraat kerkdreef"), ("sort", "-datum")],
        [("filter[:phrase:search_content]", "fietsstraat in de kerkdreef")],
        [("filter[:prefix:_all]", "fietsst"), ("count", "exact")],
        [("filter[:gte,lte:datum]", "2026-10-01,2026-10-31"), ("filter[_all]", "fietsstraat")],
        [("filter[:gt:session_planned-start]", "2026-10-20"), ("filter[_all]", "fietsstraat"),
         ("sort[:max:datum]", "desc")],
        [("filter[:terms:status]", "gepland,behandeld"), ("filter[_all]", "fietsstraat"), ("page[size]", "5")],
    ],
)  # fmt: skip
def test_the_usual_filters_find_the_besluit(client: FlaskClient, pairs: list[tuple[str, str]]) -> None:
    """Words, phrases, beginnings, days and terms."""
    found = ask(client, "decisions", *pairs)
    assert [one["attributes"]["uri"] for one in found["data"]] == [BESLUIT_IRI]  # type: ignore[index, attr-defined]
    assert found["count"] == 1


def test_agenda_items_are_found_by_their_besluit_too(client: FlaskClient) -> None:
    """The type of a front end is one of ours, and comes back as it was asked."""
    found = ask(client, "agenda-items", ("filter[_all]", "fietsstraat"), ("highlight[:fields:*]", "t"))
    (one,) = found["data"]  # type: ignore[misc]
    assert one["type"] == "agenda-items"
    assert "<em>fietsstraat</em>" in one["highlight"]["title"][0].lower()


def test_pages_count_from_zero(client: FlaskClient) -> None:
    """JSON:API links lead through all pages, each thing once."""
    seen, address = list[str](), "/search/besluiten/search?page%5Bsize%5D=1"
    total = 0
    while address:
        found = client.get(address).get_json(force=True)
        total = found["count"]
        seen += [one["id"] for one in found["data"]]
        parts = urlsplit(found["links"].get("next", ""))
        address = f"{parts.path}?{parts.query}" if parts.path else ""
    assert len(seen) == len(set(seen)) == total > 1


@pytest.mark.parametrize(
    ("kind", "pairs", "status"),
    [
        ("eenden", [], 404),
        ("sessions", [("filter[:regexp:_all]", "x")], 400),
        ("sessions", [("filter[title]", "x")], 400),
        ("sessions", [("filter[:has:datum]", "t")], 400),
        ("sessions", [("sort", "title")], 400),
        ("sessions", [("page[number]", "-1")], 400),
        ("sessions", [("page[size]", "100000")], 400),
        ("sessions", [("q", "x")], 400),
        ("sessions", [("filter[:gte,lte:datum]", "2026-01-01")], 400),
        ("sessions", [("filter[:gt:datum]", "gisteren")], 400),
        ("sessions", [("filter[:gt:datum]", "9999-12-31")], 400),
        ("sessions", [("filter[:lt:datum]", "0001-01-01")], 400),
    ],
)
def test_what_means_something_else_here_is_refused(
    client: FlaskClient, kind: str, pairs: list[tuple[str, str]], status: int
) -> None:
    """Never ignored."""
    answer = client.get(f"/search/{kind}/search?{urlencode(pairs)}")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
