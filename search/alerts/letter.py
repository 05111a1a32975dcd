"""The letters of the alerts: text and HTML in Dutch, with the headers by which a mail program stops them in one click.

Enters: an alert and what it must tell. Leaves: an `EmailMessage`. Nothing of a page gets into a header unfolded or
into HTML unescaped; the answer address is a machine's (RFC 3834), stopping is RFC 8058.
"""

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from textwrap import fill
from typing import Any
from urllib.parse import quote, urlsplit

from search.alerts.why import Why, day
from search.document import Document
from search.results import Fragment

FULL = 50
"""Documents that are shown with reasons and lines; of more only title and link."""
_LONGEST_SUBJECT = 90


class _Policy(EmailPolicy):
    """Addresses of a list stay on one line: some programs read no folded ones."""

    def fold(self, name: str, value: Any) -> str:
        """A header as a text."""
        return f"{name}: {value}{self.linesep}" if name.startswith("List-") else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The same as bytes."""
        return self.fold(name, value).encode() if name.startswith("List-") else super().fold_binary(name, value)


SMTP = _Policy(linesep="\r\n")


@dataclass(frozen=True)
class Envelope:
    """What is the same of all mail of this site: its address, its name, who sends, how to reach a person."""

    base_url: str
    site_name: str
    sender: str
    contact: str

    @property
    def host(self) -> str:
        """The host of the site, for names that must be unique."""
        return urlsplit(self.base_url).hostname or "localhost"


@dataclass(frozen=True)
class Head:
    """Of one letter: to whom, its Message-ID without domain, when, the token and the name of the alert."""

    to: str
    message: str
    at: datetime
    token: str
    name: str


@dataclass(frozen=True)
class Told:
    """One document of a letter: whether it is `nieuw` or `gewijzigd`, why it matches, where it was published."""

    document: Document
    kind: str
    why: Why
    source: str


def confirmation(envelope: Envelope, head: Head, *, active: bool) -> EmailMessage:
    """The letter that asks to confirm; for an alert that is active already it says so."""
    link = _link(envelope, head)
    if active:
        lines = [
            f"Iemand, wellicht uzelf, vroeg om een melding die u al hebt: {head.name}.",
            "U hoeft niets te doen. Wijzigen of stoppen kan hier:", link,
        ]  # fmt: skip
        subject = f"U hebt deze melding al: {head.name}"
    else:
        lines = [
            f"Iemand, wellicht uzelf, vroeg op {envelope.site_name} om een melding op dit adres: {head.name}.",
            "Bevestig dat hier; pas daarna krijgt u meldingen:", link,
            "Was u het niet, doe dan niets: na 7 dagen wordt uw adres gewist.",
        ]  # fmt: skip
        subject = f"Bevestig uw melding: {head.name}"
    return _message(envelope, head, subject, "\n\n".join([*lines, _foot(envelope)]), _page(map(_paragraph, lines)))


def news(envelope: Envelope, head: Head, told: Sequence[Told], search: str) -> EmailMessage:
    """The letter with what is new; `search` is the path of the same search on the site."""
    count = len(told)
    fresh = sum(one.kind == "nieuw" for one in told)
    what = f"{count} {'resultaat' if count == 1 else 'resultaten'}"
    how = "nieuw" if fresh == count else "gewijzigd" if not fresh else f"{fresh} nieuw, {count - fresh} gewijzigd"
    subject = f"{what} ({how}): {head.name}"
    intro = f"Uw melding {head.name} vond {what} ({how})."
    link, whole = _link(envelope, head), envelope.base_url + search
    text = [intro, *(_as_text(envelope, head, one) for one in told[:FULL])]
    page = [_paragraph(intro), *(_as_html(envelope, head, one) for one in told[:FULL])]
    if told[FULL:]:
        text.append(
            "\n".join(["En verder:", *(f"- {_title(one)}\n  {_address(envelope, one)}" for one in told[FULL:])])
        )
        rest = "".join(f"<li>{_anchor(_address(envelope, one), _title(one))}</li>" for one in told[FULL:])
        page.append(f"<p>En verder:</p><ul>{rest}</ul>")
    text.append(f"Alles van deze zoekvraag: {whole}\nWijzigen: {link}\nStoppen: {link}#stop\n\n{_foot(envelope)}")
    page.append(
        f"<hr><p>{_anchor(whole, 'Alles van deze zoekvraag')} · {_anchor(link, 'Wijzigen')} · "
        f"{_anchor(link + '#stop', 'Stoppen')}</p>"
    )
    return _message(envelope, head, subject, "\n\n".join(text), _page(page))


def _message(envelope: Envelope, head: Head, subject: str, text: str, page: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    user, _, domain = envelope.sender.rpartition("@")
    message["From"] = Address(_line(envelope.site_name), user, domain)
    local, _, host = head.to.rpartition("@")
    message["To"] = Address("", local, host)
    message["Subject"] = _line(subject, _LONGEST_SUBJECT)
    message["Date"] = format_datetime(head.at)
    message["Message-ID"] = f"<{head.message}@{domain}>"
    message["List-Id"] = f"<meldingen.{envelope.host}>"
    message["List-Unsubscribe"] = f"<{_link(envelope, head)}/stop>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(text + "\n", cte="quoted-printable")
    message.add_alternative(page + _html_foot(envelope), subtype="html", cte="quoted-printable")
    return message


def _as_text(envelope: Envelope, head: Head, one: Told) -> str:
    lines = [f"{_title(one)}{' (gewijzigd)' if one.kind != 'nieuw' else ''}", _facts(one.document)]
    lines += [f"Waarom: {'; '.join(one.why.reasons)}."] if one.why.reasons else []
    lines += [fill(_plain(fragment), 76, initial_indent="  ", subsequent_indent="  ") for fragment in one.why.lines]
    lines += [f"Lees: {_address(envelope, one)}"]
    lines += [f"Bron: {one.source}"] if one.source else []
    lines += [f"Minder van dit: {_less(envelope, head, one)}"]
    return "\n".join(line for line in lines if line)


def _as_html(envelope: Envelope, head: Head, one: Told) -> str:
    changed = " (gewijzigd)" if one.kind != "nieuw" else ""
    said = f"<h2>{_anchor(_address(envelope, one), _marked(one.why.title), raw=True)}{changed}</h2>"
    said += f"<p>{html.escape(_facts(one.document))}</p>"
    if one.why.reasons:
        said += f"<p><em>Waarom: {html.escape('; '.join(one.why.reasons))}.</em></p>"
    said += "".join(f"<blockquote>{_marked(fragment)}</blockquote>" for fragment in one.why.lines)
    links = [_anchor(one.source, "Bron")] if one.source else []
    return said + f"<p>{' · '.join([*links, _anchor(_less(envelope, head, one), 'Minder van dit')])}</p>"


def _facts(document: Document) -> str:
    """`Besluit · Gemeenteraad · Gemeente Aalter · 18 april 2024`."""
    names = [document.type, document.orgaan_label, *(label for _, label in document.besturen[:1])]
    return " · ".join(part for part in dict.fromkeys([*names, day(document.date)]) if part)


def _title(one: Told) -> str:
    return _plain(one.why.title)


def _address(envelope: Envelope, one: Told) -> str:
    return f"{envelope.base_url}/{one.document.plural}/{quote(one.document.uuid, safe='')}"


def _link(envelope: Envelope, head: Head) -> str:
    return f"{envelope.base_url}/abonnementen/{head.token}"


def _less(envelope: Envelope, head: Head, one: Told) -> str:
    return f"{_link(envelope, head)}/minder?iri={quote(one.document.iri, safe='')}"


def _foot(envelope: Envelope) -> str:
    contact = envelope.contact.removeprefix("mailto:")
    return f"-- \n{envelope.site_name} · {envelope.base_url}\nPrivacy: {envelope.base_url}/privacy\nContact: {contact}"


def _html_foot(envelope: Envelope) -> str:
    name = _anchor(envelope.base_url, envelope.site_name)
    return f"<p><small>{name} · {_anchor(envelope.base_url + '/privacy', 'Privacy')}</small></p></body></html>"


def _page(parts: Iterable[str]) -> str:
    return f'<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"></head><body>{"".join(parts)}'


def _paragraph(text: str) -> str:
    return f"<p>{_anchor(text, text) if text.startswith(('http://', 'https://')) else html.escape(text)}</p>"


def _anchor(url: str, text: str, *, raw: bool = False) -> str:
    """A link; only to the web, whatever a page says that its address is."""
    shown = text if raw else html.escape(text)
    return f'<a href="{html.escape(url)}">{shown}</a>' if url.startswith(("http://", "https://")) else shown


def _marked(fragment: Fragment) -> str:
    return "".join(f"<b>{html.escape(text)}</b>" if match else html.escape(text) for text, match in fragment)


def _plain(fragment: Fragment) -> str:
    return " ".join("".join(_unmarked(fragment)).split())


def _unmarked(fragment: Fragment) -> Iterator[str]:
    return (text for text, _ in fragment)


def _line(text: str, most: int = 200) -> str:
    """A text as one line of a header: no line ends or control characters, not too long."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return clean if len(clean) <= most else clean[: most - 1].rstrip() + "…"
