"""The leading functions of a bestuur on a day: filled, stood in for, vacant, or never reported."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from belfort.records.entity import Entity
from belfort.vocab import ORG
from frontend.site import labels
from frontend.site.queries.contact import Contact
from frontend.site.queries.tenures import Tenure, functie_label
from shapes import codes
from shapes.rules import expected
from shapes.rules.days import holds


@dataclass(frozen=True)
class Leader:
    """One leading function and someone who holds it (`tenure` is None when nobody does).

    `state` is how the function stands; `vacant_since` the last day that somebody held it; `required` says that the law
    wants someone there.
    """

    functie: str
    role: str
    state: expected.State
    tenure: Tenure | None
    since: date | None
    vacant_since: date | None
    required: bool
    contact: Contact | None


def leaders(
    posts: Iterable[Entity], known: Sequence[Tenure], kind: str, on: date, reach: Mapping[str, Contact]
) -> list[Leader]:
    """Every function that the bestuur has, or must have, in the usual order."""
    by_role: dict[str, list[Entity]] = {role: [] for role in expected.required(kind)}
    for post in posts:
        by_role.setdefault(codes.current(post.value(ORG.role)), []).append(post)
    found: list[Leader] = []
    for role, mine in by_role.items():
        required = role in expected.required(kind)
        held = [one for one in known if one.role == role]
        contact = next((reach[post.iri] for post in mine if post.iri in reach), None)
        label = functie_label(mine[0] if mine else None, role)
        versions = [one.version for one in held]
        state = expected.state(versions, on)
        now = [one for one in held if holds(expected.clip(one.first), one.last, on)]
        found += [
            Leader(label, role, state, one, expected.clip(one.first), None, required, reach.get(one.post, contact))
            for one in sorted(now, key=lambda one: (one.first or date.min, one.person.label))
        ]
        # An optional function that nobody ever held is no vacancy.
        if not now and (required or state == "vacant"):
            since = expected.vacant_since(versions, on)
            found.append(Leader(label, role, state, None, None, since, required, contact))
    return sorted(found, key=lambda one: (labels.functie_place(one.functie), one.functie, one.since or date.min))


def past_leaders(known: Iterable[Tenure], on: date) -> list[Tenure]:
    """Who led before that day, the last one first."""
    ended = [one for one in known if one.last and one.last < on]
    return sorted(ended, key=lambda one: (one.last or date.min, one.iri), reverse=True)
