"""Which dump a producer offers, read from its DCAT description: dataset → distribution → file.

Two forms: the JSON:API of the reference producers (`{base}/datasets?filter[subject]=…`, publisher.md §6.2), and a DCAT
description in RDF (`dcat:distribution`, `dcat:downloadURL`).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from belfort import rdf
from belfort.errors import InvalidInput
from belfort.vocab import DCAT, DCT, RDF
from publisher.register import listing, rdf_file
from publisher.register.deltas import Malformed, as_list, as_object, read_json

SUBJECT = "http://data.lblod.info/datasets/delta-producer/dumps/{}CacheGraphDump"
# A dump is made some time before its date, from what was there then: deltas from so long before count beside it.
OVERLAP = timedelta(hours=1)

# An address → its body, or None when there is nothing there (404).
Ask = Callable[[str], bytes | None]


@dataclass(frozen=True)
class Dump:
    """One file that says everything: `moment` is from when on deltas count beside it."""

    id: str
    name: str
    url: str
    moment: str


def find(ask: Ask, feed: str) -> Dump | None:
    """The newest dump of a delta feed, if the producer describes one.

    Raises:
        InvalidInput: the description is none, or names no file.
    """
    parts = urlsplit(feed)
    base = f"{parts.scheme}://{parts.netloc}" + parts.path.rsplit("/sync/", 1)[0].rstrip("/")
    name = parts.path.rstrip("/").rsplit("/", 1)[-1]
    subject = quote(SUBJECT.format(name[:1].upper() + name[1:]), safe="")
    url = f"{base}/datasets?filter[subject]={subject}&filter[:has-no:next-version]=yes"
    try:
        return _newest(ask, url, base, feed)
    except Malformed as error:
        raise InvalidInput(
            f"Beschrijving {url}: {error.place} {error.what}.",
            hint="Vraag de bron na, of neem de deltabestanden alleen in met --no-dump.", place=error.place,
        ) from None  # fmt: skip


def _newest(ask: Ask, url: str, base: str, feed: str) -> Dump | None:
    found = _rows(ask(url))
    if not found:
        return None
    dataset = max(found, key=_released)
    link = _at(dataset, "relationships", "distributions", "links", "related")
    if not isinstance(link, str):
        raise Malformed("$.data[0].relationships.distributions", "heeft geen adres")
    target = link if "://" in link else urljoin(f"{base}/", link.lstrip("/"))
    distributions = _rows(ask(f"{target}{'&' if '?' in target else '?'}include=subject"))
    files = [(one, _at(one, "relationships", "subject", "data", "id")) for one in distributions]
    files = [(one, key) for one, key in files if isinstance(key, str) and key]
    if not files:
        raise Malformed("$.data[0].relationships.subject", "noemt geen bestand")
    chosen, key = max(files, key=lambda pair: _released(pair[0]))
    titles = [_at(one, "attributes", "title") for one in (chosen, dataset)]
    title = next((text for text in titles if isinstance(text, str) and text), f"dump-{key}")
    title = title if rdf_file.format_of(title) else f"{title}.ttl"
    moment = _released(dataset) or _released(chosen) or listing.stamp_of(title)
    return Dump(str(key), title[:300], listing.download_url(feed, str(key)), since(moment))


def since(released: str) -> str:
    """From when on deltas count beside a dump of that date; without a date all of them do."""
    return listing.earlier(released, OVERLAP) if released else listing.BEGINNING


def _rows(body: bytes | None) -> list[dict[str, Any]]:
    if body is None:
        return []
    return [as_object(one, "$.data[]") for one in as_list(as_object(read_json(body), "$").get("data"), "$.data")]


def _at(node: Any, *names: str) -> Any:
    for name in names:
        node = node.get(name) if isinstance(node, dict) else None
    return node


def _released(node: dict[str, Any]) -> str:
    given = (_at(node, "attributes", name) for name in ("release-date", "issued", "modified", "created"))
    return next((moment for text in given if (moment := listing.moment(text))), "")


def described(triples: Iterable[rdf.Triple], base: str) -> list[Dump]:
    """The files that a DCAT description in RDF offers: of each dataset its best distribution that we can read.

    Distributions of one dataset are the same data in other forms; those of several datasets go together.
    """
    by_subject: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, term in triples:
        by_subject.setdefault(subject, {}).setdefault(predicate[1:-1], []).append(term)
    found = []
    for subject in sorted(by_subject):
        dataset = by_subject[subject]
        if f"<{DCAT.Dataset}>" not in dataset.get(RDF.type, ()):
            continue
        offers = [_offer(by_subject.get(term, {}), base) for term in dataset.get(DCAT.distribution, ())]
        best = min((offer for offer in offers if offer), default=None)
        if best:
            name = best[2].rsplit("/", 1)[-1] or "dump"
            name = name if rdf_file.format_of(name) else f"{name}.{best[1]}"
            found.append(Dump(best[2], name, best[2], since(_date(dataset))))
    return found


_PREFERENCE = ("nt", "nq", "ttl", "trig", "jsonld", "rdf")


def _offer(distribution: dict[str, list[str]], base: str) -> tuple[int, str, str] | None:
    """How much we like a distribution (less is more), its format and its address."""
    for term in sorted(distribution.get(DCAT.downloadURL, ())):
        url = urljoin(base, rdf.value(term))
        types = [rdf.value(t) for name in (DCAT.mediaType, DCT["format"]) for t in distribution.get(name, ())]
        kinds = [rdf_file.format_of(urlsplit(url).path)] + [
            rdf_file.format_of("", re.sub(r".*/media-types/", "", one)) for one in types
        ]
        kind = next((kind for kind in kinds if kind), "")
        if kind:
            packed = not urlsplit(url).path.endswith((".gz", ".zst"))
            return _PREFERENCE.index(kind) * 2 + packed, kind, url
    return None


def _date(node: dict[str, list[str]]) -> str:
    texts = [rdf.value(term) for name in (DCT.modified, DCT.issued) for term in node.get(name, ())]
    return max((listing.moment(text) for text in texts), default="")
