"""The demo is real input: the harvester and the register read everything that the world holds."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from belfort import rdf
from belfort.jobs import Context
from belfort.records.assertion import assertion
from belfort.records.database import read
from belfort.records.entity import entity
from belfort.records.source import Source
from belfort.vocab import BESLUIT, DCT, ELI, LEIDINGGEVENDEN, MANDAAT, PERSON, PROV
from demo import lblodweb, raadpleeg
from demo.generate import documents, generate, zitting, zittingen
from demo.layout import TYPE_OF
from demo.model import Site, World, Zitting
from demo.pages import all_pages, document_path, sources, write_site
from demo.register import planted
from demo.server import serve_site
from harvester.extract import Extraction, extract
from publisher.register.intake import intake

BASE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def world() -> World:
    return generate(20261125, 4)


@pytest.fixture(scope="module")
def extractions(world: World) -> dict[str, Extraction]:
    return {page.path: extract(page.html.encode(), BASE + page.path) for page in all_pages(world)}


def _iris(site: Site, one: Zitting, kind: str) -> list[str]:
    """The IRIs of a zitting's agendapunten, behandelingen, … in their order."""
    if site.platform == "lblodweb":
        name = "agendapunt" if kind == "agendapunten" else kind
        return [lblodweb.punt_iri(site, name, punt) for punt in one.punten]
    return [raadpleeg.iri(site, kind, one, punt.key) for punt in one.punten]


def _zitting(site: Site, one: Zitting) -> str:
    return (
        lblodweb.zitting_iri(site, one)
        if site.platform == "lblodweb"
        else raadpleeg.iri(site, "zittingen", one, one.key)
    )


def test_every_document_says_what_the_world_holds(world: World, extractions: dict[str, Extraction]) -> None:
    """On each document the zitting, its agendapunten, behandelingen, stemmingen and besluiten are found, typed."""
    for site in world.sites:
        for one in zittingen(world, site):
            for document in documents(world, one.orgaan, one.nummer):
                found = extractions[document_path(site, one, document)]
                lines = set(found.lines)
                treated = 0 if document == "agenda" else len(one.punten)
                assert found.counts == {
                    "zittingen": 1,
                    "agendapunten": len(one.punten),
                    "behandelingen": treated,
                    "stemmingen": treated,
                    "besluiten": treated,
                }
                assert found.document_types == [TYPE_OF[document]]
                assert not found.issues
                held = (f"<{_zitting(site, one)}>", f"<{BESLUIT.isGehoudenDoor}>", f"<{one.periode.iri}>")
                assert rdf.line(held) in lines
                for punt, iri in zip(one.punten, _iris(site, one, "agendapunten"), strict=True):
                    assert rdf.line((f"<{iri}>", f"<{DCT.title}>", rdf.literal(punt.titel))) in lines
                    assert rdf.line((held[0], f"<{BESLUIT.behandelt}>", f"<{iri}>")) in lines
                if treated:
                    _assert_treated(site, one, found, lines)


def _assert_treated(site: Site, one: Zitting, found: Extraction, lines: set[str]) -> None:
    assert found.titles == [punt.titel for punt in one.punten]
    rows = zip(
        one.punten, *(_iris(site, one, kind) for kind in ("behandelingen-van-agendapunten", "besluiten")), strict=True
    )
    for punt, behandeling, besluit in rows:
        assert rdf.line((f"<{behandeling}>", f"<{PROV.generated}>", f"<{besluit}>")) in lines
        assert rdf.line((f"<{besluit}>", f"<{ELI.title}>", rdf.literal(punt.titel))) in lines
        assert rdf.line((f"<{besluit}>", f"<{ELI.description}>", rdf.literal(punt.omschrijving))) in lines


def test_notulen_have_text_and_people(world: World, extractions: dict[str, Extraction]) -> None:
    """Notulen hold the articles of every besluit, the reasons, and everyone who was there."""
    for site in world.sites:
        for one in zittingen(world, site):
            if "notulen" not in one.documenten:
                continue
            lines = extractions[document_path(site, one, "notulen")].lines
            numbers = [row for row in lines if f" <{ELI.number}> " in row]
            assert len(numbers) == sum(len(punt.artikels) for punt in one.punten)
            text = "\n".join(lines)
            for punt in one.punten:
                for sentence in (*punt.motivering, *punt.artikels):
                    assert rdf.escape(sentence) in text
            start = f"<{_zitting(site, one)}> <{BESLUIT.heeftAanwezigeBijStart}> "
            assert {row for row in lines if row.startswith(start)} == {f"{start}<{m.iri}> ." for m in one.aanwezig}


def test_quirk_is_there(world: World, extractions: dict[str, Extraction]) -> None:
    """Besluitenlijsten of the second platform need the repair of typographic quotes; without it no besluit is typed."""
    site = world.sites[1]
    path = document_path(site, zitting(world, site.organen[0], 1), "besluitenlijst")
    html = next(page.html for page in all_pages(world) if page.path == path)
    plain = extract(html.encode(), BASE + path, repair=False)
    assert plain.counts["besluiten"] == 0
    assert [r.rule for r in extractions[path].repairs] == ["q5-typographic-quotes"]


def test_links_lead_from_the_seeds_to_every_page(world: World, extractions: dict[str, Extraction]) -> None:
    """What the harvester sees as links leads from the seed of each site to all its pages, and nowhere else."""
    reached: set[str] = set()
    front = {BASE + site.seed_path for site in world.sites}
    while front:
        reached |= front
        front = {link.href for url in front for link in extractions[url.removeprefix(BASE)].links} - reached
    assert {url.removeprefix(BASE) for url in reached} == set(extractions)


def test_iris_do_not_depend_on_the_port(world: World, extractions: dict[str, Extraction]) -> None:
    """On another port every entity that has an IRI of its own says the same."""
    for page in all_pages(world):
        other = extract(page.html.encode(), f"http://127.0.0.1:9999{page.path}")
        own = [{row for row in found.lines if "127.0.0.1" not in row} for found in (extractions[page.path], other)]
        assert own[0] == own[1]


def test_feeds_over_the_server(world: World, context: Context, tmp_path: Path) -> None:
    """The three feeds are taken in over HTTP; a second time there is nothing new; what is public holds no canary."""
    folder = tmp_path / "demo"
    write_site(world, folder)
    with serve_site(folder, 0) as server:
        feeds = [
            Source(one.slug, one.label, "register", server.url + one.path, allow=f"127.0.0.1:{server.port}")
            for one in sources(world)
            if one.kind == "register"
        ]
        done = [intake(context, feed) for feed in feeds]
        again = [intake(context, feed) for feed in feeds]
    assert all(one.stopped is None and one.held == 0 and one.refused == 0 for one in done), done
    assert all(one.deletes for one in done)
    assert all(one.submission is None for one in again)
    with read(context.engine) as connection:
        rows = connection.execute(sa.select(entity.c.class_iri, sa.func.count()).group_by(entity.c.class_iri))
        counts = {row[0]: row[1] for row in rows}
        public = "\n".join(str(row) for table in (entity, assertion) for row in connection.execute(sa.select(table)))
    assert counts[BESLUIT.Bestuurseenheid] == len(world.besturen)
    assert counts[LEIDINGGEVENDEN.Functionaris] == sum(len(b.functionarissen) for b in world.besturen)
    assert counts[MANDAAT.Mandataris] == sum(len(b.mandatarissen) for b in world.besturen)
    people = {m.persoon.iri for b in world.besturen for m in b.mandatarissen}
    people |= {f.persoon.iri for b in world.besturen for f in b.functionarissen}
    assert counts[PERSON.Person] == len(people)
    for canary in planted(world):
        for form in canary.forms:
            assert form not in public, canary
