"""The gate: what an origin may say in public, decided statement by statement from the data in `shapes/policy`.

Enters: all triples of one submission, and its origin. Leaves: N-Triples lines per subject that may be public, and a
count of what was held and why. Deny by default: a class, a predicate or a subject that no rule knows is held.
Every term, whatever its origin, passes the rijksregister detector. Pure: same triples, same answer.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from belfort import rdf, rijksregister
from belfort.records.issue import Issue
from belfort.records.origin import Origin
from belfort.vocab import MU, PROV, RDF, XSD, mu_uuid
from publisher.gate_pages import PageGate
from publisher.gate_register import RegisterGate
from shapes import policy
from shapes.codes import spellings

BySubject = dict[str, list[tuple[str, str]]]


@dataclass(frozen=True)
class Gated:
    """Subject IRI → its sorted public lines; and (code, what) → how often something was held or masked."""

    lines: dict[str, list[str]]
    held: Counter[tuple[str, str]]


def gate(
    triples: Iterable[rdf.Triple], origin: Origin, *, only: Collection[str] | None = None, erased: Collection[str] = ()
) -> Gated:
    """What that origin may say in public (design §8).

    With `only` (subjects as `<iri>`) the other triples are there to judge by: a register's part is judged as in the
    whole when all that points at it, and at those, is given. `erased` are the IRIs that were erased
    (`publisher.erasure.blocklist`): nothing is said of them, of whoever was them, or by them.
    """
    held: Counter[tuple[str, str]] = Counter()
    grouped: BySubject = {}
    for subject, predicate, term in triples:
        grouped.setdefault(subject, []).append((predicate, term))
    for code, is_so in (
        ("rijksregister-in-address", rijksregister.contains(origin.iri)),
        ("erased", origin.iri in erased),
    ):
        if is_so:
            held[code, "origin"] += 1
            return Gated({}, held)
    rules = PageGate(grouped, held) if origin.kind == "page" else RegisterGate(grouped, held)
    allowed: dict[str, list[str]] = {}
    for subject, statements in grouped.items():
        if only is not None and subject not in only:
            continue
        kept = rules.keep(subject, statements)
        if kept and erased:
            kept = _without_erased(subject, kept, erased, held)
        if kept:
            kept += _derived(subject, kept, origin)
            allowed[subject[1:-1]] = rdf.lines((subject, p, o) for said, o in kept for p in spellings.every(said))
    clean = _without_numbers(allowed, held)
    return Gated(clean, _readable(held))


def _readable(held: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """The counts; a name that has a rijksregisternummer in it (of a class, a predicate) is made unreadable."""
    if not rijksregister.contains("|".join(what for _, what in held)):
        return held
    readable: Counter[tuple[str, str]] = Counter()
    for (code, what), count in held.items():
        readable[code, rijksregister.mask(what)] += count
    return readable


def _without_erased(
    subject: str, kept: list[tuple[str, str]], erased: Collection[str], held: Counter[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Nothing of an erased subject or of a role of an erased person; and no statement that points at either."""
    alias = policy.pages().alias
    if subject[1:-1] in erased or any(p[1:-1] in alias and o[1:-1] in erased for p, o in kept):
        held["erased", "onderwerp"] += 1
        return []
    left = [(p, o) for p, o in kept if o[0] != "<" or o[1:-1] not in erased]
    if len(left) < len(kept):
        held["erased", "verwijzing"] += len(kept) - len(left)
    return left


def _derived(subject: str, kept: list[tuple[str, str]], origin: Origin) -> list[tuple[str, str]]:
    """What Belfort adds: a mu:uuid for typed subjects without one, and from which page it comes."""
    added = []
    predicates = {p for p, _ in kept}
    if rdf.TYPE in predicates and f"<{MU.uuid}>" not in predicates:
        added.append((f"<{MU.uuid}>", rdf.literal(mu_uuid(subject[1:-1]))))
    if origin.kind == "page":
        added.append((f"<{PROV.wasDerivedFrom}>", f"<{origin.iri}>"))
    return added


def _without_numbers(allowed: dict[str, list[str]], held: Counter[tuple[str, str]]) -> dict[str, list[str]]:
    """Mask every rijksregisternummer in literals; drop statements that have one in an IRI, datatype or language."""
    if not _may_hold_number(allowed):
        return allowed
    clean = {}
    for subject, rows in allowed.items():
        kept = [masked for row in rows if (masked := _mask(row, held))]
        if kept:
            clean[subject] = sorted(set(kept), key=str.encode)
    return clean


def _may_hold_number(allowed: dict[str, list[str]]) -> bool:
    """Whether any line has to be looked at alone: one search over all names, one over all literals."""
    names: set[str] = set(allowed)
    literals: list[str] = []
    for rows in allowed.values():
        for row in rows:
            _, predicate, term = row.split(" ", 2)
            names.add(predicate[1:-1])
            if term[0] == '"':
                end = term.rindex('"')
                literals.append(term[1:end])
                names.add(term[end + 1 : -2].strip("^@<>"))
            else:
                names.add(term[1:-3])
    return (
        any(map(rijksregister.is_bare_number, literals))
        or rijksregister.contains("|".join(literals))
        or rijksregister.contains("|".join(names))
    )


def _mask(row: str, held: Counter[tuple[str, str]]) -> str:
    subject, predicate, term = next(rdf.parse_lines(row))
    names = " ".join((subject[1:-1], predicate[1:-1], term[1:-1] if rdf.is_iri(term) else ""))
    if rijksregister.contains(names):
        held["rijksregister-in-iri", "statement"] += 1
        return ""
    if not rdf.is_literal(term):
        return row
    text, datatype, language = rdf.split_literal(term)
    if rijksregister.contains(f"{datatype} {language}"):
        held["rijksregister-in-iri", "statement"] += 1
        return ""
    if rijksregister.contains(text) or rijksregister.is_bare_number(text):
        held["rijksregister", rdf.curie(predicate[1:-1])] += 1
        masked = rijksregister.mask(text)
        masked = rijksregister.MASK if masked == text else masked
        plain = datatype if datatype in (XSD.string, RDF.langString) else XSD.string
        return rdf.line((subject, predicate, rdf.literal(masked, plain, language)))
    return row


_WORDS: dict[str, tuple[str, str]] = {
    "unknown-class": (
        "Onderwerpen van een klasse die niet in de publicatieregels staat, zijn niet gepubliceerd: {what}.",
        "Gebruik een klasse uit het applicatieprofiel, of vraag om de klasse op te nemen.",
    ),
    "untyped": (
        "Onderwerpen zonder klasse zijn niet gepubliceerd.",
        "Geef elk onderwerp een rdf:type.",
    ),
    "not-public": ("Gegevens die niet publiek zijn, zijn tegengehouden: {what}.", ""),
    "not-in-a-role": (
        "Personen zonder publiek mandaat of publieke functie zijn niet gepubliceerd.",
        "Verbind de persoon met een mandataris of functionaris.",
    ),
    "draft": ("Ontwerpen zijn niet gepubliceerd.", ""),
    "other-kind": (
        "Waarden van een andere soort dan de publicatieregels vragen, zijn niet gepubliceerd: {what}.",
        "Geef een datum als datum, een verwijzing als IRI, een tekst met een datatype van XSD.",
    ),
    "unknown-identifier": (
        "Identificatoren van een onbekende soort zijn niet gepubliceerd.",
        "Gebruik KBO nummer, OVO-nummer, SharePoint identificator of NIS-code.",
    ),
    "erased": ("Wat gewist werd, wordt niet opnieuw gepubliceerd: {what}.", "Zie `belfort erase --list`."),
    "claim": ("Uitspraken over gegevens van het register worden niet overgenomen: {what}.", ""),
    "unresolved-name": (
        "Een naam met een onbekend voorvoegsel is niet gepubliceerd: {what}.",
        "Verklaar het voorvoegsel met @prefix.",
    ),
    "rijksregister": (
        "Een rijksregisternummer in {what} is onleesbaar gemaakt.",
        "Verwijder het nummer uit de bron.",
    ),
    "rijksregister-in-iri": (
        "Een uitspraak met een rijksregisternummer in een IRI is niet gepubliceerd.",
        "Verwijder het nummer uit de bron.",
    ),
    "rijksregister-in-address": (
        "Het adres van de bron bevat een rijksregisternummer: er is niets gepubliceerd.",
        "Publiceer op een adres zonder persoonsgegevens.",
    ),
    "conflict": (
        "Een ander bestuur publiceerde deze IRI eerder; deze bron telt er niet voor mee: {what}.",
        "Gebruik een eigen IRI.",
    ),
}


def issues(held: Counter[tuple[str, str]]) -> list[Issue]:
    """The held statements as issues, one per code and kind of thing, without any value."""
    found = []
    for (code, what), count in sorted(held.items()):
        if count <= 0:  # a feed counts by what came and went; an erasure in between is no thing held
            continue
        message, fix = _WORDS[code]
        found.append(Issue(code, message.format(what=what), fix=fix, count=count))
    return found
