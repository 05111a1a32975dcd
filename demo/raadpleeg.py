# ruff: noqa: E501 -- markup of a template stays on one line
"""The second platform: HTML+RDFa as Green Valley's "raadpleegomgeving" writes it.

Its habits: a list by month with links to the months beside it, typographic quotes around the type of a besluit in
besluitenlijsten, stemmingen without IRI, `openbaar` through the default vocabulary, local times with their offset.
"""

from collections.abc import Iterator

from belfort.vocab import BESLUIT_TYPE
from demo import moments
from demo.generate import zitting
from demo.layout import LABELS, PROPERTY, TYPE_OF, Page, e, organ_name, page, roles, votes_in_words
from demo.model import Document, Mandataris, Orgaan, Punt, Site, Stemming, World, Zitting
from demo.names import MONTHS
from demo.rhythm import moment

_PREFIX = (
    "eli: http://data.europa.eu/eli/ontology# prov: http://www.w3.org/ns/prov# "
    "mandaat: http://data.vlaanderen.be/ns/mandaat# persoon: https://data.vlaanderen.be/ns/persoon# "
    "org: http://www.w3.org/ns/org# besluit: http://data.vlaanderen.be/ns/besluit# "
    "skos: http://www.w3.org/2004/02/skos/core# person: http://www.w3.org/ns/person# "
    "lblodlg: http://data.lblod.info/vocabularies/leidinggevenden/ "
    "besluitDocumentType: https://data.vlaanderen.be/id/concept/BesluitDocumentType/ foaf: http://xmlns.com/foaf/0.1/"
)
_VOCAB = "http://data.vlaanderen.be/ns/besluit#"
_LINKS = "lblodBesluit: http://lblod.data.gift/vocabularies/besluit/"
_MEETING = (
    "besluit: http://data.vlaanderen.be/ns/besluit# mandaat: http://data.vlaanderen.be/ns/mandaat# "
    "skos: http://www.w3.org/2004/02/skos/core# foaf: http://xmlns.com/foaf/0.1/"
)
_ITEM_TYPE = "http://lblod.data.gift/concepts/bdf68a65-ce15-42c8-ae1b-19eeb39e20d0"

Month = tuple[int, int]


def number_of(zitting: Zitting, key: str) -> str:
    """The number this platform gives a thing: `26.1106.5779.74331234`, the date and twelve digits."""
    digits = f"{int(key[:16], 16) % 10**12:012d}"
    return f"{zitting.start:%y.%m%d}.{digits[:4]}.{digits[4:]}"


def iri(site: Site, kind: str, zitting: Zitting, key: str) -> str:
    """The IRI of a thing on this platform."""
    return f"https://{site.host}/id/{kind}/{number_of(zitting, key)}"


def document_iri(site: Site, zitting: Zitting, document: Document) -> str:
    """The IRI of a document, which is not its address."""
    return f"https://{site.host}/id/lblod/{document}/{number_of(zitting, zitting.key)}"


def document_path(site: Site, zitting: Zitting, document: Document) -> str:
    """The address of a document on the demo server."""
    return f"{_path(site, zitting)}/{document}"


def _path(site: Site, zitting: Zitting) -> str:
    return f"/{site.slug}/zittingen/{number_of(zitting, zitting.key)}"


def pages(world: World, site: Site) -> Iterator[Page]:
    """Every page of the site: the months, the zittingen and their documents."""
    months: dict[Month, list[tuple[Orgaan, int]]] = {}
    for orgaan in site.organen:
        for number in range(world.size):
            start = moment(world, orgaan, number)
            months.setdefault((start.year, start.month), []).append((orgaan, number))
    known = _all_months(min(months), max(months))
    for month in known:
        rows = []
        for orgaan, number in months.get(month, ()):
            one = zitting(world, orgaan, number)
            rows.append(_row(site, one))
            yield _meeting(site, one)
            for document in one.documenten:
                yield _document(site, one, document)
        html = _month_body(site, known, month, rows)
        yield page(site, _month_path(site, month), f"Zittingen {_month_name(month)}", html)
        if month == known[-1]:
            yield page(site, site.seed_path, "Zittingen", html)


def _all_months(first: Month, last: Month) -> list[Month]:
    found = [first]
    while found[-1] != last:
        year, month = found[-1]
        found.append((year + month // 12, month % 12 + 1))
    return found


def _month_path(site: Site, month: Month) -> str:
    return f"{site.seed_path}?month={month[1]:02d}&year={month[0]}"


def _month_name(month: Month) -> str:
    return f"{MONTHS[month[1] - 1]} {month[0]}"


def _month_body(site: Site, known: list[Month], month: Month, rows: list[str]) -> str:
    place = known.index(month)
    beside = [("vorige maand", known[place - 1])] if place else []
    beside += [("volgende maand", known[place + 1])] if place + 1 < len(known) else []
    # Also one link for each year, so that no month is many clicks away.
    beside += [(str(m[0]), m) for i, m in enumerate(known) if m[0] != month[0] and (m[1] == 1 or i == 0)]
    links = "\n".join(
        f'        <a href="{e(_month_path(site, other))}" property="lblodBesluit:linkToPublication">{label}</a>'
        for label, other in beside
    )
    listed = "\n".join(rows) or "        <li>Geen zittingen.</li>"
    return f"""    <h1>Zittingen {_month_name(month)}</h1>
    <div class="pagination" prefix="{_LINKS}">
{links}
    </div>
    <ul class="lijst month-block" id="{month[0]}{month[1]:02d}" prefix="{_LINKS}">
{listed}
    </ul>"""


def _row(site: Site, zitting: Zitting) -> str:
    return f"""        <li><a href="{_path(site, zitting)}" class="meeting-detail" property="lblodBesluit:linkToPublication">
            <span class="organ">{e(zitting.orgaan.label)}</span>
            <span class="time">{_time(zitting)}</span>
        </a> <span class="location zacht">{e(zitting.locatie)}</span></li>"""


def _time(zitting: Zitting) -> str:
    return f"{moments.dutch_short(zitting.start.date())} - {zitting.start:%H:%M}"


def _organ(zitting: Zitting) -> str:
    return f"""<span class="organ" property="besluit:isGehoudenDoor" typeof="besluit:Bestuursorgaan" resource="{zitting.periode.iri}">
                <span property="skos:prefLabel">{e(organ_name(zitting.orgaan))}</span>
                <span property="mandaat:isTijdspecialisatieVan" typeof="besluit:Bestuursorgaan" resource="{zitting.orgaan.iri}">
                    <span property="skos:prefLabel" content="{e(zitting.orgaan.label)}"></span>
                </span>
            </span>"""


def _meeting(site: Site, zitting: Zitting) -> Page:
    links = "\n".join(
        f'            <li><a property="{PROPERTY[document]}" typeof="foaf:Document" href="{_path(site, zitting)}/{document}"'
        f' resource="{document_iri(site, zitting, document)}">{LABELS[document]}</a></li>'
        for document in zitting.documenten
    )
    body = f"""    <a href="{e(_month_path(site, (zitting.start.year, zitting.start.month)))}" id="return-link">Terug naar de lijst</a>
    <div class="meeting" prefix="{_MEETING}" typeof="besluit:Zitting" resource="{iri(site, "zittingen", zitting, zitting.key)}">
        <h1>
            {_organ(zitting)}
        </h1>
        <span class="time" property="besluit:geplandeStart" datatype="xsd:dateTime" content="{moments.offset_text(zitting.start)}">{_time(zitting)}</span>
        <ul class="lijst">
{links}
        </ul>
    </div>"""
    return page(site, _path(site, zitting), f"{zitting.orgaan.label}, {_time(zitting)}", body)


def _document(site: Site, zitting: Zitting, document: Document) -> Page:
    kind = f"besluitDocumentType:{TYPE_OF[document].rsplit('/', 1)[1]}"
    resource = iri(site, "zittingen", zitting, zitting.key)
    published = zitting.documenten[document]
    body = f"""    <a href="{_path(site, zitting)}" id="return-link">Terug</a>
    <div vocab="{_VOCAB}" prefix="{_PREFIX}">
        <div typeof="foaf:Document {kind}" resource="{document_iri(site, zitting, document)}">
            <span property="eli:date_publication" datatype="xsd:date" content="{published.isoformat()}"></span>
            <span property="eli:passed_by" resource="{zitting.periode.iri}"></span>
        </div>
    </div>
    <div class="publication-date zacht">Gepubliceerd op {published:%d/%m/%Y}</div>
    <div class="opendata-html" vocab="{_VOCAB}" prefix="{_PREFIX}">
        <div class="opendata-meeting" typeof="besluit:Zitting" resource="{resource}">
            <span property="{PROPERTY[document]}" typeof="foaf:Document {kind}" resource="{document_iri(site, zitting, document)}"></span>
            <h1 class="return-header">
            <span>{LABELS[document]}&nbsp;</span>
            {_organ(zitting)}
            </h1>
{_information(zitting, document)}
            <div class="opendata-meeting-items">
                <ul class="lijst">
{"".join(_item(site, zitting, document, place) for place in range(len(zitting.punten)))}
                </ul>
            </div>
        </div>
    </div>"""
    title = f"{LABELS[document]} {zitting.orgaan.label}, {_time(zitting)}"
    return page(site, document_path(site, zitting, document), title, body)


def _information(zitting: Zitting, document: Document) -> str:
    held = (
        ""
        if document == "agenda"
        else f"""
                <span class="opendata-meetingstarttime" property="prov:startedAtTime" datatype="xsd:dateTime" content="{moments.offset_text(zitting.start)}"></span>
                <span class="opendata-meetingendtime" property="prov:endedAtTime" datatype="xsd:dateTime" content="{moments.offset_text(zitting.einde)}"></span>"""
    )
    return f"""            <div class="opendata-meetinginformation">
                <span class="opendata-meetingdate" property="besluit:geplandeStart" datatype="xsd:dateTime" content="{moments.offset_text(zitting.start)}">{_time(zitting)}</span>
                <span class="opendata-meetinglocation zacht" property="prov:atLocation" datatype="xsd:string">{e(zitting.locatie)}</span>{held}
            </div>{_attendance(zitting) if document == "notulen" else ""}"""


def _attendance(zitting: Zitting) -> str:
    present = "\n".join(
        f"                    <li>{_member('besluit:heeftAanwezigeBijStart', one)}, {e(roles(zitting, one))}</li>"
        for one in zitting.aanwezig
    )
    secretary = ""
    if zitting.secretaris:
        secretary = (
            f'\n            <p>Secretaris: <span property="besluit:heeftSecretaris" typeof="lblodlg:Functionaris"'
            f' resource="{zitting.secretaris.iri}">{e(zitting.secretaris.persoon.naam)}</span></p>'
        )
    names = ", ".join(one.persoon.naam for one in zitting.verontschuldigd)
    absent = f"\n            <p>Verontschuldigd: {e(names)}</p>" if names else ""
    return f"""
            <div class="opendata-attendance">
                <h2>Aanwezig</h2>
                <p>Voorzitter: {_member("besluit:heeftVoorzitter", zitting.voorzitter)}</p>
                <ul>
{present}
                </ul>{secretary}{absent}
            </div>"""


def _member(name: str, member: Mandataris) -> str:
    persoon = member.persoon
    return (
        f'<span property="{name}" typeof="mandaat:Mandataris" resource="{member.iri}">'
        f'<span property="mandaat:isBestuurlijkeAliasVan" typeof="person:Person" resource="{persoon.iri}">'
        f'<span property="persoon:gebruikteVoornaam">{e(persoon.voornaam)}</span> '
        f'<span property="foaf:familyName">{e(persoon.familienaam)}</span></span></span>'
    )


def _item(site: Site, zitting: Zitting, document: Document, place: int) -> str:
    punt = zitting.punten[place]
    before = zitting.punten[place - 1] if place else None
    after = (
        f"""
                        <span property="besluit:aangebrachtNa" typeof="besluit:Agendapunt" resource="{iri(site, "agendapunten", zitting, before.key)}"></span>"""
        if before
        else ""
    )
    treated = "" if document == "agenda" else _treated(site, zitting, document, punt, before)
    return f"""                    <li class="punt" property="besluit:behandelt" typeof="besluit:Agendapunt" resource="{iri(site, "agendapunten", zitting, punt.key)}">
                        <div style="display: none;" property="besluit:Agendapunt.type" typeof="skos:Concept" resource="{_ITEM_TYPE}"></div>
                        <div class="position"><span class="label">{punt.nummer}.</span></div>
                        <h2 class="title" property="dc:title" datatype="xsd:string">{e(punt.titel)}</h2>
                        <span class="summary" property="dc:description" datatype="xsd:string"><p>{e(punt.omschrijving)}</p></span>
                        <span property="besluit:geplandOpenbaar" datatype="xsd:boolean" content="{_bool(punt.openbaar)}"></span>{after}{treated}
                    </li>
"""


def _bool(value: bool) -> str:
    return "true" if value else "false"


def _treated(site: Site, zitting: Zitting, document: Document, punt: Punt, before: Punt | None) -> str:
    after = (
        f"""
                            <span property="besluit:gebeurtNa" typeof="besluit:BehandelingVanAgendapunt" resource="{iri(site, "behandelingen-van-agendapunten", zitting, before.key)}"></span>"""
        if before
        else ""
    )
    # The besluitenlijst template has typographic quotes, and room for one type only.
    listed = document == "besluitenlijst"
    kind = "typeof=”besluit:Besluit”" if listed else f'typeof="besluit:Besluit {BESLUIT_TYPE[punt.type]}"'
    full = document == "notulen" or "agenda" not in zitting.documenten
    return f"""
                        <div typeof="besluit:BehandelingVanAgendapunt" resource="{iri(site, "behandelingen-van-agendapunten", zitting, punt.key)}">
                            <span property="openbaar" datatype="xsd:boolean" content="{_bool(punt.openbaar)}"></span>
                            <span property="dc:subject" typeof="besluit:Agendapunt" resource="{iri(site, "agendapunten", zitting, punt.key)}"></span>{after}
                            <div property="prov:generated" {kind} resource="{iri(site, "besluiten", zitting, punt.key)}" >
                                <span property="eli:title" datatype="xsd:string" content="{e(punt.titel)}"></span>
                                <span property="eli:description" datatype="xsd:string" content="{e(punt.omschrijving)}"></span>
                                <span property="eli:passed_by" resource="{zitting.periode.iri}"></span>{_text(site, zitting, punt) if full else ""}
                            </div>
{_stemming(punt, punt.stemming, named=document == "notulen")}
                        </div>"""


def _text(site: Site, zitting: Zitting, punt: Punt) -> str:
    reasons = "\n".join(f"                                    <p>{e(text)}</p>" for text in punt.motivering)
    articles = "".join(
        f"""
                                    <div class="artikel" property="eli:has_part" typeof="besluit:Artikel" resource="{iri(site, "artikels", zitting, punt.key)}-{number}">
                                        <span class="artikel_nummer" property="eli:number" datatype="xsd:string">Artikel {number}</span>
                                        <div property="prov:value" datatype="xsd:string"><p>{e(text)}</p></div>
                                    </div>"""
        for number, text in enumerate(punt.artikels, 1)
    )
    return f"""
                                <div property="besluit:motivering" datatype="xsd:string">
{reasons}
                                </div>
                                <div property="prov:value" datatype="xsd:string">{articles}
                                </div>"""


def _stemming(punt: Punt, vote: Stemming, *, named: bool) -> str:
    people = ""
    if named and not vote.geheim and not vote.unaniem:
        people = "".join(
            f'\n                                <span property="besluit:{name}" resource="{one.iri}"></span>'
            for name, members in (
                ("heeftVoorstander", vote.voor),
                ("heeftTegenstander", vote.tegen),
                ("heeftOnthouder", vote.onthouding),
            )
            for one in members
        )
    return f"""                            <div property="besluit:heeftStemming" typeof="besluit:Stemming" class="positive opendata-meetingitem-decision">
                                <span property="besluit:onderwerp" lang="nl" content="{e(punt.titel)}"></span>
                                <span property="besluit:geheim" datatype="xsd:boolean" content="{_bool(vote.geheim)}"></span>
                                <span property="besluit:aantalVoorstanders" datatype="xsd:integer" content="{len(vote.voor)}"></span>
                                <span property="besluit:aantalTegenstanders" datatype="xsd:integer" content="{len(vote.tegen)}"></span>
                                <span property="besluit:aantalOnthouders" datatype="xsd:integer" content="{len(vote.onthouding)}"></span>
                                {e(votes_in_words(vote))} <span property="besluit:gevolg" lang="nl">{e(vote.gevolg)}</span>{people}
                            </div>"""
