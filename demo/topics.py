"""Topics: the texts of decisions, with holes for streets, amounts, dates and names.

A text may use {bestuur} {plaats} {orgaan} {straat} {dwars} {school} {firma} {vereniging} {ander} {evenement} {dienst}
{vorig} {jaar} {volgend} {datum} {begin} {bedrag} {matig} {groot} {tarief} {procent} {aantal} {meter} {dossier}.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """One kind of decision: `organs` are the kinds of organ that take it, `type` is the uuid of a BesluitType."""

    organs: tuple[str, ...]
    type: str
    title: str
    summary: str
    reasons: tuple[str, ...]
    articles: tuple[str, ...]
    outcome: str = "Goedgekeurd"
    secret: bool = False
    public: bool = True


BELASTING = "efa4ec5a-b006-453f-985f-f986ebae11bc"
RETRIBUTIE = "ba5922c9-cfad-4b2e-b203-36479219ba56"
POLITIE = "e8afe7c5-9640-4db8-8f74-3f023bec3241"
TIJDELIJK = "256bd04a-b74b-4f2a-8f5d-14dda4765af9"
VERKEER = "4d8f678a-6fa4-4d5f-a2a1-80974e43bf34"
SUBSIDIE = "d7060f97-c417-474c-abc6-ef006cb61f41"
REGLEMENT = "67378dd0-5413-474b-8996-d992ef81637a"
HUISHOUDELIJK = "a8486fa3-6375-494d-aa48-e34289b87d5b"
GEBRUIK = "fb92601a-d189-4482-9922-ab0efc6bc935"
JAARREKENING = "e44c535d-4339-4d15-bdbf-d4be6046de2c"
MEERJARENPLAN = "f56c645d-b8e1-4066-813d-e213f5bc529f"
PERSONEEL = "4673d472-8dbc-4cea-b3ab-f92df3807eb3"
GEMEENTEWEG = "f1fd8f88-95b0-4085-b766-008b5867d992"
DEONTOLOGIE = "25deb453-ae3e-4d40-8027-36cdb48ab738"
AKTENEMING = "2ee9e3fa-88f0-40f8-a545-bb4cfef2b06d"
ADVIES = "79414af4-4f57-4ca3-aaa4-f8f1e015e71c"
ANDERE = "84121221-4217-40e3-ada2-cd1379b168e1"

OPENING = Topic(
    ("GR", "CBS", "RMW", "VB", "PR", "DEP", "RVB"), ANDERE,
    "Notulen van de vorige zitting. Goedkeuring",
    "De notulen van de vorige zitting worden goedgekeurd.",
    ("De ontwerpnotulen lagen ter inzage en er werden geen opmerkingen ingediend.",),
    ("De notulen van de vorige zitting worden goedgekeurd.",),
)  # fmt: skip

LEGAL = {
    "PR": "Gelet op het provinciedecreet van 9 december 2005, inzonderheid artikel 42;",
    "DEP": "Gelet op het provinciedecreet van 9 december 2005, inzonderheid artikel 57;",
    "GR": "Gelet op het decreet over het lokaal bestuur van 22 december 2017, inzonderheid artikel 40 en 41;",
    "CBS": "Gelet op het decreet over het lokaal bestuur van 22 december 2017, inzonderheid artikel 56;",
    "RMW": "Gelet op het decreet over het lokaal bestuur van 22 december 2017, inzonderheid artikel 77 en 78;",
    "VB": "Gelet op het decreet over het lokaal bestuur van 22 december 2017, inzonderheid artikel 84;",
    "RVB": "Gelet op het decreet over het lokaal bestuur van 22 december 2017, inzonderheid artikel 231 tot 244;",
}
