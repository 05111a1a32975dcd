"""What is marked, byte for byte as it stands in the source: no markup, nothing escaped, runs of spaces as one."""

from tests.conformance.search.case import Case, marked

_W = "woord"


def _words(count: int) -> str:
    return " ".join([_W] * count)


CASES = [
    Case(
        "hazelaar",
        title=marked("[Hazelaar] planten"),
        fragments=(marked("Er komt een [hazelaar]. De [hazelaars] staan er al."),),
    ),
    Case(
        "hazelaars",
        title=marked("[Hazelaar] planten"),
        fragments=(marked("Er komt een [hazelaar]. De [hazelaars] staan er al."),),
    ),
    Case(
        '"hazelaar"',
        title=marked("[Hazelaar] planten"),
        fragments=(marked("Er komt een [hazelaar]. De hazelaars staan er al."),),
    ),
    Case(
        '"hazelaar planten"',
        title=marked("[Hazelaar] [planten]"),
        fragments=(marked("Er komt een hazelaar. De hazelaars staan er al."),),
    ),
    Case(
        "hazel*",
        title=marked("[Hazelaar] planten"),
        fragments=(marked("Er komt een [hazelaar]. De [hazelaars] staan er al."),),
    ),
    Case("hazelaar -rozelaar", title=marked("[Hazelaar] planten")),
    Case("hazelaar OF nergenswoord", title=marked("[Hazelaar] planten")),
    # Markup in the source is text like any other.
    Case(
        "zilverpopulier",
        title=marked("[Zilverpopulieren] <b>&amp; co</b>"),
        fragments=(marked('Een <script>alert("[zilverpopulier]")</script> & meer.'),),
    ),
    Case(
        "zilverpopulier alert",
        title=marked("[Zilverpopulieren] <b>&amp; co</b>"),
        fragments=(marked('Een <script>[alert]("[zilverpopulier]")</script> & meer.'),),
    ),
    Case(
        "quasimodo",
        title=marked("[Quasimodo]"),
        fragments=(marked("Over [Quasimodo's] klok, [QUASIMODO] en „[quasimodo]”."),),
    ),
    Case(
        "cremekleurig",
        title=marked("Witlooftrekkerij"),
        fragments=(marked("[Crèmekleurig], [crè̀mekleurig] en [CREMEKLEURIG] witloof."),),
    ),
    Case(
        "2016/4711-B",
        title=marked("Dossier [2016/4711-B]"),
        fragments=(marked("Zie [2016/4711-B], 2016/4711, 4711 en [20164711B]."),),
    ),
    Case(
        "4711",
        ask="bron=highlight",
        title=marked("Dossier [2016/4711-B]"),
        fragments=(marked("Zie [2016/4711-B], [2016/4711], [4711] en 20164711B."),),
    ),
    Case(
        '"drie linden"',
        title=marked("[Drie] [linden]"),
        fragments=(marked("De drie oude linden en de [drie] [linden]; linden drie."),),
    ),
    Case(
        "vouwbakfietsje",
        title=marked("Emoji"),
        fragments=(marked("🚲🚲 het [vouwbakfietsje] 👩‍👩‍👧 [vouwbakfietsje]🚲"),),
    ),
    Case("Sint-Gummarus", fragments=(marked("In [Sint]-[Gummarus], [Sint] [Gummarus] en [SintGummarus]."),)),
    Case("meidoornhaag", title=marked("Spaties"), fragments=(marked("Veel regels na de [meidoornhaag] en nog."),)),
    Case("hulstbessen", title=marked("[Hulstbessen]"), fragments=()),
    Case(
        "sleedoorn",
        title=marked("Besluit zonder titel"),
        fragments=(marked("Tekst zonder opschrift over [sleedoorn]."),),
    ),
    Case(
        "karmozijnbes",
        title=marked("[Karmozijnbes]"),
        fragments=(marked("[Karm\u00adozijn\u200bbes] verborgen tekens, [karmozijnbes]."),),
    ),
    Case(
        "strassenbahn",
        title=marked("[Straßenbahn]"),
        fragments=(marked("[STRASSENBAHN], [Straßenbahn], [strassenbahn]."),),
    ),
    Case(
        "berberis",
        title=marked("[Berberis]"),
        fragments=(marked("[berberis]/ligustrum-haag, '[berberis]' ([berberis])... [berberis]_x"),),
    ),
    # A long text is cut at spaces, and says with … where.
    Case(
        "kornoelje",
        fragments=((("… " + _words(10) + " ", False), ("kornoelje", True), (" " + _words(18) + " …", False)),),
    ),
    # Of several places those with the most different words, in reading order.
    Case(
        "gelderseroos boskers",
        fragments=(
            (("… " + _words(10) + " ", False), ("gelderseroos", True), (" " + _words(17) + " …", False)),
            (
                ("… " + _words(10) + " ", False),
                ("boskers", True),
                (" en ", False),
                ("gelderseroos", True),
                (" " + _words(16) + " …", False),
            ),
            (("… " + _words(10) + " ", False), ("boskers", True), (" " + _words(18) + " …", False)),
        ),
    ),
    Case("lijsterbes", fragments=((("… ", False), ("lijsterbes", True), (" " + "y" * 169 + " …", False)),)),
    Case("kardinaalsmuts", title=marked("[Kardinaalsmuts]"), fragments=(((_words(30) + " …", False),),)),
    # A phrase is marked within one paragraph only.
    Case('"zilveren spar"', title=marked("Bomen"), fragments=(marked("Een zilveren spar. De [zilveren] [spar]."),)),
]
