"""Besturen: seed → five fictional besturen with organen, mandaten, mandatarissen and leidinggevenden."""

from datetime import date

from belfort.vocab import DATA
from demo import codes, names
from demo.dice import Dice, hex_id, uuid_id
from demo.members import Group, council, deputation, members
from demo.model import (
    Adres,
    Bestuur,
    Contactpunt,
    Functie,
    Functionaris,
    Kind,
    Mandaat,
    Orgaan,
    Periode,
    Persoon,
    Werkingsgebied,
)

SMALL = 11  # seats of the council of a neighbour
PERIODS = ((date(2019, 1, 1), date(2024, 12, 31)), (date(2025, 1, 1), date(2030, 12, 31)))

# Organ code → kind and the mandates of an organ-in-time: (role code, number of holders).
_POSTS: dict[str, tuple[Kind, tuple[tuple[str, int], ...]]] = {
    "05": ("GR", (("11", 0), ("12", 1))),
    "06": ("CBS", (("13", 1), ("14", 4))),
    "07": ("RMW", (("15", 0), ("16", 1))),
    "08": ("VB", (("17", 4), ("18", 1))),
    "09": ("", (("19", 5), ("1a", 1))),
    "0a": ("", (("1b", 0), ("1c", 1))),
    "0b": ("", (("1d", 1), ("1e", 3))),
    "0c": ("PR", (("1f", 0), ("27", 1))),
    "0d": ("DEP", (("20", 4),)),
    "013cc838-173a-4657-b1ae-b00c048df943": ("RVB", ()),
    "4955bd72cd0e4eb895fdbfab08da0284": ("", (("13", 1),)),
}
AD, _ADJ_AD, FD, _ADJ_FD, _GRIFFIER, _BEHEERDER, LEIDEND = codes.DIRECTORS


class People:
    """Gives out persons nobody else is, in the order in which they are asked for."""

    def __init__(self, seed: int) -> None:
        self._dice = Dice(seed, "personen")
        self._seed = seed
        self._taken: set[str] = set()

    def new(self) -> Persoon:
        """Someone with a name that no one of this world has."""
        while True:
            first = self._dice.pick(names.FIRST_NAMES)
            family = self._dice.pick(names.FAMILY_NAMES)
            if f"{first} {family}" not in self._taken:
                break
        self._taken.add(f"{first} {family}")
        short = first[:3] if self._dice.chance(8) else ""
        return Persoon(DATA[f"personen/{uuid_id(self._seed, 'persoon', len(self._taken))}"], first, family, short)


def places(seed: int) -> tuple[str, str, str]:
    """The names of two municipalities and a province."""
    dice = Dice(seed, "plaatsen")
    one, two = dice.sample(names.PLACE_HEADS, 2)
    return (
        one + dice.pick(names.PLACE_TAILS),
        two + dice.pick(names.PLACE_TAILS),
        f"{dice.pick(names.PROVINCE_HEADS)}-{dice.pick(names.PROVINCE_TAILS)}",
    )


def make_besturen(seed: int, people: People) -> tuple[Bestuur, ...]:
    """A gemeente and its OCMW, a second gemeente, a provincie and an AGB of the second gemeente."""
    one, two, province = places(seed)
    agb = Dice(seed, "agb").pick(names.AGB_NAMES)
    provincie = make_bestuur(seed, codes.PROVINCIE, f"Provincie {province}", province)
    around = provincie.werkingsgebied.iri
    gemeente = make_bestuur(seed, codes.GEMEENTE, f"Gemeente {one}", one, around)
    ocmw = make_bestuur(seed, codes.OCMW, f"OCMW {one}", one, around)
    other = make_bestuur(seed, codes.GEMEENTE, f"Gemeente {two}", two, around)
    company = make_bestuur(seed, codes.AGB, f"AGB {two} {agb}", two, around)
    first = council(seed, gemeente, people.new, 23)
    second = council(seed, other, people.new, 17)
    third = deputation(seed, provincie, people.new)
    return (
        fill(gemeente, first, _gemeente_directors(seed, gemeente, people, acting=False)),
        fill(ocmw, members(seed, ocmw, first), ()),
        fill(other, second, _gemeente_directors(seed, other, people, acting=True)),
        fill(provincie, third, _provincie_directors(seed, provincie, people)),
        fill(company, Group((), ()), (holder(seed, company, LEIDEND, people, date(2021, 4, 1)),)),
    )


def fill(bestuur: Bestuur, group: Group, directors: tuple[Functionaris, ...]) -> Bestuur:
    """The bestuur with its people."""
    changed = {"fracties": group.fracties, "mandatarissen": group.mandatarissen, "functionarissen": directors}
    return Bestuur(**{**bestuur.__dict__, **changed})


def make_bestuur(seed: int, code: str, naam: str, plaats: str, around: str = "") -> Bestuur:
    """A bestuur without people; `around` is the IRI of the area that its area lies in."""
    dice = Dice(seed, "bestuur", naam)
    niveau = {codes.PROVINCIE: "Provincie", codes.DISTRICT: "District"}.get(code, "Gemeente")
    gebied = Werkingsgebied(DATA[f"werkingsgebieden/{hex_id(seed, 'gebied', plaats)}"], plaats, niveau, around)
    iri = DATA[f"bestuurseenheden/{hex_id(seed, 'bestuur', naam)}"]
    contact = contactpunt(seed, naam, f"info@{slug(naam)}.example", plaats)
    kbo = 90_000_000 + dice.below(10_000_000)
    organs = tuple(_organ(seed, iri, code, organ_code, naam, plaats) for organ_code in _organs_of(code))
    return Bestuur(
        iri, naam, plaats, code, f"{kbo:08d}{97 - kbo % 97:02d}", f"OVO{900_000 + dice.below(99_999):06d}",
        gebied, contact, organs, (), (), (),
    )  # fmt: skip


def _organs_of(code: str) -> tuple[str, ...]:
    directors = (AD, _ADJ_AD, FD, _ADJ_FD)
    if code == codes.GEMEENTE:
        return ("05", "06", "4955bd72cd0e4eb895fdbfab08da0284", *directors)
    if code == codes.OCMW:  # the register makes director organs for an OCMW too; they hold no functions
        return ("07", "08", *directors)
    if code == codes.DISTRICT:
        return ("0a", "0b")
    if code == codes.PROVINCIE:
        return ("0c", "0d", _GRIFFIER, _BEHEERDER)
    return ("013cc838-173a-4657-b1ae-b00c048df943", LEIDEND)


def _organ(seed: int, bestuur: str, unit: str, code: str, naam: str, plaats: str) -> Orgaan:
    iri = DATA[f"bestuursorganen/{hex_id(seed, bestuur, code)}"]
    kind, posts = _POSTS.get(code, ("", ()))
    label = f"{codes.ORGANS[code]} {naam if code in codes.DIRECTORS or unit == codes.AGB else plaats}"
    if code in codes.DIRECTORS:
        periods = _director_periods(seed, bestuur, unit, code, naam, plaats)
    else:
        seats = {codes.PROVINCIE: 31}.get(unit, _seats(seed, plaats))
        periods = tuple(
            Periode(
                DATA[f"bestuursorganen/{hex_id(seed, iri, start)}"],
                start,
                end,
                tuple(_mandaat(seed, bestuur, start, rol, count or seats) for rol, count in posts),
            )
            for start, end in PERIODS
        )
    return Orgaan(iri, label, code, kind, bestuur, periods)


def _seats(seed: int, plaats: str) -> int:
    one, two, _ = places(seed)
    return {one: 23, two: 17}.get(plaats, SMALL)


def _mandaat(seed: int, bestuur: str, start: date, rol: str, aantal: int) -> Mandaat:
    # Not of the organ: the mandate of a burgemeester is a post of two organs.
    return Mandaat(DATA[f"mandaten/{hex_id(seed, bestuur, start, rol)}"], rol, aantal)


def _director_periods(seed: int, bestuur: str, unit: str, code: str, naam: str, plaats: str) -> tuple[Periode, ...]:
    # A provincie has a second period with functions of its own; others have one that began in 2019.
    starts = PERIODS if unit == codes.PROVINCIE else ((PERIODS[0][0], None),)
    found = []
    for start, end in starts:
        functie = None
        if unit != codes.OCMW:
            label = f"{codes.ORGANS[code]} {naam}"
            key = hex_id(seed, "functie", bestuur, code, start)
            mail = codes.ORGANS[code].lower().replace(" ", ".")
            contact = contactpunt(seed, key, f"{mail}@{slug(naam)}.example", plaats) if code != _ADJ_FD else None
            functie = Functie(DATA[f"bestuursfuncties/{key}"], label, codes.DIRECTORS[code], contact)
        found.append(Periode(DATA[f"bestuursorganen/{hex_id(seed, bestuur, code, start)}"], start, end, (), functie))
    return tuple(found)


def contactpunt(seed: int, key: str, email: str, plaats: str) -> Contactpunt:
    """A contactpunt with a made-up address and a number in the range that is kept for fiction."""
    dice = Dice(seed, "contact", key)
    street = dice.pick(names.STREET_HEADS) + dice.pick(names.STREET_TAILS)
    post = str(9990 - Dice(seed, "postcode", plaats).below(7) * 10)
    adres = Adres(DATA[f"adressen/{uuid_id(seed, 'adres', key)}"], street, str(dice.between(1, 180)), post, plaats)
    phone = f"09 {dice.between(200, 399)} {dice.between(10, 99)} {dice.between(10, 99)}"
    url = f"https://www.{email.partition('@')[2]}/"
    return Contactpunt(DATA[f"contact-punten/{uuid_id(seed, 'contact', key)}"], email, phone, url, adres)


def slug(text: str) -> str:
    """The name as it stands in addresses."""
    return text.lower().replace(" ", "-").replace("’", "").replace("ë", "e")


def holder(
    seed: int, bestuur: Bestuur, code: str, people: People, start: date, end: date | None = None
) -> Functionaris:
    functie = next(
        period.functie
        for organ in bestuur.organen
        if organ.code == code
        for period in organ.perioden
        if period.functie and period.start <= start and (period.einde is None or start <= period.einde)
    )
    key = uuid_id(seed, "functionaris", functie.iri, start)
    return Functionaris(DATA[f"functionarissen/{key}"], people.new(), functie, start, end, codes.AANGESTELD)


def _gemeente_directors(seed: int, bestuur: Bestuur, people: People, *, acting: bool) -> tuple[Functionaris, ...]:
    if not acting:  # the financial director was succeeded in the summer of 2026
        return (
            holder(seed, bestuur, AD, people, date(2019, 1, 1)),
            holder(seed, bestuur, _ADJ_AD, people, date(2022, 9, 1)),
            holder(seed, bestuur, FD, people, date(2019, 1, 1), date(2026, 6, 30)),
            holder(seed, bestuur, FD, people, date(2026, 7, 1)),
        )
    acting_director = holder(seed, bestuur, AD, people, date(2026, 3, 16))
    return (
        holder(seed, bestuur, AD, people, date(2019, 1, 1), date(2026, 3, 15)),
        Functionaris(**{**acting_director.__dict__, "status": codes.WAARNEMEND_FUNCTIONARIS}),
        holder(seed, bestuur, FD, people, date(2020, 2, 1)),
    )


def _provincie_directors(seed: int, bestuur: Bestuur, people: People) -> tuple[Functionaris, ...]:
    griffier = holder(seed, bestuur, _GRIFFIER, people, date(2019, 1, 1), date(2024, 12, 31))
    again = holder(seed, bestuur, _GRIFFIER, people, date(2025, 1, 1))
    # Nobody has followed the last financieel beheerder: a vacancy.
    return (
        griffier,
        Functionaris(**{**again.__dict__, "persoon": griffier.persoon}),
        holder(seed, bestuur, _BEHEERDER, people, date(2019, 1, 1), date(2024, 12, 31)),
        holder(seed, bestuur, _BEHEERDER, people, date(2025, 1, 1), date(2026, 8, 31)),
    )
