"""The demo world follows from its seed, and holds what it should."""

from collections import Counter
from datetime import date, timedelta
from itertools import product

import pytest

from belfort import rijksregister
from belfort.errors import UsageError
from demo import codes, names
from demo.besturen import places
from demo.generate import generate, zitting, zittingen
from demo.model import World
from demo.pages import all_pages
from demo.register import delta_files
from demo.rhythm import moment


@pytest.fixture(scope="module")
def world() -> World:
    return generate(20261125, 4)


def _everything(world: World) -> list[object]:
    feeds = {feed: [(f.id, f.name, f.created, f.body) for f in files] for feed, files in delta_files(world).items()}
    return [*((page.path, page.html) for page in all_pages(world)), feeds]


def test_same_seed_same_bytes() -> None:
    """The same seed and size give the same pages and delta files."""
    assert _everything(generate(5, 2)) == _everything(generate(5, 2))


def test_other_seed_other_world(world: World) -> None:
    """Another seed gives other places, other persons and other decisions."""
    other = generate(20261126, 4)
    assert not {b.naam for b in world.besturen} & {b.naam for b in other.besturen}
    assert not {b.iri for b in world.besturen} & {b.iri for b in other.besturen}
    people = [{m.persoon.naam for b in w.besturen for m in b.mandatarissen} for w in (world, other)]
    assert len(people[0] & people[1]) < len(people[0]) / 5
    texts = [{p.omschrijving + p.titel for z in zittingen(w, w.sites[0]) for p in z.punten} for w in (world, other)]
    assert len(texts[0] & texts[1]) < len(texts[0]) / 4


def test_size_is_zittingen_per_organ(world: World) -> None:
    """Every organ that meets has as many zittingen as the size says."""
    found = Counter(z.orgaan.iri for site in world.sites for z in zittingen(world, site))
    assert len(found) == 9
    assert set(found.values()) == {4}


def test_larger_world_keeps_the_newest(world: World) -> None:
    """A larger size adds older zittingen and leaves the newest as they are."""
    larger = generate(20261125, 40)
    for site, bigger in zip(world.sites, larger.sites, strict=True):
        for orgaan, other in zip(site.organen, bigger.organen, strict=True):
            assert zitting(world, orgaan, 2) == zitting(larger, other, 2)


@pytest.mark.parametrize("size", [0, -1, 100_001])
def test_impossible_size(size: int) -> None:
    """A size that cannot be is refused."""
    with pytest.raises(UsageError, match="size"):
        generate(1, size)


def test_zittingen_of_a_huge_world_are_made_one_at_a_time() -> None:
    """The last zitting of a world of the largest size is made without the others, inside the first period."""
    huge = generate(1, 100_000)
    orgaan = huge.sites[0].organen[0]
    last = zitting(huge, orgaan, 99_999)
    assert last.start.date() >= orgaan.perioden[0].start
    assert last.start < moment(huge, orgaan, 99_998)
    assert last.punten


def test_register_counts(world: World) -> None:
    """The besturen have the organs, seats, functions, the acting director and the vacancy that a register has."""
    gemeente, ocmw, other, provincie, agb, *around = world.besturen
    assert [len(b.organen) for b in world.besturen] == [7, 6, 7, 4, 2, 4, 7, 7, 7, 7, 2]
    assert [b.code for b in world.besturen] == [
        codes.GEMEENTE, codes.OCMW, codes.GEMEENTE, codes.PROVINCIE, codes.AGB, codes.PROVINCIE,
        *[codes.GEMEENTE] * 4, codes.DISTRICT,
    ]  # fmt: skip
    areas = {b.werkingsgebied.binnen for b in (gemeente, other, around[1], around[2])}
    assert areas == {provincie.werkingsgebied.iri}
    day = date(2026, 11, 25)
    for bestuur, rol, seats in ((gemeente, "11", 23), (other, "11", 17), (ocmw, "15", 23), (provincie, "1f", 31)):
        sitting = [m for m in bestuur.mandatarissen if m.mandaat.rol == rol and m.at(day)]
        assert len(sitting) == seats
        assert len({m.persoon.naam for m in sitting}) == seats
    assert not ocmw.functionarissen
    assert [f.status for f in other.functionarissen].count(codes.WAARNEMEND_FUNCTIONARIS) == 1
    functions = {p.functie.iri for o in provincie.organen for p in o.perioden if p.functie}
    filled = {f.functie.iri for f in provincie.functionarissen if f.einde is None}
    assert len(functions) == 4
    assert len(filled) == 1
    assert agb.functionarissen[0].functie.rol in codes.ROLES


def test_replacement(world: World) -> None:
    """Who is verhinderd is replaced on the same mandate by another person, from the same day."""
    every = {m.iri: m for b in world.besturen for m in b.mandatarissen}
    absent = [m for m in every.values() if m.status == codes.VERHINDERD]
    assert absent
    for one in absent:
        acting = every[one.vervangen_door]
        assert acting.status == codes.WAARNEMEND
        assert acting.mandaat == one.mandaat
        assert acting.persoon != one.persoon
        assert acting.start == one.start


def test_versions_do_not_overlap(world: World) -> None:
    """Of one person in one mandate no two versions count on one day, and all lie inside the organ's period."""
    for bestuur in world.besturen:
        periods = {p.iri: p for o in bestuur.organen for p in o.perioden}
        taken: set[tuple[str, str, date]] = set()
        for one in bestuur.mandatarissen:
            period = periods[one.periode]
            assert period.start <= one.start
            assert one.einde is not None
            assert period.einde is not None
            assert one.einde <= period.einde
            for days in range(0, (one.einde - one.start).days, 30):
                key = (one.persoon.iri, one.mandaat.iri, one.start + timedelta(days=days))
                assert key not in taken
                taken.add(key)


def test_ids_are_unique(world: World) -> None:
    """No two things have one IRI."""
    iris = [m.iri for b in world.besturen for m in b.mandatarissen]
    # Versions of one mandate share the membership.
    iris += {m.lidmaatschap for b in world.besturen for m in b.mandatarissen}
    iris += [f.iri for b in world.besturen for f in (*b.functionarissen, *b.fracties)]
    iris += [o.iri for b in world.besturen for o in b.organen]
    iris += [p.iri for b in world.besturen for o in b.organen for p in o.perioden]
    assert len(iris) == len(set(iris))


def test_votes_add_up(world: World) -> None:
    """Everyone who is there votes once; a counted vote has a majority."""
    for site in world.sites:
        for one in zittingen(world, site):
            for punt in one.punten:
                vote = punt.stemming
                assert sorted(m.iri for m in (*vote.voor, *vote.tegen, *vote.onthouding)) == sorted(
                    m.iri for m in one.aanwezig
                )
                assert len(vote.voor) > len(vote.tegen)


def test_texts_have_no_holes_and_vary(world: World) -> None:
    """Every hole of every text is filled, and titles differ."""
    titles = []
    for site in world.sites:
        for one in zittingen(world, site):
            for punt in one.punten[1:]:
                titles.append(punt.titel)
                for text in (punt.titel, punt.omschrijving, *punt.motivering, *punt.artikels):
                    assert "{" not in text
                    assert text.strip() == text
    assert len(set(titles)) > len(titles) * 0.7


def test_places_are_fictional(shared: object) -> None:
    """No place that the demo can name is a real bestuur."""
    from pathlib import Path

    folder = Path(str(shared)) / "data" / "besturen"
    real = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("0[1-5]*.ttl"))).lower()
    for head, tail in product(names.PLACE_HEADS, names.PLACE_TAILS):
        assert f' {head}{tail}"'.lower() not in real
        assert f'"{head}{tail}"'.lower() not in real
    for head, tail in product(names.PROVINCE_HEADS, names.PROVINCE_TAILS):
        assert f"{head}-{tail}".lower() not in real


def test_register_numbers_are_no_rijksregisternummers() -> None:
    """KBO and OVO numbers, telephone numbers and addresses are never taken for a rijksregisternummer."""
    for seed in range(20):
        assert len(set(places(seed))) == 3
        for bestuur in generate(seed, 1).besturen:
            text = f"{bestuur.kbo} {bestuur.ovo} | {bestuur.contact}"
            assert not rijksregister.contains(text)
            assert int(bestuur.kbo[:8]) % 97 + int(bestuur.kbo[8:]) == 97
