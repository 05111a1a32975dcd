"""Which of the statements about one subject are public: the distinct union, after the rules of who may say what.

Enters: the assertions about one subject, each with its origin. Leaves: the public lines and the origins that lost.
- A subject that a register speaks of is the register's; what pages say about it stays a claim (design §3).
- A publication is of one authority: the first that published its IRI keeps it for as long as it goes on publishing
  it; the others are conflicts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from belfort import rdf
from belfort.records.origin import Origin
from shapes import policy

# Since which ledger entry an origin has stated something about a subject without a break.
Since = Callable[[Origin, str], int]


@dataclass(frozen=True)
class Resolved:
    """The public lines of a subject, sorted, and the origins whose statements do not count."""

    lines: list[str]
    conflicts: list[Origin]


def resolve(subject: str, assertions: Sequence[tuple[Origin, str]], since: Since) -> Resolved:
    """The public lines of one subject; the order of the assertions does not matter."""
    if len(assertions) == 1:
        return Resolved(assertions[0][1].split("\n"), [])
    counting = list(assertions)
    registers = [pair for pair in counting if pair[0].kind == "register"]
    if registers and len(registers) < len(counting):
        counting = [pair for pair in counting if pair in registers or _is_owned(pair[1])]
    conflicts: list[Origin] = []
    claimants = [origin for origin, lines in counting if origin.kind == "page" and _is_owned(lines)]
    if len({origin.authority for origin in claimants}) > 1:
        first = min(claimants, key=lambda origin: (since(origin, subject), origin.id)).authority
        conflicts = [origin for origin in claimants if origin.authority != first]
        counting = [pair for pair in counting if pair[0] not in conflicts]
    union = {line for _, lines in counting for line in lines.split("\n")}
    return Resolved(sorted(union, key=str.encode), conflicts)


def _is_owned(lines: str) -> bool:
    """Whether the lines give the subject a class that one authority owns."""
    owned = policy.pages().owned
    start = f" {rdf.TYPE} <"
    return any(line[line.index(start) + len(start) : -3] in owned for line in lines.split("\n") if start in line[:4096])
