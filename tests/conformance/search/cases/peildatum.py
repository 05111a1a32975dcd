"""What held on a day: from its first day on, until the day before its end; an unknown end leaves it open."""

from tests.conformance.search.case import Case

_OPEN = "pe-altijd pe-kapot"

CASES = [
    Case("trompettist", f"{_OPEN} pe-einde", "peildatum=2012-12-31"),
    Case("trompettist", f"{_OPEN} pe-einde pe-van-tot", "peildatum=2013-01-01"),
    Case("trompettist", f"{_OPEN} pe-einde pe-van-tot pe-een-dag", "peildatum=2016-02-29"),
    Case("trompettist", f"{_OPEN} pe-einde pe-van-tot", "peildatum=2016-03-01"),
    Case("trompettist", f"{_OPEN} pe-einde pe-van-tot", "peildatum=2018-12-30"),
    Case("trompettist", f"{_OPEN} pe-van-tot", "peildatum=2018-12-31"),
    Case("trompettist", f"{_OPEN} pe-begin", "peildatum=2019-01-01"),
    Case("trompettist", f"{_OPEN} pe-begin", "peildatum=2030-12-31"),
    Case("trompettist", f"{_OPEN} pe-begin pe-later", "peildatum=2031-01-01"),
    Case("trompettist", f"{_OPEN} pe-begin pe-later", "peildatum=9999-12-31"),
    Case("trompettist", f"{_OPEN} pe-einde", "peildatum=0001-01-01"),
    Case("", "pe-orgaan", "bron=peildatum type=organen peildatum=2018-12-31"),
    Case("", "pe-orgaan-2", "bron=peildatum type=organen peildatum=2019-01-01"),
    Case("", "", "bron=peildatum type=organen peildatum=2024-12-01"),
    Case("", "pe-orgaan pe-orgaan-2", "bron=peildatum type=organen"),
    Case("schepen", "pe-einde", "bron=peildatum type=mandatarissen peildatum=2018-01-01"),
    Case(
        "",
        ask="bron=peildatum peildatum=2013-06-01",
        total=5,
        facets={
            "type": {"personen": 1, "mandatarissen": 3, "organen": 1},
        },
    ),
]
