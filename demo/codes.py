"""The code lists that the register of the demo uses: code → IRI and label. Source: publisher.md §3."""

from belfort.vocab import CONCEPT, DATA

_SHORT = "5ab0e9b8a3b2ca7c5e0000"


def _full(code: str) -> str:
    return _SHORT + code if len(code) == 2 else code


def unit(code: str) -> str:
    """The IRI of a BestuurseenheidClassificatieCode."""
    return CONCEPT[f"BestuurseenheidClassificatieCode/{_full(code)}"]


def organ(code: str) -> str:
    """The IRI of a BestuursorgaanClassificatieCode."""
    return CONCEPT[f"BestuursorgaanClassificatieCode/{_full(code)}"]


def role(code: str) -> str:
    """The IRI of a BestuursfunctieCode."""
    return CONCEPT[f"BestuursfunctieCode/{_full(code)}"]


GEMEENTE, OCMW, PROVINCIE = "01", "02", "00"
AGB = "36a82ba0-7ff1-4697-a9dd-2e94df73b721"
UNITS = {GEMEENTE: "Gemeente", OCMW: "OCMW", PROVINCIE: "Provincie", AGB: "Autonoom gemeentebedrijf"}

ORGANS = {
    "05": "Gemeenteraad",
    "06": "College van Burgemeester en Schepenen",
    "07": "Raad voor Maatschappelijk Welzijn",
    "08": "Vast Bureau",
    "0c": "Provincieraad",
    "0d": "Deputatie",
    "4955bd72cd0e4eb895fdbfab08da0284": "Burgemeester",
    "013cc838-173a-4657-b1ae-b00c048df943": "Raad van bestuur",
    "39854196-f214-4688-87a1-d6ad12baa2fa": "Algemeen directeur",
    "11f0af9e-016c-4e0b-983a-d8bc73804abc": "Adjunct-algemeen directeur",
    "62644b9c-4514-41dd-a660-4c35257f2b35": "Financieel directeur",
    "ed40469e-3b6f-4f38-99ba-18912ee352b0": "Adjunct-financieel directeur",
    "5ab19107-82d2-4273-a986-3da86fda050d": "Griffier",
    "3e9f22c1-0d35-445b-8a37-494addedf2d8": "Financieel beheerder",
    "41caf7e6-b040-4720-9cc2-a96cfffed5b4": "Leidend ambtenaar",
}

ROLES = {
    "11": "Gemeenteraadslid",
    "12": "Voorzitter van de gemeenteraad",
    "13": "Burgemeester",
    "14": "Schepen",
    "15": "Lid van de Raad voor Maatschappelijk Welzijn",
    "16": "Voorzitter van de Raad voor Maatschappelijk Welzijn",
    "17": "Lid van het Vast Bureau",
    "18": "Voorzitter van het Vast Bureau",
    "1f": "Provincieraadslid",
    "20": "Gedeputeerde",
    "27": "Voorzitter van de provincieraad",
    "39e08271-68db-4282-897f-5cba88c71862": "Algemeen directeur",
    "f7b4e17b-6f4e-48e7-a558-bce61669f59a": "Adjunct-algemeen directeur",
    "6d4cf4dd-2080-4752-8733-d02a036b2df0": "Financieel directeur",
    "3200ffc1-bb72-4235-a81c-64aa578b0789": "Adjunct-financieel directeur",
    "63195ec6-02cb-4f86-ac8e-29c5183a11dc": "Griffier",
    "b213c870-c762-4e39-9f78-3abdeda4b64a": "Financieel beheerder",
    "855489b9-b584-4f34-90b2-39aea808cd9f": "Leidend ambtenaar",
}

# The function that belongs to a director organ has the same label in the other list.
DIRECTORS = {
    organ_code: role_code
    for organ_code, label in ORGANS.items()
    for role_code, other in ROLES.items()
    if label == other and label != "Burgemeester"
}

AANGESTELD = CONCEPT["functionarisStatusCode/45b4b155-d22a-4eaf-be3a-97022c6b7fcd"]
WAARNEMEND_FUNCTIONARIS = CONCEPT["functionarisStatusCode/188fc9c0-dae7-43b2-b2b3-6122c1594479"]
EFFECTIEF = CONCEPT["MandatarisStatusCode/21063a5b-912c-4241-841c-cc7fb3c73e75"]
VERHINDERD = CONCEPT["MandatarisStatusCode/c301248f-0199-45ca-b3e5-4c596731d5fe"]
WAARNEMEND = CONCEPT["MandatarisStatusCode/e1ca6edd-55e1-4288-92a5-53f4cf71946a"]
STATUSES = {
    AANGESTELD: "aangesteld",
    WAARNEMEND_FUNCTIONARIS: "waarnemend",
    EFFECTIEF: "Effectief",
    VERHINDERD: "Verhinderd",
    WAARNEMEND: "Waarnemend",
}

DRAFT = DATA["concept/MandatarisPublicationStatusCode/588ce330-4abb-4448-9776-a17d9305df07"]
NIET_BEKRACHTIGD = DATA["concept/MandatarisPublicationStatusCode/d3b12468-3720-4cb0-95b4-6aa2996ab188"]
BEKRACHTIGD = DATA["concept/MandatarisPublicationStatusCode/9d8fd14d-95d0-4f5e-b3a5-a56a126227b6"]

ONAFHANKELIJK = CONCEPT["Fractietype/Onafhankelijk"]
SAMENWERKINGSVERBAND = CONCEPT["Fractietype/Samenwerkingsverband"]

_DOMAINS = {
    "28": "Afvalbeleid", "29": "Algemeen beleid", "37": "Burgerlijke Stand", "3b": "Communicatie", "40": "Cultuur",
    "44": "Dierenwelzijn", "45": "Digitalisering", "4d": "Economie", "54": "Erfgoed", "57": "Evenementen",
    "59": "Fietsbeleid", "5a": "Financiën", "60": "Groenbeleid", "72": "Jeugd", "76": "Kinderopvang",
    "78": "Landbouw", "81": "Mobiliteit", "88": "Onderwijs", "8c": "Openbare Werken", "8f": "Patrimonium",
    "91": "Personeel", "99": "Riolering", "9b": "Ruimtelijke ordening", "9d": "Senioren", "a0": "Sociale zaken",
    "a2": "Sport", "aa": "Toerisme", "ab": "Veiligheid", "b2": "Welzijn", "b4": "Wonen",
}  # fmt: skip
DOMAINS = {CONCEPT[f"BeleidsdomeinCode/5ab10d3a4c934f28dc0000{code}"]: label for code, label in _DOMAINS.items()}
