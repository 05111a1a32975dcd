"""`/status`: how fresh everything is, and how far what is derived lags behind the records."""

from datetime import UTC, datetime

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, jsonify

from belfort.records import change
from belfort.records.database import read
from belfort.records.entity import entity, tombstone
from belfort.records.origin import origin
from frontend.data.dumps import manifest
from frontend.desks import desks
from frontend.problems import known_parameters
from publisher.feeds import store
from publisher.sparql import snapshots


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/status", "status", status)


def status() -> Response:
    """The newest change, and per projection its change and its lag in changes and seconds; counts of what is public."""
    known_parameters()
    settings = current_app.config["SETTINGS"]
    with read(desks().engine) as connection:
        seq = change.last_seq(connection)
        at = change.moment(connection, seq)
        done = {"dumps": int(manifest().get("revision", 0)), "feeds": _feeds(), "sparql": _sparql()}
        projections = {name: _lag(connection, number, seq) for name, number in done.items()}
        counts = {
            "entities": _count(connection, entity),
            "withdrawn": _count(connection, tombstone),
            "origins": _count(connection, origin),
        }
    response = jsonify(
        newest_change={"number": seq, "at": at, "age_seconds": _age(at)},
        projections=projections,
        counts=counts,
        licence=settings.licence,
        catalogue=f"{settings.base_url}/catalogus",
    )
    response.headers["Cache-Control"] = "public, max-age=10"
    return response


def _lag(connection: sa.Connection, done: int, newest: int) -> dict[str, object]:
    """How far a projection is: the first change that it misses is how long it lags."""
    missed = change.moment(connection, done + 1) if done < newest else ""
    return {"number": done, "lag_changes": max(0, newest - done), "lag_seconds": _age(missed) if missed else 0}


def _age(moment: str) -> float | None:
    if not moment:
        return None
    return round((datetime.now(UTC) - datetime.fromisoformat(moment)).total_seconds(), 1)


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def _feeds() -> int:
    with store.reading(current_app.config["SETTINGS"].feeds) as feeds:
        return int(store.state(feeds, "seq", "0")) if feeds else 0


def _sparql() -> int:
    folder = snapshots.current(current_app.config["SETTINGS"].sparql)
    found = snapshots.read_state(folder) if folder else None
    return found.seq if found else 0
