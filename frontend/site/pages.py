"""Which page shows which class, and what every template may use."""

from collections.abc import Callable
from datetime import date

import sqlalchemy as sa
from flask import current_app, render_template, request

from belfort.errors import UsageError
from belfort.records.entity import Entity
from belfort.vocab import BESLUIT, MANDAAT, PERSON
from frontend.negotiation import FORMATS, MEDIA_TYPES
from frontend.site import dates
from frontend.site.memory import memory, version_of
from frontend.site.queries.besluit import besluit_page
from frontend.site.queries.bestuur import bestuur_page
from frontend.site.queries.fractie import fractie_page
from frontend.site.queries.linking import path_of
from frontend.site.queries.orgaan import orgaan_page
from frontend.site.queries.persoon import persoon_page
from frontend.site.queries.thing import thing_page
from frontend.site.queries.zitting import zitting_page

_FORMAT_NAMES = {
    "jsonld": "JSON-LD",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "nq": "N-Quads",
    "rdf": "RDF/XML",
    "csv": "CSV",
}


def _bestuur(connection: sa.Connection, found: Entity) -> object:
    return bestuur_page(connection, found, reference_day())


def _orgaan(connection: sa.Connection, found: Entity) -> object:
    return orgaan_page(connection, found, reference_day())


def _fractie(connection: sa.Connection, found: Entity) -> object:
    return fractie_page(connection, found, reference_day())


# What is shown as of a day.
_AS_OF = frozenset({BESLUIT.Bestuurseenheid, BESLUIT.Bestuursorgaan, MANDAAT.Fractie})
_PAGES: dict[str, tuple[str, Callable[[sa.Connection, Entity], object]]] = {
    BESLUIT.Besluit: ("besluit.html", besluit_page),
    BESLUIT.Zitting: ("zitting.html", zitting_page),
    BESLUIT.Bestuurseenheid: ("bestuur.html", _bestuur),
    BESLUIT.Bestuursorgaan: ("orgaan.html", _orgaan),
    MANDAAT.Fractie: ("fractie.html", _fractie),
    PERSON.Person: ("persoon.html", persoon_page),
}


def entity_page(connection: sa.Connection, found: Entity) -> str:
    """The HTML page of an entity; made once for each state of the records, day and address."""
    key = (found.iri, reference_day() if found.class_iri in _AS_OF else None)
    return memory().get(key, version_of(connection), lambda: _render(connection, found))


def _render(connection: sa.Connection, found: Entity) -> str:
    template, query = _PAGES.get(found.class_iri, ("thing.html", thing_page))
    here = path_of(found)
    formats = [(_FORMAT_NAMES[name], f"{here}.{name}", MEDIA_TYPES[name]) for name in FORMATS[1:]]
    canonical = f"{current_app.config['SETTINGS'].base_url}{here}"
    return render_template(template, page=query(connection, found), formats=formats, canonical=canonical, here=here)


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
    """The days that the page depends on, beside the records: who is in office changes with them."""
    today = dates.today().isoformat()
    asked = reference_day().isoformat() if found.class_iri in _AS_OF else today
    return today if asked == today else f"{today}-{asked}"
