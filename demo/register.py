"""Register: besturen, mandatarissen and leidinggevenden as three feeds of delta files, with private values planted.

The listing of a feed is a file (`sync/<feed>/files.json`), so are the deltas (`files/<id>.json`); `server` answers
`GET /sync/<feed>/files?since=` and `GET /files/<id>/download` from them. Source: publisher.md §6.1.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from belfort import rdf
from demo import statements, statements_private
from demo.canaries import Canary, planted
from demo.deltas import Change, DeltaFile, files
from demo.model import World

__all__ = ["FEEDS", "Canary", "Feed", "delta_files", "planted", "write_feeds"]


@dataclass(frozen=True)
class Feed:
    """A delta feed: the slug and label of its source, and where it is on the demo server."""

    slug: str
    label: str
    path: str


FEEDS = (
    Feed("organisaties", "Organisatieregister (demo)", "/sync/organisaties"),
    Feed("mandatarissen", "Mandatarissen (demo)", "/sync/mandatarissen"),
    Feed("leidinggevenden", "Leidinggevenden (demo)", "/sync/leidinggevenden"),
)


def delta_files(world: World) -> dict[str, list[DeltaFile]]:
    """The files of each feed, oldest first.

    First comes everything as it was on 1 January 2026, with the types of some subjects after their properties; then
    a file for each later change.
    """
    early = statements.organisations(world)
    members, member_changes = statements.mandatarissen(world)
    leaders, leader_changes = statements.leidinggevenden(world)
    return {
        "organisaties": files(world.seed, "organisaties", [_bulk(early), statements.contact_change(world)]),
        "mandatarissen": files(
            world.seed, "mandatarissen",
            [_bulk(members), statements_private.mandatarissen(world), *([change] for change in member_changes)],
        ),
        "leidinggevenden": files(
            world.seed, "leidinggevenden",
            [_bulk(leaders), statements_private.leidinggevenden(world), *([change] for change in leader_changes)],
        ),
    }  # fmt: skip


def _bulk(triples: Iterable[rdf.Triple]) -> list[Change]:
    """All triples as one insertion: of every third subject the type comes at the very end."""
    known = list(dict.fromkeys(triples))
    late = set(list(dict.fromkeys(s for s, _, _ in known))[::3])
    before = [t for t in known if not (t[1] == rdf.TYPE and t[0] in late)]
    after = [t for t in known if t[1] == rdf.TYPE and t[0] in late]
    return [Change(inserts=tuple(before)), Change(inserts=tuple(after))]


def write_feeds(world: World, folder: Path) -> None:
    """Write the listings and the delta files under the folder."""
    (folder / "files").mkdir(parents=True, exist_ok=True)
    for feed, found in delta_files(world).items():
        data = [
            {"type": "files", "id": one.id, "attributes": {"name": one.name, "created": one.created}} for one in found
        ]
        listing = folder / "sync" / feed / "files.json"
        listing.parent.mkdir(parents=True, exist_ok=True)
        listing.write_text(json.dumps({"data": data}, indent=1), "utf-8", newline="\n")
        for one in found:
            (folder / "files" / f"{one.id}.json").write_text(one.body, "utf-8", newline="\n")
