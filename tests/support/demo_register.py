"""The registers of the demo as they stand after their last delta file, brought in without a harvest."""

from functools import cache

from belfort import rdf
from belfort.jobs import Context
from demo import statements
from demo.generate import generate
from demo.model import Bestuur, World
from tests.support.site_data import speak

SEED = 20261125
ORIGIN = "https://register.example/sync/demo"


@cache
def world() -> World:
    """The demo world of its usual seed."""
    return generate(SEED, 1)


def bestuur(naam_starts: str, place: int = 0) -> Bestuur:
    """The bestuur of the world whose name begins so; the first, or the one at that place among them."""
    return [one for one in world().besturen if one.naam.startswith(naam_starts)][place]


@cache
def lines() -> tuple[str, ...]:
    """What the three registers say in the end."""
    members, member_changes = statements.mandatarissen(world())
    leaders, leader_changes = statements.leidinggevenden(world())
    found = {*statements.organisations(world()), *members, *leaders}
    for change in (*member_changes, *leader_changes, *statements.contact_change(world())):
        found -= set(change.deletes)
        found |= set(change.inserts)
    return tuple(rdf.lines(found))


def fill(context: Context) -> None:
    """Bring them in by the real path: accepted, gated, merged."""
    speak(context, ORIGIN, "register", list(lines()), b"register of the demo")
