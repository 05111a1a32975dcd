"""Canaries: private values that nobody has, each planted at one place, and the search for them in bytes.

A number is valid but of somebody born after 2080; other values are words that occur nowhere else.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Literal
from urllib.parse import quote

Kind = Literal["number", "birth", "email", "phone", "street", "name", "note", "id", "iri"]


def number(place: int) -> str:
    """The eleven digits of a rijksregisternummer of nobody: born from 2080 on, one for each place."""
    born = f"{80 + place % 19:02d}{1 + place % 12:02d}{1 + place % 28:02d}"
    body = f"{born}{1 + place % 997:03d}"
    return f"{body}{97 - int('2' + body) % 97:02d}"


def dotted(digits: str) -> str:
    """A number as people write it."""
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}-{digits[6:9]}.{digits[9:]}"


def _script(zero: int) -> Callable[[str], str]:
    return lambda n: dotted(n).translate({48 + digit: zero + digit for digit in range(10)})


SPELLINGS: dict[str, Callable[[str], str]] = {
    "dotted": dotted,
    "compact": str,
    "spaces": lambda n: f"{n[:2]} {n[2:4]} {n[4:6]} {n[6:9]} {n[9:]}",
    "dashes": lambda n: f"{n[:6]}-{n[6:9]}-{n[9:]}",
    "slashes": lambda n: f"{n[:2]}/{n[2:4]}/{n[4:6]}/{n[6:9]}/{n[9:]}",
    "two groups": lambda n: f"{n[:6]} {n[6:]}",
    "apart": " ".join,
    "pairs": lambda n: " ".join(n[i : i + 2] for i in range(0, 11, 2)),
    "no-break": lambda n: f"{n[:6]}\u00a0{n[6:9]}\u202f{n[9:]}",
    "en dash": lambda n: dotted(n).replace("-", "–"),
    "zero width": "\u200b".join,
    "soft hyphens": "\u00ad".join,
    "full width": _script(0xFF10),
    "Arabic-Indic": _script(0x660),
    "mathematical": _script(0x1D7CE),
    "percent": lambda n: "".join(f"%{ord(d):02X}" for d in n),
    "double percent": lambda n: "".join(f"%25{ord(d):02X}" for d in n),
    "entities": lambda n: "".join(f"&#{ord(d)};" for d in n),
    "nested entities": lambda n: "".join(f"&amp;#{ord(d)};" for d in n),
    "escapes": lambda n: "".join(f"\\u{ord(d):04x}" for d in n),
    "markup": lambda n: f"<b>{n[:6]}</b>-<i>{n[6:9]}</i>.{n[9:]}",
    "base64": lambda n: b64encode(n.encode()).decode(),
    "hexadecimal": lambda n: n.encode().hex(),
    "glued": lambda n: f"rrn{n}x",
    "in a name": lambda n: f"attest_{n}.pdf",
}
# Only a value as a whole is read so.
EXPONENT: Callable[[str], str] = lambda n: f"{n[0]}.{n[1:]}E10"  # noqa: E731 - a spelling like the others
IN_IRIS = ("compact", "dotted", "dashes", "slashes", "percent", "double percent", "base64", "hexadecimal", "glued",
           "in a name", "Arabic-Indic")  # fmt: skip


@dataclass(frozen=True)
class Canary:
    """One planted value: what it is, where it was planted, and what may stand nowhere."""

    kind: Kind
    where: str
    needles: tuple[bytes, ...]


@dataclass
class Canaries:
    """Everything planted, and the search for it."""

    planted: list[Canary] = field(default_factory=list)

    def number(self, where: str, spelling: str = "compact") -> str:
        """A number for that place, as it is to be written there."""
        digits = number(len(self.planted) + 1)
        written = EXPONENT(digits) if spelling == "exponent" else SPELLINGS[spelling](digits)
        self._add("number", where, {digits, dotted(digits), written, *_codes(digits), *_codes(written)})
        return written

    def birth(self, where: str) -> str:
        """A birth date of the years before 1940."""
        place = len(self.planted)
        year, month, day = 1840 + place % 100, 1 + place % 12, 1 + place // 100 % 28
        self._add("birth", where, {f"{year}-{month:02d}-{day:02d}", f"{day:02d}/{month:02d}/{year}"})
        return f"{year}-{month:02d}-{day:02d}"

    def word(self, kind: Kind, where: str) -> str:
        """A private e-mail address, telephone, street, name, note, number abroad or piece of an IRI."""
        place = len(self.planted)
        forms = {
            "email": f"prive{place:03d}q@geheim.example", "phone": f"0471 83 {place // 100:02d} {place % 100:02d}",
            "street": f"Geheimstraat{place:03d}q",
            "name": f"Zwijgemans{place:03d}q", "note": f"geheimwoord{place:03d}q",
            "id": f"NIN{place:03d}QX", "iri": f"verborgen-{place:03d}q",
        }  # fmt: skip
        text = forms[kind]
        self._add(kind, where, {text, text.replace(" ", ""), *_codes(text)})
        return text

    def _add(self, kind: Kind, where: str, needles: Iterable[str]) -> None:
        found = {n.encode("utf-8", "replace") for n in needles if len(n) >= 8}
        self.planted.append(Canary(kind, where, tuple(sorted(found))))

    def leaks(self, place: str, content: bytes) -> list[str]:
        """Each canary that stands in these bytes, with where it came in."""
        return [
            f"{one.kind} planted in {one.where} stands in {place}"
            for one in self.planted
            if any(needle in content for needle in one.needles)
        ]


def _codes(text: str) -> set[str]:
    return {
        quote(text, safe=""), escape(text), json.dumps(text)[1:-1], b64encode(text.encode()).decode().rstrip("="),
        text.encode().hex(),
    }  # fmt: skip
