"""A mail server on loopback (RFC 5321: EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, RSET, QUIT) that keeps what it took."""

import base64
import socketserver
import ssl
import threading
from collections import defaultdict, deque
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from types import TracebackType
from typing import Self, cast


class Mailbox:
    """Takes mail; `refuse` lets it answer otherwise for an address.

    `letters` are (recipient, message) in the order in which they were taken. `login` asks for that user and password.
    With `tls` it offers STARTTLS; `encrypted` counts the letters that came over it.
    """

    def __init__(self, *, login: tuple[str, str] | None = None, tls: ssl.SSLContext | None = None) -> None:
        self.letters: list[tuple[str, EmailMessage]] = []
        self.raw: list[bytes] = []
        self.took = threading.Event()
        self.connections = 0
        self.encrypted = 0
        self.tls = tls
        self._login = login
        self._replies: dict[str, deque[tuple[str, str]]] = defaultdict(deque)
        self._server = _Server(("127.0.0.1", 0), _Connection)
        self._server.mailbox = self
        self.port: int = self._server.server_address[1]

    @property
    def url(self) -> str:
        """As `BELFORT_SMTP` names it."""
        return f"smtp://127.0.0.1:{self.port}"

    def refuse(self, address: str, *replies: str, at: str = "RCPT") -> None:
        """Answer the next commands (RCPT or DATA) for that address by these, such as `550 5.1.1 no such user`."""
        self._replies[address].extend((at, reply) for reply in replies)

    def reply(self, address: str, at: str) -> str:
        """What to answer otherwise, once; empty when nothing."""
        waiting = self._replies[address]
        return waiting.popleft()[1] if waiting and waiting[0][0] == at else ""

    def take(self, recipients: list[str], content: bytes) -> None:
        """Keep a letter."""
        message = message_from_bytes(content, policy=default)
        self.raw.append(content)
        self.letters += [(recipient, message) for recipient in recipients]
        self.took.set()

    def allows(self, secret: bytes) -> bool:
        """Whether it is the login: NUL user NUL password."""
        return self._login is None or secret == f"\0{self._login[0]}\0{self._login[1]}".encode()

    @property
    def asks_login(self) -> bool:
        """Whether nobody may send without."""
        return self._login is not None

    def of(self, address: str) -> list[EmailMessage]:
        """The letters to one address."""
        return [message for recipient, message in self.letters if recipient == address]

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(socketserver.ThreadingTCPServer):
    mailbox: Mailbox
    allow_reuse_address = True
    daemon_threads = True


class _Connection(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        self._mailbox = cast("_Server", self.server).mailbox
        self._mailbox.connections += 1
        self._recipients: list[str] = []
        self._known, self._secure = not self._mailbox.asks_login, False
        self._say("220 mailbox ready")
        try:
            while line := self.rfile.readline(2000):
                verb, _, rest = line.decode("ascii").strip().partition(" ")
                if not self._command(verb.upper(), rest):
                    return
        except (ConnectionError, UnicodeDecodeError, ssl.SSLError):
            return  # whoever sent was killed, or does not trust us

    def finish(self) -> None:
        """Close the connection; the server only closes the socket that it opened."""
        super().finish()
        if self._secure:
            self.request.close()

    def _command(self, verb: str, rest: str) -> bool:
        """Answer one command; False ends the connection."""
        if verb == "QUIT":
            self._say("221 bye")
            return False
        if verb == "STARTTLS" and self._mailbox.tls:
            self._encrypt(self._mailbox.tls)
        elif verb not in ("EHLO", "HELO", "AUTH", "RSET") and not self._known:
            self._say("530 5.7.0 say who you are")
        elif verb == "RCPT":
            self._to(rest.partition("<")[2].partition(">")[0])
        elif verb == "DATA":
            self._data()
        elif verb == "AUTH":
            self._known = self._mailbox.allows(base64.b64decode(rest.partition(" ")[2]))
            self._say("235 welcome" if self._known else "535 5.7.8 wrong")
        elif verb in ("RSET", "MAIL"):
            self._recipients = []
            self._say("250 go on")
        else:
            offered = ["250-AUTH PLAIN"] if self._mailbox.asks_login else []
            offered += ["250-STARTTLS"] if self._mailbox.tls and not self._secure else []
            self._say("250-mailbox", *offered, "250 8BITMIME")
        return True

    def _encrypt(self, tls: ssl.SSLContext) -> None:
        self._say("220 go on")
        self.request = tls.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)
        self._secure = True

    def _to(self, address: str) -> None:
        refusal = self._mailbox.reply(address, "RCPT")
        if not refusal:
            self._recipients.append(address)
        self._say(refusal or "250 known")

    def _data(self) -> None:
        if not self._recipients:
            self._say("503 to whom?")
            return
        self._say("354 tell")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return  # not the whole letter: it does not count
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        refusal = self._mailbox.reply(self._recipients[0], "DATA")
        if not refusal:
            self._mailbox.encrypted += self._secure
            self._mailbox.take(self._recipients, b"".join(lines))
        self._say(refusal or "250 taken")

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode("ascii"))
