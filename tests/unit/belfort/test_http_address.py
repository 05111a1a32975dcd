"""The address check of the guarded client: pure functions, no packet leaves."""

import pytest

from belfort.errors import BelfortError, FetchError, Refused, UsageError
from belfort.http import Client
from belfort.http.address import is_public, read_allowed, read_url
from belfort.http.network import Deadline, GuardedBackend
from belfort.settings import Settings

PUBLIC = ("8.8.8.8", "193.190.1.1", "2a02:1800::1", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808")
PRIVATE = (
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.1.1", "169.254.169.254", "172.16.0.1", "192.0.0.170",
    "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1",
    "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:808:808::", "2001:0:1::1",
    "2001:db8::1", "3fff::1", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1",
    "5f00::1", "4000::1", "", "nonsense",
)  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass(address: str) -> None:
    """An address of the public internet may be reached."""
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_other_addresses_do_not_pass(address: str) -> None:
    """Anything private, local, reserved, tunnelled to such a place or unknown may not be reached."""
    assert not is_public(address)


def backend(allow: str, *answers: str) -> GuardedBackend:
    """A back end whose resolver gives these addresses."""
    return GuardedBackend(read_allowed(allow), Deadline(5), lambda _host, _port: list(answers))


def test_a_mixed_name_keeps_only_its_public_addresses() -> None:
    """A name with a public and a private address is connected to at the public one only."""
    assert backend("", "10.0.0.1", "8.8.8.8", "::1").addresses("mixed.example", 80) == ["8.8.8.8"]


def test_an_allowed_pair_is_exempt_on_that_port_only() -> None:
    """host:port in the allow list lifts the check for exactly that host and port."""
    assert backend("intranet.example:8443", "10.0.0.1").addresses("Intranet.example.", 8443) == ["10.0.0.1"]
    with pytest.raises(Refused) as caught:
        backend("intranet.example:8443", "10.0.0.1").addresses("intranet.example", 80)
    assert caught.value.facts["reason"] == "blocked_address"


@pytest.mark.parametrize("answers", [(), ("127.0.0.1",), ("10.0.0.1", "fe80::1%eth0")])
def test_a_rebound_name_is_refused_before_connecting(settings: Settings, answers: tuple[str, ...]) -> None:
    """Whatever the name looks like, what counts is what it resolves to when we connect."""
    client = Client(settings, read_allowed(""), lambda _host, _port: list(answers))
    with pytest.raises(BelfortError) as caught:
        client.fetch("http://rebound.example/")
    assert caught.value.facts["reason"] == ("blocked_address" if answers else "dns")


@pytest.mark.parametrize(
    "written",
    [
        "http://127.0.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://017700000001/",
        "http://127.1/", "http://LOCALHOST/", "http://localhost./", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://127。0。0。1/", "http://0/", "http://user:pw@127.0.0.1/", "http://[::ffff:7f00:1]/",
    ],
)  # fmt: skip
def test_every_spelling_of_loopback_is_blocked(settings: Settings, written: str) -> None:
    """Decimal, hex, octal, short, mapped, upper-case and dotted spellings all end at the address check."""
    with pytest.raises(BelfortError) as caught:
        Client(settings, read_allowed("")).fetch(written)
    assert caught.value.facts["reason"] in ("blocked_address", "dns", "scheme")  # some systems know fewer spellings
    assert isinstance(caught.value, (Refused, FetchError))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("file:///etc/passwd", "scheme"),
        ("ftp://example.org/", "scheme"),
        ("data:text/html,x", "scheme"),
        ("s3://bucket/key", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("gopher://example.org/", "scheme"),
        ("//example.org/", "scheme"),
        ("http:///path", "scheme"),
        ("http://example.org:notaport/", "scheme"),
        ("", "scheme"),
        ("http://example.org:22/", "blocked_port"),
        ("http://example.org:6379/", "blocked_port"),
        ("https://example.org:9200/", "blocked_port"),
    ],
)
def test_schemes_and_ports_are_limited(text: str, reason: str) -> None:
    """Only http and https, only ports 80, 443 and allowed ones; the message says what to do."""
    with pytest.raises(Refused) as caught:
        read_url(text, read_allowed(""))
    assert caught.value.facts["reason"] == reason
    assert caught.value.hint


def test_credentials_and_fragment_are_left_out() -> None:
    """A user name and password in an address are neither sent nor shown."""
    assert str(read_url("http://me:secret@EXAMPLE.org:80/a?b=c#d", read_allowed(""))) == "http://example.org/a?b=c"
    with pytest.raises(Refused) as caught:
        read_url("ftp://me:secret@example.org/", read_allowed(""))
    assert "secret" not in caught.value.one_line()


@pytest.mark.parametrize("text", ["example.org", "example.org:", ":80", "example.org:0", "example.org:99999", "a:b"])
def test_a_wrong_allow_list_is_named(text: str) -> None:
    """What is no host:port is an error that says how to write it."""
    with pytest.raises(UsageError, match="host:port"):
        read_allowed(text)
