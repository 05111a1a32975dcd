"""A process that matches and sends is killed again and again: nothing is lost, and what comes twice is recognisable."""

import random
import re
import time
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage

from belfort import jobs
from belfort.jobs import Context
from belfort.records import change
from belfort.records.database import read
from search.alerts.post import deliver
from search.alerts.subscribe import Alerts, Wish
from tests.support.mailbox import Mailbox
from tests.support.municipality import decision, publish, sitting
from tests.support.process import start
from tests.support.records import say

ROUNDS = 8
READERS = 3
WORK = """
import time
from belfort import jobs
from search.alerts.post import deliver
context = open_context(load_settings())
print("ready", flush=True)
while True:
    for name in ("index", "alerts"):
        jobs.project(context, only=name)
    deliver(context.settings)
"""


def subscribe(context: Context, mailbox: Mailbox) -> None:
    """Some readers of the same search."""
    alerts = Alerts(context.settings)
    for number in range(READERS):
        alerts.ask(Wish("q=fietspad", f"lezer{number}@voorbeeld.example", frequency="direct"))
    deliver(context.settings)
    with read(context.engine) as connection:
        newest = change.last_seq(connection)
    for _, letter in mailbox.letters:
        alerts.confirm(re.findall(r"/abonnementen/([\w-]{32})", text_of(letter))[0], newest)
    alerts.close()
    mailbox.letters.clear()


def text_of(letter: EmailMessage) -> str:
    """The plain text of a letter."""
    part = letter.get_body(("plain",))
    assert part
    return str(part.get_content())


def test_killed_between_match_and_mail(make_context: Callable[..., Context]) -> None:
    """After some kills at any moment: each reader has each besluit once, counting letters of one Message-ID as one."""
    chance = random.Random(5)
    with Mailbox() as mailbox:
        context = make_context(smtp=mailbox.url)
        publish(context)
        for name in ("index", "alerts"):
            jobs.project(context, only=name)
        subscribe(context, mailbox)
        for number in range(ROUNDS):
            process = start(f"import os\nos.environ['BELFORT_SMTP'] = {mailbox.url!r}\n{WORK}", context)
            with process:
                assert process.stdout
                assert process.stdout.readline() == "ready\n"
                mailbox.took.clear()
                facts = [*sitting(f"k{number}", "2026-03-01")]
                facts += decision(f"k{number}", f"Fietspad nummer {number}", sitting=f"k{number}")
                say(context, f"https://raad.example/k{number}", facts)
                if number % 2:
                    assert mailbox.took.wait(60)  # now between sending and marking
                else:
                    time.sleep(chance.random() * 0.3)  # any moment of matching
                process.kill()
        for name in ("index", "alerts"):
            jobs.project(context, only=name)
        deliver(context.settings)

    letters = {str(letter["Message-ID"]): (to, text_of(letter)) for to, letter in mailbox.letters}
    told = Counter(
        (to, int(number)) for to, text in letters.values() for number in re.findall(r"Fietspad nummer (\d+)\r?\n", text)
    )
    assert set(told) == {(f"lezer{r}@voorbeeld.example", n) for r in range(READERS) for n in range(ROUNDS)}
    assert set(told.values()) == {1}
