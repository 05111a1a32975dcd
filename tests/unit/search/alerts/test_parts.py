"""The small parts of alerts: keys and tokens, when a letter goes, which mail server, what a letter is."""

import stat
import threading
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from click.testing import CliRunner

from belfort.cli import belfort
from belfort.errors import SettingsError
from belfort.settings import Settings
from search.alerts import keys, letter, schedule, smtp
from search.alerts.letter import Envelope, Head, Told
from search.alerts.post import envelope_of
from search.alerts.why import Why, describe
from search.document import Document
from search.query import Query

ENVELOPE = Envelope("https://belfort.example", "Belfort", "post@belfort.example", "")
HEAD = Head("lezer@voorbeeld.example", "abc", datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "t" * 32, "“fietspad”")


def told(title: str = "Fietspad", *, source: str = "https://bron.example/1", kind: str = "nieuw") -> Told:
    """A document to tell of."""
    document = Document("https://x.example/1", "u/1", "besluiten", "Besluit", title, "Tekst", "2026-01-02")
    return Told(document, kind, Why(("reden",), ((title, True),), ((("regel", False),),)), source)


def sent(message: EmailMessage) -> EmailMessage:
    """The message as a receiver reads it."""
    return message_from_bytes(message.as_bytes(), policy=default)


def part(message: EmailMessage, kind: str) -> str:
    """One form of the text."""
    found = message.get_body((kind,))
    assert found
    return str(found.get_content())


def test_a_token_is_long_stays_the_same_and_needs_the_key(tmp_path: Path) -> None:
    """192 bits; the digest in the database says nothing of it, another key makes another one."""
    one, again, other = keys.load(tmp_path / "a"), keys.load(tmp_path / "a"), keys.load(tmp_path / "b")
    token = one.token("nonce")
    assert keys.looks_like_token(token)
    assert (again.token("nonce"), again.digest(token)) == (token, one.digest(token))
    assert other.token("nonce") != token
    assert other.digest(token) != one.digest(token)
    assert token not in one.digest(token)
    assert len({keys.nonce() for _ in range(100)}) == 100
    assert one.secret.hex() not in repr(one)
    assert stat.S_IMODE((tmp_path / "a" / "key").stat().st_mode) == 0o600


def test_processes_that_make_the_key_at_once_have_one(tmp_path: Path) -> None:
    """The first wins; the others read its key."""
    found: list[bytes] = []
    barrier = threading.Barrier(8)

    def load() -> None:
        barrier.wait()
        found.append(keys.load(tmp_path).secret)

    threads = [threading.Thread(target=load) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_damaged_key_is_said(tmp_path: Path) -> None:
    """Links made with half a key would not work."""
    (tmp_path / "key").write_bytes(b"half")
    with pytest.raises(SettingsError, match="damaged"):
        keys.load(tmp_path)


@pytest.mark.parametrize(
    ("frequency", "found", "due"),
    [
        ("direct", "2026-03-04T10:00:00.000Z", "2026-03-04T10:00:00+00:00"),
        ("dag", "2026-03-04T05:59:00.000Z", "2026-03-04T06:00:00+00:00"),
        ("dag", "2026-03-04T06:00:00.000Z", "2026-03-05T06:00:00+00:00"),
        ("dag", "2026-07-04T05:30:00.000Z", "2026-07-05T05:00:00+00:00"),
        ("dag", "2026-03-28T12:00:00.000Z", "2026-03-29T05:00:00+00:00"),
        ("week", "2026-03-04T10:00:00.000Z", "2026-03-09T06:00:00+00:00"),
        ("week", "2026-03-09T05:00:00.000Z", "2026-03-09T06:00:00+00:00"),
        ("week", "2026-03-09T06:00:00.000Z", "2026-03-16T06:00:00+00:00"),
    ],
)
def test_a_letter_goes_at_seven_in_brussels(frequency: str, found: str, due: str) -> None:
    """Also over the change to summer time; a week ends on Monday morning."""
    assert schedule.due(frequency, found).isoformat() == due


def test_the_server_of_a_url() -> None:
    """Ports by scheme, signs of a password by percent codes; the password is in no representation."""
    assert smtp.parse("smtp://mail.example") == smtp.Server("mail.example", 587, "smtp")
    assert smtp.parse("smtps://mail.example").port == 465
    server = smtp.parse("smtp+starttls://u%40x:p%2Fw%40@mail.example:25")
    assert (server.user, server.password, server.port) == ("u@x", "p/w@", 25)
    assert "p/w@" not in repr(server)


@pytest.mark.parametrize(
    "url", ["mail.example", "http://x", "smtp://", "smtp://u:geh/eim@x", "smtp://x:0x", "smtp://x/y"]
)
def test_what_is_no_mail_server_is_refused_without_repeating_it(url: str) -> None:
    """The message names the setting and its form, never its value."""
    with pytest.raises(SettingsError) as caught:
        smtp.parse(url)
    assert "BELFORT_SMTP" in caught.value.one_line()
    assert "geh" not in caught.value.one_line()


@pytest.mark.parametrize("url", ["smtp://u:geheim@mail.example", "smtp://u:geh/eim@mail.example", "smtp://u:g@heim@x"])
def test_settings_do_not_show_the_password(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`belfort settings` shows server and user."""
    monkeypatch.setenv("BELFORT_SMTP", url)
    shown = CliRunner().invoke(belfort, ["settings"]).output
    assert "BELFORT_SMTP=smtp://u:***@" in shown
    assert "heim" not in shown


def test_the_sender_follows_from_the_site_or_is_an_address() -> None:
    """Without a setting it is belfort@ the host of the site."""
    assert envelope_of(Settings(public_url="https://x.example")).sender == "belfort@x.example"
    assert envelope_of(Settings(mail_from="Post@X.example")).sender == "Post@x.example"
    with pytest.raises(SettingsError, match="MAIL_FROM"):
        envelope_of(Settings(mail_from="a@b.be, c@d.be"))


def test_nothing_of_a_page_gets_into_a_header_or_into_markup() -> None:
    """Line ends and markup in titles, labels and addresses of sources stay text."""
    evil = "Titel\r\nBcc: ander@voorbeeld.example\u2028\0<script>alert(1)</script>"
    head = Head(HEAD.to, HEAD.message, HEAD.at, HEAD.token, evil)
    message = sent(letter.news(ENVELOPE, head, [told(evil, source="javascript:alert(1)")], "/zoeken?q=x"))
    assert message["Bcc"] is None
    assert message["To"] == HEAD.to
    assert "\n" not in message["Subject"]
    html = part(message, "html")
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert not message.defects
    raw = letter.news(ENVELOPE, head, [told(evil)], "/zoeken").as_bytes()
    assert b"\r\nBcc" not in raw.partition(b"\r\n\r\n")[0]
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))


def test_many_documents_are_all_in_the_letter() -> None:
    """The first with reasons and lines, the rest by title and link: nothing is left out."""
    several = [
        told(f"Titel {number}", kind="gewijzigd" if number == 1 else "nieuw") for number in range(letter.FULL + 30)
    ]
    message = sent(letter.news(ENVELOPE, HEAD, several, "/zoeken?q=x"))
    text, html = part(message, "plain"), part(message, "html")
    for number in range(letter.FULL + 30):
        assert f"Titel {number}\n" in text.replace("\r\n", "\n") or f"Titel {number} (gewijzigd)" in text
        assert f"Titel {number}<" in html
    assert text.count("Waarom:") == letter.FULL
    assert message["Subject"] == f"{letter.FULL + 30} resultaten ({letter.FULL + 29} nieuw, 1 gewijzigd): “fietspad”"


def test_both_forms_of_the_letter_to_confirm() -> None:
    """The link in it; for who has the alert already, that nothing needs to be done."""
    first = sent(letter.confirmation(ENVELOPE, HEAD, active=False))
    again = sent(letter.confirmation(ENVELOPE, HEAD, active=True))
    for message in (first, again):
        assert f"https://belfort.example/abonnementen/{'t' * 32}" in part(message, "plain")
        assert f'href="https://belfort.example/abonnementen/{"t" * 32}"' in part(message, "html")
    assert first["Subject"].startswith("Bevestig")
    assert "niets te doen" in part(again, "plain")


def test_a_search_in_words() -> None:
    """Words, filters by their names, period."""
    from datetime import date

    query = Query("fietspad", bestuur=("https://x/1",), van=date(2026, 1, 2), tot=date(2026, 12, 31))
    said = describe(query, {"https://x/1": "Gemeente Aalter"})
    assert said == "“fietspad”, het bestuur is Gemeente Aalter, vanaf 2 januari 2026, tot en met 31 december 2026"
