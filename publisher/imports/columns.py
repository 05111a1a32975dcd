"""The columns of the tables that a bestuur fills in, and the other names under which they are known.

The names of the exports of the reference systems (publisher.md §8, §11) are among them, so that what one of them
wrote can be read back.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Database = Literal["mandatarissen", "leidinggevenden"]


@dataclass(frozen=True)
class Column:
    """One column: its name, whether it must be filled in, what to write in it, an example, and its other names."""

    name: str
    required: bool
    says: str
    example: str = ""
    others: tuple[str, ...] = ()


_PERSON = (
    Column("voornaam", True, "gebruikte voornaam", "Noor", ("gebruikte voornaam",)),
    Column("achternaam", True, "familienaam", "Peeters", ("naam", "familienaam")),
    Column("roepnaam", False, "alleen als die anders is dan de voornaam"),
)
_KEYS = (
    Column("persoon", False, "IRI van de persoon, als die al een IRI heeft", "", ("person",)),
    Column("sleutel", False, "eigen kenmerk dat naamgenoten onderscheidt; geen rijksregisternummer"),
)
_TERM = (
    Column(
        "start", True, "eerste dag, dd/mm/jjjj of jjjj-mm-dd", "05/12/2024", ("startmandaat", "begin", "begindatum")
    ),
    Column("einde", False, "laatste dag; leeg als er geen is", "", ("eind", "eindemandaat", "einddatum")),
)

COLUMNS: dict[Database, tuple[Column, ...]] = {
    "mandatarissen": (
        *_PERSON,
        Column(
            "functie", True, "een van de publieke mandaten, of de IRI ervan", "Gemeenteraadslid",
            ("bestuursfunctielabel", "bestuursfunctie"),
        ),
        Column("orgaan", False, "naam of soort van het orgaan, als de functie er meer heeft", "",
               ("bestuursorgaanlabel", "bestuursorgaan")),
        Column("fractie", False, "naam of IRI van de fractie, of Onafhankelijk", "Lijst Voorbeeld", ("fractienaam",)),
        Column("rangorde", False, "zoals Eerste schepen"),
        Column("status", False, "Effectief, Waarnemend, Verhinderd of Titelvoerend", "Effectief", ("statuslabel",)),
        *_TERM,
        Column("beleidsdomeinen", False, "meer dan een met / ertussen", "",
               ("beleidsdomein", "beleidsdomeinlabel", "bevoegdheden")),
        Column("publicatiestatus", False, "Bekrachtigd, Niet bekrachtigd of Draft", "Bekrachtigd"),
        Column("mandaat", False, "IRI van het mandaat, als u die kent"),
        Column("mandataris", False, "IRI van de mandataris, als die er al een heeft"),
        *_KEYS,
    ),
    "leidinggevenden": (
        *_PERSON,
        Column(
            "functie", True, "zoals Algemeen directeur, of de IRI ervan", "Algemeen directeur",
            ("bestuursfunctielabel",),
        ),
        Column("status", False, "aangesteld of waarnemend", "aangesteld", ("statuslabel",)),
        *_TERM,
        Column("email", False, "algemeen adres van de functie", "algemeendirecteur@voorbeeld.be", ("e-mail", "mail")),
        Column("telefoon", False, "van de functie", "", ("tel",)),
        Column("adres", False, "straat, nummer, postcode en gemeente in één cel", "", ("contact_adres",)),
        Column("bestuursfunctie", False, "IRI van de bestuursfunctie, als u die kent"),
        Column("functionaris", False, "IRI van de functionaris, als die er al een heeft"),
        *_KEYS,
    ),
}  # fmt: skip


def folded(text: str) -> str:
    """Text without case, accents, punctuation and superfluous spaces: names that people take for the same."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", plain.lower()).strip()


def places(database: Database, header: Sequence[str]) -> tuple[dict[str, list[int]], list[str]]:
    """Column name → where it is in the header (a name may be there under several names); and the unknown headings."""
    names = {folded(one): column.name for column in COLUMNS[database] for one in (*column.others, column.name)}
    found: dict[str, list[int]] = {}
    unknown = []
    for number, heading in enumerate(header):
        name = names.get(folded(heading))
        if name is None:
            unknown.append(heading)
        elif folded(heading) == folded(name):
            found.setdefault(name, []).insert(0, number)
        else:
            found.setdefault(name, []).append(number)
    if "functie" not in found and "mandaat" in found:
        found["functie"] = found["mandaat"]  # some call the name of the function so, others the IRI of the post
    return found, [one for one in unknown if one.strip()]


def recognised(header: Sequence[str]) -> Database | None:
    """Of which database a header is: the one of which it has all required columns, and else none."""
    fits = [
        (len(found), database)
        for database in COLUMNS
        if all(c.name in (found := places(database, header)[0]) for c in COLUMNS[database] if c.required)
    ]
    if not fits:
        return None
    best = max(fits)
    tied = [database for number, database in fits if number == best[0]]
    return best[1] if len(tied) == 1 else None


def template(database: Database) -> str:
    """An empty table with one example, as a spreadsheet in Flanders opens it: a mark of UTF-8, semicolons, CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.name for column in COLUMNS[database]])
    writer.writerow([column.example for column in COLUMNS[database]])
    return "\ufeff" + out.getvalue()
