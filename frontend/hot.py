"""A shortcut for the most asked thing: the data of one entity, by its address, without conditions.

It stands in front of Flask because that was measured to be needed (docs/decisions/0009; `tests/bench/web.py`). It
answers only what it is sure of, 200 with a body, and
leaves every other request (pages, errors, redirects, conditional requests, parameters) to Flask. A test holds both
answers against each other, header by header.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

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
_LEAVE = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")


class HotReads:
    """WSGI middleware around the Flask application."""

    def __init__(self, app: Application, desks: Desks, settings: Settings) -> None:
        self._app = app
        self._engine = desks.engine
        self._settings = settings
        self._fixed = headers.fixed(settings)
        statement = sa.select(entity).where(entity.c.uuid == sa.bindparam("uuid")).order_by(entity.c.iri)
        compiled = statement.compile(dialect=desks.engine.dialect)
        self._sql = str(compiled)
        self._positional = compiled.positional

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, or let the application answer."""
        if environ["REQUEST_METHOD"] == "GET" and not environ.get("QUERY_STRING"):
            match = _PATH.fullmatch(environ.get("PATH_INFO", ""))
            if match and not any(name in environ for name in _LEAVE):
                suffix = match[3] or negotiation.choose(environ.get("HTTP_ACCEPT", ""))
                if suffix in ("jsonld", "ttl", "nt"):
                    found = self._read(match[1], match[2])
                    if found:
                        return self._answer(found, f"/{match[1]}/{match[2]}", suffix, start_response)
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
        if len(rows) != 1:
            return None
        found = Entity(*rows[0])
        return found if plural(found.class_iri) == kind else None

    def _answer(self, found: Entity, here: str, suffix: str, start_response: StartResponse) -> Iterable[bytes]:
        body = of_lines(found, suffix).encode()
        start_response(
            "200 OK",
            [
                ("Content-Type", content_type(suffix)),
                ("Content-Length", str(len(body))),
                ("Vary", "Accept"),
                ("Link", headers.links(self._settings, here)),
                ("Cache-Control", negotiation.CACHE_CONTROL),
                ("ETag", f'"{negotiation.etag(f"{found.revision}-{suffix}")}"'),
                ("Last-Modified", negotiation.http_date(found.modified)),
                *self._fixed,
            ],
        )
        return [body]


def install(app: Flask, desks: Desks, settings: Settings) -> None:
    """Put the shortcut in front of the application."""
    app.wsgi_app = HotReads(app.wsgi_app, desks, settings)  # type: ignore[method-assign]
