# ruff: noqa: E501 -- markup of a page stays on one line
"""The inputs of the leak suite: what a register and pages say, with and without private values in it.

`Register` and `pages` give the same public statements in both forms; the private form has canaries wherever an origin
can put something.
"""

import json
from itertools import cycle

from belfort import rdf
from belfort.vocab import (
    ADMS,
    BESLUIT,
    DATA,
    EXT,
    FOAF,
    GENERIEK,
    LMB,
    LOCN,
    MANDAAT,
    MU,
    ORG,
    OWL,
    PERSON,
    PERSOON,
    PERSOON_HTTPS,
    PREFIXES,
    RDF,
    RDFS,
    REGORG,
    SCHEMA,
    SKOS,
    XSD,
)
from tests.support import site_data
from tests.support.leak import IN_IRIS, SPELLINGS, Canaries

SEX = "http://publications.europa.eu/resource/authority/human-sex/MALE"
DRAFT = "http://data.lblod.info/id/concept/MandatarisPublicationStatusCode/588ce330-4abb-4448-9776-a17d9305df07"
VCARD, ACCOUNT = "http://www.w3.org/2006/vcard/ns#", "http://mu.semte.ch/vocabularies/account/"
PUBLIC = ("Vandenbroeck", "Eerste schepen", "secretariaat@waterdorp.example", "Waterpartij", "0212170730")
Triples = list[rdf.Triple]


def _t(subject: str, predicate: str, value: str, datatype: str = "", language: str = "") -> rdf.Triple:
    is_iri = value.startswith(("http://", "https://")) and not datatype and not language
    return f"<{subject}>", f"<{predicate}>", f"<{value}>" if is_iri else rdf.literal(value, datatype, language)


def public_register() -> Triples:
    """What the register may say: the small municipality, with a KBO number."""
    kbo, structured = DATA["identificatoren/kbo"], DATA["gestructureerdeIdentificatoren/kbo"]
    return [
        *rdf.parse_lines("\n".join(sorted(set(site_data.register_lines()), key=str.encode))),
        _t(site_data.GEMEENTE, ADMS.identifier, kbo),
        _t(kbo, RDF.type, ADMS.Identifier),
        _t(kbo, SKOS.notation, "KBO nummer"),
        _t(kbo, GENERIEK.gestructureerdeIdentificator, structured),
        _t(structured, RDF.type, GENERIEK.GestructureerdeIdentificator),
        _t(structured, GENERIEK.lokaleIdentificator, "0212170730"),
        _t(site_data.GEMEENTE, ADMS.identifier, DATA["identificatoren/soort"]),
        _t(site_data.GEMEENTE, ADMS.identifier, DATA["identificatoren/gedeeld"]),
    ]


def private_register(canaries: Canaries, *, masked: bool = True) -> Triples:
    """What the register may not say, about people in office and others; `masked` are numbers in public texts."""
    return [
        *_of_people_in_office(canaries),
        *_nodes(canaries),
        *_nobody_in_office(canaries),
        *_drafts(canaries),
        *_other_kinds(canaries),
        *_names_and_types(canaries),
        *(_in_public_texts(canaries) if masked else ()),
    ]


def _of_people_in_office(c: Canaries) -> Triples:
    """Statements about public people and roles with predicates that are not on the list."""
    noor, role = site_data.PERSOON_IRI, DATA["mandatarissen/noor"]
    rows = [
        _t(noor, p, c.birth(f"register {p}"), XSD.date)
        for p in (PERSOON.datum, FOAF.birthday, SCHEMA.birthDate, "https://schema.org/birthDate", f"{VCARD}bday",
                  EXT.geboorte, "https://x.example/geboortedatum", PERSOON.geboortedatum)
    ]  # fmt: skip
    rows += [
        _t(noor, p, c.word("email", f"register {p}"))
        for p in (SCHEMA.email, FOAF.mbox, f"{VCARD}hasEmail", "https://schema.org/email")
    ]  # fmt: skip
    rows += [_t(noor, p, c.word("phone", f"register {p}")) for p in (SCHEMA.telephone, FOAF.phone, f"{VCARD}tel")]
    rows += [_t(noor, p, c.word("street", f"register {p}")) for p in (SCHEMA.address, LOCN.fullAddress, f"{VCARD}adr")]
    rows += [
        _t(one, p, c.word("note", f"register {p} of {one.rpartition('/')[2]}"))
        for one in (noor, role)
        for p in (SKOS.changeNote, RDFS.comment, EXT.generatedFrom, SCHEMA.gender, PERSOON.geslacht, EXT.geslacht,
                  PERSOON.heeftNationaliteit, PERSOON_HTTPS.heeftNationaliteit, SCHEMA.nationality, FOAF.gender,
                  f"{ACCOUNT}password", "https://x.example/onbekend", SKOS.note)
    ]  # fmt: skip
    return rows


def _in_public_texts(c: Canaries) -> Triples:
    """Numbers in texts that are public otherwise: the text stays, without the number."""
    noor, role = site_data.PERSOON_IRI, DATA["mandatarissen/noor"]
    rows: Triples = [
        _t(DATA["adressen/ad"], LOCN.postCode, c.number("number as an integer"), XSD.integer),
        _t(DATA["adressen/ad"], LOCN.postCode, c.number("number as a double", "exponent"), XSD.double),
    ]
    spellings = cycle(SPELLINGS)
    for one, p in (
        (noor, FOAF.familyName), (noor, FOAF.name), (role, MANDAAT.rangorde), (DATA["fracties/water"], REGORG.legalName),
        (site_data.GEMEENTE, SKOS.altLabel), (DATA["contact-punten/ad"], SCHEMA.faxNumber),
        (DATA["contact-punten/ad"], SCHEMA.telephone), (DATA["adressen/ad"], LOCN.fullAddress),
        (DATA["adressen/ad"], LOCN.addressArea),
    ):  # fmt: skip
        rows += [_t(one, p, f"x {c.number(f'register {p}', s)} y") for s in [next(spellings) for _ in range(5)]]
    return rows


def _nodes(c: Canaries) -> Triples:
    """Private nodes under people, with and without a class, or with a class that is public elsewhere."""
    rows: Triples = []
    noor = site_data.PERSOON_IRI
    for place, kind in enumerate(("", ADMS.Identifier, SKOS.Concept, BESLUIT.Bestuursorgaan, MANDAAT.Fractie)):
        node = DATA[f"identificatoren/p{place}"]
        rows += [
            _t(noor, ADMS.identifier, node), _t(node, SKOS.notation, c.word("id", f"identifier typed {kind}")),
            _t(node, SKOS.prefLabel, c.word("note", f"label of identifier typed {kind}")),
            _t(node, REGORG.legalName, c.word("id", f"name of identifier typed {kind}")),
            _t(node, SKOS.notation, c.number(f"identifier typed {kind}"), XSD.string),
            _t(node, MU.uuid, f"uuid-p{place}"),
        ]  # fmt: skip
        rows += [_t(node, RDF.type, kind)] if kind else []
    for place, (p, kind) in enumerate(
        ((PERSOON.heeftGeboorte, ""), (PERSOON_HTTPS.heeftGeboorte, PERSOON.Geboorte), (PERSOON.heeftGeboorte, SKOS.Concept))
    ):  # fmt: skip
        node = DATA[f"geboortes/{place}"]
        rows += [_t(noor, p, node), _t(node, PERSOON_HTTPS.datum, c.birth(f"geboorte {place}"), XSD.date),
                 _t(node, SKOS.prefLabel, c.birth(f"label of geboorte {place}"))]  # fmt: skip
        rows += [_t(node, RDF.type, kind)] if kind else []
    shared = DATA["identificatoren/gedeeld"]
    rows += [
        _t(noor, ADMS.identifier, shared), _t(site_data.GEMEENTE, ADMS.identifier, shared),
        _t(shared, RDF.type, ADMS.Identifier), _t(shared, SKOS.notation, "KBO nummer"),
        _t(shared, GENERIEK.gestructureerdeIdentificator, DATA["gs/1"]), _t(DATA["gs/1"], RDF.type, GENERIEK.GestructureerdeIdentificator),
        _t(DATA["gs/1"], GENERIEK.lokaleIdentificator, c.word("id", "identifier shared with a bestuur")),
    ]  # fmt: skip
    unknown = DATA["identificatoren/soort"]
    rows += [
        _t(site_data.GEMEENTE, ADMS.identifier, unknown), _t(unknown, RDF.type, ADMS.Identifier),
        _t(unknown, SKOS.notation, c.word("id", "identifier of an unknown kind")),
    ]  # fmt: skip
    for place, owner in enumerate((noor, DATA["mandatarissen/noor"], DATA["functionarissen/an"])):
        point, home = DATA[f"contact-punten/prive-{place}"], DATA[f"adressen/prive-{place}"]
        rows += [
            _t(owner, SCHEMA.contactPoint, point), _t(point, RDF.type, SCHEMA.ContactPoint),
            _t(point, SCHEMA.email, c.word("email", f"contact point {place}")),
            _t(point, SCHEMA.telephone, c.word("phone", f"contact point {place}")),
            _t(point, SCHEMA.contactType, c.word("note", f"contact type {place}")),
            _t(point, LOCN.address, home), _t(home, RDF.type, LOCN.Address),
            _t(home, LOCN.fullAddress, c.word("street", f"address {place}")),
        ]  # fmt: skip
    both = DATA["contact-punten/gedeeld"]
    rows += [
        _t(noor, SCHEMA.contactPoint, both), _t(DATA["bestuursfuncties/fd-gemeente"], SCHEMA.contactPoint, both),
        _t(both, RDF.type, SCHEMA.ContactPoint), _t(both, SCHEMA.email, c.word("email", "contact point shared")),
    ]  # fmt: skip
    return [row for row in rows if row[0] != f"<{DATA['bestuursfuncties/fd-gemeente']}>"] + [
        _t(DATA["bestuursfuncties/prive"], SCHEMA.contactPoint, both),
        _t(DATA["bestuursfuncties/prive"], RDF.type, "https://x.example/Onbekend"),
    ]


def _nobody_in_office(c: Canaries) -> Triples:
    """People without a public role, however they are typed; candidates; codes of sex."""
    rows: Triples = []
    for place, kind in enumerate(
        (PERSON.Person, FOAF.Person, SCHEMA.Person, "https://schema.org/Person", "", "https://x.example/Burger")
    ):
        one = DATA[f"personen/burger-{place}"]
        rows += [_t(one, FOAF.familyName, c.word("name", f"person typed {kind}")),
                 _t(one, SKOS.prefLabel, c.word("name", f"label of person typed {kind}"))]  # fmt: skip
        rows += [_t(one, RDF.type, kind)] if kind else []
    double = DATA["personen/dubbel"]
    rows += [
        _t(double, RDF.type, PERSON.Person), _t(double, RDF.type, BESLUIT.Bestuurseenheid),
        _t(double, SKOS.prefLabel, c.word("name", "person that is also a bestuur")),
        _t(double, FOAF.familyName, c.word("name", "family name of person that is also a bestuur")),
    ]  # fmt: skip
    rows += [
        _t(site_data.PERSOON_IRI, RDF.type, BESLUIT.Bestuurseenheid),
        _t(site_data.PERSOON_IRI, SKOS.altLabel, c.word("note", "somebody in office that is also a bestuur")),
    ]
    lijst = DATA["kandidatenlijsten/1"]
    rows += [
        _t(lijst, RDF.type, MANDAAT.Kandidatenlijst), _t(lijst, SKOS.prefLabel, c.word("note", "kandidatenlijst")),
        _t(DATA["geslacht/1"], RDF.type, EXT.GeslachtCode),
        _t(DATA["geslacht/1"], SKOS.prefLabel, c.word("note", "GeslachtCode")),
    ]  # fmt: skip
    return rows


def _drafts(c: Canaries) -> Triples:
    """Mandatarissen that are a draft, or of a status that nobody knows, with the names of their people."""
    rows: Triples = []
    for place, status in enumerate(
        (DRAFT, "http://x.example/status/Onbekend", "Draft", DRAFT.replace("http:", "https:"))
    ):
        role, person = DATA[f"mandatarissen/{c.word('iri', f'draft {place}')}"], DATA[f"personen/concept-{place}"]
        rows += [
            _t(role, RDF.type, MANDAAT.Mandataris), _t(role, LMB.hasPublicationStatus, status),
            _t(role, MANDAAT.isBestuurlijkeAliasVan, person), _t(role, ORG.holds, DATA["mandaten/raadslid"]),
            _t(role, MANDAAT.rangorde, c.word("note", f"rangorde of draft {place}")),
            _t(person, RDF.type, PERSON.Person), _t(person, FOAF.familyName, c.word("name", f"name of draft {place}")),
        ]  # fmt: skip
    return rows


def _other_kinds(c: Canaries) -> Triples:
    """Private words where a date, a number, an IRI or a token belongs; datatypes of one's own."""
    role, noor = DATA["mandatarissen/noor"], site_data.PERSOON_IRI
    rows = [
        _t(role, p, c.word("note", f"text in {p}"))
        for p in (MANDAAT.start, MANDAAT.einde, ORG.holds, MANDAAT.status, MANDAAT.beleidsdomein, ORG.hasMembership)
    ]
    rows += [
        _t(noor, OWL.sameAs, c.word("name", "text in sameAs")), _t(noor, MU.uuid, f"{c.word('note', 'uuid')} x"),
        _t(DATA["mandaten/raadslid"], MANDAAT.aantalHouders, c.word("note", "text in aantalHouders")),
        _t(role, MANDAAT.rangorde, "Schepen", f"https://x.example/type/{c.word('note', 'datatype')}"),
        _t(noor, FOAF.name, "Noor", f"https://x.example/geboren/{c.birth('datatype')}"),
    ]  # fmt: skip
    return rows


def _names_and_types(c: Canaries) -> Triples:
    """Numbers in IRIs of subjects, predicates, objects and datatypes, in language tags, as integers."""
    noor, rows = site_data.PERSOON_IRI, []
    for spelling in IN_IRIS:
        rows.append(_t(noor, OWL.sameAs, f"https://x.example/pad/{c.number('IRI path', spelling)}"))
        rows.append(_t(noor, OWL.sameAs, f"https://x.example/?q={c.number('IRI query', spelling)}#a"))
        role = f"https://x.example/id/{c.number('IRI of a subject', spelling)}"
        rows += [_t(role, RDF.type, MANDAAT.Mandataris), _t(role, MANDAAT.isBestuurlijkeAliasVan, noor)]
    tag = c.number("language tag", "dashes").replace("-", "")
    rows += [
        _t(noor, f"https://x.example/p/{c.number('IRI of a predicate')}", "x"),
        _t(noor, RDF.type, f"https://x.example/Klasse/{c.number('IRI of a class')}"),
        _t(noor, FOAF.name, "Noor", language=f"nl-x-{tag[:6]}-{tag[6:]}"),
        _t(noor, FOAF.name, "Noor", f"{XSD}{c.number('datatype')}"),
    ]  # fmt: skip
    return rows


def delta(inserts: Triples, deletes: Triples) -> bytes:
    """A delta file of the reference producers."""
    return json.dumps(
        [{"deletes": [_json(one) for one in deletes], "inserts": [_json(one) for one in inserts]}]
    ).encode()


def _json(triple: rdf.Triple) -> dict[str, object]:
    subject, predicate, term = triple
    if rdf.is_iri(term):
        value: dict[str, str] = {"type": "uri", "value": term[1:-1]}
    else:
        text, datatype, language = rdf.split_literal(term)
        value = {"type": "literal", "value": text}
        if language:
            value["xml:lang"] = language
        elif datatype != XSD.string:
            value |= {"type": "typed-literal", "datatype": datatype}
    return {
        "subject": {"type": "uri", "value": subject[1:-1]}, "predicate": {"type": "uri", "value": predicate[1:-1]},
        "object": value,
    }  # fmt: skip


_PREFIX = " ".join(f"{name}: {iri}" for name, iri in PREFIXES.items())
_PAGE = """<!doctype html><html lang="nl" prefix="{prefix}"><head><title>Besluitenlijst{head}</title>{meta}</head><body>
<div resource="#zitting" typeof="besluit:Zitting"><span property="besluit:geplandeStart" datatype="xsd:dateTime"
 content="2026-10-21T20:00:00+02:00">21 oktober</span>
<div property="besluit:behandelt" resource="#punt" typeof="besluit:Agendapunt"><h2 property="dct:title">{title}</h2></div></div>
<div resource="#behandeling" typeof="besluit:BehandelingVanAgendapunt"><a property="dct:subject" href="#punt">punt</a>
<div property="prov:generated" resource="#besluit" typeof="besluit:Besluit"><h3 property="eli:title">{title}</h3>
{inside}</div></div>
{outside}</body></html>"""


def page(title: str, inside: str = "", outside: str = "", head: str = "", meta: str = "") -> bytes:
    """A besluitenlijst with one besluit."""
    return _PAGE.format(prefix=_PREFIX, title=title, inside=inside, outside=outside, head=head, meta=meta).encode()


def private_page(title: str, c: Canaries, *, masked: bool = True) -> bytes:
    """The same, with private values wherever a page can have them: seen and unseen, annotated and not."""
    outside = [
        f"<p>Niet geannoteerd: {c.number('page text', 'dotted')}, {c.word('name', 'page text')}</p>",
        f"<!-- {c.number('page comment')} {c.word('note', 'page comment')} -->",
        f"<p hidden>{c.word('note', 'page hidden')}</p>",
        f"<img alt='{c.word('name', 'page alt')}' src='/{c.word('note', 'page src')}.png'>",
        f"<script type='application/ld+json'>{{'name': '{c.word('name', 'page JSON')}'}}</script>",
        f"<a href='/download/{c.number('page link')}.pdf'>{c.word('note', 'page link')}</a>",
    ]
    for kind in ("person:Person", "foaf:Person", "schema:Person", "https://schema.org/Person", "schema:ContactPoint",
                 "locn:Address", "adms:Identifier", "https://x.example/Klasse", "besluit:Bestuurseenheid"):  # fmt: skip
        outside.append(
            f"<div resource='#burger-{len(outside)}' typeof='{kind}'>"
            f"<span property='foaf:familyName'>{c.word('name', f'page {kind} name')}</span>"
            f"<span property='schema:email'>{c.word('email', f'page {kind} e-mail')}</span>"
            f"<span property='locn:fullAddress'>{c.word('street', f'page {kind} address')}</span>"
            f"<span property='skos:notation'>{c.word('id', f'page {kind} notation')}</span></div>"
        )
    outside.append(
        "<div resource='#rol' typeof='mandaat:Mandataris'><span property='skos:changeNote'>"
        f"{c.word('note', 'page role note')}</span><span property='schema:telephone'>{c.word('phone', 'page role')}</span>"
        "<div property='mandaat:isBestuurlijkeAliasVan' resource='#mens' typeof='person:Person'>"
        "<span property='foaf:familyName'>Publiekmans</span>"
        f"<span property='persoon:datum'>{c.birth('page person')}</span>"
        f"<span property='schema:birthDate'>{c.birth('page person schema')}</span>"
        f"<span property='https://x.example/eigen'>{c.word('note', 'page person own')}</span></div></div>"
    )
    inside = [
        f"<p property='https://x.example/{name}'>{c.word('note', f'page {name}')}</p>"
        for name in ("geboortedatum", "rijksregisterNummer", "geslacht", "apikey", "Nationaliteit", "wachtwoord")
    ]
    inside += [
        f"<p property='{name}'>{c.birth(f'page besluit {name}')}</p>"
        for name in ("foaf:birthday", "schema:birthDate", "https://schema.org/birthDate", "persoon:datum",
                     "https://data.vlaanderen.be/ns/persoon#datum", f"{VCARD}bday")
    ]  # fmt: skip
    inside += [f"<p property='{p}'>{c.word('note', f'page besluit {p}')}</p>"
               for p in (f"{ACCOUNT}key", "persoon:geslacht", "schema:gender", "adms:identifier")]  # fmt: skip
    inside += (
        []
        if not masked
        else [
            f"<p property='eli:description'>Betreft {c.number('page besluit text', s)} hier</p>"
            for s in SPELLINGS
            if s not in ("markup", "entities", "nested entities")
        ]
    )
    if masked:
        n = c.number("page markup", "markup")
        inside.append(f"<div property='prov:value' datatype='rdf:XMLLiteral'>{n}</div>")
        inside.append(f"<div property='eli:description'>{c.number('page entities', 'nested entities')}</div>")
    inside += [
        f"<a property='rdfs:seeAlso' href='https://x.example/{c.number('page IRI', s)}'>x</a>" for s in IN_IRIS[:7]
    ]
    return page(
        title, "".join(inside), "".join(outside), f" {c.number('page head')}",
        f"<meta name='author' content='{c.word('name', 'page meta')}'>",
    )  # fmt: skip
