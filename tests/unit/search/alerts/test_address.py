"""One address, fit for a header and a server; anything else is refused without being repeated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belfort.errors import UsageError
from search.alerts.address import LONGEST, parse


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" Lezer@Voorbeeld.BE ", "Lezer@voorbeeld.be"),
        ("a.b+c@voorbeeld.be", "a.b+c@voorbeeld.be"),
        ("o'neill@post.voorbeeld.be", "o'neill@post.voorbeeld.be"),
        ("lezer@gemeenteraad-köln.example", "lezer@xn--gemeenteraad-kln-zwb.example"),
    ],
)
def test_an_address_is_tidied(typed: str, address: str) -> None:
    """The domain in lower case and as the DNS has it; the part before the @ as it stands."""
    assert parse(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "", "@", "a@", "@b.be", "a@b", "a@b.1", "a..b@c.be", ".a@c.be", "a.@c.be", "a b@c.be", "a@b@c.be",
        "a@c.be,d@e.be", "a@c.be;d@e.be", "a@c.be\nBcc: d@e.be", "a\r\nBcc: d@e.be@c.be", "<a@c.be>", "Lezer <a@c.be>"
        "a@-c.be", "a@c-.be", "a@c..be", "a@[1.2.3.4]", '"a b"@c.be', "é@c.be",
        f"{'a' * 65}@c.be", f"a@{'b' * 64}.be", f"a@{'b.' * 130}be",
        "a@c.be\0", "a\0@c.be", "a@c.be\u2028x",
    ],
)  # fmt: skip
def test_what_is_not_one_address_is_refused(typed: str) -> None:
    """No lists, names, comments, quotes, IP addresses, control characters; the message does not have it."""
    with pytest.raises(UsageError) as caught:
        parse(typed)
    assert typed in ("", "@") or typed not in caught.value.one_line()


@given(st.text(max_size=300))
def test_what_passes_is_safe_in_a_header(typed: str) -> None:
    """Whatever was typed: refused, or printable ASCII without spaces, short enough, with one @."""
    try:
        address = parse(typed)
    except UsageError:
        return
    assert address.isascii()
    assert address.isprintable()
    assert " " not in address
    assert address.count("@") == 1
    assert len(address) <= LONGEST
