"""What a validation says, one row a violation."""

from typing import NamedTuple


class Result(NamedTuple):
    """One validation result; every field is a term, "" where SHACL gives none.

    `path` is `<iri>` for a plain property and a SPARQL path (`^<a>/<b>`) for any other; `component` and `severity`
    are IRIs of the SHACL namespace; `message` is that of the shape, as text.
    """

    focus: str
    path: str
    component: str
    value: str
    severity: str
    source_shape: str
    message: str = ""
