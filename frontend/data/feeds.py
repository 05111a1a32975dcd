"""What changed, for followers: delta files as the reference producers give them, the LDES, Atom.

The delta files stand where consumers of that pattern look: `/sync/{feed}/files?since=`, `/files/{id}/download`,
`/datasets?filter[subject]=` (publisher.md §6).
"""

import gzip
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from belfort.errors import NotFound, UsageError
from belfort.records.database import read
from belfort.vocab import BESLUIT, LEIDINGGEVENDEN, MANDAAT, PERSON
from frontend.data import graphs
from frontend.data.dumps import manifest
from frontend.desks import desks
from frontend.headers import link
from frontend.negotiation import etag, split_suffix
from frontend.problems import known_parameters
from frontend.site import labels
from frontend.site.queries.linking import path
from publisher.closure import IN_TIME
from publisher.dumps import latest
from publisher.feeds import atom, ldes, store
from publisher.feeds import read as feeds_read
from publisher.feeds.deltas import FEEDS

# Nobody can call back what a cache holds, and an erasure must reach everybody: a week, not a year.
CLOSED = "public, max-age=604800, immutable"
OPEN = "public, max-age=60, stale-while-revalidate=600"
ENTRIES = 100
ATOM: dict[str, str] = {
    "besluiten": BESLUIT.Besluit,
    "zittingen": BESLUIT.Zitting,
    "besturen": BESLUIT.Bestuurseenheid,
    "mandatarissen": MANDAAT.Mandataris,
    "functionarissen": LEIDINGGEVENDEN.Functionaris,
    "fracties": MANDAAT.Fractie,
    "personen": PERSON.Person,
}
# The dump subjects by which consumers of the reference producers ask where to start.
SUBJECTS: dict[str, str] = {
    "http://data.lblod.info/datasets/delta-producer/dumps/MandatarissenCacheGraphDump": "mandatarissen",
    "http://data.lblod.info/datasets/delta-producer/dumps/LeidinggevendenCacheGraphDump": "leidinggevenden",
}
_NAMES = uuid.UUID("0d3ffbb5-3c8a-5a6e-8a3e-1c7d2c9f6b11")


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    names = ",".join(FEEDS)
    blueprint.add_url_rule(f"/sync/<any({names}):feed>/files", "delta_files", delta_files)
    blueprint.add_url_rule("/files/<identity>/download", "delta_file", delta_file)
    blueprint.add_url_rule("/datasets/<identity>/distributions", "delta_start", delta_start)
    blueprint.before_app_request(_datasets)
    blueprint.add_url_rule(f"/ldes/<any({names}):feed>", "ldes_root", ldes_root)
    for suffix in graphs.FORMATS:
        blueprint.add_url_rule(
            f"/ldes/<any({names}):feed>.{suffix}", f"ldes_root_{suffix}", ldes_root, defaults={"suffix": suffix}
        )
    blueprint.add_url_rule(f"/ldes/<any({names}):feed>/<name>", "ldes_page", ldes_page)
    blueprint.add_url_rule("/versies/<int:seq>/<path:name>", "versie", version)
    blueprint.add_url_rule(f"/feeds/<any({','.join(ATOM)}):kind>.atom", "atom", atom_of_kind)
    blueprint.add_url_rule("/feeds/besturen/<uuid>.atom", "atom_of_bestuur", atom_of_bestuur)


@contextmanager
def opened() -> Iterator[sqlite3.Connection]:
    """The feeds for reading.

    Raises:
        NotFound: there are none yet.
    """
    with store.reading(current_app.config["SETTINGS"].feeds) as feeds:
        if feeds is None:
            raise NotFound("Er zijn nog geen feeds.", hint="Probeer het later opnieuw.")
        yield feeds


def delta_files(feed: str) -> Response:
    """The delta files newer than `since`, oldest first, at most a thousand; without `since` from the beginning."""
    known_parameters("since")
    given = request.args.get("since", "")
    since = feeds_read.moment(given) if given else ""
    if given and not since:
        raise UsageError("since is geen moment.", hint="Schrijf het als 2026-01-31T12:00:00.000Z.")
    with opened() as feeds:
        rows = feeds_read.listing(feeds, feed, since)
    data = [{"type": "files", "id": x.id, "attributes": {"name": x.name, "created": x.created}} for x in rows]
    return _json({"data": data}, OPEN)


def delta_file(identity: str) -> BaseResponse:
    """The content of a delta file, or of the dump that a follower starts from."""
    known_parameters()
    start = next((feed for feed in SUBJECTS.values() if _start_id(feed) == identity), "")
    if start:
        return _start_file(start)
    with opened() as feeds:
        body = feeds_read.delta_body(feeds, identity)
    if body is None:
        raise NotFound("Dit bestand bestaat niet.", hint="Vraag de lijst: /sync/belfort/files")
    if "gzip" in request.headers.get("Accept-Encoding", "").lower():
        response = Response(body, mimetype="application/json")
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = Response(gzip.decompress(body), mimetype="application/json")
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = CLOSED
    response.add_etag()
    return response.make_conditional(request)


def _start_id(feed: str) -> str:
    """The id of the file that a follower of the feed starts from: another one for each release."""
    return str(uuid.uuid5(_NAMES, f"{feed} {manifest().get('revision', 0)}"))


def _start_file(feed: str) -> BaseResponse:
    release: Path = latest(current_app.config["SETTINGS"].dumps).resolve()
    file = release / "sync" / f"{feed}.nt"
    if not file.is_file():
        raise NotFound("Dit bestand is er nu niet.", hint="Probeer het over een minuut opnieuw.")
    from flask import send_file

    return send_file(file, mimetype="text/turtle", download_name=f"dump-{feed}.ttl", conditional=True, max_age=300)


def _datasets() -> Response | None:
    """`/datasets?filter[subject]=…`: the dump of a feed, as consumers of the reference producers ask it."""
    if request.path.rstrip("/") != "/datasets" or not any(name.startswith("filter[") for name in request.args):
        return None
    known_parameters("filter[subject]", "filter[:has-no:next-version]")
    feed = SUBJECTS.get(request.args.get("filter[subject]", ""))
    said = manifest()
    if not feed or not said["files"]:
        return _json({"data": []}, OPEN)
    with opened() as feeds:
        released = feeds_read.created_of(feeds, feed, said["revision"]) or said["modified"]
    identity = _start_id(feed)
    related = url_for("data.delta_start", identity=identity)
    one = {
        "type": "datasets",
        "id": identity,
        "attributes": {
            "subject": request.args["filter[subject]"],
            "title": ldes.TITLES[feed],
            "created": released,
            "modified": released,
            "release-date": released,
        },
        "relationships": {"distributions": {"links": {"related": related}}},
    }
    return _json({"data": [one]}, OPEN)


def delta_start(identity: str) -> Response:
    """The distribution of such a dump, with its file."""
    known_parameters("include", "filter[subject]", "page[size]")
    feed = next((feed for feed in SUBJECTS.values() if _start_id(feed) == identity), "")
    if not feed:
        raise NotFound("Deze dump is er niet (meer).", hint="Vraag opnieuw /datasets?filter[subject]=…")
    file = {"type": "files", "id": identity, "attributes": {"name": f"dump-{feed}.ttl", "format": "text/turtle"}}
    one = {
        "type": "distributions",
        "id": identity,
        "attributes": {"format": "text/turtle"},
        "relationships": {"subject": {"data": {"type": "files", "id": identity}}},
    }
    return _json({"data": [one], "included": [file]}, OPEN)


def _place(feed: str) -> ldes.Place:
    settings = current_app.config["SETTINGS"]
    return ldes.Place(settings.base_url, feed, settings.licence, settings.feeds_days)


def ldes_root(feed: str, suffix: str = "") -> BaseResponse:
    """The root of an LDES."""
    known_parameters()
    chosen = graphs.asked(suffix, f"/ldes/{feed}")
    return _negotiated(graphs.response(ldes.root(_place(feed)), chosen), f"{feed}-{chosen}", OPEN)


def ldes_page(feed: str, name: str) -> BaseResponse:
    """One page of an LDES."""
    known_parameters()
    text, suffix = split_suffix(name, graphs.FORMATS)
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    with opened() as feeds:
        last = feeds_read.last_page(feeds, feed)
        if not 1 <= number <= max(last, 1):
            raise NotFound("Deze pagina bestaat nog niet.", hint=f"/ldes/{feed} is het begin.")
        page = feeds_read.page(feeds, feed, number)
    chosen = graphs.asked(suffix, f"/ldes/{feed}/{number}")
    place = _place(feed)
    response = graphs.response(ldes.page(place, number, page.members, page.next_from), chosen)
    if number > 1:
        response.headers.add("Link", link(place.page(number - 1), "prev"))
    if page.next_from:
        response.headers.add("Link", link(place.page(number + 1), "next"))
    is_final = page.is_closed and bool(page.next_from)
    return _negotiated(response, f"{page.tag}-{chosen}", CLOSED if is_final else OPEN)


def version(seq: int, name: str) -> BaseResponse:
    """One version of a thing, as the LDES has it."""
    known_parameters()
    uuid_, suffix = split_suffix(name, graphs.FORMATS)
    with opened() as feeds:
        found = feeds_read.version(feeds, seq, uuid_)
    if found is None:
        raise NotFound("Deze versie is er niet (meer).", hint="/ldes/belfort heeft alle versies die er zijn.")
    chosen = graphs.asked(suffix, f"/versies/{seq}/{uuid_}")
    base = current_app.config["SETTINGS"].base_url
    response = graphs.response(ldes.version(base, found), chosen)
    response.headers.add("Link", link(f"{base}{path(found.class_iri, found.uuid)}", "latest-version"))
    return _negotiated(response, f"{feeds_read.content_tag([found])}-{chosen}", CLOSED)


def _negotiated(response: Response, version_: str, cache: str) -> BaseResponse:
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = cache
    response.headers.add("Link", link(current_app.config["SETTINGS"].licence, "license"))
    response.set_etag(etag(version_))
    return response.make_conditional(request)


def atom_of_kind(kind: str) -> BaseResponse:
    """The newest things of a kind."""
    known_parameters()
    with opened() as feeds:
        rows = feeds_read.newest(feeds, [ATOM[kind]], ENTRIES)
    return _atom(f"/feeds/{kind}.atom", labels.PLURAL_TITLES.get(kind, kind), "/", rows)


def atom_of_bestuur(uuid: str) -> BaseResponse:
    """The newest zittingen, besluiten and roles of one bestuur."""
    known_parameters()
    from belfort.records.entity import by_uuid

    with read(desks().engine) as connection:
        found = [one for one in by_uuid(connection, uuid) if one.class_iri == BESLUIT.Bestuurseenheid]
        if not found:
            raise NotFound("Dit bestuur is hier niet gekend.", hint="/besturen somt ze op.")
        iris = _things_of(connection, found[0].iri)
    with opened() as feeds:
        rows = feeds_read.newest_of(feeds, iris, ENTRIES)
    return _atom(f"/feeds/besturen/{uuid}.atom", found[0].label, path(BESLUIT.Bestuurseenheid, uuid), rows)


def _things_of(connection: sa.Connection, bestuur: str) -> list[str]:
    """The bestuur, its newest zittingen with their besluiten, and its roles."""
    from belfort.records.entity import entity, subjects_of
    from belfort.vocab import DCT, ORG, PROV
    from publisher.closure import POSTS

    lasting = [s for s, _, _ in subjects_of(connection, [bestuur], BESLUIT.bestuurt)]
    organs = [*lasting, *(s for s, _, _ in subjects_of(connection, lasting, *IN_TIME))]
    held = [s for s, _, _ in subjects_of(connection, organs, BESLUIT.isGehoudenDoor)]
    dated: list[tuple[str, str]] = []
    for start in range(0, len(held), 400):
        some = connection.execute(
            sa.select(entity.c.date, entity.c.iri).where(entity.c.iri.in_(held[start : start + 400]))
        )
        dated = sorted([*dated, *((str(row[0]), str(row[1])) for row in some)], reverse=True)[:25]
    zittingen = [iri for _, iri in dated]
    punten = _objects(connection, zittingen, BESLUIT.behandelt)
    handled = [s for s, _, _ in subjects_of(connection, punten, DCT.subject)]
    besluiten = _objects(connection, handled, PROV.generated)
    posts = _objects(connection, organs, *POSTS)
    roles = [s for s, _, _ in subjects_of(connection, posts, ORG.holds)]
    return list(dict.fromkeys([bestuur, *zittingen, *besluiten, *roles]))


def _objects(connection: sa.Connection, subjects: list[str], *predicates: str) -> list[str]:
    from belfort.records.entity import get_many

    return [iri for one in get_many(connection, subjects).values() for iri in one.values(*predicates)]


def _atom(here: str, title: str, page: str, rows: list[store.Version]) -> BaseResponse:
    settings = current_app.config["SETTINGS"]
    base = settings.base_url
    entries = [atom.entry(base, x, path(x.class_iri, x.uuid), labels.class_label(x.class_iri)) for x in rows]
    head = atom.Head(f"{base}{here}", f"{title} · {settings.site_name}", f"{base}{page}", settings.site_name,
                     settings.licence)  # fmt: skip
    response = Response(atom.feed(head, entries), mimetype="application/atom+xml")
    response.headers["Cache-Control"] = "public, max-age=300"
    response.add_etag()
    return response.make_conditional(request)


def _json(body: object, cache: str) -> Response:
    import json

    response = Response(json.dumps(body, ensure_ascii=False), mimetype="application/vnd.api+json")
    response.headers["Cache-Control"] = cache
    return response
