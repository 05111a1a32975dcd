"""Dutch words for classes, predicates and codes, so that no page depends on the labels that a source gives them.

Labels of codes drift in the sources (publisher.md §2.4), so the codes that matter have their canonical label here;
any other concept is called as the public data calls it. Sources: publisher.md §3, harvester.md §3.
"""

from belfort import rdf
from belfort.vocab import (
    ADMS,
    ADRES,
    BESLUIT,
    BESLUIT_TYPE,
    CONCEPT,
    DATA,
    DCT,
    DOCUMENT_TYPES,
    ELI,
    EXT,
    FOAF,
    GENERIEK,
    LBLOD_BESLUIT,
    LEIDINGGEVENDEN,
    LMB,
    LOCN,
    MANDAAT,
    MU,
    ORG,
    OWL,
    PERSON,
    PERSOON,
    PROV,
    RDF,
    RDFS,
    REGORG,
    SCHEMA,
    SKOS,
)  # fmt: skip

CLASSES: dict[str, str] = {
    BESLUIT.Bestuurseenheid: "Bestuur", BESLUIT.Bestuursorgaan: "Bestuursorgaan",
    LEIDINGGEVENDEN.Functionaris: "Leidinggevende", LEIDINGGEVENDEN.Bestuursfunctie: "Leidinggevende functie",
    MANDAAT.Mandataris: "Mandataris", MANDAAT.Mandaat: "Mandaat", MANDAAT.Fractie: "Fractie",
    PERSON.Person: "Persoon", BESLUIT.Besluit: "Besluit", BESLUIT.Zitting: "Zitting",
    BESLUIT.BehandelingVanAgendapunt: "Behandeling van een agendapunt", BESLUIT.Agendapunt: "Agendapunt",
    BESLUIT.Stemming: "Stemming", BESLUIT.Artikel: "Artikel", FOAF.Document: "Document",
    ORG.Membership: "Lidmaatschap", SCHEMA.ContactPoint: "Contactpunt", LOCN.Address: "Adres",
    SKOS.Concept: "Begrip", SKOS.ConceptScheme: "Codelijst", PROV.Location: "Plaats",
    ADMS.Identifier: "Identificator", GENERIEK.GestructureerdeIdentificator: "Gestructureerde identificator",
    EXT.BeleidsdomeinCode: "Beleidsdomein", ELI.LegalResource: "Rechtsbron", ELI.LegalExpression: "Rechtstekst",
    ELI.LegalResourceSubdivision: "Onderdeel van een rechtsbron",
}  # fmt: skip

PLURAL_TITLES: dict[str, str] = {
    "besturen": "Besturen", "organen": "Bestuursorganen", "functionarissen": "Leidinggevenden",
    "bestuursfuncties": "Leidinggevende functies", "mandatarissen": "Mandatarissen", "mandaten": "Mandaten",
    "fracties": "Fracties", "personen": "Personen", "besluiten": "Besluiten", "zittingen": "Zittingen",
    "behandelingen": "Behandelingen", "agendapunten": "Agendapunten", "stemmingen": "Stemmingen",
    "artikels": "Artikels", "documenten": "Documenten", "lidmaatschappen": "Lidmaatschappen",
    "contactpunten": "Contactpunten", "adressen": "Adressen", "concepten": "Begrippen", "dingen": "Dingen",
}  # fmt: skip

PREDICATES: dict[str, str] = {
    RDF.type: "Soort", RDFS.label: "Naam", SKOS.prefLabel: "Naam", SKOS.altLabel: "Ook genoemd",
    SKOS.notation: "Code", SKOS.inScheme: "Codelijst", SKOS.topConceptOf: "Codelijst", SKOS.scopeNote: "Toelichting",
    MU.uuid: "Kenmerk", DCT.title: "Titel", DCT.description: "Beschrijving", DCT.subject: "Onderwerp",
    DCT.modified: "Gewijzigd", DCT.issued: "Uitgegeven", DCT.type: "Type", DCT.isPartOf: "Deel van",
    ELI.title: "Titel", ELI.title_short: "Korte titel", ELI.description: "Beschrijving", ELI.number: "Nummer",
    ELI.date_publication: "Gepubliceerd op", ELI.first_date_entry_in_force: "Geldig vanaf",
    ELI.date_no_longer_in_force: "Geldig tot", ELI.passed_by: "Genomen door", ELI.has_part: "Bestaat uit",
    ELI.is_part_of: "Deel van", ELI.cites: "Verwijst naar", ELI.language: "Taal", ELI.realizes: "Tekst van",
    ELI.type_document: "Type", PROV.value: "Tekst", PROV.generated: "Besluit",
    PROV.wasGeneratedBy: "Genomen bij", PROV.wasDerivedFrom: "Bron", PROV.startedAtTime: "Begonnen",
    PROV.endedAtTime: "Geëindigd", PROV.atLocation: "Plaats",
    BESLUIT.geplandeStart: "Gepland", BESLUIT.isGehoudenDoor: "Gehouden door", BESLUIT.behandelt: "Behandelt",
    BESLUIT.heeftAgenda: "Agenda", BESLUIT.heeftBesluitenlijst: "Besluitenlijst", BESLUIT.heeftNotulen: "Notulen",
    BESLUIT.heeftUittreksel: "Uittreksel", BESLUIT.heeftAanwezigeBijStart: "Aanwezig bij het begin",
    BESLUIT.heeftAanwezige: "Aanwezig", BESLUIT.heeftVoorzitter: "Voorzitter",
    BESLUIT.heeftSecretaris: "Secretaris", BESLUIT.heeftStemming: "Stemming", BESLUIT.heeftStemmer: "Stemde",
    BESLUIT.heeftVoorstander: "Stemde voor", BESLUIT.heeftTegenstander: "Stemde tegen",
    BESLUIT.heeftOnthouder: "Onthield zich", BESLUIT.aantalVoorstanders: "Aantal voor",
    BESLUIT.aantalTegenstanders: "Aantal tegen", BESLUIT.aantalOnthouders: "Aantal onthoudingen",
    BESLUIT.geheim: "Geheim", BESLUIT.onderwerp: "Onderwerp", BESLUIT.gevolg: "Gevolg",
    BESLUIT.openbaar: "Openbaar", BESLUIT.geplandOpenbaar: "Gepland als openbaar",
    BESLUIT.aangebrachtNa: "Op de agenda na", BESLUIT.gebeurtNa: "Behandeld na", BESLUIT.motivering: "Motivering",
    BESLUIT["Agendapunt.type"]: "Type agendapunt", BESLUIT.bestuurt: "Bestuurt",
    BESLUIT.classificatie: "Classificatie", BESLUIT.werkingsgebied: "Werkingsgebied",
    ORG.classification: "Classificatie", ORG.role: "Functie", ORG.holds: "Bekleedt", ORG.hasPost: "Mandaten",
    ORG.hasMembership: "Lidmaatschap", ORG.organisation: "Fractie", ORG.memberOf: "Lid van",
    ORG.linkedTo: "Verbonden met", MANDAAT.start: "Sinds", MANDAAT.einde: "Tot en met",
    MANDAAT.status: "Status", MANDAAT.rangorde: "Rangorde", MANDAAT.beleidsdomein: "Bevoegdheid",
    MANDAAT.isBestuurlijkeAliasVan: "Persoon", MANDAAT.isTijdspecialisatieVan: "Bestuursperiode van",
    MANDAAT.isTijdelijkVervangenDoor: "Tijdelijk vervangen door", MANDAAT.bindingStart: "Periode vanaf",
    MANDAAT.bindingEinde: "Periode tot en met", MANDAAT.aantalHouders: "Aantal houders",
    GENERIEK.isTijdspecialisatieVan: "Bestuursperiode van", LEIDINGGEVENDEN.heeftBestuursfunctie: "Functie",
    LMB.hasPublicationStatus: "Bekrachtiging", LMB.heeftBestuursperiode: "Bestuursperiode",
    LBLOD_BESLUIT.linkToPublication: "Publicatie", SCHEMA.contactPoint: "Contact", SCHEMA.email: "E-mail",
    SCHEMA.telephone: "Telefoon", SCHEMA.faxNumber: "Fax", SCHEMA.url: "Website", FOAF.page: "Website",
    FOAF.name: "Naam", FOAF.familyName: "Familienaam", FOAF.givenName: "Voornaam",
    PERSOON.gebruikteVoornaam: "Voornaam", LOCN.address: "Adres", LOCN.fullAddress: "Volledig adres",
    LOCN.thoroughfare: "Straat", LOCN.postCode: "Postcode", LOCN.addressArea: "Gemeente",
    LOCN.adminUnit1: "Land", LOCN.adminUnit2: "Provincie", ADRES.gemeentenaam: "Gemeente", ADRES.land: "Land",
    ADRES["Adresvoorstelling.huisnummer"]: "Huisnummer", ADRES["Adresvoorstelling.busnummer"]: "Busnummer",
    ADRES.verwijstNaar: "Adressenregister", REGORG.legalName: "Naam", REGORG.orgStatus: "Status",
    ADMS.identifier: "Identificator", OWL.sameAs: "Hetzelfde als", EXT.isFractietype: "Type",
    EXT.werkingsgebiedNiveau: "Niveau", GENERIEK.lokaleIdentificator: "Nummer",
    GENERIEK.gestructureerdeIdentificator: "Nummer",
}  # fmt: skip

_SHORT = "5ab0e9b8a3b2ca7c5e0000"

BESTUUR_TYPES: dict[str, str] = {
    CONCEPT[f"BestuurseenheidClassificatieCode/{code}"]: label
    for code, label in {
        f"{_SHORT}00": "Provincie", f"{_SHORT}01": "Gemeente", f"{_SHORT}02": "OCMW", f"{_SHORT}03": "District",
        f"{_SHORT}04": "Intercommunale", "36a82ba0-7ff1-4697-a9dd-2e94df73b721": "Autonoom gemeentebedrijf",
        "80310756-ce0a-4a1b-9b8e-7c01b6cc7a2d": "Autonoom provinciebedrijf",
        "cc4e2d67-603b-4784-9b61-e50bac1ec089": "OCMW-vereniging",
        "e8294b73-87c9-4fa2-9441-1937350763c9": "Welzijnsvereniging",
        "d01bb1f6-2439-4e33-9c25-1fc295de2e71": "Dienstverlenende vereniging",
        "cd93f147-3ece-4308-acab-5c5ada3ec63d": "Opdrachthoudende vereniging",
        "d46b2acb-4763-4532-9aff-fdede39e9520": "Opdrachthoudende vereniging met private deelname",
        "b156b67f-c5f4-4584-9b30-4c090be02fdc": "Projectvereniging",
        "a3922c6d-425b-474f-9a02-ffb71a436bfc": "Politiezone",
        "ea446861-2c51-45fa-afd3-4e4a37b71562": "Hulpverleningszone",
        "d312c541-a263-4004-bca2-63eb991458c3": "Polder", "293e5f58-9544-496e-88e0-734a137f6ebc": "Watering",
        "66ec74fd-8cfc-4e16-99c6-350b35012e86": "Bestuur van de eredienst",
        "f9cac08a-13c1-49da-9bcb-f650b0604054": "Centraal bestuur van de eredienst",
        "a30f5e3f-7e6a-4352-a9da-57ea46a5e98d": "Samenwerkingsverband zonder rechtspersoonlijkheid",
        "0657f97f-3ad2-4f72-a61c-abb10c206249": "Samenwerkingsverband zonder rechtspersoonlijkheid",
        "3a2649ef-7345-4d3a-8709-f89fc9b44f58": "Interlokale vereniging",
        "b2133b86-24f0-44f0-9d10-5b4c7f944a9d": "Vervoerregioraad",
    }.items()
}  # fmt: skip
OCMW = CONCEPT[f"BestuurseenheidClassificatieCode/{_SHORT}02"]
GEMEENTE = CONCEPT[f"BestuurseenheidClassificatieCode/{_SHORT}01"]

_ORGANEN = {
    f"{_SHORT}05": "Gemeenteraad", f"{_SHORT}06": "College van burgemeester en schepenen",
    f"{_SHORT}07": "Raad voor maatschappelijk welzijn", f"{_SHORT}08": "Vast bureau",
    f"{_SHORT}09": "Bijzonder comité voor de sociale dienst", f"{_SHORT}0a": "Districtsraad",
    f"{_SHORT}0b": "Districtscollege", f"{_SHORT}0c": "Provincieraad", f"{_SHORT}0d": "Deputatie",
    "4955bd72cd0e4eb895fdbfab08da0284": "Burgemeester", "9314533e-891f-4d84-a492-0338af104065": "Districtsburgemeester",
    "180a2fba-6ca9-4766-9b94-82006bb9c709": "Gouverneur",
    "53c0d8cd-f3a2-411d-bece-4bd83ae2bbc9": "Voorzitter van het bijzonder comité voor de sociale dienst",
    "4c38734d-2cc1-4d33-b792-0bd493ae9fc2": "Voorzitter van de gemeenteraad",
    "e14fe683-e061-44a2-b7c8-e10cab4e6ed9": "Voorzitter van de raad voor maatschappelijk welzijn",
    "1afce932-53c1-46d8-8aab-90dcc331e67d": "Politieraad", "a9e30e31-0cd2-4f4a-9352-545c5d43be83": "Zoneraad",
    "013cc838-173a-4657-b1ae-b00c048df943": "Raad van bestuur",
    "0dbc70ec-6be9-4997-b8e1-11b6c0542382": "Bevoegd beslissingsorgaan",
    "17e76b36-64a1-4db1-8927-def3064b4bf1": "Regionaal bestuurscomité",
    "5733254e-73ff-4844-8d43-7afb7ec726e8": "Directiecomité",
    "b52094ff-21a2-4da8-8dbe-f513365d1528": "Algemene vergadering",
    "39854196-f214-4688-87a1-d6ad12baa2fa": "Algemeen directeur",
    "11f0af9e-016c-4e0b-983a-d8bc73804abc": "Adjunct-algemeen directeur",
    "62644b9c-4514-41dd-a660-4c35257f2b35": "Financieel directeur",
    "ed40469e-3b6f-4f38-99ba-18912ee352b0": "Adjunct-financieel directeur",
    "5ab19107-82d2-4273-a986-3da86fda050d": "Griffier",
    "3e9f22c1-0d35-445b-8a37-494addedf2d8": "Financieel beheerder",
    "41caf7e6-b040-4720-9cc2-a96cfffed5b4": "Leidend ambtenaar",
}  # fmt: skip
_FUNCTIES = {
    "39e08271-68db-4282-897f-5cba88c71862": "Algemeen directeur",
    "f7b4e17b-6f4e-48e7-a558-bce61669f59a": "Adjunct-algemeen directeur",
    "6d4cf4dd-2080-4752-8733-d02a036b2df0": "Financieel directeur",
    "3200ffc1-bb72-4235-a81c-64aa578b0789": "Adjunct-financieel directeur",
    "63195ec6-02cb-4f86-ac8e-29c5183a11dc": "Griffier",
    "b213c870-c762-4e39-9f78-3abdeda4b64a": "Financieel beheerder",
    "855489b9-b584-4f34-90b2-39aea808cd9f": "Leidend ambtenaar",
    "a34e11da-4e4e-43be-936e-b05ce0f992ac": "Leidend ambtenaar",
    "789f263f-f789-4628-a541-b14fd9d38278": "Gemeentesecretaris",
    "b6eaf1d4-d9b4-409d-a137-af801cf96c67": "OCMW-secretaris",
    "1c9ea819-f7c3-4ff6-9e2c-8f83ada5794a": "Financieel beheerder van het OCMW",
    "932a0598-8f05-480e-abda-229365e99610": "Algemeen directeur-coördinator",
    "d7c00cd1-baf1-4346-83c0-6796c0bedd84": "Financieel directeur-coördinator",
    f"{_SHORT}11": "Gemeenteraadslid", f"{_SHORT}12": "Voorzitter van de gemeenteraad",
    f"{_SHORT}13": "Burgemeester", f"{_SHORT}14": "Schepen",
    f"{_SHORT}15": "Lid van de raad voor maatschappelijk welzijn",
    f"{_SHORT}16": "Voorzitter van de raad voor maatschappelijk welzijn",
    f"{_SHORT}17": "Lid van het vast bureau", f"{_SHORT}18": "Voorzitter van het vast bureau",
    f"{_SHORT}19": "Lid van het bijzonder comité voor de sociale dienst",
    f"{_SHORT}1a": "Voorzitter van het bijzonder comité voor de sociale dienst",
    f"{_SHORT}1b": "Districtsraadslid", f"{_SHORT}1c": "Voorzitter van de districtsraad",
    f"{_SHORT}1d": "Districtsburgemeester", f"{_SHORT}1e": "Districtsschepen",
    f"{_SHORT}1f": "Provincieraadslid", f"{_SHORT}20": "Gedeputeerde",
    f"{_SHORT}22": "Lid van het districtscollege", f"{_SHORT}23": "OCMW-ondervoorzitter",
    f"{_SHORT}26": "Voorzitter van het districtscollege", f"{_SHORT}27": "Voorzitter van de provincieraad",
    "59a90e03-4f22-4bb9-8c91-132618db4b38": "Toegevoegde schepen",
    "7b038cc40bba10bec833ecfe6f15bc7a": "Aangewezen burgemeester",
    "d7c00cd1-baf1-4346-83c0-6796c0bedd85": "Gouverneur",
}  # fmt: skip

CONCEPTS: dict[str, str] = {
    **BESTUUR_TYPES,
    **DOCUMENT_TYPES,
    **{CONCEPT[f"BestuursorgaanClassificatieCode/{code}"]: label for code, label in _ORGANEN.items()},
    **{CONCEPT[f"BestuursfunctieCode/{code}"]: label for code, label in _FUNCTIES.items()},
    CONCEPT["functionarisStatusCode/45b4b155-d22a-4eaf-be3a-97022c6b7fcd"]: "Aangesteld",
    CONCEPT["functionarisStatusCode/188fc9c0-dae7-43b2-b2b3-6122c1594479"]: "Waarnemend",
    CONCEPT["MandatarisStatusCode/21063a5b-912c-4241-841c-cc7fb3c73e75"]: "Effectief",
    CONCEPT["MandatarisStatusCode/c301248f-0199-45ca-b3e5-4c596731d5fe"]: "Verhinderd",
    CONCEPT["MandatarisStatusCode/e1ca6edd-55e1-4288-92a5-53f4cf71946a"]: "Waarnemend",
    CONCEPT["MandatarisStatusCode/aacb3fed-b51d-4e0b-a411-f3fa641da1b3"]: "Titelvoerend",
    DATA["concept/MandatarisPublicationStatusCode/d3b12468-3720-4cb0-95b4-6aa2996ab188"]: "Niet bekrachtigd",
    DATA["concept/MandatarisPublicationStatusCode/9d8fd14d-95d0-4f5e-b3a5-a56a126227b6"]: "Bekrachtigd",
    CONCEPT["Fractietype/Onafhankelijk"]: "Onafhankelijk",
    CONCEPT["Fractietype/Samenwerkingsverband"]: "Samenwerkingsverband",
    BESLUIT_TYPE["67378dd0-5413-474b-8996-d992ef81637a"]: "Reglementen en verordeningen",
    BESLUIT_TYPE["e8afe7c5-9640-4db8-8f74-3f023bec3241"]: "Politiereglement",
    BESLUIT_TYPE["ba5922c9-cfad-4b2e-b203-36479219ba56"]: "Retributiereglement",
    BESLUIT_TYPE["efa4ec5a-b006-453f-985f-f986ebae11bc"]: "Belastingreglement",
    BESLUIT_TYPE["84121221-4217-40e3-ada2-cd1379b168e1"]: "Andere",
    BESLUIT_TYPE["e96ec8af-6480-4b32-876a-fefe5f0a3793"]: "Andere",
}

# The order in which people expect functions in a list.
FUNCTIE_ORDER: dict[str, int] = {
    label: place
    for place, label in enumerate(
        ("Gouverneur", "Burgemeester", "Aangewezen burgemeester", "Districtsburgemeester", "Voorzitter", "Schepen",
         "Toegevoegde schepen", "Gedeputeerde", "Districtsschepen", "Algemeen directeur", "Adjunct-algemeen directeur",
         "Griffier", "Financieel directeur", "Adjunct-financieel directeur", "Financieel beheerder",
         "Leidend ambtenaar")
    )
}  # fmt: skip


def functie_place(label: str) -> int:
    """Where a function stands in a list: heads first, then members."""
    if label.startswith("Voorzitter"):
        label = "Voorzitter"
    return FUNCTIE_ORDER.get(label, len(FUNCTIE_ORDER))


_FIRST = (
    "", "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende", "elfde",
    "twaalfde", "dertiende", "veertiende", "vijftiende", "zestiende", "zeventiende", "achttiende", "negentiende",
    "twintigste",
)  # fmt: skip
_UNITS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_TENS = ("twintigste", "dertigste", "veertigste", "vijftigste")


def _ordinals() -> dict[str, int]:
    found = {word: number for number, word in enumerate(_FIRST) if word}
    for tens, word in enumerate(_TENS, 2):
        found[word] = 10 * tens
        for unit, start in enumerate(_UNITS, 1):
            found[f"{start}{'ën' if start.endswith(('ee', 'ie')) else 'en'}{word}"] = 10 * tens + unit
    return found


ORDINALS = _ordinals()


def rank(rangorde: str) -> int:
    """The number in `Eerste schepen` or `Eenentwintigste gemeenteraadslid`; a large one when there is none."""
    return ORDINALS.get(rangorde.lower().partition(" ")[0], 1000)


def class_label(iri: str) -> str:
    """What a class is called."""
    return CLASSES.get(iri) or CONCEPTS.get(iri) or rdf.curie(iri)


def predicate_label(iri: str) -> str:
    """What a predicate is called."""
    return PREDICATES.get(iri) or rdf.curie(iri)
