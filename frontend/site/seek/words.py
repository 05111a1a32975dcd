"""The text of a question in the units that a visitor can take away: a word, a phrase, what an operator binds. Pure.

Reads as `search.reading` does; where that reads words otherwise, a unit is only taken away in another place.
"""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["word", "phrase", "prefix", "either", "both", "without"]
_PIECE = re.compile(r'[-\u2212]?"[^"]*"|[^\s"]+|"')
_QUOTES = str.maketrans({"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"'})
_BINDS: dict[str, Kind] = {"OF": "either", "OR": "either", "EN": "both", "AND": "both"}
_NOT = frozenset({"NIET", "NOT"})
_NAMES: dict[Kind, str] = {
    "phrase": "exact", "prefix": "begint met", "either": "een van", "both": "beide", "without": "niet",
}  # fmt: skip


@dataclass(frozen=True)
class Unit:
    """A part of a question: its text as it was written, and what it asks."""

    text: str
    kind: Kind

    @property
    def label(self) -> str:
        """How it is called beside a question: `niet: parking`."""
        if self.kind == "without":
            said = re.sub(r"^(?:[-\u2212]|NIET\s+|NOT\s+)", "", self.text)
            return f"niet: {said.strip(chr(34))}"
        if self.kind in ("either", "both"):
            return re.sub(r"\s(?:OF|OR)\s", " of ", re.sub(r"\s(?:EN|AND)\s", " en ", self.text))
        name = _NAMES.get(self.kind, "")
        plain = self.text.strip('"').rstrip("*") if name else self.text
        return f"{name}: {plain}" if name else plain


def units(text: str) -> list[Unit]:
    """The units of a question, in order."""
    pieces = _PIECE.findall(text.translate(_QUOTES))
    found: list[Unit] = []
    bind: Kind | None = None
    operator = negated = ""
    for piece in pieces:
        if piece in _BINDS and found:
            bind, operator = _BINDS[piece], piece
        elif piece in _NOT:
            negated = piece
        elif piece in _BINDS or piece in ('"', '""'):
            continue
        elif bind and not negated and not piece.startswith(("-", "\u2212")):
            found[-1] = Unit(f"{found[-1].text} {operator} {piece}", bind)
            bind = None
        else:
            found.append(_unit(piece, negated))
            bind, negated = None, ""
    return found


def _unit(piece: str, negated: str) -> Unit:
    if negated:
        return Unit(f"{negated} {piece}", "without")
    if len(piece) > 1 and piece[0] in "-\u2212":
        return Unit(piece, "without")
    if piece.startswith('"'):
        return Unit(piece, "phrase")
    return Unit(piece, "prefix" if len(piece) > 2 and piece.endswith("*") else "word")


def joined(parts: list[Unit]) -> str:
    """The question of these units."""
    return " ".join(part.text for part in parts)


def without(parts: list[Unit], place: int) -> str:
    """The question without the unit at that place."""
    return joined(parts[:place] + parts[place + 1 :])
