# ruff: noqa: E501 -- markup of a template stays on one line
"""The first platform: HTML+RDFa as LBLODWeb writes it.

Its habits: all prefixes on one div, foaf and dc undeclared, `<meta property resource>` in the body, datatypes of its
own (`rdfs:Literal`), moments in UTC with seven digits, absolute IRIs under /LBLODWeb/id, file names with spaces in a
query. Overview pages go from unit to organ to year to document.
"""

from collections.abc import Iterator

from belfort.vocab import BESLUIT_TYPE
from demo import codes, moments
from demo.generate import documents, zitting
from demo.layout import LABELS, PROPERTY, TYPE_OF, Page, e, organ_name, page, quoted, roles, votes_in_words
from demo.model import Bestuur, Document, Mandataris, Orgaan, Punt, Site, World, Zitting
from demo.rhythm import moment

_PREFIX = (
    "eli: http://data.europa.eu/eli/ontology# prov: http://www.w3.org/ns/prov# "
    "besluit: http://data.vlaanderen.be/ns/besluit# mandaat: http://data.vlaanderen.be/ns/mandaat# "
    "persoon: https://data.vlaanderen.be/ns/persoon# org: http://www.w3.org/ns/org# dct: http://purl.org/dc/terms/"
)
_OVERVIEW_PREFIX = (
    "lblodBesluit: http://lblod.data.gift/vocabularies/besluit/ besluit: http://data.vlaanderen.be/ns/besluit# "
    "mandaat: http://data.vlaanderen.be/ns/mandaat#"
)
_FILE: dict[Document, str] = {"agenda": "Agenda", "besluitenlijst": "BesluitenLijst", "notulen": "Notulen"}
_DUTCH = "http://publications.europa.eu/resource/authority/language/NLD"


def iri(site: Site, kind: str, key: str) -> str:
    """The IRI of a thing on this platform."""
    return f"https://{site.host}/LBLODWeb/id/{kind}/{key}"


def publication(zitting: Zitting, document: Document) -> str:
    """Where a document is, from the host on: `/LBLODWeb/…/GetPublication/?filename=…`."""
    name = f"{_FILE[document]}_{organ_name(zitting.orgaan)}_{zitting.start:%d-%m-%Y}_{zitting.nummer}.html"
    return f"/LBLODWeb/Home/Overzicht/{_tail(zitting.orgaan.iri)}/GetPublication/?filename={quoted(name)}"


def document_iri(site: Site, zitting: Zitting, document: Document) -> str:
    """The IRI of a document: its address on the authority's own host."""
    return f"https://{site.host}{publication(zitting, document)}"


def document_path(site: Site, zitting: Zitting, document: Document) -> str:
    """The address of a document on the demo server."""
    return f"/{site.slug}{publication(zitting, document)}"


def _tail(iri: str) -> str:
    return iri.rsplit("/", 1)[1]


def pages(world: World, site: Site) -> Iterator[Page]:
    """Every page of the site, one zitting at a time."""
    yield _unit_page(site)
    for orgaan in site.organen:
        years: dict[int, list[int]] = {}
        for number in range(world.size):
            years.setdefault(moment(world, orgaan, number).year, []).append(number)
        yield _organ_page(site, orgaan, sorted(years, reverse=True))
        for year, numbers in years.items():
            rows = []
            for number in numbers:
                one = zitting(world, orgaan, number)
                rows.append(_row(site, one))
                for document in documents(world, orgaan, number):
                    yield _document(site, one, document)
            yield _year_page(site, orgaan, year, rows)


def _overview(site: Site, path: str, title: str, rows: list[str]) -> Page:
    listed = "\n".join(f"        <li>{row}</li>" for row in rows)
    body = f"""    <h1>{e(title)}</h1>
    <ul class="lijst" prefix="{_OVERVIEW_PREFIX}">
{listed}
    </ul>"""
    return page(site, path, title, body)


def _link(path: str, text: str) -> str:
    return f'<a property="lblodBesluit:linkToPublication" href="{e(path)}">{e(text)}</a>'


def _unit_page(site: Site) -> Page:
    rows = [_link(f"{site.seed_path}/{_tail(orgaan.iri)}", orgaan.label) for orgaan in site.organen]
    return _overview(site, site.seed_path, f"Bekendmakingen {site.label}", rows)


def _organ_page(site: Site, orgaan: Orgaan, years: list[int]) -> Page:
    path = f"{site.seed_path}/{_tail(orgaan.iri)}"
    return _overview(site, path, orgaan.label, [_link(f"{path}/{year}", f"Zittingen in {year}") for year in years])


def _year_page(site: Site, orgaan: Orgaan, year: int, rows: list[str]) -> Page:
    return _overview(site, f"{site.seed_path}/{_tail(orgaan.iri)}/{year}", f"{orgaan.label}, {year}", rows)


def _row(site: Site, zitting: Zitting) -> str:
    links = "\n".join(
        f'                <a property="{PROPERTY[document]}" typeof="foaf:Document"'
        f' href="{e(document_path(site, zitting, document))}"'
        f' resource="{e(document_iri(site, zitting, document))}">{LABELS[document]}</a>'
        for document in zitting.documenten
    )
    return f"""
            <div typeof="besluit:Zitting" resource="{zitting_iri(site, zitting)}">
                <span property="besluit:isGehoudenDoor" resource="{zitting.periode.iri}"></span>
                <span property="besluit:geplandeStart" content="{
        moments.ticks_text(zitting.start)
    }" datatype="xsd:dateTime">{moments.dutch(zitting.start.date())}</span>
{links}
            </div>
        """


def zitting_iri(site: Site, zitting: Zitting) -> str:
    """The IRI of a zitting."""
    return iri(site, "zittingen", f"{zitting.key}-{zitting.nummer}")


def _document(site: Site, zitting: Zitting, document: Document) -> Page:
    bestuur = next(one for one in site.besturen if one.iri == zitting.orgaan.bestuur)
    title = f"{LABELS[document]} {zitting.orgaan.label}, zitting van {moments.dutch(zitting.start.date())}"
    published = zitting.documenten[document].isoformat()
    head = (
        ""
        if document == "agenda"
        else f"""
                <span property="prov:startedAtTime" content="{moments.ticks_text(zitting.start)}" datatype="xsd:dateTime"></span>
                <span property="prov:endedAtTime" content="{moments.ticks_text(zitting.einde)}" datatype="xsd:dateTime"></span>
{_officers(zitting)}"""
    )
    content = _agenda(site, zitting) if document == "agenda" else _treated(site, zitting, document)
    body = f"""    <div class="body_content" prefix="{_PREFIX}"
         resource="{e(document_iri(site, zitting, document))}" typeof="foaf:Document {TYPE_OF[document]}">

        <meta resource="{TYPE_OF[document]}" property="dct:type" />
        <meta property="eli:passed_by" resource="{zitting.periode.iri}" typeof="besluit:Bestuursorgaan" />
        <meta property="eli:date_publication" content="{published}" datatype="xsd:date" />
{_body_head(bestuur, zitting)}
        <div>
            <div class="zitting" typeof="besluit:Zitting" resource="{zitting_iri(site, zitting)}">
                <h1>{e(title)}</h1>
                <div class="header">
                    <h2 class="header_titel">
                        <span property="besluit:isGehoudenDoor" resource="{zitting.periode.iri}"></span>
                        <span>{e(organ_name(zitting.orgaan).upper())}</span>
                        VAN <span property="besluit:geplandeStart" content="{
        moments.ticks_text(zitting.start)
    }" datatype="xsd:dateTime">{e(moments.dutch(zitting.start.date()).upper())}</span>
                    </h2>
                    <div class="header_subtitel">De voorzitter opent de vergadering om {zitting.start:%H.%M} uur.</div>
                    <div class="header_locatie">Locatie: <span property="prov:atLocation" datatype="xsd:string">{
        e(zitting.locatie)
    }</span></div>
                </div>
                <meta property="{PROPERTY[document]}" typeof="foaf:Document" resource="{
        e(document_iri(site, zitting, document))
    }" />{head}
{content}
            </div>
        </div>
    </div>"""
    return page(site, document_path(site, zitting, document), title, body)


def _body_head(bestuur: Bestuur, zitting: Zitting) -> str:
    orgaan = zitting.orgaan
    return f"""
        <div class="bestuurseenheid" typeof="besluit:Bestuurseenheid" resource="{bestuur.iri}">
            <span property="org:classification" typeof="skos:Concept" resource="{codes.unit(bestuur.code)}"></span>
            <div class="bestuurseenheid_omschrijving" property="skos:prefLabel" datatype="rdfs:Literal">
                {e(bestuur.naam)}
            </div>
            <meta property="besluit:werkingsgebied" typeof="prov:Location" resource="{bestuur.werkingsgebied.iri}" />
        </div>

        <div class="SoortZitting" typeof="besluit:Bestuursorgaan" resource="{zitting.periode.iri}">
            <meta property="besluit:bestuurt" resource="{bestuur.iri}" typeof="besluit:Bestuurseenheid" />
            <meta property="org:classification" typeof="skos:Concept" resource="{codes.organ(orgaan.code)}" />
            <div class="soortzitting_omschrijving" property="skos:prefLabel" datatype="rdfs:Literal">
                {e(orgaan.label)}
            </div>
            <meta property="mandaat:isTijdspecialisatieVan" resource="{orgaan.iri}" />
        </div>
"""


def _officers(zitting: Zitting) -> str:
    chair = f'                <meta property="besluit:heeftVoorzitter" typeof="mandaat:Mandataris" resource="{zitting.voorzitter.iri}" />'
    if zitting.secretaris is None:
        return chair
    # This platform calls an official a mandataris.
    return f"""                <meta property="besluit:heeftSecretaris" typeof="mandaat:Mandataris" resource="{zitting.secretaris.iri}" />
{chair}"""


def _agenda(site: Site, zitting: Zitting) -> str:
    rows = []
    for punt, before in zip(zitting.punten, (None, *zitting.punten), strict=False):
        after = (
            f'\n                            <span property="besluit:aangebrachtNa" resource="{punt_iri(site, "agendapunt", before)}"'
            ' typeof="besluit:Agendapunt"></span>'
            if before
            else ""
        )
        rows.append(f"""
                        <div class="punt" property="besluit:behandelt" typeof="besluit:Agendapunt" resource="{punt_iri(site, "agendapunt", punt)}">{after}
                            <span property="besluit:geplandOpenbaar" datatype="xsd:boolean" content="{_bool(punt.openbaar)}"></span>
                            <h3>{punt.nummer}. <span property="dc:title" datatype="xsd:string">{e(punt.titel)}</span></h3>
                            <div class="summary" property="dc:description" datatype="xsd:string">{e(punt.omschrijving)}</div>
                        </div>""")
    return f'                <div class="agendapunten">{"".join(rows)}\n                </div>'


def _bool(value: bool) -> str:
    return "true" if value else "false"


def punt_iri(site: Site, kind: str, punt: Punt) -> str:
    """The IRI of an agendapunt, or of the behandeling, besluit or stemming that came of it."""
    return iri(site, kind, f"{punt.key}-{punt.nummer}")


def _treated(site: Site, zitting: Zitting, document: Document) -> str:
    notulen = document == "notulen"
    present = _present(zitting) if notulen else ""
    rows = [
        _behandeling(site, zitting, document, punt, before)
        for punt, before in zip(zitting.punten, (None, *zitting.punten), strict=False)
    ]
    return (
        present
        + _agenda(site, zitting).replace('<div class="summary"', '<div style="display:none"')
        + "\n"
        + "\n".join(rows)
    )


def _present(zitting: Zitting) -> str:
    def rows(members: tuple[Mandataris, ...], marked: str) -> str:
        return "\n".join(
            f'                            <li class="li_aanwezigen"><span class="aanwezige"{marked} typeof="mandaat:Mandataris"'
            f' resource="{one.iri}">{e(one.persoon.naam)}</span>; {e(roles(zitting, one))}</li>'
            for one in members
        )

    absent = ""
    if zitting.verontschuldigd:
        names = ", ".join(one.persoon.naam for one in zitting.verontschuldigd)
        absent = f'\n                <p class="verontschuldigd"><b>Verontschuldigd</b>: {e(names)}</p>'
    attends = ' property="besluit:heeftAanwezigeBijStart"'
    return f"""                <b class="aanwezigen_titel">Aanwezig</b>
                        <ul class="ul_aanwezigen">
{rows(zitting.aanwezig, attends)}
                        </ul>{absent}
"""


def _behandeling(site: Site, zitting: Zitting, document: Document, punt: Punt, before: Punt | None) -> str:
    behandeling = punt_iri(site, "behandelingen-van-agendapunten", punt)
    after = (
        f"""
                    <meta property="besluit:gebeurtNa" resource="{punt_iri(site, "behandelingen-van-agendapunten", before)}" typeof="besluit:BehandelingVanAgendapunt" />"""
        if before
        else ""
    )
    # What has no notulen shows its articles in the besluitenlijst.
    full = document == "notulen" or "agenda" not in zitting.documenten
    return f"""                <div class="behandeling_agendapunt" typeof="besluit:BehandelingVanAgendapunt" resource="{behandeling}">
                    <span property="besluit:openbaar" datatype="xsd:boolean" content="{_bool(punt.openbaar)}"></span>{after}
                    <meta property="dc:subject" typeof="besluit:Agendapunt" resource="{punt_iri(site, "agendapunt", punt)}" />
                    <div class="besluit" property="prov:generated" resource="{punt_iri(site, "besluiten", punt)}" typeof="besluit:Besluit {BESLUIT_TYPE[punt.type]}">
                        <meta property="eli:passed_by" resource="{zitting.periode.iri}" typeof="besluit:Bestuursorgaan" />
                        <span property="eli:date_publication" content="{zitting.documenten["besluitenlijst"].isoformat()}" datatype="xsd:date"></span>
                        <meta property="prov:wasGeneratedBy" resource="{behandeling}" />
                        <h2 class="besluit_titel">{punt.nummer} <span property="eli:title" datatype="xsd:string">{e(punt.titel)}</span></h2>
                        <meta property="eli:language" resource="{_DUTCH}" />
                        <div property="eli:description" datatype="xsd:string">{e(punt.omschrijving)}</div>{_text(site, punt) if full else ""}
                    </div>
{_stemming(site, punt, named=document == "notulen")}
                </div>"""


def _text(site: Site, punt: Punt) -> str:
    reasons = "\n".join(f"                                <p>{e(text)}</p>" for text in punt.motivering)
    articles = "".join(
        f"""
                            <div class="artikel" property="eli:has_part" typeof="besluit:Artikel" resource="{iri(site, "artikels", f"{punt.key}-{punt.nummer}-{number}")}">
                                <span class="artikel_nummer" property="eli:number" datatype="xsd:string">Artikel {number}</span>
                                <div property="prov:value" datatype="xsd:string">{e(text)}</div>
                            </div>"""
        for number, text in enumerate(punt.artikels, 1)
    )
    return f"""
                        <div class="besluit_motivering" property="besluit:motivering" datatype="rdfs:Literal">
{reasons}
                        </div>
                        <div class="besluit_tekst" property="prov:value" datatype="xsd:string">{articles}
                        </div>"""


def _stemming(site: Site, punt: Punt, *, named: bool) -> str:
    vote = punt.stemming
    counts = "\n".join(
        f'                        <span property="besluit:{name}" content="{len(members)}" datatype="xsd:integer"></span>'
        for name, members in (
            ("aantalVoorstanders", vote.voor),
            ("aantalTegenstanders", vote.tegen),
            ("aantalOnthouders", vote.onthouding),
        )
    )
    people = "" if vote.geheim or not named or vote.unaniem else _voters(punt)
    return f"""                    <div class="stemming_content" property="besluit:heeftStemming" typeof="besluit:Stemming" resource="{punt_iri(site, "stemmingen", punt)}">
                        <span property="besluit:onderwerp" content="{e(punt.titel)}" xml:lang="nl"></span>
                        <span property="besluit:geheim" content="{_bool(vote.geheim)}" datatype="xsd:boolean"></span>
{counts}
                        <p>{e(votes_in_words(vote))} <span class="stemming_uitspraak" property="besluit:gevolg">{e(vote.gevolg)}</span></p>{people}
                    </div>"""


def _voters(punt: Punt) -> str:
    rows = ""
    for label, name, members in (
        ("Voor", "heeftVoorstander", punt.stemming.voor),
        ("Tegen", "heeftTegenstander", punt.stemming.tegen),
        ("Onthouding", "heeftOnthouder", punt.stemming.onthouding),
    ):
        if members:
            people = ", ".join(
                f'<span property="besluit:{name}" typeof="mandaat:Mandataris" resource="{one.iri}">{e(one.persoon.naam)}</span>'
                for one in members
            )
            rows += f'\n                            <li class="li_stemming">{label}: {people}</li>'
    return f'\n                        <ul class="ul_stemming">{rows}\n                        </ul>'
