"""The rules of the databanks: data that keep them all, and for each rule data that break it and no other."""

from collections.abc import Callable
from pathlib import Path

import pytest

from belfort import rdf
from belfort.rdf import Triple
from belfort.vocab import (
    FOAF,
    GENERIEK,
    LEIDINGGEVENDEN,
    LMB,
    MANDAAT,
    ORG,
    SCHEMA,
)
from shapes import codes
from shapes.rules.check import Finding, check, rules, unknowable
from shapes.shacl import Graph
from tests.support.databank import (
    AD_ROLE,
    BEKRACHTIGD,
    EFFECTIEF,
    END,
    FD_ORGAN,
    FD_ROLE,
    VERHINDERD,
    WAARNEMEND,
    G,
    databank,
    functie,
    functionaris,
    instead,
    mandataris,
    organ_of,
    say,
    without,
)

GOOD = databank()
HOLDS, ALIAS, STATUS = ORG.holds, MANDAAT.isBestuurlijkeAliasVan, MANDAAT.status


def findings(triples: list[Triple]) -> list[Finding]:
    """What the rules find."""
    return check(rdf.lines(triples))


def broken(triples: list[Triple]) -> set[str]:
    """The names of the rules that are broken."""
    return {one.rule.name for one in findings(triples)}


def absent(*, acting: list[Triple]) -> list[Triple]:
    """The schepen is absent from 1 June 2026, pointing at `waarnemer`."""
    found = instead(GOOD, "twee-schepen", MANDAAT.einde, "2026-05-31T21:59:59Z")
    found += mandataris("afwezig", "twee", "schepen", "2026-05-31T22:00:00Z", END, VERHINDERD)
    found += say("afwezig", (MANDAAT.isTijdelijkVervangenDoor, G + "waarnemer"))
    return [*found, *acting]


def acting(**changes: str) -> list[Triple]:
    """Someone acts for the schepen, and sits in the vast bureau for it."""
    given = {"person": "een", "post": "schepen", "start": "2026-05-31T22:00:00Z", "status": WAARNEMEND, **changes}
    return mandataris("waarnemer", given["person"], given["post"], given["start"], END, given["status"])


WRONG: dict[str, Callable[[], list[Triple]]] = {
    "1_1": lambda: without(GOOD, "een-rmw-lid", STATUS),
    "1_2": lambda: instead(GOOD, "een-raadslid", MANDAAT.start, "2024-12-30T23:00:00Z"),
    "1_3": lambda: instead(GOOD, "raadslid", MANDAAT.aantalHouders, "3"),
    "1_4_8": lambda: instead(GOOD, "een-rmw-lid", MANDAAT.start, "2024-12-31T23:00:00Z", "2025-01-31T23:00:00Z"),
    "1_9": lambda: without(GOOD, "een-raadslid", ORG.hasMembership),
    "1_10": lambda: [*GOOD, *say("een-raadslid", (MANDAAT.beleidsdomein, G + "domein"))],
    "1_11": lambda: instead(
        [*without(GOOD, "twee-rmw-lid"), *_stranger("rmw-lid")], "twee-bcsd-lid", HOLDS, G + "bcsd-lid"
    ),
    "1_12": lambda: instead(GOOD, "een-voorzitter-rmw", ALIAS, G + "twee"),
    "1_13": lambda: [*without(GOOD, "twee-vb-lid"), *_stranger("vb-lid")],
    "1_14": lambda: [
        *instead(GOOD, "een-voorzitter-vb", ALIAS, G + "twee"),
        *instead([], "twee-vb-lid", ALIAS),
        *mandataris("een-vb-lid", "een", "vb-lid"),
    ],
    "1_15": lambda: [*without(GOOD, "twee-voorzitter-bcsd"), *_stranger("voorzitter-bcsd")],
    "1_16": lambda: absent(acting=acting(start="2026-05-30T22:00:00Z")),
    "1_17": lambda: without(GOOD, "lijst", MANDAAT.heeftKandidaat) + say("lijst", (MANDAAT.heeftKandidaat, G + "een")),
    "1_18": lambda: without(GOOD, "een-raadslid", LMB.linkToBesluit),
    "1_19": lambda: without(GOOD, "twee-schepen", MANDAAT.rangorde),
    "2_1": lambda: instead(GOOD, "bcsd-lid", ORG.role, G + "rol"),
    "2_2": lambda: [*GOOD, *say("los", ("a", MANDAAT.Mandaat), (ORG.role, codes.code("BestuursfunctieCode", "11")))],
    "2_3": lambda: [*GOOD, *mandataris("nog-eens", "een", "raadslid")],
    "f_1": lambda: instead(GOOD, "ad-nu", HOLDS, G + "ad", G + "fd"),
    "f_2": lambda: instead(GOOD, "ad-nu", STATUS, EFFECTIEF),
    "f_3": lambda: [*GOOD, *functionaris("ooit", "twee", "ad", "2019-06-01T00:00:00", "2019-05-01T00:00:00")],
    "f_4": lambda: instead(GOOD, "ad-nu", MANDAAT.start, "2018-12-30T23:00:00Z"),
    "f_5": lambda: [*GOOD, *functionaris("ook", "twee", "ad", "2026-01-01T00:00:00")],
    "f_6": lambda: [*GOOD, *functie("x", FD_ORGAN, FD_ROLE, "ocmw"), *functionaris("y", "twee", "x")],
    "f_7": lambda: [*GOOD, *functie("x", FD_ORGAN, AD_ROLE, "gemeente")],
    "f_8": lambda: without(GOOD, "ad-nu"),
    "p_1": lambda: without(GOOD, "een", FOAF.familyName),
    "c_1": lambda: instead(GOOD, "contact", SCHEMA.email, "info(at)g.example"),
    "c_2": lambda: instead(GOOD, "kbo-g", GENERIEK.lokaleIdentificator, "0829241321"),
}


def _stranger(post: str) -> list[Triple]:
    """Someone who sits nowhere else."""
    return [
        *mandataris(f"drie-{post}", "drie", post),
        *say("drie", ("a", "http://www.w3.org/ns/person#Person"), (FOAF.familyName, "Drie"),
             ("http://data.vlaanderen.be/ns/persoon#gebruikteVoornaam", "Jo")),
    ]  # fmt: skip


def test_data_that_keep_every_rule() -> None:
    """A gemeente with its OCMW in order: nothing is found."""
    assert findings(GOOD) == []


def test_every_rule_has_data_that_break_it() -> None:
    """The 18 rules of the producers and ours, no more and no less."""
    assert set(WRONG) == {one.name for one in rules().values()}
    assert sum(name[0].isdecimal() for name in WRONG) == 18


# What is broken along with it, since one fact is wrong for two rules.
ALONG = {"1_1": {"1_3"}, "1_12": {"2_3"}, "1_14": {"1_3", "1_13"}, "1_16": {"1_3"}, "f_1": {"f_5"}}


@pytest.mark.parametrize("name", WRONG)
def test_a_rule_is_broken_alone(name: str) -> None:
    """One thing wrong breaks that rule, with a message in Dutch, a way to put it right, and a place."""
    found = findings(WRONG[name]())
    assert name in {one.rule.name for one in found}
    assert {one.rule.name for one in found} - {name} <= ALONG.get(name, set())
    rule = next(one for one in found if one.rule.name == name)
    assert rule.rule.message.endswith(".")
    assert rule.rule.fix.endswith(".")
    assert rule.subject.startswith(G)


@pytest.mark.parametrize("start", ["2024-12-31T23:00:00Z", "2025-01-01T00:00:00", "2025-01-01"])
def test_the_first_day_in_every_spelling_is_inside(start: str) -> None:
    """Local midnight in UTC, without zone, or a plain date: all are 1 January."""
    typed = f'"{start}"^^<http://www.w3.org/2001/XMLSchema#{"dateTime" if "T" in start else "date"}>'
    changed = [*without(GOOD, "een-raadslid", MANDAAT.start), (f"<{G}een-raadslid>", f"<{MANDAAT.start}>", typed)]
    assert "1_2" not in broken(changed)


def test_an_open_end_of_the_organ_bounds_nothing() -> None:
    """Without bindingEinde only the start can be too early (the rule of the producers reports nothing then)."""
    open_ended = without(GOOD, "gr-t", MANDAAT.bindingEinde)
    assert broken(open_ended) == set()
    early = instead(open_ended, "een-raadslid", MANDAAT.start, "2019-01-01T00:00:00")
    assert "1_2" in broken(early)


def test_a_seat_in_another_period_or_gemeente_does_not_count() -> None:
    """Who sat in the RMW of the period before is missing in the one of now."""
    before = [
        *organ_of("rmw-oud", "07", "ocmw", "2019-01-01T00:00:00", "2024-12-31T23:59:59"),
        *say("rmw-oud-t", (ORG.hasPost, G + "oud-lid")),
        *say("oud-lid", ("a", MANDAAT.Mandaat), (ORG.role, codes.code("BestuursfunctieCode", "15"))),
        *mandataris("twee-oud", "twee", "oud-lid", "2018-12-31T23:00:00Z", "2024-12-31T22:59:59Z"),
    ]
    assert broken([*GOOD, *before]) == set()
    assert "1_11" in broken([*WRONG["1_11"](), *before])


def test_facilities_are_exempt() -> None:
    """Where the RMW is elected on its own, nobody has to sit in both."""
    flagged = [*WRONG["1_11"](), (f"<{G}gemeente>", f"<{LMB.faciliteitenGemeente}>",
               '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>')]  # fmt: skip
    assert "1_11" not in broken(flagged)
    wemmel = next(iri for iri, one in codes.areas().items() if one.label == "Wemmel")
    listed = [tuple(wemmel.join(("<", ">")) if x == f"<{G}gebied>" else x for x in t) for t in WRONG["1_11"]()]
    assert "1_11" not in broken(listed)  # type: ignore[arg-type]


def test_one_absent_one_acting_is_one_seat() -> None:
    """Who is absent holds no seat and who acts does, so the number is right and nobody is missing."""
    other = acting(person="drie") + _stranger("vb-lid")
    assert broken(absent(acting=other)) - {"1_3", "1_17", "2_3"} == set()
    assert "1_16" in broken(absent(acting=acting(person="twee")))
    assert "1_16" in broken(absent(acting=acting(post="raadslid", person="drie")))
    assert "1_16" in broken(absent(acting=[]))


def test_seats_say_how_many_and_when() -> None:
    """The finding names the count, the seats, the function and the days."""
    late = instead(GOOD, "twee-raadslid", MANDAAT.start, "2025-02-28T23:00:00Z")
    values = [one.value for one in findings(late) if one.rule.name == "1_3"]
    assert values == ["1 van 2 × gemeenteraadslid, van 1/1/2025 tot 28/2/2025"]


def test_the_vast_bureau_may_miss_one() -> None:
    """A seat of the vast bureau may stay open; of the council it may not."""
    assert "1_3" not in broken(instead(GOOD, "vb-lid", MANDAAT.aantalHouders, "2"))
    assert "1_3" in broken(instead(GOOD, "vb-lid", MANDAAT.aantalHouders, "3"))


def test_exact_doubles_and_open_ends_overlap() -> None:
    """What the strict comparisons of the producers miss."""
    assert "2_3" in broken([*GOOD, *mandataris("dubbel", "een", "raadslid", "2024-12-31T23:00:00Z")])
    open_ended = without(GOOD, "een-raadslid", MANDAAT.einde)
    assert "2_3" in broken([*open_ended, *mandataris("later", "een", "raadslid", "2027-01-01T00:00:00Z")])
    closed = instead(GOOD, "een-raadslid", MANDAAT.einde, "2026-06-30T21:59:59Z")
    follows = mandataris("volgt", "een", "raadslid", "2026-06-30T22:00:00Z")
    assert "2_3" not in broken([*closed, *follows])


def test_two_functions_of_one_organ_are_one_post() -> None:
    """Provincies get a new Bestuursfunctie with a new period: two people in both at once are still one too many."""
    second = [
        *say("ad-orgaan-t2", ("a", "http://data.vlaanderen.be/ns/besluit#Bestuursorgaan"),
             (GENERIEK.isTijdspecialisatieVan, G + "ad-orgaan"), (LEIDINGGEVENDEN.heeftBestuursfunctie, G + "ad2")),
        *say("ad2", ("a", LEIDINGGEVENDEN.Bestuursfunctie), (ORG.role, codes.code("BestuursfunctieCode", AD_ROLE))),
        *functionaris("ad2-nu", "twee", "ad2", "2025-01-01T00:00:00"),
    ]  # fmt: skip
    assert broken([*GOOD, *second]) == {"f_5"}
    ended = instead(GOOD, "ad-nu", MANDAAT.einde, "2024-12-31T22:59:59Z")
    assert broken([*ended, *second]) == set()


def test_what_nobody_says_cannot_be_judged() -> None:
    """Without lists of candidates or links to besluiten anywhere, those two rules are silent for readers."""
    names = {one.name for one in unknowable(Graph(GOOD))}
    assert names == set()
    bare = [t for t in GOOD if t[1] not in (f"<{LMB.linkToBesluit}>", f"<{MANDAAT.heeftKandidaat}>")]
    assert {one.name for one in unknowable(Graph(bare))} == {"1_17", "1_18"}


def test_ratification_from_the_side_of_the_besluit_counts() -> None:
    """A besluit that says it ratifies the appointment is as good as a link."""
    changed = [*WRONG["1_18"](), *say("besluit", (MANDAAT.bekrachtigtAanstellingVan, G + "een-raadslid"))]
    assert "1_18" not in broken(changed)
    assert BEKRACHTIGD


def test_an_unknown_type_of_bestuur_owes_nothing() -> None:
    """A bestuur with a code that is in no list breaks nothing."""
    changed = instead(GOOD, "gemeente", ORG.classification, G + "nieuw-type")
    assert broken(without(changed, "ad-nu")) == set()


def test_the_page_about_the_rules_is_up_to_date() -> None:
    """docs/reference/rules.md has a row for each rule, with its weight and texts."""
    text = (Path(__file__).parents[3] / "docs/reference/rules.md").read_text("utf-8")
    for one in set(rules().values()):
        row = f"| {one.name.replace('_', '.')} |"
        line = next(line for line in text.split("\n") if line.startswith(row))
        assert line.endswith(f"| {one.severity} | {one.label} | {one.message} | {one.fix} |")
