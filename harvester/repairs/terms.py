"""Terms of the standard, and what pages write in their place: Q2, Q13, Q15."""

import re

from belfort import rdf
from belfort.rdf import TYPE, Triple
from belfort.vocab import BESLUIT, DCT, DOCUMENT_TYPES, ELI, FOAF, MANDAAT, ORG, PROV
from harvester.rdfa import iri
from harvester.repairs import known, tokens
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

# What says that a document is one of a zitting.
HAS_DOCUMENT = frozenset(
    f"<{name}>"
    for name in (BESLUIT.heeftAgenda, BESLUIT.heeftBesluitenlijst, BESLUIT.heeftNotulen, BESLUIT.heeftUittreksel)
)

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
_INVENTED = {
    f"<{wrong}>".lower(): f"<{right}>"
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
_DOCUMENT = f"<{FOAF.Document}>"


class _Mistaken:
    """The predicates of triples that may have another term in the place of one of the standard."""

    def __contains__(self, predicate: object) -> bool:
        return predicate == TYPE or _meant(str(predicate)) is not None


def _meant(predicate: str) -> str | None:
    return _INVENTED.get(predicate.lower()) or known.predicate_like(predicate)


MISTAKEN = _Mistaken()
# The list of document types that some pages use instead.
OTHER_LIST = ("<http://data.lblod.info/id/document-types/", "<https://data.lblod.info/id/document-types/")
_BY_LABEL = {label.casefold(): iri for iri, label in DOCUMENT_TYPES.items()}
TYPED = frozenset({TYPE, f"<{DCT.type}>"})


def standard_term(triple: Triple, _page: Page) -> list[Triple] | None:
    """The triple, and the same with the term of the standard: an invention has one, a term with wrong capitals too."""
    s, p, o = triple
    if p != TYPE:
        meant = _meant(p)
        return [triple, (s, meant, o)] if meant else None
    cls = _DOCUMENT if o != _DOCUMENT and o.lower() == _DOCUMENT.lower() else known.class_like(o)
    return [triple, (s, p, cls)] if cls else None


def document_type(triple: Triple, _page: Page | None = None) -> list[Triple] | None:
    """A document type of the other code list, and the one of BesluitDocumentType that has its name."""
    s, p, o = triple
    if p not in TYPED or not o.startswith(OTHER_LIST):
        return None
    type_iri = _BY_LABEL.get(o[:-1].rpartition("/")[2].replace("-", " ").replace("_", " ").casefold())
    return [triple, (s, p, f"<{type_iri}>")] if type_iri else None


_REFERENCE = re.compile(r"(?:https?://|urn:[a-z0-9]|/|#)\S+", re.IGNORECASE)


def iri_in_text(triple: Triple, page: Page) -> list[Triple] | None:
    """The IRI that a text is, beside a property whose value is an IRI; a relative one is one of the page."""
    s, p, o = triple
    if p not in IRI_VALUED or o[0] != '"':
        return None
    text = rdf.value(o).strip()
    for better in (tokens.from_the_root, tokens.with_scheme):
        text = better(text, page) or text
    if not _REFERENCE.fullmatch(text):
        return None
    target = iri.resolve(iri.split(page.base or page.address), text) if text[0] in "/#" else text
    return [(s, p, f"<{target}>")] if iri.is_valid(target) else None
