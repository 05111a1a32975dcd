"""`belfort serve` alone does all of it: takes in who asks, follows the changes, sends the mail."""

import os
import re
import signal
import subprocess
import sys
import threading
import urllib.parse
import urllib.request
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from belfort.jobs import Context, project
from tests.support.mailbox import Mailbox
from tests.support.municipality import decision, publish, sitting
from tests.support.records import say
from tests.support.running_demo import free_port

READER = "lezer@voorbeeld.example"


def text_of(letter: EmailMessage) -> str:
    """The plain text of a letter."""
    part = letter.get_body(("plain",))
    assert part
    return str(part.get_content())


def wait_for(mailbox: Mailbox, count: int) -> str:
    """The text of the newest of so many letters."""
    while len(mailbox.of(READER)) < count:
        assert mailbox.took.wait(60), "no mail came"
        mailbox.took.clear()
    return text_of(mailbox.of(READER)[-1])


def test_from_form_to_mail_without_another_command(make_context: Callable[..., Context]) -> None:
    """Ask, confirm by the mailed link, publish: the mail comes by itself; no process of the site has the password."""
    with Mailbox(login=("belfort", "wachtwoord")) as mailbox:
        context = make_context()
        publish(context)
        project(context)
        port = free_port()
        environment = {
            **os.environ, "BELFORT_DATA": str(context.settings.data), "BELFORT_PORT": str(port),
            "BELFORT_WEB_WORKERS": "1", "BELFORT_SMTP": mailbox.url.replace("//", "//belfort:wachtwoord@"),
            "BELFORT_LOG_LEVEL": "debug", "BELFORT_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "BELFORT_MAIL_FROM": "post@voorbeeld.example",
        }  # fmt: skip
        command = [sys.executable, "-c", "from belfort.cli import main; main()", "serve"]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as served:
            assert served.stderr
            lines: list[str] = []
            ready = threading.Event()
            reader = threading.Thread(target=_collect, args=(served.stderr, lines, ready))
            reader.start()
            try:
                assert ready.wait(60), lines
                base = f"http://127.0.0.1:{port}"
                post(f"{base}/abonnementen", q="fietspad", email=READER, frequentie="direct")
                found = re.search(rf"{base}/abonnementen/[\w-]{{32}}", wait_for(mailbox, 1))
                assert found
                post(f"{found[0]}/bevestig")
                facts = [*sitting("z9", "2026-03-01"), *decision("9", "Fietspad langs de vaart", sitting="z9")]
                say(context, "https://raad.example/9", facts)
                assert "Fietspad langs de vaart" in wait_for(mailbox, 2)
                assert _have("wachtwoord", served.pid) == []
            finally:
                served.send_signal(signal.SIGTERM)
                reader.join(60)
        said = "\n".join(lines)
        assert READER not in said
        assert found[0].rpartition("/")[2] not in said
        assert "wachtwoord" not in said


def post(url: str, **fields: str) -> None:
    """Send a form."""
    request = urllib.request.Request(url, data=urllib.parse.urlencode(fields).encode())
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 200


def _collect(stream: object, lines: list[str], ready: threading.Event) -> None:
    for line in stream:  # type: ignore[attr-defined]
        lines.append(line)
        if "Belfort on" in line:
            ready.set()


def _have(secret: str, parent: int) -> list[str]:
    """The children of a process that have a text in their environment."""
    tasks = Path(f"/proc/{parent}/task").glob("*/children")
    children = [child for task in tasks for child in task.read_text().split()]
    assert children
    return [child for child in children if secret in Path(f"/proc/{child}/environ").read_text()]
