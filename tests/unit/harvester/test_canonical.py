"""One address, one spelling."""

import pytest

from harvester.canonical import canonical_url, looks_endless, site_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HTTP://Raad.Example.BE:80/a/B?c=D#e", "http://raad.example.be/a/B?c=D"),
        ("https://raad.example.be:443", "https://raad.example.be/"),
        ("https://raad.example.be:8443/x", "https://raad.example.be:8443/x"),
        ("http://me:pw@raad.example.be/", "http://raad.example.be/"),
        ("http://raad.example.be./", "http://raad.example.be/"),
        ("http://r.be/lijst;jsessionid=AB12?x=1", "http://r.be/lijst?x=1"),
        ("http://r.be/lijst;JSESSIONID=AB12/verder", "http://r.be/lijst/verder"),
        ("http://r.be/(S(abc123))/Besluit/1", "http://r.be/Besluit/1"),
        ("http://r.be/app/(A(q)S(abc))/x?y=(S(z))", "http://r.be/app/x?y=(S(z))"),
        ("http://r.be/%28S%28abc%29%29/x", "http://r.be/x"),
        ("http://r.be/(S(abc))", "http://r.be/"),
        ("http://r.be/wet(Sociaal)/x", "http://r.be/wet(Sociaal)/x"),
        ("http://r.be/?b=2&a=1&b=", "http://r.be/?b=2&a=1&b="),
        ("http://r.be/a?sleutel=é", "http://r.be/a?sleutel=%C3%A9"),
        ("http://[2A02::1]:8080/", "http://[2a02::1]:8080/"),
        ("http://r.be/?AlleVergaderingen=True/", "http://r.be/?AlleVergaderingen=True"),
        ("http://r.be/?a=1&pad=/x/", "http://r.be/?a=1&pad=/x/"),
        ("mailto:x@r.be", ""),
        ("/pad", ""),
        ("http://", ""),
        ("http://r.be:x/", ""),
    ],
)
def test_canonical_spelling(text: str, expected: str) -> None:
    """Case, default port, fragment, credentials and session ids do not make another address; the query does."""
    assert canonical_url(text) == expected
    if expected:
        assert canonical_url(expected) == expected


def test_the_site_is_host_and_port() -> None:
    """http and https on their default ports are two sites; a written default port is none of its own."""
    assert site_of("http://r.be/x") == site_of("http://R.be:80/") == "r.be:80"
    assert site_of("https://r.be/x") == "r.be:443"


def test_a_path_that_repeats_itself_looks_endless() -> None:
    """Relative links that pile up are a trap; ordinary deep paths are not."""
    assert looks_endless("http://r.be/a/b/a/b/a/b/a/b")
    assert not looks_endless("http://r.be/2024/11/2024/raad/11")
