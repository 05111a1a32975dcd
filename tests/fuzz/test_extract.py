"""Coverage-guided fuzzing of the extraction with atheris, when that is installed."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

SECONDS = int(os.environ.get("BELFORT_FUZZ_SECONDS", "120"))
ROOT = Path(__file__).parents[2]
WORDS = [
    "property=", "typeof=", "resource=", "about=", "content=", "datatype=", "datetime=", "inlist", "rel=", "rev=",
    "vocab=", "prefix=", "lang=", "xml:lang=", "xml:base=", "href=", "role=", "<base ", "<time ", "<template>",
    "<svg>", "<table>", "<select>", "null/", "dc:title", "besluit:Besluit", "eli:title", "rdf:HTML", "rdf:XMLLiteral",
    "xsd:date",
    "rdfa:copy", "rdfa:Pattern", "_:a", "[x:y]", "http://[", "data:;base64,", "(S(a))", "{{", "&#0;", "<![CDATA[",
    "]]>",
]  # fmt: skip


@pytest.mark.deep
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed (pip install atheris)")
def test_no_crash_and_no_hang(tmp_path: Path) -> None:
    """Pages that libFuzzer breeds by coverage crash nothing, and none takes five seconds."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, page in enumerate(sorted((ROOT / "tests/fixtures/pages").glob("*.html"))):
        for media in (b"h", b"x"):
            (corpus / f"{number}{media.decode()}").write_bytes(media + page.read_bytes()[:20_000])
    words = tmp_path / "words"
    words.write_text("".join(f'"{word}"\n' for word in WORDS))
    ran = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("extract_target.py")), str(corpus), f"-max_total_time={SECONDS}",
         "-timeout=5", "-max_len=20000", f"-dict={words}", "-rss_limit_mb=1024"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-4000:]
