"""The pages of the public databanks, on the registers of the demo: who leads, who represents, when, in what form."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from belfort.jobs import open_context
from belfort.settings import Settings
from demo import codes
from demo.model import Bestuur, Mandataris
from demo.neighbours import MINISTER_SINCE
from frontend.app import create_app
from tests.support import demo_register
from tests.support.demo_register import world

HTML = {"Accept": "text/html"}
TODAY = "2026-11-25T12:00:00+01:00"
PROVINCIE = world().besturen[3]
ONE, TWO, THREE, FOUR = (world().besturen[place] for place in (6, 7, 8, 9))
GEMEENTE, OCMW, OTHER = world().besturen[0], world().besturen[1], world().besturen[2]


@pytest.fixture(scope="module")
def databank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on the registers of the demo."""
    settings = Settings(data=tmp_path_factory.mktemp("databank") / "data", log_level="error")
    context = open_context(settings)
    demo_register.fill(context)
    context.engine.dispose()
    made = create_app(settings)
    yield made
    made.extensions["belfort"].close()


@pytest.fixture
def client(databank: Flask) -> Iterator[FlaskClient]:
    """A client on a day of which the demo knows everything."""
    with time_machine.travel(TODAY, tick=False):
        yield databank.test_client(use_cookies=False)


def page(client: FlaskClient, path: str) -> str:
    """The HTML at that address."""
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 200, path
    return answer.text


def rows(client: FlaskClient, path: str) -> list[dict[str, str]]:
    """The CSV at that address."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def path_of(bestuur: Bestuur) -> str:
    """The address of its page."""
    return f"/besturen/{bestuur.iri.rsplit('/', 1)[1]}"


def section(text: str, name: str) -> str:
    """One section of a page."""
    start = text.index(f'aria-labelledby="{name}"')
    return text[start : text.index("</section>", start)]


def holder(bestuur: Bestuur, rol: str, on: date) -> str:
    """Who holds that leading function on a day."""
    found = [
        f.persoon.naam for f in bestuur.functionarissen if f.functie.rol == rol and f.start <= on <= (f.einde or on)
    ]
    return found[0] if found else ""


def members(bestuur: Bestuur, rol: str, on: date) -> list[Mandataris]:
    """Who holds that mandate on a day."""
    return [m for m in bestuur.mandatarissen if m.mandaat.rol == rol and m.at(on)]


AD = "39e08271-68db-4282-897f-5cba88c71862"
FD = "6d4cf4dd-2080-4752-8733-d02a036b2df0"


def test_who_is_algemeen_directeur(client: FlaskClient) -> None:
    """The name stands at the top and in the table, with status, since when, and how to reach."""
    text = page(client, path_of(GEMEENTE))
    head, table = text[: text.index("</header>\n<section")], section(text, "leiding")
    name = holder(GEMEENTE, AD, date(2026, 11, 25))
    assert name in head
    for expected in (name, "Aangesteld", "1 januari 2019", "mailto:algemeen.directeur@", 'href="tel:09'):
        assert expected in table, expected


@pytest.mark.parametrize(
    ("day", "status"), [("2024-02-29", "Aangesteld"), ("2024-03-01", "waarnemend"), ("2024-09-01", "Aangesteld")]
)
def test_who_was_algemeen_directeur_on_a_day(client: FlaskClient, day: str, status: str) -> None:
    """Before, between and after a succession: the one of that day, with the status of that day."""
    table = section(page(client, f"{path_of(THREE)}?peildatum={day}"), "leiding")
    assert holder(THREE, AD, date.fromisoformat(day)) in table.partition("<details>")[0]
    assert status in table


def test_vacant_and_never_reported_are_told_apart(client: FlaskClient) -> None:
    """Who left leaves a vacancy with a date; where nobody ever was, that is said; an adjunct is missed by nobody."""
    table = section(page(client, path_of(TWO)), "leiding")
    assert "vacant" in table
    assert "31 mei 2025" in table
    assert "niet gemeld" in table
    assert "djunct" not in table


def test_who_was_schepen_on_a_day(client: FlaskClient) -> None:
    """On 1 January 2024 the college of that day is there, in rangorde, and nobody else."""
    on = date(2024, 1, 1)
    college = section(page(client, f"{path_of(GEMEENTE)}?peildatum=2024-01-01"), "mandatarissen").partition("</table>")[
        0
    ]
    shown = re.findall(r'<th scope="row"><a href="/personen/[^"]+">([^<]+)</a>', college)
    then = [m.persoon.naam for rol in ("13", "14") for m in members(GEMEENTE, rol, on)]
    assert len(then) == 5
    assert shown == then
    assert {m.persoon.naam for m in members(GEMEENTE, "14", date(2026, 11, 25))} != set(then[1:])


def test_absence_and_replacement_are_linked(client: FlaskClient) -> None:
    """Who is absent names who acts and the other way round; only who acts holds the seat."""
    text = section(page(client, path_of(ONE)), "mandatarissen")
    absent = next(m for m in members(ONE, "13", MINISTER_SINCE) if m.status == codes.VERHINDERD)
    acting = next(m for m in members(ONE, "13", MINISTER_SINCE) if m.status == codes.WAARNEMEND)
    for expected in (
        "Verhinderd",
        "vervangen door <a",
        "Waarnemend",
        "vervangt <a",
        absent.persoon.naam,
        acting.persoon.naam,
    ):
        assert expected in text
    college = text.partition("</table>")[0]
    assert "Niet ingevuld" not in college


def test_an_ocmw_shows_the_directors_of_its_gemeente(client: FlaskClient) -> None:
    """They are shared, on a past day too, although the register gives the OCMW empty organs of its own."""
    for day in (date(2026, 11, 25), date(2026, 6, 30)):
        table = section(page(client, f"{path_of(OCMW)}?peildatum={day.isoformat()}"), "leiding")
        assert "Gedeeld met" in table
        assert path_of(GEMEENTE) in table
        assert holder(GEMEENTE, AD, day) in table
        assert holder(GEMEENTE, FD, day) in table.partition("<details>")[0]


def test_nothing_known_is_said(client: FlaskClient) -> None:
    """A gemeente of which nobody was reported has a page that says so, with where to report it."""
    text = page(client, path_of(FOUR))
    assert "Geen data." in text
    assert f"{path_of(FOUR)}/kwaliteit#meld" in text
    assert text.count("niet gemeld") == 2


def test_what_changed_since_a_day(client: FlaskClient) -> None:
    """Between 1 January 2026 and now: who came, who went, whose status changed; not who merely stayed."""
    text = section(page(client, f"{path_of(GEMEENTE)}?peildatum=2026-01-01"), "veranderd")
    for expected in (
        "sinds 1 januari 2026",
        "werd financieel directeur",
        "30 juni 2026",
        "Effectief → Verhinderd",
        "waarnemend schepen",
    ):
        assert expected in text, expected
    stays = members(GEMEENTE, "13", date(2026, 11, 25))[0].persoon.naam
    assert stays not in text


def test_the_new_legislature_is_news_only_where_people_changed(client: FlaskClient) -> None:
    """Someone who sat before and after 1 January 2025 in the same mandate did not begin anew."""
    text = section(page(client, f"{path_of(THREE)}?peildatum=2024-12-01"), "veranderd")
    before = {m.persoon.naam for m in members(THREE, "11", date(2024, 12, 1))}
    after = {m.persoon.naam for m in members(THREE, "11", date(2025, 1, 1))}
    for name in before ^ after:
        assert name in text
    kept = before & after - {m.persoon.naam for m in THREE.mandatarissen if m.mandaat.rol != "11"}
    assert kept
    assert not any(f"{name}</a> werd" in text for name in kept)


def test_all_burgemeesters_of_a_provincie_as_csv(client: FlaskClient) -> None:
    """The same people as the page, and no others; with keys, status and dates."""
    query = f"provincie={PROVINCIE.plaats}"
    found = rows(client, f"/functies/burgemeester.csv?{query}")
    mine = [
        b
        for b in world().besturen
        if b.code == codes.GEMEENTE and b.werkingsgebied.binnen == PROVINCIE.werkingsgebied.iri
    ]
    expected = {m.persoon.naam for b in mine for m in members(b, "13", date(2026, 11, 25))}
    assert {row["naam"] for row in found} == expected
    assert {row["bestuur_iri"] for row in found} == {b.iri for b in mine}
    assert {row["provincie"] for row in found} == {PROVINCIE.plaats}
    assert {row["status"] for row in found} == {"Effectief", "Verhinderd", "Waarnemend"}
    assert all(date.fromisoformat(row["start"]) for row in found)
    text = page(client, f"/functies/burgemeester?{query}")
    assert all(name in text for name in expected)
    assert f"/functies/burgemeester.csv?{query}" in text


def test_a_burgemeester_counts_once(client: FlaskClient) -> None:
    """The mandate is a post of two organs; the list has one row for it."""
    found = rows(client, "/functies/burgemeester.csv")
    iris = [row["mandataris_iri"] for row in found if row["mandataris_iri"]]
    assert len(iris) == len(set(iris))
    assert [row["toestand"] for row in found if row["bestuur_iri"] == FOUR.iri] == ["niet gemeld"]


def test_all_algemeen_directeurs_with_vacancies(client: FlaskClient) -> None:
    """Every gemeente has a row, also where nobody is; the state can be asked for."""
    found = rows(client, "/functies/algemeen-directeur.csv")
    gemeenten = {b.iri for b in world().besturen if b.code == codes.GEMEENTE}
    assert {row["bestuur_iri"] for row in found} == gemeenten
    states = {row["bestuur"]: row["toestand"] for row in found}
    assert states[TWO.naam] == "vacant"
    assert states[FOUR.naam] == "niet gemeld"
    assert states[OTHER.naam] == "waarnemend"
    assert {row["bestuur"] for row in rows(client, "/functies/algemeen-directeur.csv?toestand=vacant")} == {TWO.naam}


def test_a_function_on_a_past_day(client: FlaskClient) -> None:
    """The list as of a day has the people of that day."""
    found = rows(client, "/functies/algemeen-directeur.csv?peildatum=2024-05-01")
    states = {row["bestuur"]: (row["naam"], row["toestand"]) for row in found}
    assert states[THREE.naam] == (holder(THREE, AD, date(2024, 5, 1)), "waarnemend")
    assert states[TWO.naam][1] == "vervuld"


def test_a_list_by_accept_and_by_suffix(client: FlaskClient) -> None:
    """Accept chooses as the suffix does; what does not exist is 406 with a list; every answer varies by Accept."""
    for path in ("/functies/burgemeester", "/besturen", f"{path_of(TWO)}/kwaliteit"):
        by_accept = client.get(path, headers={"Accept": "text/csv"})
        assert by_accept.data == client.get(f"{path}.csv").data
        assert json.loads(client.get(path, headers={"Accept": "application/json"}).text)
        assert client.get(path).mimetype == "text/html"
        assert by_accept.headers["Vary"] == "Accept"
        refused = client.get(path, headers={"Accept": "image/png"})
        assert refused.status_code == 406
        assert f"{path}.csv" in refused.text
        again = client.get(path, headers={"Accept": "text/csv", "If-None-Match": by_accept.headers["ETag"]})
        assert again.status_code == 304


@pytest.mark.parametrize(
    "path",
    ["/functies/keizer", "/functies/burgemeester?kleur=rood", "/functies/burgemeester?provincie=Atlantis",
     "/functies/burgemeester?peildatum=gisteren", "/besturen/niets/kwaliteit",
     "/besturen?type=Koninkrijk", "/besturen/niets/mandatarissen.csv"],
)  # fmt: skip
def test_a_wrong_question_gets_a_clear_answer(client: FlaskClient, path: str) -> None:
    """400 or 404, with what is wrong and what there is."""
    answer = client.get(path, headers={"Accept": "application/json"})
    assert answer.status_code in (400, 404)
    assert answer.json
    assert answer.json["detail"]
    assert client.get("/functies/burgemeester?pagina=99", headers=HTML).status_code == 404


def test_besturen_by_type_and_provincie(client: FlaskClient) -> None:
    """The list narrows by both, as page and as CSV."""
    found = rows(client, f"/besturen.csv?type=Gemeente&provincie={PROVINCIE.plaats}")
    assert {row["naam"] for row in found} == {GEMEENTE.naam, OTHER.naam, ONE.naam, TWO.naam}
    text = page(client, f"/besturen?type=Gemeente&provincie={PROVINCIE.plaats}")
    assert "4 van 11 besturen" in text
    assert THREE.naam not in text


def test_the_tables_of_a_bestuur(client: FlaskClient) -> None:
    """Leidinggevenden and mandatarissen of one bestuur, on a day, with vacancies and competences."""
    leaders = rows(client, f"{path_of(TWO)}/leidinggevenden.csv")
    assert [(row["functie"], row["toestand"]) for row in leaders] == [
        ("Algemeen directeur", "vacant"), ("Financieel directeur", "niet gemeld"),
    ]  # fmt: skip
    seats = rows(client, f"{path_of(GEMEENTE)}/mandatarissen.csv?peildatum=2024-01-01")
    assert {row["naam"] for row in seats if row["functie"] == "Schepen"} == {
        m.persoon.naam for m in members(GEMEENTE, "14", date(2024, 1, 1))
    }
    assert any(" / " in row["bevoegdheden"] for row in seats)


def test_a_person_has_the_roles_of_both_databanks(client: FlaskClient) -> None:
    """Somebody who sat in two terms and acts for someone: one line of time, one table, versions inside."""
    acting = next(m for m in members(ONE, "13", MINISTER_SINCE) if m.status == codes.WAARNEMEND)
    text = page(client, f"/personen/{acting.persoon.iri.rsplit('/', 1)[1]}")
    for expected in (acting.persoon.naam, "Eerste schepen", "Waarnemend", "vervangt", "Gemeenteraadslid", "Tijdlijn"):
        assert expected in text, expected
    assert text.count("<rect") >= 3


def test_a_fractie_shows_members_and_seats(client: FlaskClient) -> None:
    """Members per organ with a chart and the table that says the same; other fracties of the bestuur."""
    seat = members(GEMEENTE, "11", date(2026, 11, 25))[0]
    assert seat.fractie
    text = page(client, f"/fracties/{seat.fractie.iri.rsplit('/', 1)[1]}")
    mine = {m.persoon.naam for m in members(GEMEENTE, "11", date(2026, 11, 25)) if m.fractie == seat.fractie}
    assert all(name in text for name in mine)
    assert f'<td class="num">{len(mine)}</td>' in text
    assert "Andere fracties van dit bestuur" in text


def test_an_organ_shows_its_seats_and_periods(client: FlaskClient) -> None:
    """A council has as many dots as seats, a table of seats per fractie, and a link to each period."""
    raad = next(organ for organ in GEMEENTE.organen if organ.kind == "GR")
    text = page(client, f"/organen/{raad.iri.rsplit('/', 1)[1]}")
    assert text.count("<circle") == 23
    assert "peildatum=2024-12-31" in text
    old = page(client, f"/organen/{raad.perioden[0].iri.rsplit('/', 1)[1]}")
    assert "Dit is de toestand op" in old
    assert {m.persoon.naam for m in members(GEMEENTE, "12", date(2024, 12, 31))}.pop() in old


def test_the_quality_page_says_what_is_wrong_and_how_to_put_it_right(client: FlaskClient) -> None:
    """A gemeente in order has no errors; one with vacancies is told so; both have a way to report an error."""
    good, vacant = page(client, f"{path_of(GEMEENTE)}/kwaliteit"), page(client, f"{path_of(TWO)}/kwaliteit")
    assert "Alle 27 regels zijn in orde." in good
    assert "Verplichte functies ingevuld" in vacant
    assert "algemeen directeur: vacant" in vacant
    assert "Zo verhelpt u het:" in vacant
    assert "0 van 2 ingevuld" in vacant
    assert f"mailto:info@{ONE.naam.lower().replace(' ', '-')}.example" in page(client, f"{path_of(ONE)}/kwaliteit")
    assert "mailto:belfort@example.org?subject=Fout%20in%20de%20gegevens" in good
    assert rows(client, f"{path_of(TWO)}/kwaliteit.csv")[0]["regel"] == "f.8"


def test_every_bestuur_has_its_pages(client: FlaskClient) -> None:
    """No page of any bestuur fails, today, in the past and in the far future."""
    for bestuur in world().besturen:
        for suffix in ("", "?peildatum=2019-01-01", "?peildatum=2000-01-01", "?peildatum=2099-12-31", "/kwaliteit"):
            page(client, path_of(bestuur) + suffix)


def test_the_links_of_a_page_with_a_suffix_are_those_without(client: FlaskClient) -> None:
    """`.html` is the same page: its links do not carry the suffix along."""
    plain, suffixed = page(client, path_of(GEMEENTE)), page(client, f"{path_of(GEMEENTE)}.html")
    assert plain == suffixed
    assert ".html" not in plain


def test_pages_are_made_once_until_the_records_change(databank: Flask) -> None:
    """The second reader gets the kept page; another day makes it anew."""
    client = databank.test_client(use_cookies=False)
    with time_machine.travel(TODAY, tick=False):
        first = page(client, path_of(THREE))
        assert page(client, path_of(THREE)) is not None
        assert page(client, path_of(THREE)) == first
    with time_machine.travel("2031-01-01T12:00:00+01:00", tick=False):
        assert page(client, path_of(THREE)) != first
