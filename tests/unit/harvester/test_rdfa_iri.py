"""RFC 3986 resolution and IRI validity."""

import pytest

from harvester.rdfa import iri

BASE = iri.split("http://a/b/c/d;p?q")

# The examples of RFC 3986 §5.4, with the empty fragment that urllib drops.
EXAMPLES = {
    "g:h": "g:h", "g": "http://a/b/c/g", "./g": "http://a/b/c/g", "g/": "http://a/b/c/g/", "/g": "http://a/g",
    "//g": "http://g", "?y": "http://a/b/c/d;p?y", "g?y": "http://a/b/c/g?y", "#s": "http://a/b/c/d;p?q#s",
    "g#s": "http://a/b/c/g#s", "g?y#s": "http://a/b/c/g?y#s", ";x": "http://a/b/c/;x", "": "http://a/b/c/d;p?q",
    ".": "http://a/b/c/", "./": "http://a/b/c/", "..": "http://a/b/", "../": "http://a/b/", "../g": "http://a/b/g",
    "../..": "http://a/", "../../": "http://a/", "../../g": "http://a/g", "../../../g": "http://a/g",
    "../../../../g": "http://a/g", "/./g": "http://a/g", "/../g": "http://a/g", "g.": "http://a/b/c/g.",
    ".g": "http://a/b/c/.g", "g..": "http://a/b/c/g..", "..g": "http://a/b/c/..g", "./../g": "http://a/b/g",
    "./g/.": "http://a/b/c/g/", "g/./h": "http://a/b/c/g/h", "g/../h": "http://a/b/c/h",
    "g;x=1/../y": "http://a/b/c/y", "g?y/./x": "http://a/b/c/g?y/./x", "g?y/../x": "http://a/b/c/g?y/../x",
    "g#s/../x": "http://a/b/c/g#s/../x", "http:g": "http:g", "#": "http://a/b/c/d;p?q#",
}  # fmt: skip


@pytest.mark.parametrize(("reference", "expected"), EXAMPLES.items())
def test_reference_resolution(reference: str, expected: str) -> None:
    """Each example of the RFC gives the IRI that the RFC says."""
    assert iri.resolve(BASE, reference) == expected


@pytest.mark.parametrize("base", ["http://a", "http://a?q", "http://a#f"])
def test_base_without_path(base: str) -> None:
    """A relative path below a host without a path begins with a slash."""
    assert iri.resolve(iri.split(base), "x") == "http://a/x"


@pytest.mark.parametrize(
    "bad",
    ["", "a", "//a", "http://a b", "http://a\tb", "http://a/\x00", "http://a/<b>", 'http://a/"', "http://a/%zz",
     "http://a/\ud800", "http://a/{{x}}", "http://a/\u00a0", "1a:b", "http://a:b/", "http://a@b@c/",
     "http://[/", "http://[1.2]/", "http://a/?b[]=1",
     "http://a/#b#c", "http://a/\ue000", "http://a/\U0001ffff"],
)  # fmt: skip
def test_invalid(bad: str) -> None:
    """An IRI that is not absolute or would break a line of N-Triples is refused."""
    assert not iri.is_valid(bad)


@pytest.mark.parametrize(
    "good", ["http://a", "urn:x:y", "https://a/é?b=%20#c", "mailto:a@b.example", "http://u:p@a:8/", "http://[::1]:8/"]
)
def test_valid(good: str) -> None:
    """Absolute IRIs, also with letters outside ASCII, are fine."""
    assert iri.is_valid(good)
