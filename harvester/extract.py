"""What a page says, as data: canonical lines, what they are about, where it leads, what was repaired or is wrong.

Enters: bytes and their address. Leaves: an `Extraction`. Pure and deterministic: the same bytes and address give the
same lines. Whatever the bytes are, the answer is an `Extraction`; what could not be read is an issue in it. It runs
in a killable child (`harvester.reading`): a page may ask for more time or memory than it may have.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from belfort import rdf
from belfort.errors import InvalidInput
from belfort.rdf import TYPE, Triple
from belfort.records.issue import Issue
from belfort.vocab import BESLUIT, DCT, DOCUMENT_TYPES, ELI, LBLOD_BESLUIT, OG, RDFA, XHV
from harvester.links import PROPERTIES, Link, find_links
from harvester.rdfa import Parsed, Trace, charset, iri, parse
from harvester.rdfa.tree import TooDeep
from harvester.repairs import Repairs
from harvester.skolem import skolemise

MAX_BYTES = 32 * 2**20
EXAMPLES = 3

COUNTED: dict[str, str] = {
    "zittingen": BESLUIT.Zitting,
    "agendapunten": BESLUIT.Agendapunt,
    "behandelingen": BESLUIT.BehandelingVanAgendapunt,
    "stemmingen": BESLUIT.Stemming,
    "besluiten": BESLUIT.Besluit,
}
# A page with one of these says nothing that could become a submission.
SILENT = frozenset(
    {"no-rdfa", "overview", "not-html", "empty", "nesting", "too-large", "too-slow", "crashed", "invalid-address"}
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
    number of distinct subjects of each class in `COUNTED`; `titles` those of the besluiten, in document order.
    """

    lines: list[str] = field(default_factory=list)
    raw: int = 0
    document_types: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    titles: list[str] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        """Whether the page can become a submission; if not, its issues say why."""
        return not any(one.code in SILENT for one in self.issues)


def extract(
    content: bytes, url: str, *, content_type: str = "", repair: bool = True, without: Collection[str] = ()
) -> Extraction:
    """Read one page.

    `url` is its absolute address, `content_type` the header its server sent; without `repair` the page is read as
    plain RDFa 1.1, `without` names single repairs that are off.

    Raises:
        UsageError: a name in `without` is no repair.
    """
    repairs = Repairs(without)
    refused = _refused(content, url, content_type)
    if refused:
        return Extraction(issues=[refused])
    try:
        parsed = parse(
            content, url, header_charset=charset.header_charset(content_type), repairs=repairs if repair else None
        )
    except TooDeep as error:
        return Extraction(issues=[Issue("nesting", error.detail, fix="Sluit elementen die je opent.")])
    except InvalidInput as error:
        return Extraction(issues=[Issue("too-large", error.detail, fix="Nest geen @property in @property.")])
    triples, traces = repairs.triples(parsed.triples) if repair else (parsed.triples, [])
    return _extraction(parsed, triples, [*parsed.traces, *traces], iri.without_fragment(url))


def _extraction(parsed: Parsed, triples: list[Triple], traces: list[Trace], page: str) -> Extraction:
    triples = skolemise(triples, page)
    links = find_links(parsed)
    types = _document_types(triples)
    counts = _counts(triples)
    silent = _silence(triples, links, something=bool(types) or any(counts.values()))
    return Extraction(
        lines=rdf.lines(triples),
        raw=parsed.raw,
        document_types=types,
        counts=counts,
        titles=_titles(triples),
        repairs=_repairs(traces),
        issues=[*silent, *parsed.issues],
        links=links,
    )


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
    if links:
        return [Issue("overview", f"Dit is een overzicht met {len(links)} links, geen publicatie.",
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


def _repairs(traces: list[Trace]) -> list[Repair]:
    by_rule: dict[str, list[Trace]] = {}
    for trace in traces:
        by_rule.setdefault(trace.rule, []).append(trace)
    return [
        Repair(rule, len(rows), [(rdf.line(one.before), rdf.line(one.after)) for one in rows[:EXAMPLES]])
        for rule, rows in sorted(by_rule.items())
    ]
