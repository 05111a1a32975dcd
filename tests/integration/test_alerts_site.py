"""Alerts on the site: ask, confirm, change, stop, without account or cookie; nobody else learns an address."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from belfort import jobs
from belfort.jobs import Context
from frontend.app import create_app
from search.alerts.post import Sent, deliver
from search.alerts.subscribe import ASKED_PER_CLIENT, PENDING_PER_ADDRESS
from tests.support.mailbox import Mailbox
from tests.support.municipality import BESTUUR, PAGE, decision, publish, sitting
from tests.support.records import say

CANARY = "kanarie-7f3a@geheim.example"
LINK = re.compile(r"http://localhost:8080(/abonnementen/[A-Za-z0-9_-]{32})\s")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server that takes everything."""
    with Mailbox() as opened:
        yield opened


def project(context: Context) -> None:
    """Bring index and alerts up to date."""
    for name in ("index", "alerts"):
        jobs.project(context, only=name)


@pytest.fixture
def world(make_context: Callable[..., Context], mailbox: Mailbox) -> Context:
    """Published records with an index, and somewhere to send mail to."""
    context = make_context(smtp=mailbox.url, log_level="debug")
    publish(context)
    project(context)
    return context


@pytest.fixture
def app(world: Context) -> Iterator[Flask]:
    """The site of that world."""
    made = create_app(world.settings)
    yield made
    made.extensions["belfort"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor with a browser and no cookies."""
    client = app.test_client(use_cookies=False)
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def ask(client: FlaskClient, q: str = "fietspad", email: str = CANARY, **more: object) -> int:
    """Send the form."""
    return client.post("/abonnementen", data={"q": q, "email": email, "frequentie": "direct", **more}).status_code


def link(world: Context, mailbox: Mailbox, email: str = CANARY) -> str:
    """The path of the link in the newest mail to that address."""
    deliver(world.settings)
    body = mailbox.of(email)[-1].get_body(("plain",))
    assert body
    found = LINK.search(str(body.get_content()))
    assert found
    return found[1]


def subscribed(client: FlaskClient, world: Context, mailbox: Mailbox, **more: object) -> str:
    """Ask and confirm; the path of the alert."""
    assert ask(client, **more) == 200  # type: ignore[arg-type]
    here = link(world, mailbox)
    assert client.post(f"{here}/bevestig").status_code == 303
    mailbox.letters.clear()
    return here


def decide(world: Context, name: str, title: str) -> None:
    """One more page with one besluit."""
    facts = [*sitting(f"z{name}", "2026-03-01"), *decision(name, title, sitting=f"z{name}")]
    say(world, f"https://raad.example/{name}", facts)
    project(world)


def test_from_the_search_to_the_mail_and_out(client: FlaskClient, world: Context, mailbox: Mailbox) -> None:
    """The form keeps words and filters; only the button of the mailed page confirms; all links work; stop is final."""
    page = client.get(f"/abonnementen/nieuw?q=fietspad&bestuur={BESTUUR}&van=2026-01-01&sort=datum&pagina=1").text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    assert {name: unescape(value) for name, value in fields.items()} == {"bestuur": BESTUUR, "van": "2026-01-01"}
    assert "Gemeente Aalter" in page
    assert ask(client, bestuur=BESTUUR, van="2026-01-01") == 200
    here = link(world, mailbox)

    assert "wacht op uw bevestiging" in client.get(here).text
    decide(world, "8", "Fietspad voor er bevestigd is")
    assert deliver(world.settings) == Sent()
    assert client.post(f"{here}/bevestig").headers["Location"] == here
    assert "is actief" in client.get(here).text
    decide(world, "9", "Fietspad met slagboom")
    decide(world, "10", "Een brug")
    assert deliver(world.settings) == Sent(sent=1)
    said = str(mailbox.of(CANARY)[-1].get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert "Gemeente Aalter" in mailbox.of(CANARY)[-1]["Subject"]
    for path in re.findall(r"http://localhost:8080(/\S+)", said):
        assert client.get(path.partition("#")[0]).status_code == 200, path

    less = next(path for path in re.findall(r"http://localhost:8080(/\S+)", said) if "/minder?" in path)
    page = client.get(less).text
    assert 'value="slagboom"' in page
    assert 'value="fietspad"' not in page
    assert client.post(f"{here}/minder", data={"zonder": ["slagboom", ""]}).status_code == 303
    decide(world, "11", "Nog een fietspad met slagbomen")
    assert deliver(world.settings) == Sent()
    client.post(here, data={"frequentie": "week", "label": "Mijn fietspaden", "zonder": ""})
    page = client.get(here).text
    assert "Mijn fietspaden" in page
    assert "<dt>Zonder</dt>" not in page
    assert "<dd>Elke maandag</dd>" in page

    assert client.post(f"{here}/stop").status_code == 200
    assert (client.get(here).status_code, client.post(f"{here}/stop").status_code) == (410, 200)
    assert client.post(f"{here}/bevestig").status_code == 410


def test_a_mail_program_stops_it_in_one_click(client: FlaskClient, world: Context, mailbox: Mailbox) -> None:
    """RFC 8058: a POST of the header's address with its body, no cookie, no referrer, no redirect."""
    subscribed(client, world, mailbox)
    decide(world, "9", "Fietspad")
    deliver(world.settings)
    address = mailbox.of(CANARY)[-1]["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8080")
    answer = client.post(address, data="List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded",
                         headers={"Accept": "*/*"})  # fmt: skip
    assert (answer.status_code, "Location" in answer.headers, "Set-Cookie" in answer.headers) == (200, False, False)
    decide(world, "10", "Nog een fietspad")
    assert deliver(world.settings) == Sent()


def test_a_get_changes_nothing(client: FlaskClient, world: Context, mailbox: Mailbox) -> None:
    """Scanners of mail follow links: none confirms or stops."""
    ask(client)
    here = link(world, mailbox)
    for path in (here, f"{here}/stop", f"{here}/minder?iri=x"):
        assert client.get(path).status_code == 200
    assert client.get(f"{here}/bevestig").status_code == 405
    assert "wacht op uw bevestiging" in client.get(here).text


def test_the_answer_is_the_same_for_a_known_address(client: FlaskClient, world: Context, mailbox: Mailbox) -> None:
    """Who asks for somebody else learns nothing; the mail says that the alert is there already."""
    first = client.post("/abonnementen", data={"q": "fietspad", "email": CANARY})
    client.post(f"{link(world, mailbox)}/bevestig")
    second = client.post("/abonnementen", data={"q": "fietspad", "email": CANARY})
    assert (first.status_code, first.text) == (second.status_code, second.text)
    assert CANARY not in first.text
    link(world, mailbox)
    assert mailbox.of(CANARY)[-1]["Subject"].startswith("U hebt deze melding al")


def test_nobody_can_be_bombed_with_mail(client: FlaskClient, world: Context, mailbox: Mailbox) -> None:
    """One address gets a few mails in a day, whoever asks; one client asks some dozens of times."""
    answers = {client.post("/abonnementen", data={"q": f"fietspad {n}", "email": CANARY}).status_code
               for n in range(3 * PENDING_PER_ADDRESS)}  # fmt: skip
    assert answers == {200}
    assert deliver(world.settings) == Sent(sent=PENDING_PER_ADDRESS)
    here = link(world, mailbox)
    assert client.post(f"{here}/bevestig").status_code == 303
    assert ask(client, "nog een fietspad") == 200  # whoever answers is no victim
    assert deliver(world.settings) == Sent(sent=1)
    codes = [ask(client, email=f"ander{n}@voorbeeld.example") for n in range(ASKED_PER_CLIENT)]
    assert codes[0] == 200
    assert codes[-1] == 429
    assert "Retry-After" in client.post("/abonnementen", data={"q": "x", "email": CANARY}).headers


@pytest.mark.parametrize(
    "email",
    ["", "geen", "a@b", "a b@voorbeeld.be", "a@voorbeeld.be,b@voorbeeld.be", "a@voorbeeld.be\r\nBcc: c@voorbeeld.be",
     '"a"@voorbeeld.be', "a@[127.0.0.1]", "a@voorbeeld.be\0", "<a@voorbeeld.be>", f"{'a' * 65}@voorbeeld.be"],
)  # fmt: skip
def test_what_is_not_one_address_is_refused(client: FlaskClient, world: Context, email: str) -> None:
    """400 with the form, the search still in it, the typed address not."""
    answer = client.post("/abonnementen", data={"q": "fietspad", "email": email})
    assert answer.status_code == 400
    assert "geen e-mailadres" in answer.text
    assert 'value="fietspad"' in answer.text
    assert 'voorbeeld.be"' not in answer.text
    assert deliver(world.settings) == Sent()


@pytest.mark.parametrize(
    "fields",
    [{"q": ""}, {"q": "🚲"}, {"q": "x" * 1001}, {"type": "onzin"}, {"van": "gisteren"}, {"frequentie": "altijd"},
     {"onbekend": "1"}],
)  # fmt: skip
def test_a_search_that_cannot_be_followed_is_refused(client: FlaskClient, fields: dict[str, str]) -> None:
    """Nothing in particular, no word, too long, unknown values and fields: 400, never 500."""
    data = {"q": "fietspad", "email": CANARY, **fields}
    assert client.post("/abonnementen", data=data).status_code == 400


def test_answers_are_kept_private(client: FlaskClient, world: Context, mailbox: Mailbox) -> None:
    """Not stored by caches, not sent as referrer, not in search engines, errors neither."""
    ask(client)
    here = link(world, mailbox)
    for answer in (client.get(here), client.post(f"{here}/stop"), client.get(here), client.get("/abonnementen/x"),
                   client.get(f"{here}/bevestig")):  # fmt: skip
        assert answer.headers.getlist("Cache-Control") == ["no-store"]
        assert answer.headers.getlist("Referrer-Policy") == ["no-referrer"]
        assert "noindex" in answer.headers["X-Robots-Tag"]


def test_without_a_mail_server_the_site_says_so(client: FlaskClient, app: Flask, world: Context) -> None:
    """The page offers the feed only; no database of addresses is made."""
    settings = world.settings.model_copy(update={"smtp": ""})
    app.config["SETTINGS"] = settings
    assert "verstuurt geen mail" in client.get("/abonnementen?q=fietspad").text
    assert ask(client) == 404


def test_no_address_leaves(
    client: FlaskClient, world: Context, mailbox: Mailbox, capfd: pytest.CaptureFixture[str]
) -> None:
    """A planted address is in no page, feed, data file, log line or file outside the folder of the alerts."""
    here = subscribed(client, world, mailbox)
    decide(world, "9", "Fietspad")
    jobs.project(world)
    mailbox.refuse(CANARY, f"550 5.1.1 <{CANARY}>: unknown")
    deliver(world.settings)
    token = here.rpartition("/")[2]
    paths = ["/", "/zoeken?q=fietspad", "/zoeken.json?q=fietspad", "/zoeken.json?q=kanarie", "/abonnementen", here,
             f"{here}/minder?iri={PAGE}besluit/9", "/status", "/openapi.json", "/sitemap.xml", "/feeds/besluiten.atom",
             "/ldes/belfort", "/privacy", "/dumps/manifest.json", "/abonnementen/nieuw?q=kanarie"]  # fmt: skip
    answers = [client.get(path, buffered=True) for path in paths] + [client.post(f"{here}/stop")]
    for path, answer in zip([*paths, "stop"], answers, strict=True):
        assert "kanarie-7f3a" not in answer.text + str(answer.headers), path
    for path in Path(world.settings.data).rglob("*"):
        if path.is_file() and world.settings.alerts not in path.parents:
            content = path.read_bytes()
            assert b"kanarie-7f3a" not in content, path
            assert token.encode() not in content, path
    out, err = capfd.readouterr()
    assert "letter refused" in out + err
    assert "kanarie-7f3a" not in out + err
    assert token not in out + err


def test_the_folder_of_addresses_is_for_its_owner_alone(client: FlaskClient, world: Context) -> None:
    """Neither group nor others can read the folder or the key."""
    ask(client)
    assert world.settings.alerts.stat().st_mode & 0o077 == 0
    assert (world.settings.alerts / "key").stat().st_mode & 0o077 == 0
