"""The files of the newest release as people look for them: first by what they hold, then by form and packing. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# Start of the name → title and note of the slice, in the order of the page.
SLICES = {
    "actueel": ("Wat vandaag geldt", "Zonder afgelopen mandaten, functies en organen."),
    "belfort": ("Alles, met geschiedenis", "Ook wat vroeger gold. N-Quads zegt bij elke uitspraak de bron."),
    "tabellen/": ("Als tabel", "Eén rij per mandataris, leidinggevende, bestuur of besluit; met de namen erbij."),
    "besluiten/": ("Besluiten per jaar", "Het jaar van de zitting."),
    "besturen/": ("Per bestuur", "Alles over één bestuur, en zijn leidinggevenden en mandatarissen als tabel."),
    "sync/": ("Voor wie de delta's volgt", "Het begin: daarna volgen de deltabestanden op /sync."),
}  # fmt: skip
FORMS = {
    "jsonld": "JSON-LD", "jsonl": "JSON-LD, één ding per regel", "ttl": "Turtle", "nt": "N-Triples", "nq": "N-Quads",
    "csv": "CSV",
}  # fmt: skip
_PACKED = (".gz", ".zst")
_COLUMNS = ".csv-metadata.json"


@dataclass
class Download:
    """One thing to have: its name for people, its file as it is, and the packed ones."""

    title: str
    file: Mapping[str, Any]
    packed: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    columns: str = ""  # the name of the file that describes the columns of a table


@dataclass(frozen=True)
class Slice:
    """What belongs together: downloads, or per bestuur or year (`groups`: name → downloads)."""

    title: str
    note: str
    downloads: list[Download]
    groups: dict[str, list[Download]]


def _group(stem: str) -> tuple[str, str]:
    """The bestuur or year of a file, and its table if it is one; a uuid has dashes of its own."""
    table = next((name for name in ("leidinggevenden", "mandatarissen") if stem.endswith(f"-{name}")), "")
    return stem.removesuffix(f"-{table}") if table else stem, table


def slices(files: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> list[Slice]:
    """The files of a manifest by slice; `labels` are the names of the besturen by uuid."""
    by_name = {file["name"]: file for file in files}
    found = []
    for start, (title, note) in SLICES.items():
        grouped = start in ("besturen/", "besluiten/")
        downloads: list[Download] = []
        groups: dict[str, list[Download]] = {}
        for name, file in by_name.items():
            if not name.startswith(start) or name.endswith((*_PACKED, _COLUMNS)):
                continue
            stem, _, form = name.removeprefix(start).rpartition(".")
            group, table = _group(stem) if grouped else ("", stem)
            one = Download(" ".join(filter(None, (table, FORMS.get(form, form)))), file)
            one.packed = [(ending[1:], by_name[name + ending]) for ending in _PACKED if name + ending in by_name]
            described = f"{name.removesuffix('.csv')}{_COLUMNS}"
            one.columns = described if form == "csv" and described in by_name else ""
            (groups.setdefault(labels.get(group, group), []) if grouped else downloads).append(one)
        if downloads or groups:
            found.append(Slice(title, note, downloads, dict(sorted(groups.items()))))
    return found
