"""The terms that the vocabularies of decisions really have; any other name in their namespaces is an invention.

Sources: https://data.vlaanderen.be/ns/besluit, https://data.vlaanderen.be/ns/mandaat and
http://data.europa.eu/eli/ontology; and what the application profile adds.
"""

from belfort.vocab import BESLUIT, ELI, MANDAAT

_BESLUIT = (
    "Agendapunt Artikel BehandelingVanAgendapunt Besluit Bestuurseenheid Bestuursorgaan Stemming Vergaderactiviteit "
    "Zitting Rechtsgrond RechtsgrondBesluit RechtsgrondArtikel Onderwerp AgendapuntType "
    "Agendapunt.type aanleiding aangebrachtNa aantalOnthouders aantalTegenstanders aantalVoorstanders achtergrond "
    "behandelt bestuurt bekrachtigtAanstellingVan bekrachtigtOntslagVan besluit bevatPlaats citeeropschrift "
    "classificatie geeftAanleidingTot gebeurtNa geheim geplandeStart geplandEinde geplandOpenbaar gevolg "
    "heeftAanwezige heeftAanwezigeBijStart heeftAfwezige heeftAfwezigeBijStart heeftAgenda heeftAgendapunt "
    "heeftBesluitenlijst heeftBijlage heeftLid heeftNotulen heeftOnthouder heeftOntwerpbesluit heeftSecretaris "
    "heeftStemmer heeftStemming heeftTegenstander heeftUittreksel heeftVoorstander heeftVoorzitter "
    "heeftZittingsverslag isAgendaVoor isGehoudenDoor motivering onderwerp openbaar orgaan sluiting "
    "steltAangesteldeAan stemming type volgtOp werkingsgebied heeftContactpunt"
)
_MANDAAT = (
    "Fractie Kandidatenlijst Lijsttype Mandaat Mandataris RechtstreekseVerkiezing Verkiezingsresultaat Beleidsdomein "
    "aantalHouders aantalNaamstemmen aantalStemmen beleidsdomein bindingEinde bindingStart datumBeeindiging "
    "datumVerkiezing gevolg heeftVerkiezingsresultaat einde isBestuurlijkeAliasVan isKandidaatVoor "
    "isOnderdeelVanKandidatenlijst isResultaatVan isTijdelijkVervangenDoor isTijdspecialisatieVan lijstnaam "
    "lijstnummer lijsttype rangorde resulterendeZetel start status steltSamen uitslag datumEedaflegging "
    "datumMinisterieelBesluit datumVan isResultaatVoor plaatsRangorde heeftKandidaat"
)
_ELI = (
    "AdministrativeArea ComplexWork Expression Format InForce LegalExpression LegalResource LegalResourceSubdivision "
    "LegalValue Manifestation ResourceType SubdivisionType Version Work Language "
    "amended_by amends applied_by applies based_on basis_for changed_by changes cited_by cited_by_case_law "
    "cited_by_case_law_reference cites commenced_by commences consolidated_by consolidates corrected_by corrects "
    "countersigned_by date_applicability date_document date_no_longer_in_force date_publication description "
    "embodies ensures_implementation_of exemplifies first_date_entry_in_force format has_annex has_another_publication "
    "has_derivative has_member has_part has_translation id_local implemented_by implements in_force in_force_date "
    "information_for_is is_about is_annex_of is_another_publication_of is_derivative_of is_embodied_by "
    "is_exemplified_by is_exemplar_of is_member_of is_part_of is_realized_by is_translation_of jurisdiction language "
    "legal_value license licence media_type number parent_of passed_by published published_in "
    "published_in_format publisher publisher_agent publishes realizes related_to relevant_for repealed_by repeals "
    "responsibility_of responsibility_of_agent rights rightsholder rightsholder_agent title title_alternative "
    "title_short transposed_by transposes type_document type_subdivision uri_schema version version_date "
    "rights_holder work_type is_member_part_of cited_by_decision is_another_version_of has_another_version"
)
_KNOWN = {
    f"<{namespace}": frozenset(f"<{namespace}{name}>" for name in names.split())
    for namespace, names in ((str(BESLUIT), _BESLUIT), (str(MANDAAT), _MANDAAT), (str(ELI), _ELI))
}
_NAMESPACES = tuple(_KNOWN)


def is_unknown(term: str) -> bool:
    """Whether the IRI is in one of these namespaces, which has no such term."""
    return term.startswith(_NAMESPACES) and any(
        term.startswith(namespace) and term not in terms for namespace, terms in _KNOWN.items()
    )


def has(term: str) -> bool:
    """Whether the IRI is a term of one of these vocabularies."""
    return any(term in terms for terms in _KNOWN.values())


_PREDICATES = {
    term.lower(): term
    for namespace, terms in _KNOWN.items()
    for term in terms
    if term[len(namespace)].islower() or "." in term[len(namespace) :]
}
_CLASSES = {
    term.lower(): term
    for namespace, terms in _KNOWN.items()
    for term in terms
    if term[len(namespace)].isupper() and "." not in term[len(namespace) :]
}


def predicate_like(term: str) -> str | None:
    """The predicate that the IRI is but for its capitals, if it is none itself."""
    return None if not term.startswith(_NAMESPACES) or has(term) else _PREDICATES.get(term.lower())


def class_like(term: str) -> str | None:
    """The class that the IRI is but for its capitals."""
    found = _CLASSES.get(term.lower()) if term.startswith(_NAMESPACES) else None
    return None if found == term else found
