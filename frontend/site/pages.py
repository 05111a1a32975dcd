"""Which page shows which class, and what every template may use."""

from collections.abc import Callable
from datetime import date

import sqlalchemy as sa
from flask import current_app, render_template, request

from belfort.errors import UsageError
from belfort.records.entity import Entity
from belfort.vocab import BESLUIT, PERSON
from frontend.negotiation import FORMATS, MEDIA_TYPES
from frontend.site import dates
from frontend.site.queries.besluit import besluit_page
from frontend.site.queries.bestuur import bestuur_page
from frontend.site.queries.linking import path_of
from frontend.site.queries.persoon import persoon_page
from frontend.site.queries.thing import thing_page
from frontend.site.queries.zitting import zitting_page

_FORMAT_NAMES = {"jsonld": "JSON-LD", "ttl": "Turtle", "nt": "N-Triples", "nq": "N-Quads"}


def _bestuur(connection: sa.Connection, found: Entity) -> object:
    return bestuur_page(connection, found, reference_day())


_PAGES: dict[str, tuple[str, Callable[[sa.Connection, Entity], object]]] = {
    BESLUIT.Besluit: ("besluit.html", besluit_page),
    BESLUIT.Zitting: ("zitting.html", zitting_page),
    BESLUIT.Bestuurseenheid: ("bestuur.html", _bestuur),
    PERSON.Person: ("persoon.html", persoon_page),
}


def entity_page(connection: sa.Connection, found: Entity) -> str:
    """The HTML page of an entity."""
    template, query = _PAGES.get(found.class_iri, ("thing.html", thing_page))
    here = path_of(found)
    formats = [(_FORMAT_NAMES[name], f"{here}.{name}", MEDIA_TYPES[name]) for name in FORMATS[1:]]
    canonical = f"{current_app.config['SETTINGS'].base_url}{here}"
    return render_template(template, page=query(connection, found), formats=formats, canonical=canonical)


def reference_day() -> date:
    """The day a bestuur is shown as of: `peildatum`, or today.

    Raises:
        UsageError: the parameter is no day.
    """
    text = request.args.get("peildatum", "").strip()
    if not text:
        return dates.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("De peildatum is geen datum.", hint="Schrijf een datum als 2024-05-31.") from None


def day_key(found: Entity) -> str:
    """The day that the page depends on, beside the records: who is in office changes with it."""
    day = reference_day() if found.class_iri == BESLUIT.Bestuurseenheid else dates.today()
    return day.isoformat()
