"""Values of one filter mean any of them, different filters must all hold."""

from tests.conformance.search.case import Case

_LEEUW = "fi-01 fi-02 fi-03 fi-04 fi-05 fi-06 fi-07"
_NIKLAAS = "fi-08 fi-09 fi-10 fi-11 fi-12"
_PEOPLE = "fi-18 fi-19 fi-20 fi-21 fi-22"
_GENK = f"fi-13 fi-14 fi-17 {_PEOPLE}"

CASES = [
    Case("", _LEEUW, "bron=filters bestuur=leeuw"),
    Case("", f"{_LEEUW} {_NIKLAAS}", "bron=filters bestuur=leeuw bestuur=niklaas"),
    Case("", f"{_LEEUW} {_NIKLAAS}", "bron=filters bestuur=leeuw bestuur=niklaas bestuur=nergens"),
    Case("", "", "bron=filters bestuur=nergens"),
    Case("", "fi-01 fi-04 fi-05 fi-06 fi-07", "bron=filters bestuur=leeuw orgaantype=gr"),
    Case("", "fi-02 fi-03", "bron=filters orgaan=leeuw-cbs"),
    Case("", "fi-02 fi-03 fi-10 fi-14", "bron=filters orgaantype=cbs orgaantype=vb orgaantype=rmw"),
    Case("", "fi-01 fi-04 fi-09 fi-13 fi-17", "bron=filters thema=sport"),
    Case("", "fi-01 fi-04 fi-09 fi-13 fi-15 fi-17", "bron=filters thema=sport thema=jeugd"),
    Case("", "fi-09", "bron=filters thema=sport bestuur=niklaas"),
    Case("", "fi-01 fi-08 fi-09 fi-13", "bron=filters besluittype=reglement"),
    Case("", "fi-08 fi-09", "bron=filters besluittype=reglement thema=financien"),
    Case("", "fi-02 fi-03", "bron=filters rechtsgrond=art56"),
    Case("", "fi-03", "bron=filters rechtsgrond=art57"),
    Case("", "fi-01 fi-02 fi-03 fi-08", "bron=filters rechtsgrond=art40 rechtsgrond=art56"),
    Case("", "fi-06", "bron=filters documenttype=notulen"),
    Case("", "fi-06 fi-07", "bron=filters documenttype=notulen documenttype=agenda"),
    Case("", "fi-05 fi-12", "bron=filters type=zittingen"),
    Case("", "fi-04 fi-05 fi-11 fi-12", "bron=filters type=zittingen type=agendapunten"),
    Case("", "fi-18", "bron=filters type=personen"),
    Case("", "fi-19 fi-22", "bron=filters type=mandatarissen type=functionarissen"),
    Case("", "fi-20 fi-21", "bron=filters type=organen type=besturen"),
    Case("", f"fi-15 {_GENK}", "bron=filters provincie=limburg"),
    Case("", f"{_LEEUW} {_NIKLAAS}", "bron=filters provincie=brabant provincie=oost"),
    Case("", "", "bron=filters provincie=oost bestuur=leeuw"),
    # Filters beside words.
    Case("trommelretributie", "fi-09", "thema=sport"),
    Case("trommelretributie", "", "thema=jeugd"),
    Case("trommel*", "fi-01 fi-04 fi-09 fi-13 fi-17", "thema=sport bron=filters"),
    Case("-trommelnotulen", "fi-07", "bron=filters type=documenten"),
    Case("trommelaankoop OF trommelvraag OF trommelfeest", "fi-10 fi-11", "bestuur=niklaas"),
    Case("jef", "fi-18 fi-19 fi-22"),
    # The names of bestuur and organ are words too, by all their forms, and exact between quotes.
    Case("steden", f"{_NIKLAAS} {_GENK}", "bron=filters"),
    Case('"steden"', "", "bron=filters"),
    Case('"stad"', f"{_NIKLAAS} {_GENK}", "bron=filters"),
    Case("sintniklaas", _NIKLAAS, "bron=filters"),
    Case('"sintniklaas"', "", "bron=filters"),
    Case("sintnikl*", _NIKLAAS, "bron=filters"),
    Case("gemeenteraden genk", "fi-13 fi-19 fi-20", "bron=filters"),
    Case("welzijn", "fi-14", "bron=filters"),
    Case("jef", "fi-19", "type=mandatarissen"),
    # A status says whether the day has come, of what is dated; van, tot as days, both included.
    Case("", "fi-01 fi-04 fi-05 fi-08", "bron=filters van=2018-01-15 tot=2018-01-15"),
    Case("", "fi-13 fi-14", "bron=filters van=2018-12-31 tot=2019-01-01"),
    Case("", "fi-04 fi-05 fi-11 fi-12", "bron=filters type=zittingen type=agendapunten status=behandeld"),
    Case("", "", "bron=filters status=gepland"),
    Case("", "fi-13 fi-14 fi-15", "bron=filters provincie=limburg status=behandeld"),
    # The same value twice is that value; an empty one is none.
    Case("", "fi-05 fi-12", "bron=filters type=zittingen type=zittingen"),
    Case("", "fi-05 fi-12", "bron=filters type=zittingen van= tot= sort= q="),
    # What is not known is refused, not ignored.
    Case("", ask="kleur=rood", refused="Onbekende parameter"),
    Case("", ask="type=fietsen", refused="niet bekend"),
    Case("", ask="status=verloren", refused="niet bekend"),
    Case("", ask="sort=prijs", refused="niet bekend"),
    Case("", ask="type=zittingen type=fietsen", refused="niet bekend"),
]
