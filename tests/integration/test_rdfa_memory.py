"""What a large page costs in memory: the peak of a child that extracts it with repairs and judges it."""

import subprocess
import sys
from pathlib import Path

import pytest

MOST = 300  # MB
SIZE = 3_000_000
CHILD = """
import re, sys
from pathlib import Path
from harvester.extract import extract
found = extract(Path(sys.argv[1]).read_bytes(), "https://www.example.org/pagina", judge="placed")
assert found.lines, found.issues
print(re.search(r"VmHWM:\\\\s+(\\\\d+)", Path("/proc/self/status").read_text())[1])
"""


def peak(page: bytes, folder: Path) -> float:
    """The most memory, in MB, that reading the page took."""
    file = folder / "page.html"
    file.write_bytes(page)
    ran = subprocess.run(
        [sys.executable, "-c", CHILD.replace("\\\\", "\\"), str(file)], check=True, capture_output=True, text=True
    )
    return int(ran.stdout) / 1024


def blown_up(page: bytes) -> bytes:
    """The page with its body again and again."""
    start = page.find(b">", page.lower().find(b"<body")) + 1
    end = page.lower().rfind(b"</body")
    end = end if end > 0 else len(page)
    copies = -(-SIZE // (end - start))
    return page[:start] + b"".join(
        page[start:end].replace(b"/id/", b"/id/%d-" % number) for number in range(copies)
    ) + page[end:]  # fmt: skip


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from /proc")
@pytest.mark.parametrize(
    "name", ["cevi-torhout-notulen", "lb365-destelbergen-notulen", "remmicom-boortmeerbeek-agenda"]
)
def test_real_page_of_3_mb(shared: Path, tmp_path: Path, name: str) -> None:
    """A real page blown up to 3 MB, with entities of its own in each copy, takes at most 300 MB."""
    page = blown_up((shared / f"data/pages/{name}.html").read_bytes())
    assert len(page) >= SIZE
    assert peak(page, tmp_path) <= MOST


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from /proc")
def test_nested_page_of_3_mb(tmp_path: Path) -> None:
    """So does a page of 3 MB that is nothing but annotated elements in annotated elements."""
    one = (
        b'<div property="besluit:heeftStemming" resource="/id/%d" typeof="besluit:Stemming">'
        b'<p property="dct:title">%d</p>'
    )
    page = b'<body prefix="besluit: http://data.vlaanderen.be/ns/besluit# dct: http://purl.org/dc/terms/">'
    groups = [b"".join(one % (n, n) for n in range(k, k + 50)) + b"</div>" * 50 for k in range(0, 26_000, 50)]
    page += b"".join(groups)
    assert len(page) >= SIZE
    assert peak(page, tmp_path) <= MOST
