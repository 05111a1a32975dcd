"""Names of people and places: accents, apostrophes, particles, hyphens."""

from tests.conformance.search.case import Case

_N = "bron=names"

CASES = [
    Case("bossche rita", "na-03", _N),
    Case("rita claes", "na-03", _N),
    Case('"van den bossche"', "na-01 na-03", _N),
    Case("bossche-claes", "na-03", _N),
    Case("D'hondt", "na-06 na-07", _N),
    Case("d’hondt", "na-06 na-07", _N),
    Case("dhondt katrien", "na-06 na-07", _N),
    Case("hondt", "na-06", _N),
    Case("umit", "na-08 na-09", _N),
    Case("Ümit", "na-08 na-09", _N),
    Case("nunez pena", "na-11", _N),
    Case("JOSÉ", "na-11", _N),
    Case("oconnor", "na-12", _N),
    Case("o'connor", "na-12", _N),
    Case("O’Connor", "na-12", _N),
    Case("celik ayse", "na-13", _N),
    Case("nguyen thi hong", "na-16", _N),
    Case("Nguyễn", "na-16", _N),
    Case("Jan-Baptist", "na-17", _N),
    Case("janbaptist", "na-17", _N),
    Case("jan baptist wouters", "na-17 na-18 na-19", _N),
    Case("jan EN baptist EN wouters", "na-17 na-19", _N),
    Case('"jan baptist"', "na-17", _N),
    Case('"baptist jan"', "na-19", _N),
    Case("wouters -baptist", "na-18", _N),
    # A person with a function, and what held when.
    Case("vanhoof", "na-20 na-21 na-22", _N),
    Case("vanhoof schepen", "na-22", _N + " orgaantype=cbs"),
    Case("vanhoof", "na-20 na-21", _N + " peildatum=2020-05-05"),
    Case("vanhoof", "na-22", _N + " peildatum=2012-05-05"),
    Case("vanhoof", "na-21", _N + " peildatum=2024-12-02"),
    Case("sofie burgemeester", "na-20", _N + " orgaantype=gr"),
    # Places.
    Case("Onze-Lieve-Vrouw-Waver", "na-23", _N),
    Case("onzelievevrouwwaver", "na-23", _N),
    Case('"onze lieve vrouw"', "na-23 na-24", _N),
    Case("Onze-Lieve-Vrouw", "na-23 na-24", _N),
    Case("waver", "na-23 na-24 na-25 na-26", _N),
    Case("Sint-Katelijne-Waver", "na-26", _N),
    Case("Sint-Katelijne", "na-26 na-27", _N),
    Case("sint-katelijne -waver", "na-27", _N),
    Case("katelijnestraat", "na-28", _N),
    Case("'s-Gravenvoeren", "na-29", _N),
    Case("gravenvoeren", "na-29 na-30", _N),
    Case("'t Zand", "na-29", _N),
]
