"""Any number of made-up Dutch search documents, from a seed: the words, places and days of an archive of decisions.

Words follow a Zipf-Mandelbrot law (s 1.05, q 2.7) over real words (stop words, municipal words and their compounds)
and pronounceable made-up ones. A text is made of runs of one long stream of such words, so phrases come back in
several documents, as they do in decisions; some documents are nearly the text of an earlier one, some are notulen of
200 kB.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate

from search.document import Document, Joined, Keyword

WORDS = 150_000
BESTUREN = 300
PROVINCIES = ("Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen")
ORGANS = (
    "Gemeenteraad", "College van burgemeester en schepenen", "Raad voor maatschappelijk welzijn", "Vast bureau",
    "Burgemeester", "Bijzonder comité voor de sociale dienst", "Districtsraad", "Algemeen directeur",
)  # fmt: skip
TYPES = {
    "besluiten": ("Besluit", 70), "agendapunten": ("Agendapunt", 14), "zittingen": ("Zitting", 6),
    "documenten": ("Notulen", 6), "personen": ("Persoon", 4),
}  # fmt: skip
FIRST, LAST = date(2015, 1, 5), date(2026, 12, 31)

_S, _Q = 1.05, 2.7
_STREAM = 1 << 21
_NUMBER_SHARE = 0.02
_TEXT = 1300
"""Characters of the middle text: half are shorter; the mean is about 1,750."""
_LONG = 200_000
_LONG_SHARE = 1 / 2500
_ALIKE_SHARE = 0.02
_BASE = "https://data.voorbeeld.be/id/"
_ACTS = (
    "Goedkeuring", "Kennisname", "Aktename", "Vaststelling", "Aanstelling", "Aanvullend reglement", "Toekenning",
    "Gunning", "Verlenging", "Opheffing", "Advies", "Aanpassing", "Principebeslissing", "Machtiging",
)  # fmt: skip
_EVERYWHERE = """
de van het een en in op te dat voor met zijn is door aan bij niet werd wordt als deze om tot er naar dit die uit ook of
over worden onder heeft hebben tussen volgens waarbij na per nog wat kan moet dan zal geen alle andere indien wegens
artikel besluit gelet overwegende ingevolge betreffende hierbij namelijk reeds echter zowel alsook enkel binnen tegen
"""
_MUNICIPAL = """
aanvraag advies afval akkoord ambtenaar asbest baan bedrag begraafplaats begroting beheer belasting beleid belofte
bestek bevolking bewoner bibliotheek bijdrage bouw brandweer brug budget buurt burgemeester bus camera college concessie
contract controle cultuur decreet deel dienst dier domein dossier dorp energie erfgoed evenement factuur feest fiets
fietspad financiering fonds formulier fusie gebouw gemeente gemeenteraad gezin gezondheid goedkeuring gracht grens grond
handel haven heffing herstel huis huur hulp infrastructuur inname inrichting inspraak investering jaarrekening jeugd
kerk kerkfabriek kind klacht klimaat kosten krediet kunst landbouw leerling leverancier lening locatie lokaal maatregel
markt melding milieu mobiliteit natuur nota omgeving omgevingsvergunning onderhoud onderwijs onteigening ontwerp
opdracht openbaar opvang overeenkomst paal park parkeerplaats personeel plan plein politie post prijs procedure project
raad raming reglement rekening retributie riolering rooilijn ruimte school schepen secretaris sport sporthal straat
stad steun subsidie tarief terrein toelage toezicht uitbreiding uitvoering veiligheid verbouwing vereniging vergadering
vergunning verkaveling verkeer verkoop verlichting verordening vervoer verzekering voetpad voorstel vrijwilliger water
waterloop weg wegenis welzijn werk wijk wijziging woning zaal zitting zone zorg zwembad
"""
_HEADS = (
    "b",
    "d",
    "g",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "z",
    "br",
    "gr",
    "kl",
    "schr",
    "st",
    "tr",
)
_HEARTS = ("a", "e", "i", "o", "u", "aa", "ee", "oo", "ie", "oe", "ei", "ui", "ë")
_TAILS = ("", "", "l", "n", "r", "s", "t", "k", "rt", "nd", "cht", "ng")
_ENDS = ("", "", "en", "er", "ing", "ingen", "heid", "elijk", "isch", "es")


@dataclass
class Archive:
    """An archive of that many documents; equal seeds make equal archives."""

    count: int
    seed: int = 1
    _recent: list[Document] = field(default_factory=list)

    @cached_property
    def vocabulary(self) -> list[str]:
        """The distinct words, most frequent first."""
        dice = random.Random(f"words {self.seed}")
        parts = _MUNICIPAL.split()
        known = dict.fromkeys(_EVERYWHERE.split())
        near = [*parts, *(a + b for a in parts[::3] for b in dice.sample(parts, 40) if a != b)]
        while len(near) < WORDS // 12:
            near.append(_made_up(dice))
        known |= dict.fromkeys(sorted(near, key=lambda word: len(word) * dice.random()))  # common words are short
        while len(known) < WORDS:
            known[_made_up(dice)] = None
        return list(known)

    @cached_property
    def stream(self) -> list[str]:
        """Words in the order of a text, as frequent as the law says, with numbers, days and amounts among them."""
        dice = random.Random(f"stream {self.seed}")
        weights = list(accumulate((rank + _Q) ** -_S for rank in range(1, WORDS + 1)))
        words = dice.choices(self.vocabulary, cum_weights=weights, k=_STREAM)
        for place in dice.sample(range(_STREAM), int(_STREAM * _NUMBER_SHARE)):
            words[place] = _number(dice)
        return words

    @cached_property
    def places(self) -> list[list[Keyword]]:
        """The bestuur and provincie of each bestuur."""
        return [
            [
                Keyword("bestuur", f"{_BASE}bestuurseenheden/{number}", f"Gemeente {name.capitalize()}"),
                Keyword("provincie", f"{_BASE}werkingsgebieden/{number % 5}", PROVINCIES[number % 5]),
            ]
            for number, name in enumerate(self.vocabulary[2_000 : 2_000 + BESTUREN])
        ]

    def documents(self) -> Iterator[Document]:
        """The documents, in order."""
        dice = random.Random(f"documents {self.seed}")
        self._recent = []
        for number in range(self.count):
            yield self._document(number, dice)

    def phrase(self, dice: random.Random, words: int) -> str:
        """Words that stand after one another somewhere, so likely in some documents."""
        begin = dice.randrange(_STREAM - words)
        return " ".join(self.stream[begin : begin + words])

    def _document(self, number: int, dice: random.Random) -> Document:
        plural = dice.choices(list(TYPES), [share for _, share in TYPES.values()])[0]
        place, organ = dice.randrange(BESTUREN), dice.randrange(len(ORGANS))
        orgaan = f"{_BASE}bestuursorganen/{place}-{organ}"
        day = (FIRST + timedelta(days=dice.randrange((LAST - FIRST).days + 1))).isoformat()
        keywords = [
            Keyword("type", plural, TYPES[plural][0]), *self.places[place],
            Keyword("orgaan", orgaan, ORGANS[organ]),
            Keyword("orgaantype", f"{_BASE}orgaantypes/{organ}", ORGANS[organ]),
            *_more(plural, dice),
        ]  # fmt: skip
        iri = f"{_BASE}{plural}/{number:08x}"
        title, text = self._words(plural, dice)
        around = frozenset({iri, orgaan, *(one.value for one in self.places[place]), f"{_BASE}zittingen/{place}-{day}"})
        document = Document(
            iri=iri, uuid=f"{number:032x}", plural=plural, type=TYPES[plural][0], title=title, text=text, date=day,
            besturen=((self.places[place][0].value, self.places[place][0].label),), orgaan=orgaan,
            orgaan_label=ORGANS[organ], keywords=tuple(keywords), begins=day, embeds=around,
            joined=(Joined(f"{iri}/punt", f"{number:031x}p", title),) if number % 3 == 0 else (),
        )  # fmt: skip
        if plural == "besluiten" and len(text) < _TEXT * 2:
            self._recent = [document, *self._recent[:200]]
        return document

    def _words(self, plural: str, dice: random.Random) -> tuple[str, str]:
        """A title and a text."""
        if plural == "personen":
            return self.phrase(dice, 2).title(), f"{dice.choice(ORGANS)}\n\n{dice.choice(_ACTS)}"
        if plural == "besluiten" and self._recent and dice.random() < _ALIKE_SHARE:
            other = dice.choice(self._recent)
            return other.title, f"{other.text} {self._sentence(dice)}"
        title = f"{dice.choice(_ACTS)} {self.phrase(dice, dice.randint(3, 8))}"
        long = plural != "zittingen" and dice.random() < _LONG_SHARE
        return title, self._text(_LONG if long else int(dice.lognormvariate(0, 0.7) * _TEXT), dice)

    def _text(self, size: int, dice: random.Random) -> str:
        made = ["De raad"]
        length, paragraph = 0, 0
        while length < size:
            between = " "
            if dice.random() < 0.2:
                paragraph += 1
                between = f"\n\nArtikel {paragraph - 2}. " if paragraph > 2 else "\n\n"
            made += [between, self._sentence(dice)]
            length += len(made[-1]) + 1
        return "".join(made)

    def _sentence(self, dice: random.Random) -> str:
        run = self.phrase(dice, dice.randint(6, 22))
        return f"{run[0].upper()}{run[1:]}."


def _made_up(dice: random.Random) -> str:
    parts = [
        dice.choice(_HEADS) + dice.choice(_HEARTS) + dice.choice(_TAILS)
        for _ in range(dice.choices((1, 2, 3, 4), (1, 6, 4, 1))[0])
    ]
    return "".join(parts) + dice.choice(_ENDS)


def _number(dice: random.Random) -> str:
    """A number of a file, a day, an amount, a year or a small number."""
    kind, number = dice.randrange(5), dice.randrange(10_000)
    forms = (
        f"20{number % 12 + 15}/{number}", f"{number % 28 + 1:02d}/{number % 12 + 1:02d}/20{number % 12 + 15}",
        f"{number}.{number % 1000:03d},00", str(2015 + number % 12), str(number % 99),
    )  # fmt: skip
    return forms[kind]


def _more(plural: str, dice: random.Random) -> Iterator[Keyword]:
    """Themes, kinds and sources."""
    for number in sorted({min(int(dice.expovariate(0.2)), 19) for _ in range(dice.choice((0, 1, 1, 2)))}):
        yield Keyword("thema", f"thema-{number}", f"Thema {number}")
    if plural in ("besluiten", "documenten"):
        number = dice.randrange(5)
        yield Keyword("documenttype", f"{_BASE}documenttypes/{number}", f"Documenttype {number}")
    if plural == "besluiten":
        for number in sorted({dice.randrange(40), dice.randrange(40)}):
            yield Keyword("besluittype", f"{_BASE}besluittypes/{number}", f"Besluittype {number}")
        for number in sorted({min(int(dice.expovariate(0.02)), 499) for _ in range(dice.randrange(4))}):
            yield Keyword("rechtsgrond", f"{_BASE}wetten/{number}", f"Decreet nummer {number}")
    yield Keyword("bron", f"bron-{dice.randrange(4)}", "Bron")
