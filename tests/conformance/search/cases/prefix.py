"""A star at the end of a word stands for any rest."""

from tests.conformance.search.case import Case

CASES = [
    Case("zonne*", "pr-zonnepaneel pr-zonnepanelen pr-zonnewijzer", "bron=prefix"),
    Case("ZONNE*", "pr-zonnepaneel pr-zonnepanelen pr-zonnewijzer", "bron=prefix"),
    Case("zonnep*", "pr-zonnepaneel pr-zonnepanelen", "bron=prefix"),
    Case("zonnepanelen*", "pr-zonnepanelen", "bron=prefix"),
    Case("zonnewijzer*", "pr-zonnewijzer"),
    Case("zonne* loods", "pr-zonnepaneel"),
    Case("zonne* -loods", "pr-zonnepanelen pr-zonnewijzer", "bron=prefix"),
    Case("zonnew* OF zonnepane*", "pr-zonnepaneel pr-zonnepanelen pr-zonnewijzer", "bron=prefix"),
    Case("zonne* -zonnep*", "pr-zonnewijzer", "bron=prefix"),
    Case("zonne*,", "pr-zonnepaneel pr-zonnepanelen pr-zonnewijzer", "bron=prefix"),
    Case("(zonne*)", "pr-zonnepaneel pr-zonnepanelen pr-zonnewijzer", "bron=prefix"),
    Case("bezon*", "pr-bezonning"),
    Case("zonnex*", ""),
    Case("crea*", "pr-creatie", "bron=prefix"),
    Case("créa*", "pr-creatie", "bron=prefix"),
    Case("2020/4*", "pr-nummer pr-nummer-2", "bron=prefix"),
    Case("2020/45*", "pr-nummer", "bron=prefix"),
    Case("Sint-Nik*", "pr-nikkel pr-nikolaas", "bron=prefix"),
    Case("sint-niko*", "pr-nikolaas", "bron=prefix"),
    Case("voorz* stem*", "pr-voorzitter pr-voorzien"),
    Case("voorzit* stem*", "pr-voorzitter"),
    Case("voer* pluimen", "pr-begroting"),
    Case("hottentottententen*", "pr-lang"),
    Case("hottentottenten*", "pr-lang pr-lang-2"),
    # Nothing that people need lies behind a star alone, or in the middle.
    Case("*", "", note="geen woord"),
    Case("z*", "", "bron=prefix"),
    Case("*zonnewijzer", "pr-zonnewijzer"),
    Case('"zonne*"', "", "bron=prefix"),
]
