"""What a page says, as data: canonical lines, what they are about, where it leads, what was repaired or is wrong.

Enters: bytes and their address. Leaves: an `Extraction`. Pure and deterministic: the same bytes and address give the
same lines. Whatever the bytes are, the answer is an `Extraction`; what could not be read is an issue in it. It runs
in a killable child (`harvester.reading`): a page may ask for more time or memory than it may have.
"""

import hashlib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Literal

from belfort import rdf
from belfort.rdf import TYPE, Triple
from belfort.records.issue import Issue
from belfort.vocab import BESLUIT, DCT, DOCUMENT_TYPES, ELI, LBLOD_BESLUIT, OG, RDFA, XHV
from harvester.links import FEED, PROPERTIES, Link, find_links
from harvester.locate import Locator
from harvester.rdfa import Parsed, Trace, Unreadable, iri, parse
from harvester.repairs import CATALOGUE, Page, Repairs, doubts
from harvester.sessions import without_session
from harvester.skolem import skolemise
from shapes.validation import Report, validate_page

Judging = Literal["", "short", "placed"]
MAX_BYTES = 32 * 2**20
EXAMPLES = 3

COUNTED: dict[str, str] = {
    "zittingen": BESLUIT.Zitting,
    "agendapunten": BESLUIT.Agendapunt,
    "behandelingen": BESLUIT.BehandelingVanAgendapunt,
    "stemmingen": BESLUIT.Stemming,
    "besluiten": BESLUIT.Besluit,
}
DERIVED = frozenset(rule.name for rule in CATALOGUE if rule.derived)
# A page with one of these says nothing that could become a submission.
SILENT = frozenset(
    {
        "no-rdfa",
        "overview",
        "not-html",
        "empty",
        "nesting",
        "too-large",
        "too-slow",
        "crashed",
        "invalid-address",
        "not-well-formed",
        "entities",
    }
)


@dataclass(frozen=True)
class Repair:
    """How many triples one rule changed on the page, with the first few: (before, after) as N-Triples lines."""

    rule: str
    count: int
    examples: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Extraction:
    """What a page says. `lines` are canonical N-Triples lines: no blank nodes, distinct, sorted bytewise.

    `raw` is the number of triples before equal ones were taken together and unusable ones dropped; `counts` the
    number of distinct subjects of each class in `COUNTED`; `titles` those of the besluiten, in document order;
    `derived` the lines that the page does not say but shows (the others are what it says); `validation` the judgement
    by the shapes of its document types, when that was asked.
    """

    lines: list[str] = field(default_factory=list)
    raw: int = 0
    document_types: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    titles: list[str] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    derived: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    validation: Report | None = None

    @property
    def semantic_hash(self) -> str:
        """The sha256 of what the page says: the same under every session URL, whatever else its bytes have."""
        return hashlib.sha256("".join(f"{without_session(line)}\n" for line in self.lines).encode()).hexdigest()

    @property
    def says_something(self) -> bool:
        """Whether the page can become a submission; if not, its issues say why."""
        return not any(one.code in SILENT for one in self.issues)


def extract(
    content: bytes,
    url: str,
    *,
    content_type: str = "",
    repair: bool = True,
    without: Collection[str] = (),
    examples: int = EXAMPLES,
    judge: Judging = "",
) -> Extraction:
    """Read one page.

    `url` is its absolute address, `content_type` the header its server sent; without `repair` the page is read as
    plain RDFa 1.1, `without` names single repairs that are off. Of each repair at most `examples` triples are shown.
    `judge` asks for a validation: "short", or with the places on the page ("placed").

    Raises:
        UsageError: a name in `without` is no repair.
    """
    page = Page(iri.without_fragment(url), content)
    repairs = Repairs(without, page=page)
    refused = _refused(content, url, content_type)
    if refused:
        return Extraction(issues=[refused])
    try:
        parsed = parse(content, url, content_type=content_type, repairs=repairs if repair else None)
    except Unreadable as error:
        return Extraction(issues=[Issue(error.code, error.detail, fix=error.fix)])
    if not repair:
        return _extraction(
            parsed, _Read(parsed.triples, parsed.traces, page, page.address, find_links(parsed), examples, judge)
        )
    triples, traces = repairs.triples(parsed.triples, parsed)
    links = find_links(parsed, repairs.value)
    return _extraction(
        parsed, _Read(triples, [*parsed.traces, *traces], page, without_session(page.address), links, examples, judge)
    )


@dataclass(frozen=True)
class _Read:
    """What the page says after its repairs, and the address that its blank nodes are named after."""

    triples: list[Triple]
    traces: list[Trace]
    page: Page
    address: str
    links: list[Link]
    examples: int
    judge: Judging


def _extraction(parsed: Parsed, read: _Read) -> Extraction:
    triples, traces, page, links = read.triples, read.traces, read.address, read.links
    doubtful = doubts(triples, traces, parsed.place, replace(read.page, address=page))
    named = skolemise(triples, page)
    names = _names(triples, named)
    types = _document_types(named)
    counts = _counts(named)
    silent = _silence(named, links, something=bool(types) or any(counts.values()))
    lines = rdf.lines(named)
    locate = Locator(parsed, dict(zip(named, triples, strict=True)), traces) if read.judge == "placed" else None
    return Extraction(
        lines=lines,
        raw=parsed.raw,
        document_types=types,
        counts=counts,
        titles=_titles(named),
        repairs=_repairs(traces, names, read.examples),
        derived=rdf.lines(_named(trace.after, names) for trace in traces if trace.rule in DERIVED),
        issues=[*silent, *parsed.issues, *doubtful],
        links=links,
        validation=validate_page(lines, types, locate) if read.judge else None,
    )


def _names(triples: list[Triple], named: list[Triple]) -> dict[str, str]:
    """Blank node → the IRI that it got."""
    names = {}
    for (s, _, o), (subject, _, target) in zip(triples, named, strict=True):
        if s is not subject:
            names[s] = subject
        if o is not target:
            names[o] = target
    return names


def _named(triple: Triple, names: dict[str, str]) -> Triple:
    s, p, o = triple
    return names.get(s, s), p, names.get(o, o)


_MAGIC = (
    (b"%PDF", "een PDF"),
    (b"PK\x03\x04", "een zip of Office-document"),
    (b"\xd0\xcf\x11\xe0", "een Office-document"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "een PNG-beeld"),
    (b"\xff\xd8\xff", "een JPEG-beeld"),
    (b"GIF8", "een GIF-beeld"),
)
_TEXTUAL = ("html", "xml", "text/plain", "octet-stream")


def _refused(content: bytes, url: str, content_type: str) -> Issue | None:
    """Why these bytes are not worth parsing, or None."""
    if not iri.is_valid(iri.without_fragment(url)):
        return Issue("invalid-address", f"{url!r} is geen absoluut adres.", fix="Geef het als https://host/pad.")
    if not content.strip(b" \t\r\n\f\0"):
        return Issue("empty", "De pagina is leeg.", fix="Kijk of de server de pagina zonder script toont.")
    if len(content) > MAX_BYTES:
        return Issue("too-large", f"De pagina is {len(content)} bytes groot; {MAX_BYTES} is het meeste.",
                     fix="Splits de pagina, of plaats beelden en bijlagen apart.")  # fmt: skip
    kind = next((name for magic, name in _MAGIC if content.lstrip().startswith(magic)), "")
    media = content_type.partition(";")[0].strip().lower()
    if not kind and media and not any(part in media for part in _TEXTUAL):
        kind = media
    if not kind and b"\0" in content[:1024] and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        kind = "geen tekst"
    if kind:
        return Issue("not-html", f"Dit is geen HTML-pagina ({kind}).", fix="Publiceer de tekst als HTML met RDFa.")
    return None


_IGNORED = (f"<{XHV}", f"<{RDFA}", f"<{OG}")
_LINKING = {f"<{BESLUIT}{name}>" for name in PROPERTIES} | {f"<{LBLOD_BESLUIT.linkToPublication}>"}


def _silence(triples: list[Triple], links: list[Link], *, something: bool) -> list[Issue]:
    """The issue that the page says nothing of its own, if so."""
    predicates = {p for _, p, _ in triples if not p.startswith(_IGNORED)}
    if something or predicates - _LINKING:
        return []
    pages = [link for link in links if link.property != FEED]
    if pages:
        return [Issue("overview", f"Dit is een overzicht met {len(pages)} links, geen publicatie.",
                      fix="Lees de pagina's waar het naar verwijst, of oogst de hele site.")]  # fmt: skip
    return [Issue("no-rdfa", "De pagina bevat geen RDFa over besluiten.",
                  fix="Annoteer ze: https://lblod.github.io/pages-vendors/.")]  # fmt: skip


def _document_types(triples: list[Triple]) -> list[str]:
    saying = {TYPE, f"<{DCT.type}>"}
    return list(dict.fromkeys(o[1:-1] for _, p, o in triples if p in saying and o[1:-1] in DOCUMENT_TYPES))


def _counts(triples: list[Triple]) -> dict[str, int]:
    names = {f"<{cls}>": name for name, cls in COUNTED.items()}
    typed = {(names[o], s) for s, p, o in triples if p == TYPE and o in names}
    found = Counter(name for name, _ in typed)
    return {name: found[name] for name in COUNTED}


def _titles(triples: list[Triple]) -> list[str]:
    besluiten = dict.fromkeys(s for s, p, o in triples if p == TYPE and o == f"<{BESLUIT.Besluit}>")
    by_predicate: dict[str, dict[str, str]] = {f"<{ELI.title}>": {}, f"<{DCT.title}>": {}}
    for s, p, o in triples:
        if p in by_predicate and s in besluiten and o.startswith('"'):
            by_predicate[p].setdefault(s, " ".join(rdf.value(o).split()))
    eli, dct = by_predicate.values()
    return [title for s in besluiten if (title := eli.get(s) or dct.get(s) or "")]


def _repairs(traces: list[Trace], names: dict[str, str], examples: int) -> list[Repair]:
    by_rule: dict[str, list[Trace]] = {}
    for trace in traces:
        by_rule.setdefault(trace.rule, []).append(trace)
    return [
        Repair(rule, len(rows), [(rdf.line(one.before), rdf.line(_named(one.after, names))) for one in rows[:examples]])
        for rule, rows in sorted(by_rule.items())
    ]
