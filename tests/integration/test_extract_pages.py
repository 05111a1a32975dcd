"""Real pages: titles, overviews, and Q5 and Q6 on the pages that show them; `test_golden_pages` has all counts."""

from pathlib import Path

import pytest

from belfort import rdf
from belfort.vocab import DOCUMENT_TYPES
from harvester.extract import COUNTED, Extraction, extract

# zittingen, agendapunten, behandelingen, stemmingen, besluiten; labels of the document types.
GOLDEN: dict[str, tuple[list[int], list[str]]] = {
    "cevi-erpe-mere-besluitenlijst.html": ([1, 5, 5, 5, 5], ["Besluitenlijst"]),
    "cevi-torhout-notulen.html": ([1, 15, 15, 12, 15], ["Notulen"]),
    "cipal-anzegem-agenda.html": ([1, 5, 0, 0, 0], ["Agenda"]),
    "gn-essen-besluitenlijst.html": ([1, 11, 11, 9, 11], ["Besluitenlijst"]),
    "greenvalley-aalter-besluitenlijst.html": ([1, 32, 32, 32, 32], ["Besluitenlijst"]),
    "lb365-destelbergen-fragment.html": ([1, 0, 0, 0, 0], []),
    "lb365-destelbergen-notulen.html": ([1, 15, 15, 15, 15], ["Notulen"]),
    "remmicom-boortmeerbeek-agenda.html": ([1, 19, 19, 1, 19], ["Agenda"]),
}


def _extract(shared: Path, name: str, *, repair: bool = True) -> Extraction:
    content = (shared / "data/pages" / name).read_bytes()
    return extract(content, f"https://www.example.org/pagina/{name}", repair=repair)


@pytest.mark.parametrize("name", GOLDEN)
def test_counts(shared: Path, name: str) -> None:
    """Each page has the zittingen, agendapunten, behandelingen, stemmingen, besluiten and types of its markup."""
    found = _extract(shared, name)
    counts, labels = GOLDEN[name]
    assert [found.counts[key] for key in COUNTED] == counts
    assert [DOCUMENT_TYPES[iri] for iri in found.document_types] == labels
    assert len(found.titles) == counts[-1]
    assert found.says_something
    assert list(rdf.parse_lines("\n".join(found.lines)))
    assert not any("_:" in line.split(" ")[0] for line in found.lines)


def test_q5_aalter(shared: Path) -> None:
    """All 32 besluiten in typographic quotes are typed, and none without the repair."""
    found = _extract(shared, "greenvalley-aalter-besluitenlijst.html")
    assert {one.rule: one.count for one in found.repairs}["q5-typographic-quotes"] == 32
    assert _extract(shared, "greenvalley-aalter-besluitenlijst.html", repair=False).counts["besluiten"] == 0


def test_q6_destelbergen(shared: Path) -> None:
    """No CURIE is left as an IRI, and all 15 besluiten are found instead of 4."""
    found = _extract(shared, "lb365-destelbergen-notulen.html")
    plain = _extract(shared, "lb365-destelbergen-notulen.html", repair=False)
    left = "<besluit:", "<eli:", "<mandaat:", "<person:", "<persoon:", "<ext:", "<dc:"
    assert not [line for line in found.lines if any(word in line.rsplit('"', 1)[-1] for word in left)]
    assert not [line for line in found.lines if line.split(" ")[1].startswith(left)]
    assert plain.counts["besluiten"] == 4
    assert {one.rule: one.count for one in found.repairs}["q6-default-prefixes"] > 500
    assert "undefined-prefix" not in {one.code for one in found.issues}


def test_overview(shared: Path) -> None:
    """The month overview is an overview of 12 links, template links left out."""
    found = _extract(shared, "greenvalley-index.html")
    assert not found.says_something
    assert found.issues[0].code == "overview"
    assert len(found.links) == 12
    assert all(link.href.startswith("https://www.example.org/zittingen/") for link in found.links)
    assert "https://www.example.org/zittingen/lijst?month=01&year=2025" in {link.href for link in found.links}
