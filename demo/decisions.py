"""Decisions: the agendapunten and besluiten of one zitting, from topics and a fresh set of fillings each."""

from datetime import date, timedelta
from functools import cache

from demo import canaries, names, topics, topics_college, topics_raad
from demo.dice import Dice, hex_id
from demo.model import Mandataris, Orgaan, Punt, Stemming, World
from demo.moments import dutch
from demo.rhythm import moment
from demo.topics import Topic

_BY_KIND: dict[str, tuple[Topic, ...]] = {
    kind: tuple(topic for topic in (*topics_raad.TOPICS, *topics_college.TOPICS) if kind in topic.organs)
    for kind in topics.LEGAL
}


def punten(
    world: World, orgaan: Orgaan, number: int, bounds: tuple[int, int], present: tuple[Mandataris, ...]
) -> tuple[Punt, ...]:
    """The agendapunten of zitting `number`: first the previous notulen, then so many topics, secret ones last.

    Each organ goes through its topics in an order of its own, so that zittingen in a row are about other things.
    """
    dice = Dice(world.seed, "punten", orgaan.iri, number)
    order = Dice(world.seed, "volgorde", orgaan.iri).sample(_BY_KIND[orgaan.kind], 99)
    low, high = bounds
    turn = [order[(number * high + place) % len(order)] for place in range(dice.between(low, high))]
    chosen = sorted(dict.fromkeys(turn), key=lambda topic: not topic.public)
    found = []
    for place, topic in enumerate([topics.OPENING, *chosen], 1):
        key = hex_id(world.seed, orgaan.iri, number, place)[:32]
        filling = _filling(world, orgaan, number, Dice(world.seed, "vulling", key))
        found.append(_punt(topic, place, key, orgaan, filling, _vote(topic, dice, present)))
    found[1] = canaries.leak(world.seed, found[1]) if canaries.is_leaking(world, orgaan, number) else found[1]
    return tuple(found)


def _filling(world: World, orgaan: Orgaan, number: int, dice: Dice) -> dict[str, str]:
    day = moment(world, orgaan, number).date()
    bestuur = next(one for one in world.besturen if one.iri == orgaan.bestuur)
    street, side = dice.sample(streets(world.seed, bestuur.plaats), 2)
    one, two = dice.sample(names.ASSOCIATIONS, 2)
    begin = date(day.year + (day.month > 8), 1 if day.month > 8 else 9, 1)
    return {
        "bestuur": bestuur.naam, "plaats": bestuur.plaats, "orgaan": orgaan.label.removesuffix(bestuur.plaats).strip(),
        "straat": street, "dwars": side, "school": dice.pick(names.SCHOOLS), "firma": dice.pick(names.FIRMS),
        "vereniging": f"{one} {bestuur.plaats}", "ander": f"{two} {bestuur.plaats}",
        "evenement": dice.pick(names.EVENTS), "jaar": str(day.year + 1), "vorig": str(day.year - 1),
        "datum": dutch(day + timedelta(days=dice.between(-40, -5))), "begin": dutch(begin),
        "bedrag": str(dice.between(3, 90) * 25), "matig": euros(dice.between(60, 900) * 100 + dice.below(100)),
        "groot": euros(dice.between(180, 9_400) * 100 + dice.below(100)),
        "tarief": str(dice.between(2, 28)), "procent": f"{dice.between(12, 88) // 10},{dice.below(10)}",
        "aantal": str(dice.between(14, 260)), "meter": str(dice.between(4, 60) * 25),
        "dienst": dice.pick(names.SERVICES), "volgend": str(day.year + 5),
        "dossier": f"OMV_{day.year}{dice.between(10_000, 99_999)}",
    }  # fmt: skip


def euros(amount: int) -> str:
    """`12.345`: thousands with a point, as is usual in Dutch."""
    return f"{amount:,}".replace(",", ".")


@cache
def streets(seed: int, plaats: str) -> tuple[str, ...]:
    """The streets of a place: about forty, always the same."""
    dice = Dice(seed, "straten", plaats)
    return tuple(sorted({dice.pick(names.STREET_HEADS) + dice.pick(names.STREET_TAILS) for _ in range(45)}))


def _punt(topic: Topic, place: int, key: str, orgaan: Orgaan, filling: dict[str, str], vote: Stemming) -> Punt:
    reasons = (topics.LEGAL[orgaan.kind], *(text.format_map(filling) for text in topic.reasons))
    return Punt(
        place,
        key,
        topic.title.format_map(filling),
        topic.summary.format_map(filling),
        topic.public,
        topic.type,
        reasons,
        tuple(text.format_map(filling) for text in topic.articles),
        vote,
    )


def _vote(topic: Topic, dice: Dice, present: tuple[Mandataris, ...]) -> Stemming:
    """Unanimous, or along the lines of majority and opposition."""
    if topic is topics.OPENING or topic.outcome == "Kennisgenomen" or len(present) < 9 or dice.chance(55):
        return Stemming(topic.secret, True, present, (), (), topic.outcome)
    against_group, abstain = dice.below(4), dice.chance(50)
    for_: list[Mandataris] = []
    against: list[Mandataris] = []
    blank: list[Mandataris] = []
    opposition = sorted({m.fractie.naam for m in present if m.fractie and not m.fractie.meerderheid})
    for member in present:
        group = opposition.index(member.fractie.naam) if member.fractie and member.fractie.naam in opposition else -1
        side = for_ if group < 0 else against if group == against_group % max(len(opposition), 1) else None
        (side if side is not None else blank if abstain else for_).append(member)
    return Stemming(topic.secret, False, tuple(for_), tuple(against), tuple(blank), topic.outcome)
