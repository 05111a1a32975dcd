"""SPARQL 1.1 Protocol over the query workers: GET, form POST and direct POST; read-only.

This process never parses a query nor a result: it passes text to a disposable worker and bytes back
(design §7.1). Source: https://www.w3.org/TR/sparql11-protocol/.
"""

from belfort.errors import BelfortError, UsageError
from flask import Blueprint, Response, current_app, render_template, request

from frontend.desks import desks
from frontend.problems import known_parameters

PARAMETERS = ("query", "format", "default-graph-uri", "named-graph-uri", "update")


class UpdateRefused(BelfortError):
    """The query service only reads."""

    slug, title, status, exit_code = "read-only", "Alleen lezen", 403, 6


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/sparql", "sparql", sparql, methods=["GET", "POST"])


def sparql() -> Response:
    """Answer a query; without one, describe the service."""
    raise NotImplementedError
