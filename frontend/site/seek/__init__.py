"""Search on the site: one query string, as a page and as data; why something is a hit, why nothing is, what is like it.

Enters: the parameters of `search.query.PARAMETERS`. Leaves: HTML, JSON, JSON-LD (Hydra), CSV, Turtle, Atom. One
module per form or page; `addresses` makes every link, `ask` puts the question to the index.
"""

from flask import Blueprint

from frontend.site.seek.addresses import href
from frontend.site.seek.answers import register as add_answers
from frontend.site.seek.musearch import register as add_musearch
from frontend.site.seek.near import register as add_near
from frontend.site.seek.suggestions import register as add_suggestions
from frontend.site.seek.why import register as add_why

__all__ = ["href", "register"]


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    for add in (add_answers, add_why, add_near, add_suggestions, add_musearch):
        add(blueprint)
