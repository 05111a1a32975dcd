"""The codes that the register of the demo uses; their IRIs and labels are those of `shapes.codes`."""

from shapes import codes


def unit(code: str) -> str:
    """The IRI of a BestuurseenheidClassificatieCode."""
    return codes.code("BestuurseenheidClassificatieCode", code)


def organ(code: str) -> str:
    """The IRI of a BestuursorgaanClassificatieCode."""
    return codes.code("BestuursorgaanClassificatieCode", code)


def role(code: str) -> str:
    """The IRI of a BestuursfunctieCode."""
    return codes.code("BestuursfunctieCode", code)


def _labels(make: str, *wanted: str) -> dict[str, str]:
    known = codes.concepts(make)
    return {one: known[codes.code(make, one)].label for one in wanted}


GEMEENTE, OCMW, PROVINCIE, DISTRICT = "01", "02", "00", "03"
AGB = "36a82ba0-7ff1-4697-a9dd-2e94df73b721"
UNITS = _labels("BestuurseenheidClassificatieCode", GEMEENTE, OCMW, PROVINCIE, DISTRICT, AGB)

BURGEMEESTER = "4955bd72cd0e4eb895fdbfab08da0284"
RAAD_VAN_BESTUUR = "013cc838-173a-4657-b1ae-b00c048df943"
# Director organ → the function that belongs to it, in the order of the list.
DIRECTORS = {
    codes.every()[related].notation: one.notation
    for one in codes.concepts("BestuursfunctieCode").values()
    for related in one.related
}
ORGANS = _labels(
    "BestuursorgaanClassificatieCode",
    "05", "06", "07", "08", "09", "0a", "0b", "0c", "0d", BURGEMEESTER, RAAD_VAN_BESTUUR, *DIRECTORS,
)  # fmt: skip
ROLES = _labels(
    "BestuursfunctieCode",
    "11", "12", "13", "14", "15", "16", "17", "18", "19", "1a", "1b", "1c", "1d", "1e", "1f", "20", "27",
    *DIRECTORS.values(),
)  # fmt: skip

AANGESTELD = codes.code("FunctionarisStatusCode", "45b4b155-d22a-4eaf-be3a-97022c6b7fcd")
WAARNEMEND_FUNCTIONARIS = codes.code("FunctionarisStatusCode", "188fc9c0-dae7-43b2-b2b3-6122c1594479")
EFFECTIEF = codes.code("MandatarisStatusCode", "21063a5b-912c-4241-841c-cc7fb3c73e75")
VERHINDERD = codes.code("MandatarisStatusCode", "c301248f-0199-45ca-b3e5-4c596731d5fe")
WAARNEMEND = codes.code("MandatarisStatusCode", "e1ca6edd-55e1-4288-92a5-53f4cf71946a")
TITELVOEREND = codes.code("MandatarisStatusCode", "aacb3fed-b51d-4e0b-a411-f3fa641da1b3")
STATUSES = {
    one: codes.every()[one].label
    for one in (AANGESTELD, WAARNEMEND_FUNCTIONARIS, EFFECTIEF, VERHINDERD, WAARNEMEND, TITELVOEREND)
}

DRAFT = codes.code("MandatarisPublicationStatusCode", "588ce330-4abb-4448-9776-a17d9305df07")
NIET_BEKRACHTIGD = codes.code("MandatarisPublicationStatusCode", "d3b12468-3720-4cb0-95b4-6aa2996ab188")
BEKRACHTIGD = codes.code("MandatarisPublicationStatusCode", "9d8fd14d-95d0-4f5e-b3a5-a56a126227b6")

ONAFHANKELIJK = codes.code("Fractietype", "Onafhankelijk")
SAMENWERKINGSVERBAND = codes.code("Fractietype", "Samenwerkingsverband")

_DOMAINS = (
    "28", "29", "37", "3b", "40", "44", "45", "4d", "54", "57", "59", "5a", "60", "72", "76", "78", "81", "88", "8c",
    "8f", "91", "99", "9b", "9d", "a0", "a2", "aa", "ab", "b2", "b4",
)  # fmt: skip
DOMAINS = {
    iri: codes.every()[iri].label
    for iri in (codes.code("BeleidsdomeinCode", f"5ab10d3a4c934f28dc0000{one}") for one in _DOMAINS)
}
