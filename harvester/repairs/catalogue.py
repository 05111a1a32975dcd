"""Every repair, in the order in which they are tried (the quirk numbers are those of the quirk catalogue)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from belfort.rdf import Triple
from harvester.rdfa.environment import Element
from harvester.repairs import completion, datatypes, elements, iris, prefixes, terms, texts, tokens, whole
from harvester.repairs.page import Page
from harvester.repairs.whole import Change


@dataclass(frozen=True)
class Rule:
    """One repair: its name, what it does in one sentence, and the function that does it.

    `on` says what the function gets: a `token` of an attribute (it returns a better token), the name of a `prefix`
    that nobody declared (it returns a namespace), an `element` (better attributes and the term as it was), an `iri`
    of a triple (a better one), a `triple` (the triples in its place), or all triples of the `page` (changes). It
    returns None, or no changes, when there is nothing to repair. A rule with `literals` gets triples with a literal
    only. What a `derived` rule makes, the page did not say.
    """

    name: str
    on: Literal["token", "prefix", "element", "iri", "triple", "page"]
    says: str
    text: Callable[[str, Page], str | None] = lambda _text, _page: None
    element: Callable[[Element], tuple[dict[str, str], str] | None] = lambda _: None
    triple: Callable[[Triple, Page], list[Triple] | None] = lambda _triple, _page: None
    page: Callable[[list[Triple], Page], list[Change]] = lambda _triples, _page: []
    derived: bool = False
    literals: bool = False


CATALOGUE: tuple[Rule, ...] = (
    Rule(
        "q5-typographic-quotes",
        "token",
        "Typographic quotes around an attribute's tokens are no part of them.",
        tokens.unquoted,
    ),
    Rule(
        "q1-null-root",
        "token",
        "`null/…` and `undefined/…` are paths from the root of the site: a template had no root to write.",
        tokens.from_the_root,
    ),
    Rule(
        "q3-missing-scheme",
        "token",
        "An IRI that begins with the host of the page, or with a host that the page has elsewhere after `https://`, "
        "gets its scheme.",
        tokens.with_scheme,
    ),
    Rule(
        "q9-spaces",
        "token",
        "In an address spaces are `%20`, line breaks nothing, and invisible characters at its ends no part of it.",
        tokens.encoded,
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
        "An IRI in `@content` of a property whose value is an IRI is meant as `@resource`.",
        element=elements.iri_in_content,
    ),
    Rule(
        "q9-empty-resource",
        "element",
        "An empty `@resource` on something that no page can be (a person, an agendapunt) was left empty; it does not "
        "mean the page.",
        element=elements.without_identity,
    ),
    Rule(
        "type-of-object",
        "element",
        "`@typeof` beside `@about`, `@property` and `@resource` is the type of the resource when the property has "
        "objects of that class.",
        element=elements.type_of_object,
    ),
    Rule("q4-session", "iri", "A session id in an IRI is no part of it.", iris.sessionless),
    Rule("q8-doc-concept", "iri", "`…/doc/concept/…` stands for the concept `…/id/concept/…`.", iris.concept),
    Rule("q9-page-itself", "iri", "The address of the page followed by `#` alone is the page.", iris.page_itself),
    Rule(
        "q13-namespace",
        "iri",
        "A vocabulary of the standard is known under `http` and `https`, and without the `#` or `/` that ends its "
        "namespace.",
        iris.namespace,
    ),
    Rule(
        "q18-data-iri",
        "iri",
        "A base64 `data:` IRI becomes the name of its bytes, `ni:///sha-256;…` (RFC 6920).",
        iris.without_data,
    ),
    Rule(
        "q4-session-in-text",
        "triple",
        "A session id in an address in a text is left out.",
        triple=texts.sessionless,
        literals=True,
    ),
    Rule(
        "q18-data-in-text",
        "triple",
        "A base64 `data:` URI in a text becomes the name of its bytes, `ni:///sha-256;…` (RFC 6920).",
        triple=texts.without_data,
        literals=True,
    ),
    Rule(
        "q22-reference-system",
        "triple",
        "The reference system of a geometry has an `http` IRI.",
        triple=texts.reference_system,
        literals=True,
    ),
    Rule(
        "q2-iri-in-text",
        "triple",
        "An IRI written as the text of a property whose value is an IRI is that IRI.",
        triple=terms.iri_in_text,
        literals=True,
    ),
    Rule(
        "q10-datatype",
        "triple",
        "A datatype that is none (`rdfs:Literal`), misspelled (`xsd:datetime`) or narrower than the standard asks "
        "(`xsd:int`) becomes the one that is meant; `rdf:XMLLiteral` without markup is text, with HTML `rdf:HTML`.",
        triple=datatypes.named,
        literals=True,
    ),
    Rule(
        "q10-missing-datatype",
        "triple",
        "A date, moment, boolean or number without datatype gets the one that its property asks.",
        triple=datatypes.missing,
        literals=True,
    ),
    Rule(
        "q10-value",
        "triple",
        "A value whose datatype does not allow its form gets the one form it can mean: `True`, `5 maart 2024 om "
        "20.00 uur`, `2024-3-5`.",
        triple=datatypes.valued,
        literals=True,
    ),
    Rule(
        "q10-local-time",
        "triple",
        "A moment without a time zone is one in Europe/Brussels.",
        triple=datatypes.zoned,
        literals=True,
    ),
    Rule(
        "q10-no-such-value",
        "triple",
        "A value that its datatype cannot have becomes plain text, as it was written.",
        triple=datatypes.hopeless,
        literals=True,
    ),
    Rule(
        "q13-standard-term",
        "triple",
        "An invented or misspelled term gets the term of the standard beside it.",
        triple=terms.standard_term,
    ),
    Rule(
        "q15-document-type",
        "triple",
        "A document type of the list `data.lblod.info/id/document-types` gets that of BesluitDocumentType beside it.",
        triple=terms.document_type,
    ),
    Rule(
        "q7-placeholder",
        "page",
        "A document of the page with a placeholder on another host as its IRI (`…/dummy`) gets an IRI of the page.",
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
