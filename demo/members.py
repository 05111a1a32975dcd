"""Members: who sits in the councils and colleges of a bestuur, in which fractie, and who replaces whom."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from belfort.vocab import DATA
from demo import codes, names
from demo.dice import Dice, uuid_id
from demo.model import Bestuur, Fractie, Mandaat, Mandataris, Periode, Persoon

NewPerson = Callable[[], Persoon]

# Changes in the course of the second period.
RESIGNED = date(2026, 3, 31)
ABSENT_FROM = date(2026, 2, 1)


@dataclass(frozen=True)
class Group:
    """The fracties and the mandatarissen of one bestuur."""

    fracties: tuple[Fractie, ...]
    mandatarissen: tuple[Mandataris, ...]


@dataclass(frozen=True)
class _Seat:
    persoon: Persoon
    fractie: Fractie


class _Term:
    """Makes the mandatarissen of one bestuur in one period."""

    def __init__(self, seed: int, bestuur: Bestuur, number: int) -> None:
        self.seed, self.bestuur, self.number = seed, bestuur, number
        self.made: list[Mandataris] = []
        self._periods = {organ.code: organ.perioden[number] for organ in bestuur.organen if organ.perioden[0].mandaten}

    def period(self, organ: str) -> Periode:
        """The organ-in-time of this term."""
        return self._periods[organ]

    def seats(self, organ: str, rol: str) -> int:
        """How many hold that mandate at once."""
        return _post(self.period(organ), rol).aantal

    def add(self, organ: str, rol: str, seat: _Seat, rang: str = "", domains: tuple[str, ...] = ()) -> Mandataris:
        """Give the person that mandate for the whole of the term."""
        period = self.period(organ)
        mandaat = _post(period, rol)
        key = (self.seed, "mandataris", mandaat.iri, seat.persoon.iri, period.start)
        made = Mandataris(
            DATA[f"mandatarissen/{uuid_id(*key)}"], seat.persoon, mandaat, period.iri, period.start, period.einde,
            codes.EFFECTIEF, codes.BEKRACHTIGD, seat.fractie, DATA[f"lidmaatschappen/{uuid_id('lid', *key)}"],
            rang, domains,
        )  # fmt: skip
        self.made.append(made)
        return made


def _post(period: Periode, rol: str) -> Mandaat:
    return next(mandaat for mandaat in period.mandaten if mandaat.rol == rol)


def _fracties(seed: int, bestuur: Bestuur, number: int, count: int, codes_of_organs: tuple[str, ...]) -> list[Fractie]:
    dice = Dice(seed, "fracties", bestuur.naam)
    organen = tuple(organ.perioden[number].iri for organ in bestuur.organen if organ.code in codes_of_organs)
    chosen = dice.sample(names.FRACTIES, count)
    if number:  # a party changed its name between two elections
        chosen[-1] = f"{chosen[-1]} {bestuur.plaats}"
    made = [
        Fractie(DATA[f"fracties/{uuid_id(seed, bestuur.iri, number, i)}"], naam, organen, meerderheid=i in (0, 2))
        for i, naam in enumerate(chosen)
    ]
    alone = uuid_id(seed, bestuur.iri, number, "onafhankelijk")
    return [*made, Fractie(DATA[f"fracties/{alone}"], "Onafhankelijk", organen, meerderheid=False, onafhankelijk=True)]


def _seats(dice: Dice, fracties: list[Fractie], people: list[Persoon]) -> list[_Seat]:
    """Everyone in a fractie: the majority has just over half of the seats; the last member is independent."""
    majority = [fractie for fractie in fracties if fractie.meerderheid]
    others = [fractie for fractie in fracties if not fractie.meerderheid and not fractie.onafhankelijk]
    cut = len(people) // 2 + 2
    seats = [_Seat(person, majority[min(i % 3, 1)]) for i, person in enumerate(people[:cut])]
    seats += [_Seat(person, dice.pick(others)) for person in people[cut:-1]]
    return [*seats, _Seat(people[-1], fracties[-1])]


def _people(dice: Dice, new: NewPerson, count: int) -> tuple[list[Persoon], list[Persoon]]:
    """Who sits in the first and in the second term; some of the first return."""
    first = [new() for _ in range(count)]
    stay = [person for person in first if dice.chance(55)]
    return first, [*stay, *(new() for _ in range(count - len(stay)))]


@dataclass(frozen=True)
class Body:
    """The codes of a council and its college: organs, and the mandates of member, chair, head and schepen."""

    council: str
    college: str
    lid: str
    voorzitter: str
    hoofd: str
    schepen: str


GEMEENTE = Body("05", "06", "11", "12", "13", "14")
DISTRICT = Body("0a", "0b", "1b", "1c", "1d", "1e")


def small_council(seed: int, bestuur: Bestuur, new: NewPerson, body: Body = GEMEENTE, count: int = 11) -> Group:
    """The council and the college of a small gemeente or a district in both terms; nothing changes in between."""
    dice = Dice(seed, "raad", bestuur.naam)
    fracties: list[Fractie] = []
    made: list[Mandataris] = []
    word = "districtsraadslid" if body is DISTRICT else "gemeenteraadslid"
    for number, people in enumerate(_people(dice, new, count)):
        term = _Term(seed, bestuur, number)
        groups = _fracties(seed, bestuur, number, 3, (body.council, body.college))
        seats = _seats(dice, groups, people)
        for i, seat in enumerate(seats):
            term.add(body.council, body.lid, seat, f"{names.ORDINALS[i]} {word}")
        term.add(body.council, body.voorzitter, seats[4])
        # Districts have no competences of their own to divide.
        domains = tuple(() if body is DISTRICT else _domains(dice) for _ in range(5))
        term.add(body.college, body.hoofd, seats[0], domains=domains[0])
        for i in range(term.seats(body.college, body.schepen)):
            rang = f"{names.ORDINALS[i]} {'districtsschepen' if body is DISTRICT else 'schepen'}"
            term.add(body.college, body.schepen, seats[1 + i], rang, domains[1 + i])
        made += term.made
        fracties += groups
    return Group(tuple(fracties), tuple(made))


def acting_head(seed: int, group: Group, since: date) -> Group:
    """The burgemeester is absent from a day on (as a minister, say) and the first schepen acts: three versions."""
    head = next(m for m in group.mandatarissen if m.mandaat.rol == GEMEENTE.hoofd and m.at(since))
    first = next(
        m for m in group.mandatarissen
        if m.mandaat.rol == GEMEENTE.schepen and m.rangorde.startswith("Eerste") and m.at(since)
    )  # fmt: skip
    acting = replace(
        head, iri=DATA[f"mandatarissen/{uuid_id(seed, head.iri, 'waarnemend')}"], persoon=first.persoon, start=since,
        status=codes.WAARNEMEND, fractie=first.fractie,
        lidmaatschap=DATA[f"lidmaatschappen/{uuid_id(seed, head.iri, 'waarnemend')}"],
    )  # fmt: skip
    absent = replace(
        head, iri=DATA[f"mandatarissen/{uuid_id(seed, head.iri, 'verhinderd')}"], start=since, status=codes.VERHINDERD,
        vervangen_door=acting.iri,
    )  # fmt: skip
    closed = replace(head, einde=since - timedelta(days=1))
    rest = tuple(m for m in group.mandatarissen if m is not head)
    return Group(group.fracties, (*rest, closed, absent, acting))


def council(seed: int, bestuur: Bestuur, new: NewPerson, count: int) -> Group:
    """The gemeenteraad, the college and the burgemeester of a gemeente in both terms."""
    dice = Dice(seed, "raad", bestuur.naam)
    fracties: list[Fractie] = []
    made: list[Mandataris] = []
    for number, people in enumerate(_people(dice, new, count)):
        term = _Term(seed, bestuur, number)
        groups = _fracties(seed, bestuur, number, 4, ("05", "06"))
        seats = _seats(dice, groups, people)
        for i, seat in enumerate(seats):
            term.add("05", "11", seat, f"{names.ORDINALS[i]} gemeenteraadslid")
        term.add("05", "12", seats[5])
        term.add("06", "13", seats[0], domains=_domains(dice))
        for i in range(4):
            term.add("06", "14", seats[1 + i], f"{names.ORDINALS[i]} schepen", _domains(dice))
        changed = term.made
        if number:
            successor = _Seat(new(), seats[-2].fractie)
            changed = _resignation(_replacement(term.made, seats[6], term, seed), seats[-2], successor, term)
            changed[3] = replace(changed[3], publicatie=codes.NIET_BEKRACHTIGD)
        made += changed
        fracties += groups
    return Group(tuple(fracties), tuple(made))


def _domains(dice: Dice) -> tuple[str, ...]:
    return tuple(dice.sample(tuple(codes.DOMAINS), dice.between(2, 4)))


def _replacement(made: list[Mandataris], substitute: _Seat, term: _Term, seed: int) -> list[Mandataris]:
    """The second schepen cannot attend from a day on, and is replaced: three versions instead of one."""
    whole = next(m for m in made if m.mandaat.rol == "14" and m.rangorde.startswith("Tweede"))
    acting = term.add("06", "14", substitute, whole.rangorde, whole.beleidsdomeinen)
    acting = replace(acting, start=ABSENT_FROM, status=codes.WAARNEMEND)
    closed = replace(whole, einde=ABSENT_FROM - timedelta(days=1))
    absent = replace(
        whole,
        iri=DATA[f"mandatarissen/{uuid_id(seed, whole.iri, 'verhinderd')}"],
        start=ABSENT_FROM,
        status=codes.VERHINDERD,
        vervangen_door=acting.iri,
    )
    rest = [m for m in term.made if m.iri not in (whole.iri, acting.iri)]
    return [*rest, closed, absent, acting]


def _resignation(made: list[Mandataris], leaving: _Seat, successor: _Seat, term: _Term) -> list[Mandataris]:
    """A councillor leaves; someone of the same fractie takes the seat the next day."""
    seat = next(m for m in made if m.mandaat.rol == "11" and m.persoon is leaving.persoon)
    follows = replace(
        term.add("05", "11", successor, f"{names.ORDINALS[len(made) % 20 + 3]} gemeenteraadslid"),
        start=RESIGNED + timedelta(days=1),
    )
    return [replace(m, einde=RESIGNED) if m is seat else m for m in made] + [follows]


def members(seed: int, ocmw: Bestuur, raad: Group) -> Group:
    """The same people in the organs of the OCMW: whoever sits in the gemeenteraad sits in the RMW, and so on."""
    roles = {"11": ("07", "15"), "12": ("07", "16"), "13": ("08", "18"), "14": ("08", "17")}
    fracties = {
        fractie.iri: replace(
            fractie,
            iri=DATA[f"fracties/{uuid_id(seed, ocmw.iri, fractie.iri)}"],
            organen=tuple(organ.perioden[i // 5].iri for organ in ocmw.organen if organ.kind),
        )
        for i, fractie in enumerate(raad.fracties)
    }
    terms = (_Term(seed, ocmw, 0), _Term(seed, ocmw, 1))
    iris: dict[str, str] = {}
    made = []
    for one in raad.mandatarissen:
        period = terms[one.start >= terms[1].period("07").start].period(roles[one.mandaat.rol][0])
        key = uuid_id(seed, ocmw.iri, one.iri)
        iris[one.iri] = DATA[f"mandatarissen/{key}"]
        made.append(
            replace(
                one,
                iri=iris[one.iri],
                mandaat=_post(period, roles[one.mandaat.rol][1]),
                periode=period.iri,
                fractie=fracties[one.fractie.iri] if one.fractie else None,
                lidmaatschap=DATA[f"lidmaatschappen/{uuid_id('lid', key)}"],
                rangorde="",
                beleidsdomeinen=(),
            )
        )
    linked = [replace(one, vervangen_door=iris.get(one.vervangen_door, "")) for one in made]
    return Group(tuple(fracties.values()), tuple(linked))


def deputation(seed: int, bestuur: Bestuur, new: NewPerson) -> Group:
    """The provincieraad and the deputatie in both terms."""
    dice = Dice(seed, "raad", bestuur.naam)
    fracties: list[Fractie] = []
    made: list[Mandataris] = []
    for number, people in enumerate(_people(dice, new, 31)):
        term = _Term(seed, bestuur, number)
        groups = _fracties(seed, bestuur, number, 5, ("0c", "0d"))
        seats = _seats(dice, groups, people)
        for seat in seats:
            term.add("0c", "1f", seat)
        term.add("0c", "27", seats[4])
        for i in range(4):
            term.add("0d", "20", seats[i], f"{names.ORDINALS[i]} gedeputeerde", _domains(dice))
        made += term.made
        fracties += groups
    return Group(tuple(fracties), tuple(made))
