"""The documents that every search engine is tried with: some hundreds made by hand, some thousands made up.

Those made by hand stand in `tests/conformance/search/corpus/*.txt`, a line each, parts divided by bars:

    name | kind | bestuur/orgaan | day | title | text | more

What is left out at the end is empty. `kind` is a letter of `KINDS`; without `bestuur` it is Zuienkerke. `¶` divides
paragraphs, `{woord ×100}` is that word a hundred times. `more` are `filter=value` pairs and `begins=`, `ends=` (days)
and `joins=` (names of agendapunten). Each document has its file as `bron`, so a question can be put to the documents of
one file alone.
"""

import random
import re
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from search.document import Document, Joined, Keyword

FOLDER = Path(__file__).parents[1] / "conformance/search/corpus"
KINDS = {
    "b": ("besluiten", "Besluit"), "a": ("agendapunten", "Agendapunt"), "z": ("zittingen", "Zitting"),
    "d": ("documenten", "Document"), "p": ("personen", "Persoon"), "m": ("mandatarissen", "Mandataris"),
    "o": ("organen", "Bestuursorgaan"), "e": ("besturen", "Bestuur"), "f": ("functionarissen", "Functionaris"),
}  # fmt: skip
BESTUREN = {
    "zuien": ("Gemeente Zuienkerke", "west"),
    "leeuw": ("Gemeente Sint-Pieters-Leeuw", "brabant"),
    "niklaas": ("Stad Sint-Niklaas", "oost"),
    "heist": ("Gemeente Heist-op-den-Berg", "antwerpen"),
    "voeren": ("Gemeente Voeren", "limburg"),
    "genk": ("Stad Genk", "limburg"),
    "ocmw": ("OCMW Zuienkerke", "west"),
    "geen": ("", ""),
}
PROVINCIES = {
    "west": "West-Vlaanderen", "oost": "Oost-Vlaanderen", "brabant": "Vlaams-Brabant", "antwerpen": "Antwerpen",
    "limburg": "Limburg",
}  # fmt: skip
ORGANEN = {
    "gr": "Gemeenteraad",
    "cbs": "College van burgemeester en schepenen",
    "rmw": "Raad voor maatschappelijk welzijn",
    "vb": "Vast bureau",
}
_REPEATED = re.compile(r"\{([^{}]+) ×(\d+)\}")
PLAIN = frozenset({"type", "thema", "bron", "status"})
"""Filters whose values are words, not IRIs."""


def iri(name: str) -> str:
    """The IRI of a document by its name."""
    return f"https://besluiten.example/id/{name}"


def name(of: str) -> str:
    """The name of a document by its IRI."""
    return of.removeprefix("https://besluiten.example/id/")


def value(of: str, slug: str) -> str:
    """The value of a filter by its short name."""
    return slug if of in PLAIN else f"https://{of}.example/id/{slug}"


def slug(of: str) -> str:
    """The short name of a value of a filter."""
    return of.rpartition("/")[2]


def parse(line: str, source: str = "") -> Document:
    """The document of a line."""
    repeated = _REPEATED.sub(lambda found: " ".join([found[1]] * int(found[2])), line)
    parts = [part.strip() for part in repeated.split("|")]
    own, kind, where, day, title, text, more = (*parts, *[""] * (7 - len(parts)))
    plural, label = KINDS[kind]
    bestuur, _, orgaan = where.partition("/")
    bestuur = bestuur or "zuien"
    bestuur_label, provincie = BESTUREN[bestuur]
    pairs = [pair.partition("=")[::2] for pair in more.split()]
    special = {key: val for key, val in pairs if key in {"begins", "ends", "joins"}}
    found = [Keyword("type", plural, label)]
    if bestuur_label:
        found.append(Keyword("bestuur", value("bestuur", bestuur), bestuur_label))
        found.append(Keyword("provincie", value("provincie", provincie), PROVINCIES[provincie]))
    if orgaan:
        found.append(Keyword("orgaan", value("orgaan", f"{bestuur}-{orgaan}"), f"{ORGANEN[orgaan]} {bestuur_label}"))
        found.append(Keyword("orgaantype", value("orgaantype", orgaan), ORGANEN[orgaan]))
    found += [Keyword(key, value(key, val), val.capitalize()) for key, val in pairs if key not in special]
    if source:
        found.append(Keyword("bron", source, source.capitalize()))
    joins = tuple(
        Joined(iri(one), str(uuid5(NAMESPACE_URL, one)), title) for one in special.get("joins", "").split(",") if one
    )
    return Document(
        iri=iri(own), uuid=str(uuid5(NAMESPACE_URL, iri(own))), plural=plural, type=label, title=title,
        text=text.replace("¶", "\n\n"), date=day, orgaan=value("orgaan", f"{bestuur}-{orgaan}") if orgaan else "",
        besturen=((value("bestuur", bestuur), bestuur_label),) if bestuur_label else (),
        orgaan_label=ORGANEN[orgaan] if orgaan else "", keywords=tuple(found),
        begins=special.get("begins", ""), ends=special.get("ends", ""), joined=joins,
        embeds=frozenset({iri(own), *(one.iri for one in joins), value("bestuur", bestuur)}),
    )  # fmt: skip


@cache
def by_hand() -> tuple[Document, ...]:
    """The documents made by hand, in the order of their files."""
    return tuple(
        parse(line, path.stem)
        for path in sorted(FOLDER.glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    )


MADE_UP = 3000
DAYS = 700
ORIGIN = date(2000, 1, 1)
"""Made-up document `n` is of day `n % DAYS` after this, of bestuur `n % 7`, of thema `n % 3`, named `s<n>`."""
SYLLABLES = ("ka", "lo", "mi", "ru", "te", "vo", "zu", "pi")


def word(number: int) -> str:
    """A made-up word of four syllables that no Dutch text has, another for each number below 4096."""
    return "x" + "".join(SYLLABLES[(number >> shift) & 7] for shift in (9, 6, 3, 0))


@cache
def made_up() -> tuple[Document, ...]:
    """Documents of made-up words: document `n` has `word(n % 50)` in its title, `word(100 + n % 11)` in its text."""
    chance = random.Random(12)
    return tuple(_made_up(number, chance) for number in range(MADE_UP))


def _made_up(number: int, chance: random.Random) -> Document:
    text = [word(300 + chance.randrange(900)) for _ in range(20)]
    text.insert(chance.randrange(20), word(100 + number % 11))
    bestuur, thema = f"s{number % 7}", f"t{number % 3}"
    day = (ORIGIN + timedelta(days=number % DAYS)).isoformat()
    return Document(
        iri=iri(f"s{number}"), uuid=str(uuid5(NAMESPACE_URL, f"s{number}")), plural="besluiten", type="Besluit",
        title=f"{word(number % 50)} {word(200 + chance.randrange(90))}", text=" ".join(text), date=day,
        besturen=((value("bestuur", bestuur), f"Bestuur {bestuur.upper()}"),),
        keywords=(
            Keyword("type", "besluiten", "Besluit"), Keyword("bestuur", value("bestuur", bestuur), bestuur),
            Keyword("thema", thema, thema), Keyword("bron", "made-up", "Made up"),
        ),
    )  # fmt: skip


def everything() -> list[Document]:
    """All documents, made by hand and made up."""
    return [*by_hand(), *made_up()]


def by_tie(names: str) -> str:
    """The names in the order of documents of one day: by the first 40 bits of the SHA-256 of the IRI, larger first."""
    return " ".join(sorted(names.split(), key=lambda one: sha256(iri(one).encode()).digest()[:5], reverse=True))
