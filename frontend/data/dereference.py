"""An entity at its address: the page for people, its data for machines, and the ways that lead there.

`/{meervoud}/{uuid}` with or without suffix; `/id/{klasse}/{uuid}` and `/resource?iri=` answer 303. What was public
and is no longer answers 410, what never was 404.
"""

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from belfort.errors import NotFound, UsageError
from belfort.records import entity as entities
from belfort.records.database import read
from belfort.records.entity import Entity, tombstone
from belfort.records.ledger import ledger
from belfort.vocab import OTHER_PLURAL, PLURALS
from frontend.data import embedded
from frontend.data.documents import content_type, document
from frontend.desks import desks
from frontend.headers import links
from frontend.negotiation import negotiate, set_validators, split_suffix
from frontend.problems import Gone, known_parameters
from frontend.site import pages
from frontend.site.queries.linking import path, path_of, plural

_KINDS = ",".join([*PLURALS.values(), OTHER_PLURAL])
# Class name as it stands in IRIs (`/id/zitting/…`) → plural; the plural itself is understood too.
_BY_CLASS = {iri.replace("#", "/").rpartition("/")[2].lower(): name for iri, name in PLURALS.items()}


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule(f"/<any({_KINDS}):kind>/<path:name>", "entity", show)
    blueprint.add_url_rule("/id/<klasse>/<path:uuid>", "id", by_id)
    blueprint.add_url_rule("/resource", "resource", by_iri)


def show(kind: str, name: str) -> BaseResponse:
    """The entity's page or one of its data forms."""
    uuid, suffix = split_suffix(name)
    with read(desks().engine) as connection:
        found = _find(connection, kind, uuid)
        if plural(found.class_iri) != kind:
            return redirect(path_of(found) + (f".{suffix}" if suffix else ""), 303)
        here = path_of(found)
        chosen = negotiate(suffix, here)
        if chosen == "html":
            response, version, modified = _page(connection, found)
        else:
            known_parameters()
            response, version, modified = _data(connection, found, chosen)
    response.headers["Vary"] = "Accept"
    response.headers["Link"] = links(current_app.config["SETTINGS"], here)
    return set_validators(response, version, modified)


def by_id(klasse: str, uuid: str) -> BaseResponse:
    """303 from the identifier of a thing to the page about it."""
    known_parameters()
    kind = klasse.lower()
    kind = kind if kind in PLURALS.values() or kind == OTHER_PLURAL else _BY_CLASS.get(kind, "")
    if not kind:
        raise NotFound("Die soort dingen is hier niet gekend.", hint="Zoek het op in /zoeken.")
    with read(desks().engine) as connection:
        return redirect(path_of(_find(connection, kind, uuid)), 303)


def by_iri() -> BaseResponse:
    """303 from any IRI to the page about it."""
    known_parameters("iri")
    iri = request.args.get("iri", "").strip()
    if not iri:
        raise UsageError("De parameter iri ontbreekt.", hint="Vraag /resource?iri= met de IRI van een ding.")
    with read(desks().engine) as connection:
        found = entities.get(connection, iri)
        if found:
            return redirect(path_of(found), 303)
        buried = connection.execute(sa.select(tombstone).where(tombstone.c.iri == iri)).one_or_none()
    if buried:
        raise _gone(buried.class_iri, buried.uuid, buried.at)
    raise NotFound("Deze IRI is hier niet gekend.", hint="Zoek met woorden in /zoeken.")


def _find(connection: sa.Connection, kind: str, uuid: str) -> Entity:
    """The entity of that uuid, of that kind if there is one.

    Raises:
        Gone: it was public once.
        NotFound: it never was.
    """
    found = entities.by_uuid(connection, uuid)
    if found:
        return next((one for one in found if plural(one.class_iri) == kind), found[0])
    buried = connection.execute(sa.select(tombstone).where(tombstone.c.uuid == uuid)).first()
    if buried:
        raise _gone(buried.class_iri, buried.uuid, buried.at)
    raise NotFound("Op dit adres staat niets.", hint="Zoek met woorden in /zoeken.")


def _gone(class_iri: str, uuid: str, at: str) -> Gone:
    return Gone(
        "Dit was hier gepubliceerd en is door de bron ingetrokken of gewijzigd.",
        path=path(class_iri, uuid),
        invalidated_at=at,
    )


def _page(connection: sa.Connection, found: Entity) -> tuple[Response, str, str]:
    """The page; it shows other entities and its proof too, so it is as new as the ledger."""
    tip = connection.execute(sa.select(ledger.c.seq, ledger.c.at).order_by(ledger.c.seq.desc()).limit(1)).one_or_none()
    text = embedded.into(pages.entity_page(connection, found), found)
    version = f"{tip.seq if tip else 0}-html-{pages.day_key(found)}"
    return Response(text, mimetype="text/html"), version, ""


def _data(connection: sa.Connection, found: Entity, suffix: str) -> tuple[Response, str, str]:
    version = f"{found.revision}-{suffix}"
    if suffix == "nq":
        # Another origin that says the same is no change of the entity, but it is one of the quads.
        version = f"{connection.execute(sa.select(sa.func.max(ledger.c.seq))).scalar_one_or_none() or 0}-{version}"
    body = document(connection, found, suffix)
    return Response(body, content_type=content_type(suffix)), version, found.modified
