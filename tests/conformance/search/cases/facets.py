"""Facets count all hits, each facet without its own filter; what has no value is counted nowhere."""

from tests.conformance.search.case import Case
from tests.support.search_corpus import DAYS, MADE_UP, word

_TYPES = {
    "besluiten": 11, "agendapunten": 2, "zittingen": 2, "documenten": 2, "personen": 1, "mandatarissen": 1,
    "organen": 1, "besturen": 1, "functionarissen": 1,
}  # fmt: skip
_BESTUREN = {"leeuw": 7, "niklaas": 5, "genk": 8, "voeren": 1}
_SEVENTHS = {f"s{n}": len(range(n, MADE_UP, 7)) for n in range(7)}

CASES = [
    Case(
        "",
        ask="bron=filters",
        total=22,
        facets={
            "type": _TYPES,
            "bestuur": _BESTUREN,
            "provincie": {"brabant": 7, "oost": 5, "limburg": 9},
            "orgaantype": {"gr": 13, "cbs": 2, "vb": 1, "rmw": 1},
            "thema": {"sport": 5, "jeugd": 2, "omgeving": 2, "financien": 3, "welzijn": 1},
            "besluittype": {"reglement": 4, "vergunning": 2, "aankoop": 1, "steun": 1},
            "documenttype": {"notulen": 1, "agenda": 1},
            "rechtsgrond": {"art40": 2, "art56": 2, "art57": 1},
            "status": {"behandeld": 16},
        },
    ),
    # A chosen value leaves the other values of its own facet, and narrows the other facets.
    Case(
        "",
        ask="bron=filters bestuur=niklaas",
        total=5,
        facets={
            "bestuur": _BESTUREN,
            "type": {"besluiten": 3, "agendapunten": 1, "zittingen": 1},
            "thema": {"financien": 3, "sport": 1},
            "provincie": {"oost": 5},
        },
    ),
    Case(
        "",
        ask="bron=filters bestuur=niklaas bestuur=leeuw",
        total=12,
        facets={
            "bestuur": _BESTUREN,
            "provincie": {"oost": 5, "brabant": 7},
            "orgaantype": {"gr": 9, "cbs": 2, "vb": 1},
        },
    ),
    Case(
        "",
        ask="bron=filters bestuur=niklaas thema=sport",
        total=1,
        facets={
            "bestuur": {"leeuw": 2, "niklaas": 1, "genk": 2},
            "thema": {"financien": 3, "sport": 1},
            "type": {"besluiten": 1},
        },
    ),
    Case(
        "",
        ask="bron=filters thema=sport thema=jeugd",
        total=6,
        facets={
            "thema": {"sport": 5, "jeugd": 2, "omgeving": 2, "financien": 3, "welzijn": 1},
            "type": {"besluiten": 5, "agendapunten": 1},
        },
    ),
    Case(
        "",
        ask="bron=filters type=documenten",
        total=2,
        facets={
            "type": _TYPES,
            "documenttype": {"notulen": 1, "agenda": 1},
            "thema": {},
            "besluittype": {},
        },
    ),
    Case(
        "",
        ask="bron=filters thema=niets",
        total=0,
        facets={
            "thema": {"sport": 5, "jeugd": 2, "omgeving": 2, "financien": 3, "welzijn": 1},
            "type": {},
            "bestuur": {},
        },
    ),
    # Words narrow every facet.
    Case(
        "jef",
        ask="bron=filters",
        total=3,
        facets={
            "type": {"personen": 1, "mandatarissen": 1, "functionarissen": 1},
            "bestuur": {"genk": 3},
            "thema": {},
        },
    ),
    Case(
        "-jef",
        ask="bron=filters provincie=limburg",
        total=6,
        facets={
            "bestuur": {"genk": 5, "voeren": 1},
            "provincie": {"brabant": 7, "oost": 5, "limburg": 6},
        },
    ),
    Case("nergenswoord", ask="bron=filters", total=0, facets={"type": {}, "bestuur": {}, "status": {}}),
    # Periods and status narrow the others; a status is counted without itself.
    Case(
        "",
        ask="bron=filters van=2018-06-01 tot=2018-12-31",
        total=5,
        facets={
            "bestuur": {"niklaas": 4, "genk": 1},
            "thema": {"financien": 2, "sport": 2},
            "status": {"behandeld": 5},
        },
    ),
    Case(
        "",
        ask="bron=ranges status=gepland",
        total=3,
        facets={
            "status": {"gepland": 3, "behandeld": 8},
            "type": {"zittingen": 1, "agendapunten": 1, "besluiten": 1},
        },
    ),
    Case(
        "",
        ask="bron=ranges type=personen",
        total=1,
        facets={
            "status": {},
            "type": {
                "zittingen": 2,
                "besluiten": 11,
                "agendapunten": 1,
                "personen": 1,
            },
        },
    ),
    # Counts are true for thousands, whatever the page.
    Case(
        "",
        ask="bron=made-up per_pagina=1",
        total=MADE_UP,
        facets={
            "bestuur": _SEVENTHS,
            "thema": {f"t{n}": MADE_UP // 3 for n in range(3)},
            "type": {"besluiten": MADE_UP},
        },
    ),
    Case(
        "",
        ask="bron=made-up bestuur=s3 per_pagina=1",
        total=_SEVENTHS["s3"],
        facets={
            "bestuur": _SEVENTHS,
            "thema": {f"t{t}": len([n for n in range(3, MADE_UP, 7) if n % 3 == t]) for t in range(3)},
        },
    ),
    Case(
        word(17),
        ask="bron=made-up",
        total=MADE_UP // 50,
        facets={
            "bestuur": {f"s{s}": len([n for n in range(17, MADE_UP, 50) if n % 7 == s]) for s in range(7)},
        },
    ),
    Case(f"{word(17)} {word(104)}", total=len([n for n in range(17, MADE_UP, 50) if n % 11 == 4])),
    Case(word(100), ask="per_pagina=5", total=len(range(0, MADE_UP, 11))),
    Case("", ask="bron=made-up van=2000-01-01 tot=2000-01-01", total=len(range(0, MADE_UP, DAYS))),
    Case("", ask="bron=sorting", total=24, facets={"thema": {"alfa": 3, "beta": 2}}),
    # Values are counted as they are, whatever signs are in them; capitals and accents make another value.
    Case(
        "",
        ask="bron=facets",
        total=5,
        facets={
            "bestuur": {},
            "provincie": {},
            "thema": {
                "a&b=c": 1,
                "a&b": 1,
                "ä": 2,
                "Ä": 1,
                "#1": 1,
            },
        },
    ),
    Case("", "fa-1", ask="bron=facets thema=a&b=c"),
    Case("", "fa-3 fa-4", ask="bron=facets thema=ä"),
    Case("", "fa-3", ask="bron=facets thema=Ä"),
    Case("", "fa-2 fa-4", ask="bron=facets thema=#1 thema=a&b"),
    Case("", "", ask="bron=facets thema=a"),
]
