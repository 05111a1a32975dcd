"""Terms of the standard, and what pages write in their place: Q2, Q13, Q15."""

from belfort import rdf
from belfort.rdf import TYPE, Triple
from belfort.vocab import BESLUIT, DCT, DOCUMENT_TYPES, ELI, FOAF, MANDAAT, ORG, PROV
from harvester.rdfa import iri
from harvester.repairs.page import Page

IRI_VALUED = frozenset(
    f"<{name}>"
    for name in (
        BESLUIT.aangebrachtNa, BESLUIT.behandelt, BESLUIT.gebeurtNa, BESLUIT.isGehoudenDoor, BESLUIT.heeftStemming,
        BESLUIT.heeftAgenda, BESLUIT.heeftBesluitenlijst, BESLUIT.heeftNotulen, BESLUIT.heeftUittreksel,
        BESLUIT.heeftAanwezige, BESLUIT.heeftAanwezigeBijStart, BESLUIT.heeftAfwezige, BESLUIT.heeftVoorzitter,
        BESLUIT.heeftSecretaris, BESLUIT.heeftStemmer, BESLUIT.heeftVoorstander, BESLUIT.heeftTegenstander,
        BESLUIT.heeftOnthouder, BESLUIT.bestuurt, BESLUIT.werkingsgebied, BESLUIT["Agendapunt.type"],
        BESLUIT.heeftOntwerpbesluit, MANDAAT.isTijdspecialisatieVan, MANDAAT.isBestuurlijkeAliasVan,
        ELI.passed_by, ELI.has_part, ELI.is_part_of, ELI.realizes, ELI.cites, ELI.language, ELI.related_to,
        ELI.type_document, PROV.generated, PROV.wasGeneratedBy, PROV.wasDerivedFrom, ORG.holds, ORG.role,
        ORG.classification,
    )
)  # fmt: skip

# The class of the object of a property.
CLASS_OF = {
    f"<{name}>": f"<{cls}>"
    for cls, names in {
        BESLUIT.Agendapunt: (BESLUIT.behandelt, BESLUIT.aangebrachtNa, DCT.subject),
        BESLUIT.BehandelingVanAgendapunt: (BESLUIT.gebeurtNa, PROV.wasGeneratedBy),
        BESLUIT.Stemming: (BESLUIT.heeftStemming,),
        BESLUIT.Besluit: (PROV.generated,),
        BESLUIT.Artikel: (ELI.has_part,),
        BESLUIT.Bestuursorgaan: (BESLUIT.isGehoudenDoor, ELI.passed_by, MANDAAT.isTijdspecialisatieVan),
        BESLUIT.Bestuurseenheid: (BESLUIT.bestuurt,),
        MANDAAT.Mandataris: (
            BESLUIT.heeftAanwezige, BESLUIT.heeftAanwezigeBijStart, BESLUIT.heeftVoorzitter, BESLUIT.heeftSecretaris,
            BESLUIT.heeftStemmer, BESLUIT.heeftVoorstander, BESLUIT.heeftTegenstander, BESLUIT.heeftOnthouder,
        ),
        FOAF.Document: (
            BESLUIT.heeftAgenda, BESLUIT.heeftBesluitenlijst, BESLUIT.heeftNotulen, BESLUIT.heeftUittreksel
        ),
    }.items()
    for name in names
}  # fmt: skip

# What pages write → the term of the standard that says it; the original stays beside it.
_PREDICATES = {
    f"<{wrong}>": f"<{right}>"
    for wrong, right in {
        BESLUIT.citeeropschrift: ELI.title_short,
        BESLUIT.heeftOnthouders: BESLUIT.heeftOnthouder,
        BESLUIT.heeftVoorstanders: BESLUIT.heeftVoorstander,
        BESLUIT.heeftTegenstanders: BESLUIT.heeftTegenstander,
        BESLUIT.heeftStemmers: BESLUIT.heeftStemmer,
        BESLUIT.heeftAanwezigen: BESLUIT.heeftAanwezige,
        BESLUIT.heeftAfwezigen: BESLUIT.heeftAfwezige,
        BESLUIT.heeftStemmingen: BESLUIT.heeftStemming,
        ELI.juridischkader: BESLUIT.motivering,
        ELI.juridisch_kader: BESLUIT.motivering,
        ELI.date_entry_in_force: ELI.first_date_entry_in_force,
    }.items()
}
_KNOWN_CLASSES = (
    BESLUIT.Zitting, BESLUIT.Agendapunt, BESLUIT.BehandelingVanAgendapunt, BESLUIT.Stemming, BESLUIT.Besluit,
    BESLUIT.Artikel, BESLUIT.Bestuursorgaan, BESLUIT.Bestuurseenheid, MANDAAT.Mandataris, FOAF.Document,
)  # fmt: skip
_CLASSES = {f"<{name.lower()}>": f"<{name}>" for name in _KNOWN_CLASSES}
# The list of document types that some pages use instead.
OTHER_LIST = ("<http://data.lblod.info/id/document-types/", "<https://data.lblod.info/id/document-types/")
_BY_LABEL = {label.casefold(): iri for iri, label in DOCUMENT_TYPES.items()}
_TYPED = (TYPE, f"<{DCT.type}>")


def standard_term(triple: Triple, _page: Page) -> list[Triple] | None:
    """The triple, and the same with the term of the standard."""
    s, p, o = triple
    if p == TYPE:
        known = _CLASSES.get(o)
        return [triple, (s, p, known)] if known else None
    known = _PREDICATES.get(p)
    return [triple, (s, known, o)] if known else None


def document_type(triple: Triple, _page: Page | None = None) -> list[Triple] | None:
    """A document type of the other code list, and the one of BesluitDocumentType that has its name."""
    s, p, o = triple
    if p not in _TYPED or not o.startswith(OTHER_LIST):
        return None
    known = _BY_LABEL.get(o[:-1].rpartition("/")[2].replace("-", " ").replace("_", " ").casefold())
    return [triple, (s, p, f"<{known}>")] if known else None


def iri_in_text(triple: Triple, _page: Page) -> list[Triple] | None:
    """The IRI that a text is, beside a property whose value is an IRI."""
    s, p, o = triple
    if p not in IRI_VALUED or o[0] != '"':
        return None
    text = rdf.value(o).strip()
    return [(s, p, f"<{text}>")] if text.startswith(("http://", "https://")) and iri.is_valid(text) else None
