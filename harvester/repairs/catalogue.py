"""Every repair, in the order in which they are tried (the quirk numbers are those of the quirk catalogue)."""

from harvester.repairs import completion, datatypes, elements, iris, prefixes, terms, texts, tokens, whole
from harvester.repairs.rule import PLAIN, TYPED, Rule

CATALOGUE: tuple[Rule, ...] = (
    Rule(
        "q5-typographic-quotes",
        "token",
        "Typographic quotes around an attribute's tokens are no part of them.",
        tokens.unquoted,
        ordinary=tokens.ORDINARY,
    ),
    Rule(
        "q9-spaces",
        "token",
        "In an address spaces and what else no IRI may have are encoded (`%20`), line breaks nothing, and invisible "
        "characters and brackets around it no part of it.",
        tokens.encoded,
        ordinary=tokens.ORDINARY,
    ),
    Rule(
        "q1-null-root",
        "token",
        "`null/…` and `undefined/…` are paths from the root of the site: a template had no root to write.",
        tokens.from_the_root,
        ordinary=tokens.ORDINARY,
    ),
    Rule(
        "q3-missing-scheme",
        "token",
        "An IRI that begins with the host of the page, or with a host that the page has elsewhere after `https://`, "
        "gets its scheme; `https//`, `https:/` and `http://https://` are one whole scheme.",
        tokens.with_scheme,
        ordinary=tokens.ORDINARY,
    ),
    Rule(
        "q6-default-prefixes",
        "prefix",
        "A prefix that the page forgot to declare, or lost by a broken tag, has the namespace OSLO gives it.",
        prefixes.namespace,
    ),
    Rule(
        "q2-iri-in-content",
        "element",
        "An IRI in `@content` of a property whose value is an IRI is meant as `@resource`; beside one it is only read.",
        element=elements.iri_in_content,
        watches={"content": elements.IRI.match},
    ),
    Rule(
        "q9-empty-resource",
        "element",
        "An empty `@resource` or `@href` on something that no page can be (a person, an agendapunt) was left empty; "
        "it does not mean the page.",
        element=elements.without_identity,
        watches={"resource": elements.NAMELESS.match},
    ),
    Rule(
        "type-of-object",
        "element",
        "`@typeof` beside `@about`, `@property` and `@resource` is the type of the resource when the property has "
        "objects of that class.",
        element=elements.type_of_object,
    ),
    Rule("q4-session", "iri", "A session id in an IRI is no part of it.", iris.sessionless, sign=iris.has_session),
    Rule(
        "q8-doc-concept",
        "iri",
        "`…/doc/concept/…` stands for the concept `…/id/concept/…`.",
        iris.concept,
        sign=iris.has_doc,
    ),
    Rule(
        "q9-page-itself",
        "iri",
        "The address of the page followed by `#` alone is the page.",
        iris.page_itself,
        sign=iris.has_empty_fragment,
    ),
    Rule(
        "q13-namespace",
        "iri",
        "A vocabulary of the standard is known under `http` and `https`, and without the `#` or `/` that ends its "
        "namespace.",
        iris.namespace,
        sign=iris.has_wrong_namespace,
    ),
    Rule(
        "q18-data-iri",
        "iri",
        "A base64 `data:` IRI becomes the name of its bytes, `ni:///sha-256;…` (RFC 6920).",
        iris.without_data,
        sign=iris.has_data,
    ),
    Rule(
        "q4-session-in-text",
        "triple",
        "A session id in an address in a text is left out.",
        triple=texts.sessionless,
        kinds=(PLAIN, TYPED),
        sign=iris.has_session,
    ),
    Rule(
        "q18-data-in-text",
        "triple",
        "A base64 `data:` URI in a text becomes the name of its bytes, `ni:///sha-256;…` (RFC 6920).",
        triple=texts.without_data,
        kinds=(PLAIN, TYPED),
        sign=iris.has_data,
    ),
    Rule(
        "q22-reference-system",
        "triple",
        "The reference system of a geometry has an `http` IRI.",
        triple=texts.reference_system,
        kinds=(PLAIN, TYPED),
        sign=texts.has_reference_system,
    ),
    Rule(
        "q2-iri-in-text",
        "triple",
        "An IRI written as the text of a property whose value is an IRI is that IRI, also a relative one.",
        triple=terms.iri_in_text,
        kinds=(PLAIN, TYPED),
        predicates=terms.IRI_VALUED,
    ),
    Rule(
        "q10-datatype",
        "triple",
        "A datatype that is none (`rdfs:Literal`), misspelled (`xsd:datetime`) or narrower than the standard asks "
        "(`xsd:int`) becomes the one that is meant; `rdf:XMLLiteral` without markup is text, with HTML `rdf:HTML`.",
        triple=datatypes.named,
        kinds=(TYPED,),
    ),
    Rule(
        "q10-missing-datatype",
        "triple",
        "A date, moment, boolean or number without datatype gets the one that its property asks.",
        triple=datatypes.missing,
        kinds=(PLAIN,),
        predicates=frozenset(datatypes.RANGES),
    ),
    Rule(
        "q10-value",
        "triple",
        "A value whose datatype does not allow its form gets the one form it can mean: `True`, `5 maart 2024 om "
        "20.00 uur`, `2024-3-5`.",
        triple=datatypes.valued,
        kinds=(TYPED,),
    ),
    Rule(
        "q10-local-time",
        "triple",
        "A moment without a time zone is one in Europe/Brussels.",
        triple=datatypes.zoned,
        kinds=(TYPED,),
    ),
    Rule(
        "q10-no-such-value",
        "triple",
        "A value that its datatype cannot have becomes plain text, as it was written.",
        triple=datatypes.hopeless,
        kinds=(TYPED,),
    ),
    Rule(
        "q13-standard-term",
        "triple",
        "An invented term, or one with other capitals, gets the term of the standard beside it.",
        triple=terms.standard_term,
        predicates=terms.MISTAKEN,
    ),
    Rule(
        "q15-document-type",
        "triple",
        "A document type of the list `data.lblod.info/id/document-types` gets that of BesluitDocumentType beside it.",
        triple=terms.document_type,
        predicates=terms.TYPED,
    ),
    Rule(
        "q7-placeholder",
        "page",
        "A document of the page with a placeholder on another host as its IRI (`…/dummy`) gets an IRI of the page; "
        "where it stands for several documents, each gets its own.",
        page=whole.placeholder,
    ),
    Rule(
        "q17-attachment",
        "page",
        "An IRI as `prov:value`, of which the page says nothing more, is an annex: `eli:related_to`.",
        page=whole.attachment,
    ),
    Rule(
        "q23-single-value",
        "page",
        "Of several values of a property that has one, the first on the page stands.",
        page=whole.single,
    ),
    Rule(
        "q16-held-by",
        "page",
        "A zitting without orgaan is held by the one orgaan that the document of the page was passed by.",
        page=completion.held_by,
        derived=True,
    ),
    Rule(
        "q16-lost-scope",
        "page",
        "What only a zitting can say, said of the page by a lost or forgotten scope, is said by the only zitting.",
        page=completion.lost_scope,
        derived=True,
    ),
    Rule(
        "q16-nested",
        "page",
        "An agendapunt, behandeling, besluit, stemming or artikel that nothing links to belongs to what it stands in "
        "on the page; an agendapunt elsewhere to the only zitting.",
        page=completion.nested,
        derived=True,
    ),
)
