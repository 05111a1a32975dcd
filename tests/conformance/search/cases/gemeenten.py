"""Questions as people ask them, to agendas as they are."""

from tests.conformance.search.case import Case

_A = "bron=gemeenten "

CASES = [
    Case("leegstand woningen", "ge-le-02", _A),
    Case("belasting", "ge-le-02 ge-vo-01 ge-ge-03", _A),
    Case("belastingen", "ge-le-02 ge-vo-01 ge-ge-03", _A),
    Case("toeristenbelasting Voeren", "ge-vo-01", _A),
    Case("omgevingsvergunning Sint-Pieters-Leeuw", "ge-le-05 ge-le-06", _A),
    Case("omgevingsvergunning Leeuw bomen", "ge-le-05 ge-le-06", _A, above="ge-le-06>ge-le-05"),
    Case("OMV_2023/1187", "ge-le-05", _A),
    Case("0456789123", "ge-le-07", _A),
    Case("notulen", "ge-le-01 ge-ni-01 ge-ni-10", _A),
    Case(
        "notulen gemeenteraad niklaas",
        "ge-le-01 ge-ni-01 ge-ni-10 ge-ni-02 ge-ni-03 ge-ni-04 ge-ni-08 ge-ni-09 ge-ni-11",
        _A,
        above="ge-ni-01>ge-ni-02 ge-ni-10>ge-ni-02",
    ),
    Case("notulen", "ge-ni-10", _A + "documenttype=notulen"),
    Case("fietsstraat", "ge-ge-02", _A),
    Case("speelstraat", "ge-zu-02", _A),
    Case("taxi", "ge-ge-03", _A),
    Case("taxi's", "ge-ge-03", _A),
    Case("zwembad", "ge-he-07", _A),
    Case('"zone 30"', "ge-le-03", _A),
    Case("subsidie geveltuin", "ge-ni-03", _A),
    Case("345/K/2", "ge-he-05", _A),
    Case("Fourons", "ge-vo-03", _A),
    Case("peeters smeets", "ge-vo-07 ge-vo-08", _A),
    Case("Peeters-Smeets", "ge-vo-07 ge-vo-08", _A),
    Case("joris schepen", "ge-vo-08", _A + "type=mandatarissen"),
    Case("beuken", "ge-he-01 ge-ge-05", _A),
    Case("kerkfabriek budget", "ge-he-02", _A),
    Case('"de vergunning wordt"', "ge-le-05 ge-le-06", _A),
    Case('"de vergunning wordt" -geweigerd', "ge-le-05", _A),
    Case("vergunning -omgevingsvergunning", "ge-vo-04", _A),
    Case("C-mine", "ge-ge-01", _A),
    Case("principiele", "ge-ge-11", _A),
    Case("wateroverlast OF treinhalte OF jumelage", "ge-ni-08 ge-he-09 ge-ge-11", _A),
    Case("", ask=_A + "type=zittingen tot=2024-06-30 sort=datum", order="ge-vo-06 ge-he-08 ge-ni-09 ge-le-10 ge-le-09"),
    Case(
        "",
        ask=_A + "thema=mobiliteit",
        facets={
            "bestuur": {"leeuw": 2, "heist": 1, "voeren": 1, "genk": 1, "zuien": 1},
            "besluittype": {"verkeersreglement": 3, "opdracht": 2},
        },
    ),
]
