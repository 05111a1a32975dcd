"""Generate: seed and size → the demo world; its zittingen are made one at a time, so that any size fits in memory."""

from collections.abc import Iterator
from datetime import date, timedelta

from belfort.errors import UsageError
from demo import codes, decisions, names, neighbours
from demo.besturen import People, make_besturen, slug
from demo.dice import Dice, hex_id
from demo.model import (
    Bestuur,
    Document,
    Functionaris,
    Mandataris,
    Orgaan,
    Periode,
    Site,
    World,
    Zitting,
)
from demo.rhythm import COUNCILS, RHYTHM, moment

MAX_SIZE = 100_000


def generate(seed: int, size: int) -> World:
    """The fictional authorities of a seed; `size` is the number of zittingen per organ.

    Raises:
        UsageError: the size is under 1 or over 100,000.
    """
    if not 1 <= size <= MAX_SIZE:
        raise UsageError(f"A demo of size {size} cannot be made.", hint=f"Take 1 to {MAX_SIZE} (BELFORT_DEMO_SIZE).")
    people = People(seed)
    gemeente, ocmw, other, provincie, agb = with_sites = make_besturen(seed, people)
    besturen = (*with_sites, *neighbours.make(seed, with_sites, people))
    leden: dict[str, tuple[Mandataris, ...]] = {}
    for bestuur in besturen:
        for one in bestuur.mandatarissen:
            leden[one.periode] = (*leden.get(one.periode, ()), one)
    # An AGB has no mandates of its own: its board is made of councillors of its gemeente.
    raad = next(organ for organ in other.organen if organ.kind == "GR")
    board = next(organ for organ in agb.organen if organ.kind == "RVB")
    for period, council in zip(board.perioden, raad.perioden, strict=True):
        leden[period.iri] = tuple(m for m in leden[council.iri] if m.mandaat.rol == "11")[:9]
    secretaries = {bestuur.iri: _secretaries(bestuur) for bestuur in besturen}
    secretaries[ocmw.iri] = secretaries[gemeente.iri]
    sites = (
        _site("lblodweb", gemeente, ocmw),
        _site("raadpleeg", other),
        _site("raadpleeg", provincie),
        _site("lblodweb", agb),
    )
    return World(seed, size, besturen, sites, leden, secretaries)


def _secretaries(bestuur: Bestuur) -> tuple[Functionaris, ...]:
    first = {f.functie.rol: f for f in reversed(bestuur.functionarissen)}
    wanted = next(
        iter(reversed(list(first))), ""
    )  # the first function: algemeen directeur, griffier, leidend ambtenaar
    return tuple(f for f in bestuur.functionarissen if f.functie.rol == wanted)


def _site(platform: str, *besturen: Bestuur) -> Site:
    main = besturen[0]
    name = slug(main.naam.removeprefix("Gemeente "))
    if platform == "lblodweb":
        path = f"/{name}/LBLODWeb/Home/Overzicht/{main.iri.rsplit('/', 1)[1]}"
        return Site(name, main.naam, "lblodweb", f"lblod.{name}.example", besturen, path)
    return Site(name, main.naam, "raadpleeg", f"data.{name}.example", besturen, f"/{name}/zittingen/lijst")


def zitting(world: World, orgaan: Orgaan, number: int) -> Zitting:
    """Zitting `number` of the organ, with its agendapunten and besluiten; 0 is the newest."""
    start = moment(world, orgaan, number)
    dice = Dice(world.seed, "zitting", orgaan.iri, number)
    period = period_at(orgaan, start.date())
    present, absent, chair = _attendance(world, period, start.date(), dice)
    punten = decisions.punten(world, orgaan, number, RHYTHM[orgaan.kind][3], present)
    secretary = next(
        (f for f in world.secretarissen[orgaan.bestuur] if f.start <= start.date() <= (f.einde or date.max)), None
    )
    return Zitting(
        hex_id(world.seed, orgaan.iri, number)[:32], number, orgaan, period, start,
        start + timedelta(minutes=dice.between(35, 190)), dice.pick(names.PLACES_OF_MEETING),
        documents(world, orgaan, number), chair, secretary, present, absent, punten,
    )  # fmt: skip


def period_at(orgaan: Orgaan, day: date) -> Periode:
    """The organ-in-time of that day."""
    return next(p for p in orgaan.perioden if p.start <= day and (p.einde is None or day <= p.einde))


def documents(world: World, orgaan: Orgaan, number: int) -> dict[Document, date]:
    """Which documents of a zitting are public, and since when.

    The newest zitting of a council is planned, of the one before it there are no notulen yet; with a size under 3
    nothing would be left, so then everything is there. Colleges publish besluitenlijsten only.
    """
    day = moment(world, orgaan, number).date()
    listed = day + timedelta(days=8 if orgaan.kind in COUNCILS else 4)
    if orgaan.kind not in COUNCILS:
        return {"besluitenlijst": listed}
    planned = world.size > 2 and number == 0
    found: dict[Document, date] = {"agenda": day - timedelta(days=10)}
    if not planned:
        found["besluitenlijst"] = listed
    if world.size < 3 or number > 1:
        found["notulen"] = day + timedelta(days=30)
    return found


_CHAIRS = ("12", "13", "16", "18", "27")


def _attendance(
    world: World, period: Periode, day: date, dice: Dice
) -> tuple[tuple[Mandataris, ...], tuple[Mandataris, ...], Mandataris]:
    """Who is there, who sent apologies, who presides."""
    active = [m for m in world.leden[period.iri] if m.at(day) and m.status != codes.VERHINDERD]
    chair = next((m for m in active if m.mandaat.rol in _CHAIRS), active[0])
    # Whoever presides a council sits in it too, by another mandate.
    seats = [m for m in active if m.mandaat.rol not in ("12", "16", "27")]
    loose = [m for m in seats if m.persoon is not chair.persoon]
    absent = dice.sample(loose, dice.below(4) if len(seats) > 8 else dice.below(4) // 3)
    return tuple(m for m in seats if m not in absent), tuple(absent), chair


def zittingen(world: World, site: Site) -> Iterator[Zitting]:
    """Every zitting of a site, one at a time: organ by organ, the newest first."""
    for orgaan in site.organen:
        for number in range(world.size):
            yield zitting(world, orgaan, number)
