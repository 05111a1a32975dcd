"""The error tree: one line for a person, one exit code and one HTTP status for a machine."""

import re

import pytest

from belfort import errors
from belfort.errors import BelfortError, NotFound

KINDS = BelfortError.__subclasses__()
TREE = [kind for kind in KINDS if kind.__module__ == errors.__name__]


def test_an_error_is_one_line() -> None:
    """Detail and hint become one line, however they were wrapped."""
    assert NotFound("Er is\n  geen bron.", hint="Voeg ze\ttoe.").one_line() == "Er is geen bron. Voeg ze toe."
    assert NotFound("Er is geen bron.").one_line() == "Er is geen bron."


def test_facts_are_kept_for_machines() -> None:
    """What is given by name stays readable as data, and the message is the detail alone."""
    error = NotFound("Weg.", hint="Zoek.", place="regel 3")
    assert (error.facts, str(error)) == ({"place": "regel 3"}, "Weg.")


def test_the_tree_in_the_docstring_is_the_code() -> None:
    """Every error stands in the docstring with its exit code and status, and no other does."""
    rows = re.findall(r"[├└]── (\w+) .*exit (\d+), HTTP (\d+)", errors.__doc__ or "")
    assert {name: (int(code), int(status)) for name, code, status in rows} == {
        kind.__name__: (kind.exit_code, kind.status) for kind in TREE
    }


def test_slugs_tell_errors_apart() -> None:
    """No two errors share the slug that names them over HTTP."""
    slugs = [kind.slug for kind in TREE]
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in slugs)


@pytest.mark.parametrize("kind", TREE, ids=lambda kind: kind.__name__)
def test_every_error_can_be_shown(kind: type[BelfortError]) -> None:
    """An error has a title of its own, an error status and an exit code that no signal uses."""
    assert kind.title != BelfortError.title
    assert 400 <= kind.status < 600
    assert 2 <= kind.exit_code < 126
