"""Alerts from change to mail, on real records, a real index and a real mail server on loopback."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from urllib.parse import unquote

import pytest
import sqlalchemy as sa
import time_machine

from belfort import jobs
from belfort.errors import Busy, FetchError, NotFound, SettingsError
from belfort.jobs import Context
from belfort.records import change
from belfort.records.database import read
from search.alerts import saved
from search.alerts.counts import counts
from search.alerts.post import Sent, deliver
from search.alerts.store import alert, delivery, reading, state, writing
from search.alerts.subscribe import Alert, Alerts, Stopped, Wish
from tests.support.mailbox import Mailbox
from tests.support.municipality import PAGE, decision, publish, register, sitting
from tests.support.postgres import Postgres
from tests.support.records import say

ADDRESS = "lezer@voorbeeld.example"
TOKEN = re.compile(r"/abonnementen/([A-Za-z0-9_-]{32})")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server that takes everything."""
    with Mailbox() as opened:
        yield opened


@pytest.fixture
def world(make_context: Callable[..., Context], mailbox: Mailbox) -> Context:
    """Published records with an index, and somewhere to send mail to."""
    context = make_context(smtp=mailbox.url, public_url="https://belfort.example", mail_from="post@belfort.example")
    publish(context)
    project(context)
    return context


@pytest.fixture
def alerts(world: Context) -> Iterator[Alerts]:
    """The alerts of that world."""
    opened = Alerts(world.settings)
    yield opened
    opened.close()


def project(context: Context) -> int:
    """Bring index and alerts up to date; the changes that the alerts took in."""
    jobs.project(context, only="index")
    return jobs.project(context, only="alerts")["alerts"]


def token_of(letter: EmailMessage) -> str:
    """The token in a letter."""
    found = TOKEN.search(text_of(letter))
    assert found
    return found[1]


def text_of(letter: EmailMessage) -> str:
    """The plain text of a letter."""
    part = letter.get_body(("plain",))
    assert part
    return str(part.get_content()).replace("\r\n", "\n")


def follow(
    world: Context, alerts: Alerts, mailbox: Mailbox, q: str, *, frequency: str = "direct", address: str = ADDRESS
) -> Alert:
    """Ask for an alert and confirm it by the link in the mail."""
    alerts.ask(Wish(saved.followable({"q": [q]}), address, frequency=frequency))
    deliver(world.settings)
    token = token_of(mailbox.of(address)[-1])
    with read(world.engine) as connection:
        found = alerts.confirm(token, change.last_seq(connection))
    mailbox.letters.clear()
    return found


def decide(context: Context, name: str, title: str, text: str = "") -> None:
    """One more page with one besluit; the same name again changes it."""
    facts = [*sitting(f"z{name}", "2026-03-01"), *decision(name, title, sitting=f"z{name}", text=text)]
    say(context, f"https://raad.example/{name}", facts)
    project(context)


def test_a_new_besluit_is_told_once_with_reason_and_context(world: Context, alerts: Alerts, mailbox: Mailbox) -> None:
    """The mail says why it matches, shows the words in their text, and leads to page, source, less, change and stop."""
    follow(world, alerts, mailbox, "fietspad subsidie")
    text = (
        "De raad keurt het goed. " * 20
        + "Wie fietspaden aanlegt, krijgt een subsidie van de provincie. "
        + "Einde. " * 40
    )
    decide(world, "9", "Reglement voor fietspaden", text)

    assert deliver(world.settings) == Sent(sent=1)
    assert deliver(world.settings) == Sent()
    (letter,) = mailbox.of(ADDRESS)
    said = text_of(letter)
    assert letter["Subject"] == "1 resultaat (nieuw): “fietspad subsidie”"
    assert "“fietspad” staat in een andere vorm in de titel en de tekst: “fietspaden”" in said
    assert "“subsidie” staat in de tekst" in said
    context = said.split("Waarom:")[1].split("Lees:")[0].split("\n")[1:-1]
    assert len(context) >= 3
    assert "Wie fietspaden aanlegt, krijgt een subsidie van de provincie." in " ".join(" ".join(context).split())
    assert re.search(r"Lees: https://belfort\.example/besluiten/[0-9a-f-]{36}\n", said)
    assert "Bron: https://raad.example/9\n" in said
    token = token_of(letter)
    assert f"/abonnementen/{token}/minder?iri=" in said
    assert unquote(said.split("minder?iri=")[1].split()[0]) == f"{PAGE}besluit/9"
    assert f"Stoppen: https://belfort.example/abonnementen/{token}#stop" in said


def test_headers_let_a_mail_program_stop_it(world: Context, alerts: Alerts, mailbox: Mailbox) -> None:
    """RFC 8058 and RFC 3834 headers, a List-Id, both forms of the text, and nobody else as recipient."""
    follow(world, alerts, mailbox, "fietspad")
    decide(world, "9", "Fietspad <b>& brug</b>")
    deliver(world.settings)
    (letter,) = mailbox.of(ADDRESS)
    token = token_of(letter)
    assert letter["List-Unsubscribe"] == f"<https://belfort.example/abonnementen/{token}/stop>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Id"] == "<meldingen.belfort.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["From"] == "Belfort <post@belfort.example>"
    assert letter["To"] == ADDRESS
    assert letter["Message-ID"].endswith("@belfort.example>")
    assert abs(letter["Date"].datetime - datetime.now(UTC)) < timedelta(minutes=1)
    html = letter.get_body(("html",)).get_content()
    assert "<b>Fietspad</b>" in html
    assert "brug</b>" not in html.replace("<b>Fietspad</b>", "")


def test_what_says_the_same_is_no_news_and_what_changed_is(world: Context, alerts: Alerts, mailbox: Mailbox) -> None:
    """A renamed person elsewhere and a repeated page send nothing; another text does, as `gewijzigd`."""
    follow(world, alerts, mailbox, "fietspad")
    say(world, "https://register.example/", register(first_name="Bert"), "register", "register")
    project(world)
    assert deliver(world.settings) == Sent()

    decide(world, "9", "Aanleg van een fietspad", "Eerste versie.")
    decide(world, "9", "Aanleg van een fietspad", "Eerste versie.")
    assert deliver(world.settings) == Sent(sent=1)
    decide(world, "9", "Aanleg van een fietspad", "Tweede versie.")
    assert deliver(world.settings) == Sent(sent=1)
    assert [letter["Subject"] for letter in mailbox.of(ADDRESS)] == [
        "1 resultaat (nieuw): “fietspad”",
        "1 resultaat (gewijzigd): “fietspad”",
    ]


def test_an_article_that_changes_counts_for_its_besluit(world: Context, alerts: Alerts, mailbox: Mailbox) -> None:
    """The besluit embeds its articles, so their words are found and told of the besluit."""
    follow(world, alerts, mailbox, "slagboom")
    say(world, "https://raad.example/1", [
        *sitting("april", "2024-04-18"),
        *decision("1", "Goedkeuring aanleg fietspad", sitting="april", article="<p>Er komt een slagboom</p>"),
        *decision("2", "Belasting op leegstand", sitting="april", text="<div>Het <b>fietspad</b> blijft.</div>"),
    ])  # fmt: skip
    project(world)
    assert deliver(world.settings) == Sent(sent=1)
    assert "1 resultaat (gewijzigd)" in mailbox.of(ADDRESS)[0]["Subject"]


def test_only_what_changes_after_confirming_counts(world: Context, alerts: Alerts, mailbox: Mailbox) -> None:
    """Not what was there, not what came while the confirmation waited, and not what came when it is projected later."""
    alerts.ask(Wish(saved.followable({"q": ["fietspad"]}), ADDRESS, frequency="direct"))
    deliver(world.settings)
    token = token_of(mailbox.of(ADDRESS)[0])
    facts = [*sitting("z8", "2026-03-01"), *decision("8", "Fietspad voor de bevestiging", sitting="z8")]
    say(world, "https://raad.example/8", facts)  # stored, not yet seen by the projections
    with read(world.engine) as connection:
        alerts.confirm(token, change.last_seq(connection))
    mailbox.letters.clear()
    decide(world, "9", "Fietspad na de bevestiging")

    assert deliver(world.settings) == Sent(sent=1)
    said = text_of(mailbox.of(ADDRESS)[0])
    assert "na de bevestiging" in said
    assert "voor de bevestiging" not in said


def test_an_alert_from_before_the_first_projection_misses_nothing(
    make_context: Callable[..., Context], mailbox: Mailbox
) -> None:
    """Who confirmed before the alerts ran for the first time is told what changed since."""
    context = make_context(smtp=mailbox.url)
    publish(context)
    jobs.project(context, only="index")
    alerts = Alerts(context.settings)
    follow(context, alerts, mailbox, "fietspad")
    decide(context, "9", "Nog een fietspad")
    assert deliver(context.settings) == Sent(sent=1)
    assert text_of(mailbox.of(ADDRESS)[0]).count("Lees:") == 1
    alerts.close()


def test_words_that_are_left_out_hold_for_what_waits_too(world: Context, alerts: Alerts, mailbox: Mailbox) -> None:
    """`Minder van dit` narrows the alert: a document that was found before and has the word is not sent."""
    found = follow(world, alerts, mailbox, "fietspad")
    decide(world, "8", "Fietspad met slagboom")
    decide(world, "9", "Fietspad met brug")
    assert alerts.exclude(found.token, ["slagbomen"]).excluded == ("slagbomen",)
    assert deliver(world.settings) == Sent(sent=1)
    assert "slagboom" not in text_of(mailbox.of(ADDRESS)[0])
    decide(world, "7", "Fietspad met nog een slagboom")
    assert deliver(world.settings) == Sent()


def test_a_document_that_is_gone_is_not_sent(world: Context, alerts: Alerts, mailbox: Mailbox) -> None:
    """Withdrawn or erased between match and mail: nothing of it leaves, and no text of it lay in the database."""
    follow(world, alerts, mailbox, "geheimwoord")
    decide(world, "9", "Een geheimwoord in de titel")
    stored = b"".join(path.read_bytes() for path in world.settings.alerts.glob("alerts.sqlite*"))
    assert b"in de titel" not in stored
    say(world, "https://raad.example/9", sitting("z9", "2026-03-01"))
    assert deliver(world.settings) == Sent(empty=1)
    assert mailbox.letters == []


def test_day_and_week_wait_for_the_morning(world: Context, alerts: Alerts, mailbox: Mailbox) -> None:
    """All of a day in one letter at seven in Brussels; of a week on Monday."""
    follow(world, alerts, mailbox, "fietspad", frequency="dag")
    follow(world, alerts, mailbox, "fietspad", frequency="week", address="week@voorbeeld.example")
    decide(world, "8", "Eerste fietspad")
    decide(world, "9", "Tweede fietspad")
    assert deliver(world.settings) == Sent()
    assert deliver(world.settings, datetime.now(UTC) + timedelta(days=1)) == Sent(sent=1)
    assert text_of(mailbox.of(ADDRESS)[0]).count("Lees:") == 2
    assert deliver(world.settings, datetime.now(UTC) + timedelta(days=7)) == Sent(sent=1)
    assert len(mailbox.of("week@voorbeeld.example")) == 1


def test_a_server_that_is_down_loses_nothing(world: Context, alerts: Alerts, mailbox: Mailbox) -> None:
    """The command says so without an address; the letter goes when the server is there again."""
    follow(world, alerts, mailbox, "fietspad")
    decide(world, "9", "Fietspad")
    down = world.settings.model_copy(update={"smtp": "smtp://127.0.0.1:1"})
    with pytest.raises(FetchError) as caught:
        deliver(down)
    assert ADDRESS not in caught.value.one_line()
    assert counts(alerts.engine)["letters waiting"] == 1
    assert deliver(world.settings, datetime.now(UTC) + timedelta(minutes=5)) == Sent(sent=1)


def test_not_now_is_tried_later_and_never_pauses(world: Context, alerts: Alerts, mailbox: Mailbox) -> None:
    """4xx: the same letter later. 5xx three times: the alert is paused, keeps what it found, and can go on."""
    found = follow(world, alerts, mailbox, "fietspad")
    decide(world, "9", "Fietspad")
    mailbox.refuse(ADDRESS, "451 4.7.1 greylisted")
    assert deliver(world.settings) == Sent(later=1)
    assert deliver(world.settings) == Sent()
    mailbox.refuse(ADDRESS, *["550 5.1.1 no such user"] * 3)
    moment = datetime.now(UTC)
    assert [deliver(world.settings, moment + timedelta(hours=hours)) for hours in (1, 8, 24)] == [
        Sent(later=1), Sent(later=1), Sent(paused=1),
    ]  # fmt: skip
    assert alerts.find(found.token).state == "gepauzeerd"
    alerts.confirm(found.token, 10_000)
    assert deliver(world.settings, moment + timedelta(hours=48)) == Sent(sent=1)


def test_a_server_that_does_not_know_us_pauses_nobody(world: Context, alerts: Alerts, mailbox: Mailbox) -> None:
    """A wrong login is a fault of the operator, not of the address."""
    found = follow(world, alerts, mailbox, "fietspad")
    decide(world, "9", "Fietspad")
    with Mailbox(login=("belfort", "geheim")) as strict:
        for days, url in enumerate((strict.url, strict.url.replace("//", "//belfort:verkeerd@"))):
            with pytest.raises(FetchError, match="code 53"):
                deliver(world.settings.model_copy(update={"smtp": url}), datetime.now(UTC) + timedelta(days=days))
        right = world.settings.model_copy(update={"smtp": strict.url.replace("//", "//belfort:geheim@")})
        assert deliver(right, datetime.now(UTC) + timedelta(days=2)) == Sent(sent=1)
        assert len(strict.of(ADDRESS)) == 1
    assert alerts.find(found.token).state == "actief"


def test_a_server_without_tls_gets_nothing_when_tls_is_required(
    world: Context, alerts: Alerts, mailbox: Mailbox
) -> None:
    """`smtp+starttls` does not go on without."""
    follow(world, alerts, mailbox, "fietspad")
    decide(world, "9", "Fietspad")
    with pytest.raises(FetchError, match="no TLS"):
        deliver(world.settings.model_copy(update={"smtp": mailbox.url.replace("smtp:", "smtp+starttls:")}))
    assert mailbox.letters == []


def test_stopping_forgets_the_address_at_once(world: Context, alerts: Alerts, mailbox: Mailbox) -> None:
    """No byte of the folder has the address, the token answers that it stopped, and nothing is sent any more."""
    found = follow(world, alerts, mailbox, "fietspad")
    decide(world, "9", "Fietspad")
    assert ADDRESS.encode() in _bytes(world)
    alerts.stop(found.token)
    alerts.stop(found.token)
    assert ADDRESS.encode() not in _bytes(world)
    with pytest.raises(Stopped):
        alerts.find(found.token)
    assert deliver(world.settings) == Sent()
    with pytest.raises(NotFound):
        alerts.find("x" * 32)


def test_what_is_not_confirmed_in_a_week_is_forgotten(world: Context, alerts: Alerts, mailbox: Mailbox) -> None:
    """The address goes with it; the link no longer works."""
    alerts.ask(Wish("q=fietspad", ADDRESS))
    deliver(world.settings)
    token = token_of(mailbox.of(ADDRESS)[0])
    with time_machine.travel(datetime.now(UTC) + timedelta(days=8)):
        deliver(world.settings)
        with pytest.raises(NotFound):
            alerts.find(token)
    assert ADDRESS.encode() not in _bytes(world)


def test_an_address_that_never_existed_is_forgotten_soon(world: Context, alerts: Alerts, mailbox: Mailbox) -> None:
    """Three times 5xx on the letter that asks to confirm."""
    alerts.ask(Wish("q=fietspad", ADDRESS))
    mailbox.refuse(ADDRESS, *["550 5.1.1 no such user"] * 3)
    moment = datetime.now(UTC)
    sent = [deliver(world.settings, moment + timedelta(hours=hours)) for hours in (0, 8, 24)]
    assert sent == [Sent(later=1), Sent(later=1), Sent(paused=1)]
    assert counts(alerts.engine)["alerts wacht"] == 0
    assert ADDRESS.encode() not in _bytes(world)


def test_restored_records_tell_nothing_old(
    world: Context, alerts: Alerts, mailbox: Mailbox, make_context: Callable[..., Context]
) -> None:
    """With other records than before the alerts begin at their end, and go on from there."""
    follow(world, alerts, mailbox, "fietspad")
    other = make_context(smtp=mailbox.url, alerts_database=world.settings.alerts_url)
    publish(other)
    decide(other, "7", "Fietspad van lang geleden")
    assert counts(alerts.engine)["alerts actief"] == 1
    decide(other, "9", "Fietspad van nu")
    with reading(alerts.engine) as connection:
        told = connection.execute(sa.select(delivery.c.iri, delivery.c.kind)).all()
    assert [tuple(one) for one in told] == [(f"{PAGE}besluit/9", "nieuw")]


def test_without_a_mail_server_there_is_nothing_to_send(world: Context) -> None:
    """The command says which setting; the projection leaves no trace."""
    with pytest.raises(SettingsError, match="no mail server"):
        deliver(world.settings.model_copy(update={"smtp": ""}))


def _bytes(context: Context) -> bytes:
    return b"".join(path.read_bytes() for path in context.settings.alerts.rglob("*") if path.is_file())


def test_postgresql_holds_alerts_too(
    make_context: Callable[..., Context], mailbox: Mailbox, postgres: Postgres
) -> None:
    """The same from asking to stopping, with the alerts in a server; its errors show no address either."""
    context = make_context(smtp=mailbox.url, alerts_database=postgres.new_database())
    publish(context)
    project(context)
    opened = Alerts(context.settings)
    found = follow(context, opened, mailbox, "fietspad")
    decide(context, "9", "Fietspad", "Eerste versie")
    assert deliver(context.settings) == Sent(sent=1)
    decide(context, "9", "Fietspad", "Tweede versie")
    assert deliver(context.settings) == Sent(sent=1)
    assert deliver(context.settings) == Sent()
    with pytest.raises(Busy) as caught:
        _add_again(opened)
    assert ADDRESS not in caught.value.one_line()
    assert caught.value.__cause__ is None
    opened.stop(found.token)
    assert counts(opened.engine)["alerts actief"] == 0
    opened.close()


def _add_again(opened: Alerts) -> None:
    """Add an alert with a token that is there already."""
    with writing(opened.engine) as connection:
        row = dict(connection.execute(sa.select(alert)).one()._mapping)
        connection.execute(alert.insert().values(**row | {"id": 99}))


def test_a_database_that_is_newer_or_no_database_is_said(make_context: Callable[..., Context]) -> None:
    """One line that names the setting, without the URL."""
    context = make_context()
    with pytest.raises(SettingsError, match="BELFORT_ALERTS_DATABASE"):
        Alerts(context.settings.model_copy(update={"alerts_database": "geen url geheim"}))
    opened = Alerts(context.settings)
    with writing(opened.engine) as connection:
        connection.execute(state.update().where(state.c.name == "version").values(value="99"))
    opened.close()
    with pytest.raises(SettingsError, match="version 99"):
        Alerts(context.settings)
