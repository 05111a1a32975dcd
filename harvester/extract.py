"""What a page says, as data: canonical lines, what they are about, where it leads, what was repaired or is wrong.

Enters: bytes and their address. Leaves: an `Extraction`. Pure and deterministic: the same bytes and address give the
same lines. Whatever the bytes are, the answer is an `Extraction`; what could not be read is an issue in it. It runs
in a killable child (`harvester.reading`): a page may ask for more time or memory than it may have.
"""

import hashlib
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
from harvester.repairs import CATALOGUE, Page, Repairs, Statements, doubts
from harvester.sessions import without_session
from harvester.skolem import renamed, skolem_iris
from shapes.shacl import Graph
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
        said = Statements(parsed.triples)
        return _extraction(parsed, _Read(said, parsed.traces, page, page.address, find_links(parsed), examples, judge))
    said, traces = repairs.statements(parsed.triples, parsed)
    links = find_links(parsed, repairs.value)
    return _extraction(
        parsed, _Read(said, [*parsed.traces, *traces], page, without_session(page.address), links, examples, judge)
    )


@dataclass(frozen=True)
class _Read:
    """What the page says after its repairs, and the address that its blank nodes are named after."""

    said: Statements
    traces: list[Trace]
    page: Page
    address: str
    links: list[Link]
    examples: int
    judge: Judging


def _extraction(parsed: Parsed, read: _Read) -> Extraction:
    said, traces, page, links = read.said, read.traces, read.address, read.links
    doubtful = doubts(said, traces, parsed.place, replace(read.page, address=page))
    names = skolem_iris(said.triples, page)
    triples = renamed(said.triples, names)
    types = _document_types(said)
    counts = {name: len(said.of(f"<{cls}>")) for name, cls in COUNTED.items()}
    silent = _silence(said, links, something=bool(types) or any(counts.values()))
    lines = rdf.lines(triples)
    locate = Locator(parsed, dict(zip(triples, said.triples, strict=True)), traces) if read.judge == "placed" else None
    return Extraction(
        lines=lines,
        raw=parsed.raw,
        document_types=types,
        counts=counts,
        titles=_titles(said),
        repairs=_repairs(traces, names, read.examples),
        derived=rdf.lines(_named(trace.after, names) for trace in traces if trace.rule in DERIVED),
        issues=[*silent, *parsed.issues, *doubtful],
        links=links,
        validation=validate_page(Graph(dict.fromkeys(triples)), types, locate) if read.judge else None,
    )


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


def _silence(said: Statements, links: list[Link], *, something: bool) -> list[Issue]:
    """The issue that the page says nothing of its own, if so."""
    if something or any(p not in _LINKING and not p.startswith(_IGNORED) for p in said.predicates):
        return []
    pages = [link for link in links if link.property != FEED]
    if pages:
        return [Issue("overview", f"Dit is een overzicht met {len(pages)} links, geen publicatie.",
                      fix="Lees de pagina's waar het naar verwijst, of oogst de hele site.")]  # fmt: skip
    return [Issue("no-rdfa", "De pagina bevat geen RDFa over besluiten.",
                  fix="Annoteer ze: https://lblod.github.io/pages-vendors/.")]  # fmt: skip


_DOCUMENT_TYPES = frozenset(f"<{one}>" for one in DOCUMENT_TYPES)
_TYPING = frozenset({TYPE, f"<{DCT.type}>"})


def _document_types(said: Statements) -> list[str]:
    return list(dict.fromkeys(o[1:-1] for _, _, o in said.with_one_of(_TYPING) if o in _DOCUMENT_TYPES))


def _titles(said: Statements) -> list[str]:
    """The titles of the besluiten in document order: of each its first eli:title, else its first dct:title."""
    besluiten = said.of(f"<{BESLUIT.Besluit}>")
    titles: dict[str, str] = {}
    for predicate in (ELI.title, DCT.title):
        found: dict[str, str] = {}
        for s, _, o in said.with_predicate(f"<{predicate}>"):
            if o[0] == '"' and s in besluiten and s not in found:
                found[s] = " ".join(rdf.value(o).split())
        titles = {**found, **{s: title for s, title in titles.items() if title}}
    return [title for s in besluiten if (title := titles.get(s))]


def _repairs(traces: list[Trace], names: dict[str, str], examples: int) -> list[Repair]:
    by_rule: dict[str, list[Trace]] = {}
    for trace in traces:
        by_rule.setdefault(trace.rule, []).append(trace)
    return [
        Repair(rule, len(rows), [(rdf.line(one.before), rdf.line(_named(one.after, names))) for one in rows[:examples]])
        for rule, rows in sorted(by_rule.items())
    ]
