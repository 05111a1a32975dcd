"""Hands letters to a mail server, and says of each refusal what it means. No error or log line has an address.

`BELFORT_SMTP`: `smtp://user:password@host:587` (STARTTLS when the server offers it; a password never goes
unencrypted but to this machine), `smtp+starttls://…` (refuses to go on without), `smtps://…` (TLS from the start).
"""

import ipaddress
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Self
from urllib.parse import unquote, urlsplit

from belfort.errors import FetchError, SettingsError

SECONDS = 30.0
_SCHEMES = {"smtp": 587, "smtp+starttls": 587, "smtps": 465}
_NOT_THE_ADDRESS = frozenset({421, 503, 530, 534, 535, 538})
"""Replies that say something of us or of the server, not of who the letter is for."""


class Refusal(Exception):
    """The server does not take a letter for this address: `code` is its reply, `final` when it never will."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code
        self.final = code >= 500


@dataclass(frozen=True)
class Server:
    """Where mail goes to."""

    host: str
    port: int
    scheme: str
    user: str = ""
    password: str = field(default="", repr=False)


def parse(url: str) -> Server:
    """The server of `BELFORT_SMTP`.

    Raises:
        SettingsError: it is not such a URL; the message does not repeat it, since it may hold a password.
    """
    hint = "Write smtp://user:password@host:587, smtp+starttls://… or smtps://…; percent-encode signs in the password."
    try:
        parts = urlsplit(url)
        port = parts.port or _SCHEMES[parts.scheme]
    except (ValueError, KeyError):
        raise SettingsError("BELFORT_SMTP is not the URL of a mail server.", hint=hint) from None
    if not parts.hostname or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise SettingsError("BELFORT_SMTP is not the URL of a mail server.", hint=hint)
    return Server(parts.hostname, port, parts.scheme, unquote(parts.username or ""), unquote(parts.password or ""))


class Post:
    """A connection that is made when the first letter goes, and again when the server closed it."""

    def __init__(self, server: Server, *, seconds: float = SECONDS) -> None:
        self._server = server
        self._seconds = seconds
        self._open: smtplib.SMTP | None = None

    def send(self, sender: str, to: str, message: EmailMessage) -> None:
        """Give one letter to the server; when this returns, the server has taken it.

        Raises:
            Refusal: the server does not take it for this address.
            FetchError: the server cannot be reached, or refuses us: nothing to do with the address.
        """
        connection = self._connected()
        try:
            connection.sendmail(sender, [to], message.as_bytes())
        except smtplib.SMTPRecipientsRefused as error:
            self.close()
            code = next(iter(error.recipients.values()))[0]
            raise (_unreachable(f"code {code}") if code in _NOT_THE_ADDRESS else Refusal(code)) from None
        except smtplib.SMTPDataError as error:
            self.close()
            raise Refusal(error.smtp_code) from None
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise _unreachable(_said(error)) from None

    def close(self) -> None:
        """End the connection; a letter that was taken stays taken."""
        connection, self._open = self._open, None
        if connection:
            try:
                connection.quit()
            except (smtplib.SMTPException, OSError):
                connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _connected(self) -> smtplib.SMTP:
        if self._open is None:
            try:
                self._open = self._connect()
            except (smtplib.SMTPException, OSError) as error:
                raise _unreachable(_said(error)) from None
        return self._open

    def _connect(self) -> smtplib.SMTP:
        server, context = self._server, ssl.create_default_context()
        if server.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=self._seconds, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=self._seconds)
        try:
            connection.ehlo()
            self._secure(connection, context)
        except BaseException:
            connection.close()
            raise
        return connection

    def _secure(self, connection: smtplib.SMTP, context: ssl.SSLContext) -> None:
        """Encrypt where that can or must be, and say who we are."""
        server = self._server
        secure = server.scheme == "smtps"
        if not secure and (server.scheme == "smtp+starttls" or connection.has_extn("starttls")):
            connection.starttls(context=context)  # raises when the server does not offer it
            connection.ehlo()
            secure = True
        if server.user:
            if not secure and not _is_here(server.host):
                raise smtplib.SMTPNotSupportedError("no TLS")
            connection.login(server.user, server.password)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _unreachable(said: str) -> FetchError:
    return FetchError(f"The mail server of BELFORT_SMTP cannot be used ({said}).", hint="What waits is sent later.")


def _said(error: Exception) -> str:
    """What went wrong, by its kind and code only: texts of a server may repeat an address."""
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "no TLS or no login offered"
    code = getattr(error, "smtp_code", None)
    if code:
        return f"code {code}"
    return (error.strerror if isinstance(error, OSError) and error.strerror else "") or type(error).__name__
