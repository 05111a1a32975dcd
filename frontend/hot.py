"""A shortcut for the most asked thing: the data of one entity, by its address, whole or unchanged.

It stands in front of Flask because that was measured to be needed (docs/decisions/0009; `tests/bench/web.py`). It
answers only what it is sure of, 200 with a body or 304 to the ETag that it gave, and leaves every other request (pages,
errors, redirects, ranges, other conditions, parameters) to Flask. A test holds both answers against each other, header
by header. `frontend.quick` gives the same answers one step earlier.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import Flask

from belfort.records.entity import Entity, entity
from belfort.settings import Settings
from frontend import headers, negotiation
from frontend.data.documents import content_type, of_lines
from frontend.desks import Desks
from frontend.site.queries.linking import plural

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

_PATH = re.compile(r"/([a-z]+)/([A-Za-z0-9_-]{1,80})(?:\.(jsonld|ttl|nt))?")
_LEAVE = ("HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
_TAG = re.compile(r'"[^"]*"')


class Answer(NamedTuple):
    """A whole answer: status line, headers, body."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


class Answers:
    """What the shortcut says of an entity that was read."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._fixed = headers.fixed(settings)

    def give(self, found: Entity, here: str, suffix: str, none_match: str) -> Answer:
        """The entity in a format, or that it is what the client has (`none_match` is one ETag, or "")."""
        tag = f'"{negotiation.etag(f"{found.revision}-{suffix}")}"'
        said = [
            ("Vary", "Accept"),
            ("Link", headers.links(self._settings, here)),
            ("Cache-Control", negotiation.CACHE_CONTROL),
            ("ETag", tag),
        ]
        if none_match == tag:
            return Answer("304 NOT MODIFIED", [*said, *self._fixed], b"")
        body = of_lines(found, suffix).encode()
        content = [("Content-Type", content_type(suffix)), ("Content-Length", str(len(body)))]
        modified = ("Last-Modified", negotiation.http_date(found.modified))
        return Answer("200 OK", [*content, *said, modified, *self._fixed], body)


def asked(path: str, accept: str, none_match: str) -> tuple[str, str, str] | None:
    """Plural, uuid and format when the shortcut can answer such a request."""
    match = _PATH.fullmatch(path)
    if not match or (none_match and not _TAG.fullmatch(none_match)):
        return None
    suffix = match[3] or negotiation.choose(accept)
    return (match[1], match[2], suffix) if suffix in ("jsonld", "ttl", "nt") else None


def statement(dialect: sa.Dialect) -> tuple[str, bool]:
    """The query by uuid as SQL, and whether its parameter stands by place."""
    query = sa.select(entity).where(entity.c.uuid == sa.bindparam("uuid")).order_by(entity.c.iri)
    compiled = query.compile(dialect=dialect)
    return str(compiled), bool(compiled.positional)


def the_one(rows: Sequence[Any], kind: str) -> Entity | None:
    """The entity, when there is exactly one row and it is of that kind."""
    if len(rows) != 1:
        return None
    found = Entity(*rows[0])
    return found if plural(found.class_iri) == kind else None


class HotReads:
    """WSGI middleware around the Flask application."""

    def __init__(self, app: Application, desks: Desks, settings: Settings) -> None:
        self._app = app
        self._engine = desks.engine
        self._answers = Answers(settings)
        self._sql, self._positional = statement(desks.engine.dialect)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, or let the application answer."""
        if (
            environ["REQUEST_METHOD"] == "GET"
            and not environ.get("QUERY_STRING")
            and not any(name in environ for name in _LEAVE)
        ):
            none_match = environ.get("HTTP_IF_NONE_MATCH", "")
            wanted = asked(environ.get("PATH_INFO", ""), environ.get("HTTP_ACCEPT", ""), none_match)
            found = self._read(*wanted[:2]) if wanted else None
            if wanted and found:
                answer = self._answers.give(found, f"/{wanted[0]}/{wanted[1]}", wanted[2], none_match)
                start_response(answer.status, answer.headers)
                return [answer.body]
        return self._app(environ, start_response)

    def _read(self, kind: str, uuid: str) -> Entity | None:
        """The one entity of that uuid and kind, in one statement."""
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(self._sql, (uuid,) if self._positional else {"uuid": uuid})
            rows = cursor.fetchmany(2)
            cursor.close()
        finally:
            connection.close()
        return the_one(rows, kind)


def install(app: Flask, desks: Desks, settings: Settings) -> None:
    """Put the shortcut in front of the application."""
    app.wsgi_app = HotReads(app.wsgi_app, desks, settings)  # type: ignore[method-assign]
