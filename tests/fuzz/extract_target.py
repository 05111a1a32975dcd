"""What atheris runs: mutated pages, extracted with repairs and judged; `extract_target.py SEEDS [libFuzzer options]`.

A crash is an exception, or a line that a strict N-Triples parser refuses; libFuzzer's `-timeout` finds hangs. The first
byte of an input says whether the rest is read as HTML or XHTML.
"""

import sys

import atheris

with atheris.instrument_imports(include=["harvester.rdfa", "harvester.repairs"]):
    import pyoxigraph

    from harvester.extract import extract

URL = "https://a.example/p/q?r"


def one_input(data: bytes) -> None:
    """Extract one page and read its lines strictly."""
    media = "application/xhtml+xml" if data[:1] == b"x" else "text/html"
    found = extract(data[1:], URL, content_type=media, judge="placed")
    text = "".join(f"{line}\n" for line in found.lines).encode()
    assert len(list(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES))) == len(found.lines)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
