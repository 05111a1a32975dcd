"""`belfort harvest` and `belfort sources` as someone types them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from belfort.cli import main
from belfort.jobs import open_context
from belfort.records.database import write
from belfort.records.source import Source, put
from belfort.settings import Settings
from tests.support.site import Site, rows_of


def belfort(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a data folder."""
    environment = {
        **os.environ, "BELFORT_DATA": str(folder), "BELFORT_CRAWL_DELAY": "0", "BELFORT_HTTP_TIMEOUT": "10",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }  # fmt: skip
    code = "from belfort.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True, check=False
    )


def test_sources_are_added_harvested_and_removed(tmp_path: Path) -> None:
    """From adding a source to its table row and JSON object, and away again."""
    with Site(meetings=1, documents=2) as site:
        added = belfort(tmp_path, "sources", "add", "dorp", site.url(), "--label", "Dorp", "--allow", site.place)
        assert (added.returncode, added.stderr) == (0, "")
        first = belfort(tmp_path, "harvest", "dorp", "--no-project", "--json")
        assert (first.returncode, first.stderr) == (0, "")
        (row,) = rows_of(first.stdout)
        assert (row["source"], row["fetched"], row["submissions"], row["changes"]) == ("dorp", 4, 2, 2)
        again = belfort(tmp_path, "harvest", site.url(), "--no-project")
        assert again.returncode == 0
        head, values = (line.split() for line in again.stdout.splitlines())
        assert dict(zip(head, values, strict=True)) | {"unchanged": "4", "changes": "0"} == dict(
            zip(head, values, strict=True)
        )
        assert "dorp" in belfort(tmp_path, "sources").stdout
        assert belfort(tmp_path, "sources", "remove", "dorp").returncode == 0
        assert "dorp" not in belfort(tmp_path, "sources", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("harvest", "dopr"), 4, "Did you mean dorp?"),
        (("harvest", "iets-heel-anders"), 4, "belfort sources list"),
        (("harvest",), 2, "--all"),
        (("harvest", "dorp", "--all"), 2, "--all"),
        (("harvest", "dorp"), 5, "cannot be reached"),
        (("harvest", "http://127.0.0.1/"), 6, "no public address"),
        (("harvest", "ftp://r.be/"), 2, "no web address"),
        (("sources", "add", "Dorp!", "http://r.be/"), 2, "cannot be a name"),
        (("sources", "add", "dorp", "r.be"), 2, "no web address"),
        (("sources", "add", "dorp", "http://r.be/", "--allow", "r.be"), 2, "host:port"),
        (("sources", "remove", "dropp"), 4, "Did you mean dorp?"),
    ],
)
def test_mistakes_are_one_line_and_an_exit_code(
    dorp: Path,
    arguments: tuple[str, ...],
    code: int,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is wrong and what to do, never a traceback."""
    monkeypatch.setenv("BELFORT_DATA", str(dorp))
    monkeypatch.setattr(sys, "argv", ["belfort", *arguments])
    if arguments[0] == "harvest":
        sys.argv.append("--no-project")
    with pytest.raises(SystemExit) as caught:
        main()
    written = capsys.readouterr().err
    assert caught.value.code == code, written
    assert says in written
    assert len(written.strip().splitlines()) == 1


@pytest.fixture(scope="module")
def dorp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one source that nobody serves."""
    folder = tmp_path_factory.mktemp("dorp")
    with write(open_context(Settings(data=folder)).engine) as connection:
        put(connection, Source("dorp", "Dorp", "site", "http://127.0.0.1:9/", "", "127.0.0.1:9"))
    return folder
