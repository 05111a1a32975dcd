"""Dutch words for classes, predicates and codes, so that no page depends on the labels that a source gives them.

Labels of codes drift in the sources (publisher.md §2.4): the canonical ones stand in `shapes.codes`; any other concept
is called as the public data calls it. Sources: publisher.md §3, harvester.md §3.
"""

from belfort import rdf
from belfort.vocab import (
    ADMS,
    ADRES,
    BESLUIT,
    BESLUIT_TYPE,
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
from shapes import codes

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

BESTUUR_TYPES: dict[str, str] = {
    iri: one.label for iri, one in codes.concepts("BestuurseenheidClassificatieCode").items()
}
OCMW = codes.code("BestuurseenheidClassificatieCode", "02")
GEMEENTE = codes.code("BestuurseenheidClassificatieCode", "01")
PROVINCIE = codes.code("BestuurseenheidClassificatieCode", "00")
DISTRICT = codes.code("BestuurseenheidClassificatieCode", "03")

CONCEPTS: dict[str, str] = {
    **DOCUMENT_TYPES,
    **{iri: one.label for iri, one in codes.every().items()},
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


# The order in which people look for organs: who governs, then who watches them.
ORGAN_ORDER = (
    "College van burgemeester en schepenen", "Deputatie", "Districtscollege", "Gemeenteraad", "Provincieraad",
    "Districtsraad", "Vast bureau", "Raad voor maatschappelijk welzijn", "Bijzonder comité voor de sociale dienst",
)  # fmt: skip


def organ_place(label: str) -> int:
    """Where an organ stands in a list."""
    return next((place for place, start in enumerate(ORGAN_ORDER) if label.startswith(start)), len(ORGAN_ORDER))


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
