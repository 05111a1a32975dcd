"""What the demo world consists of. Besturen are made at once; zittingen are made one at a time (see `generate`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["GR", "CBS", "RMW", "VB", "PR", "DEP", "RVB", ""]
Document = Literal["agenda", "besluitenlijst", "notulen"]


@dataclass(frozen=True)
class Persoon:
    """Someone who does not exist."""

    iri: str
    voornaam: str
    familienaam: str
    roepnaam: str = ""

    @property
    def naam(self) -> str:
        """First and last name."""
        return f"{self.voornaam} {self.familienaam}"


@dataclass(frozen=True)
class Fractie:
    """A political group in the organs of one bestuur during one period; `onafhankelijk` for members without one."""

    iri: str
    naam: str
    organen: tuple[str, ...]
    meerderheid: bool
    onafhankelijk: bool = False


@dataclass(frozen=True)
class Mandaat:
    """A post in an organ-in-time; `rol` is the code of a BestuursfunctieCode."""

    iri: str
    rol: str
    aantal: int


@dataclass(frozen=True)
class Functie:
    """A leading function (bestuursfunctie) of a director organ-in-time, with how to reach it."""

    iri: str
    label: str
    rol: str
    contact: "Contactpunt | None"


@dataclass(frozen=True)
class Adres:
    """Where a contactpunt is."""

    iri: str
    straat: str
    nummer: str
    postcode: str
    gemeente: str


@dataclass(frozen=True)
class Contactpunt:
    """How to reach a function or a bestuur."""

    iri: str
    email: str
    telefoon: str
    url: str
    adres: Adres


@dataclass(frozen=True)
class Periode:
    """An organ in time: from `start`, through `einde` if it ended or will."""

    iri: str
    start: date
    einde: date | None
    mandaten: tuple[Mandaat, ...] = ()
    functie: Functie | None = None


@dataclass(frozen=True)
class Orgaan:
    """An organ: `code` is its BestuursorgaanClassificatieCode, `kind` says what it decides ("" = nothing)."""

    iri: str
    label: str
    code: str
    kind: Kind
    bestuur: str
    perioden: tuple[Periode, ...]


@dataclass(frozen=True)
class Mandataris:
    """One version of someone's mandate in the organ-in-time `periode` (its IRI)."""

    iri: str
    persoon: Persoon
    mandaat: Mandaat
    periode: str
    start: date
    einde: date | None
    status: str
    publicatie: str
    fractie: Fractie | None
    lidmaatschap: str
    rangorde: str = ""
    beleidsdomeinen: tuple[str, ...] = ()
    vervangen_door: str = ""

    def at(self, day: date) -> bool:
        """Whether this version counts on that day, both ends included."""
        return self.start <= day and (self.einde is None or day <= self.einde)


@dataclass(frozen=True)
class Functionaris:
    """Someone in a leading function."""

    iri: str
    persoon: Persoon
    functie: Functie
    start: date
    einde: date | None
    status: str


@dataclass(frozen=True)
class Werkingsgebied:
    """The area of a bestuur; `niveau` is Gemeente, District or Provincie, `binnen` the IRI of the area around it."""

    iri: str
    label: str
    niveau: str
    binnen: str = ""


@dataclass(frozen=True)
class Bestuur:
    """A bestuurseenheid with everything the register knows about it."""

    iri: str
    naam: str
    plaats: str
    code: str
    kbo: str
    ovo: str
    werkingsgebied: Werkingsgebied
    contact: Contactpunt
    organen: tuple[Orgaan, ...]
    fracties: tuple[Fractie, ...]
    mandatarissen: tuple[Mandataris, ...]
    functionarissen: tuple[Functionaris, ...]


@dataclass(frozen=True)
class Site:
    """A web site of one or two besturen; `host` is what stands in its IRIs, `seed_path` where a crawler starts."""

    slug: str
    label: str
    platform: Literal["lblodweb", "raadpleeg"]
    host: str
    besturen: tuple[Bestuur, ...]
    seed_path: str

    @property
    def bestuur(self) -> str:
        """The IRI of the bestuur that owns the site."""
        return self.besturen[0].iri

    @property
    def organen(self) -> tuple[Orgaan, ...]:
        """The organs whose zittingen the site publishes."""
        return tuple(orgaan for bestuur in self.besturen for orgaan in bestuur.organen if orgaan.kind)


@dataclass(frozen=True)
class World:
    """All fictional authorities of one seed; `size` is the number of zittingen per organ."""

    seed: int
    size: int
    besturen: tuple[Bestuur, ...]
    sites: tuple[Site, ...]
    leden: Mapping[str, tuple[Mandataris, ...]]
    secretarissen: Mapping[str, tuple[Functionaris, ...]]


@dataclass(frozen=True)
class Stemming:
    """A vote: counted, or unanimous; secret votes know no names."""

    geheim: bool
    unaniem: bool
    voor: tuple[Mandataris, ...]
    tegen: tuple[Mandataris, ...]
    onthouding: tuple[Mandataris, ...]
    gevolg: str


@dataclass(frozen=True)
class Punt:
    """An agendapunt and the besluit that came of it; `key` is the part of their IRIs that is theirs."""

    nummer: int
    key: str
    titel: str
    omschrijving: str
    openbaar: bool
    type: str
    motivering: tuple[str, ...]
    artikels: tuple[str, ...]
    stemming: Stemming


@dataclass(frozen=True)
class Zitting:
    """One meeting, in local time (Europe/Brussels), with the documents that were published of it."""

    key: str
    nummer: int
    orgaan: Orgaan
    periode: Periode
    start: datetime
    einde: datetime
    locatie: str
    documenten: Mapping[Document, date]
    voorzitter: Mandataris
    secretaris: Functionaris | None
    aanwezig: tuple[Mandataris, ...]
    verontschuldigd: tuple[Mandataris, ...]
    punten: tuple[Punt, ...]
