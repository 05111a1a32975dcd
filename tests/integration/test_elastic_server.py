"""How the tests come by a real Elasticsearch: from the cache or a repository, and never another archive than ours."""

import hashlib
from pathlib import Path

import pytest

from tests.support.elastic import Elastic, Release, Unavailable, archive, find_java

PATH = "org/elasticsearch/distribution/integ-test-zip/elasticsearch/1.2.3/elasticsearch-1.2.3.zip"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one archive, on a machine without Maven and with an empty cache."""
    file = tmp_path / "repository" / PATH
    file.parent.mkdir(parents=True)
    file.write_bytes(b"an archive")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("MAVEN_CENTRAL", (tmp_path / "repository").as_uri())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return file


def test_an_archive_is_fetched_once(repository: Path) -> None:
    """The second time it comes from the cache, whatever became of the repository."""
    release = Release("1.2.3", hashlib.sha256(b"an archive").hexdigest(), 17)
    first = archive(release)
    repository.unlink()
    assert archive(release) == first
    assert first.read_bytes() == b"an archive"


def test_an_archive_that_was_altered_is_refused(repository: Path) -> None:
    """Another digest than the pinned one: it is neither used nor kept."""
    with pytest.raises(ValueError, match="it is not used"):
        archive(Release("1.2.3", "0" * 64, 17))
    assert list((repository.parents[7] / "cache/belfort").iterdir()) == []


def test_what_is_missing_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No Java, no archive, or neither Maven nor a repository: the message names it."""
    release = Release("1.2.3", "0" * 64, 17)
    repository.unlink()
    with pytest.raises(Unavailable, match=r"Elasticsearch 1\.2\.3"):
        archive(release)
    monkeypatch.delenv("MAVEN_CENTRAL")
    with pytest.raises(Unavailable, match="Maven, or the variable MAVEN_CENTRAL"):
        archive(release)
    with pytest.raises(Unavailable, match="Java 999"):
        find_java(999)


def test_it_is_the_real_server(elastic: Elastic) -> None:
    """The version that was asked for, on this machine alone, as a user that is not root."""
    (node,) = elastic.ask("/_nodes")["nodes"].values()
    assert node["version"] == elastic.release.version
    assert node["http"]["publish_address"].startswith("127.0.0.1:")
    assert "wait_for" not in node["settings"].get("discovery", {})
