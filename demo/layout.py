"""Layout: what every page of the demo sites shares, and the words and links that both platforms need."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from belfort.vocab import DOCUMENT_TYPES
from demo import codes
from demo.model import Document, Mandataris, Orgaan, Site, Stemming, Zitting

TYPE_OF: dict[Document, str] = {
    "agenda": next(iri for iri, label in DOCUMENT_TYPES.items() if label == "Agenda"),
    "besluitenlijst": next(iri for iri, label in DOCUMENT_TYPES.items() if label == "Besluitenlijst"),
    "notulen": next(iri for iri, label in DOCUMENT_TYPES.items() if label == "Notulen"),
}
LABELS: dict[Document, str] = {"agenda": "Agenda", "besluitenlijst": "Besluitenlijst", "notulen": "Notulen"}
PROPERTY: dict[Document, str] = {
    "agenda": "besluit:heeftAgenda",
    "besluitenlijst": "besluit:heeftBesluitenlijst",
    "notulen": "besluit:heeftNotulen",
}

STYLE = """:root{--ink:#1d2733;--soft:#5a6672;--line:#d9dfe5;--brand:#1f5a5e}
*{box-sizing:border-box}
body{margin:0;font:1.05rem/1.6 system-ui,sans-serif;color:var(--ink);background:#f4f6f7}
header.site{background:var(--brand);color:#fff;padding:.9rem 1.2rem}
header.site a{color:#fff;text-decoration:none;font-weight:600}
main{max-width:50rem;margin:1.2rem auto;padding:1.2rem 1.6rem;background:#fff;border:1px solid var(--line)}
footer.site{max-width:50rem;margin:0 auto 2rem;padding:0 1.6rem;color:var(--soft);font-size:.85rem}
h1{font-size:1.5rem;line-height:1.25}h2,h3{font-size:1.12rem;margin:1.6rem 0 .3rem}
ul.lijst{list-style:none;padding:0}ul.lijst>li{border-top:1px solid var(--line);padding:.7rem 0}
a{color:var(--brand)}.zacht,.header_locatie,.header_subtitel,.summary{color:var(--soft)}
.behandeling_agendapunt,li.punt{border-top:1px solid var(--line);padding:.8rem 0}
.position{float:left;margin-right:.5rem;font-weight:600}
li.punt h2{margin-top:0}
.agendapunten .punt h3{margin:.4rem 0;font-weight:500;font-size:1rem}
.artikel{margin:.5rem 0}.artikel_nummer{font-weight:600}
.stemming_content,.opendata-meetingitem-decision{border-left:4px solid var(--brand);padding:.2rem .8rem;margin:.7rem 0}
"""


@dataclass(frozen=True)
class Page:
    """One page: its address on the server (path and query) and its HTML."""

    path: str
    html: str


def e(text: object) -> str:
    """The text as it may stand in an element or between double quotes."""
    return escape(str(text))


def page(site: Site, path: str, title: str, body: str) -> Page:
    """A complete page of that site."""
    html = f"""<!DOCTYPE html>
<html lang="nl">
<head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>{e(title)} - {e(site.label)}</title>
    <link rel="stylesheet" href="/stijl.css" />
</head>
<body>
<header class="site"><a href="{e(site.seed_path)}">{e(site.label)} - bekendmakingen</a></header>
<main>
{body}
</main>
<footer class="site">Fictief bestuur van de Belfort-demo. Niets op deze pagina is echt.</footer>
</body>
</html>
"""
    return Page(path, html)


def home(sites: Iterable[Site]) -> str:
    """The page at the root of the server."""
    rows = "\n".join(f'<li><a href="{e(site.seed_path)}">{e(site.label)}</a></li>' for site in sites)
    return f"""<!DOCTYPE html>
<html lang="nl">
<head><meta charset="utf-8" /><title>Fictieve besturen</title><link rel="stylesheet" href="/stijl.css" /></head>
<body><main><h1>Fictieve besturen van de Belfort-demo</h1>
<ul class="lijst">
{rows}
</ul></main></body>
</html>
"""


def organ_name(orgaan: Orgaan) -> str:
    """The kind of organ in words, without the name of its place."""
    return codes.ORGANS[orgaan.code]


def quoted(text: str) -> str:
    """The text as part of an address."""
    return quote(text, safe="=&._-")


def roles(zitting: Zitting, member: Mandataris) -> str:
    """What someone is at this zitting: voorzitter, or the role of the mandate."""
    if member.persoon == zitting.voorzitter.persoon:
        return "voorzitter"
    return codes.ROLES[member.mandaat.rol].lower()


def votes_in_words(stemming: Stemming) -> str:
    """The vote as notulen tell it."""
    if stemming.unaniem:
        return "Met eenparigheid van stemmen."
    parts = [f"{len(stemming.voor)} stemmen voor"]
    if stemming.tegen:
        parts.append(f"{len(stemming.tegen)} tegen")
    if stemming.onthouding:
        parts.append(f"{len(stemming.onthouding)} onthoudingen")
    return f"Met {', '.join(parts)}."
