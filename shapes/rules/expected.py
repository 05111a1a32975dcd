"""Who must appear: the leading functions of each type of bestuur, and how a function stands on a day. Pure.

Sources: publisher.md §10.1 (DLB art. 122, 160, 276, 329, 400, 481, 500, 549; Provinciedecreet 72bis, 187bis).
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from shapes import codes
from shapes.rules.days import FIRST_DAY, holds
from shapes.rules.history import Version

# vervuld: someone is appointed; waarnemend: someone stands in; vacant: someone was; niet gemeld: nobody ever was.
State = Literal["vervuld", "waarnemend", "vacant", "niet gemeld"]

_AD, _ADJUNCT_AD, _FD, _ADJUNCT_FD, _GRIFFIER, _BEHEERDER, _LEIDEND = codes.leading_functions()
WAARNEMEND = codes.code("FunctionarisStatusCode", "188fc9c0-dae7-43b2-b2b3-6122c1594479")
BURGEMEESTER = codes.code("BestuursfunctieCode", "13")


def _unit(notation: str) -> str:
    return codes.code("BestuurseenheidClassificatieCode", notation)


GEMEENTE, OCMW, PROVINCIE, DISTRICT = _unit("01"), _unit("02"), _unit("00"), _unit("03")
# Types whose only leading function is that of leidend ambtenaar.
_AGENCIES = tuple(
    map(
        _unit,
        (
            "36a82ba0-7ff1-4697-a9dd-2e94df73b721",  # AGB
            "80310756-ce0a-4a1b-9b8e-7c01b6cc7a2d",  # APB
            "04",  # intercommunale
            "d01bb1f6-2439-4e33-9c25-1fc295de2e71",  # dienstverlenende vereniging
            "cd93f147-3ece-4308-acab-5c5ada3ec63d",  # opdrachthoudende vereniging
            "d46b2acb-4763-4532-9aff-fdede39e9520",  # the same, with private partners
            "b156b67f-c5f4-4584-9b30-4c090be02fdc",  # projectvereniging
            "cc4e2d67-603b-4784-9b61-e50bac1ec089",  # OCMW-vereniging
            "e8294b73-87c9-4fa2-9441-1937350763c9",  # welzijnsvereniging
        ),
    )
)
# Type of bestuur → functions that it must have. An OCMW has none of its own: it shares those of its gemeente.
REQUIRED: dict[str, tuple[str, ...]] = {
    GEMEENTE: (_AD, _FD),
    PROVINCIE: (_GRIFFIER, _BEHEERDER),
    OCMW: (),
    DISTRICT: (),
    **dict.fromkeys(_AGENCIES, (_LEIDEND,)),
}
# Functions that it may have; nobody misses them.
OPTIONAL: dict[str, tuple[str, ...]] = {GEMEENTE: (_ADJUNCT_AD, _ADJUNCT_FD)}


def required(kind: str) -> tuple[str, ...]:
    """The functions that a bestuur of that type must have; nothing is asked of a type that is not known."""
    return REQUIRED.get(kind, ())


def allowed(kind: str) -> tuple[str, ...] | None:
    """The functions that a bestuur of that type may have; None when the type is not known."""
    return (*REQUIRED[kind], *OPTIONAL.get(kind, ())) if kind in REQUIRED else None


def must_appear(functie: str) -> tuple[str, ...]:
    """The types of bestuur that must have that function or mandate filled, by one person."""
    if functie == BURGEMEESTER:
        return (GEMEENTE,)
    return tuple(kind for kind, functies in REQUIRED.items() if functie in functies)


def state(versions: Sequence[Version], on: date) -> State:
    """How a function stands on that day, by all versions of its holders; `facts["status"]` is the IRI of the status."""
    now = [one for one in versions if holds(clip(one.first), one.last, on)]
    if any(one.facts.get("status") != WAARNEMEND for one in now):
        return "vervuld"
    if now:
        return "waarnemend"
    return "vacant" if any(one.last and one.last < on for one in versions) else "niet gemeld"


def vacant_since(versions: Sequence[Version], on: date) -> date | None:
    """The last day that somebody held the function, before that day."""
    return max((one.last for one in versions if one.last and one.last < on), default=None)


def clip(first: date | None) -> date | None:
    """A start of a leading official as the databank knows it: never before it began."""
    return max(first, FIRST_DAY) if first else None
