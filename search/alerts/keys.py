"""The key of the alerts and what is made with it: tokens in links, and digests that say nothing without the key.

A token is 192 bits of an HMAC over a random nonce, so that each mail can carry it while the database holds only its
digest: who has the database without the key file cannot use or make a link.
"""

import base64
import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from belfort.errors import SettingsError
from belfort.folders import sync

FILE = "key"
_BYTES = 32
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True, repr=False)
class Keys:
    """Makes tokens and digests with one secret."""

    secret: bytes

    def token(self, nonce: str) -> str:
        """The token of an alert, the same every time."""
        return _text(self._mac("token", nonce)[:24])

    def digest(self, token: str) -> str:
        """By what a token is found."""
        return self._mac("digest", token).hex()

    def person(self, text: str) -> str:
        """An address or a client as a number to count by."""
        return self._mac("person", text.lower()).hex()[:32]

    def message(self, alert: int, mail: int) -> str:
        """The left part of the Message-ID of one mail, the same however often it is sent."""
        return _text(self._mac("message", f"{alert}:{mail}")[:18])

    def _mac(self, purpose: str, text: str) -> bytes:
        return hmac.digest(self.secret, f"{purpose}\0{text}".encode("utf-8", "replace"), hashlib.sha256)


def nonce() -> str:
    """Something new to make a token of."""
    return secrets.token_urlsafe(18)


def looks_like_token(text: str) -> bool:
    """Whether it could be a token at all."""
    return bool(_TOKEN.fullmatch(text))


def load(folder: Path) -> Keys:
    """The key in that folder, made when there is none yet.

    Raises:
        SettingsError: the folder cannot be used, or the key is not one.
    """
    path = folder / FILE
    try:
        if not path.exists():
            _make(folder, path)
        secret = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"The key of the alerts cannot be read: {error.strerror}.") from None
    if len(secret) != _BYTES:
        raise SettingsError(
            "The key of the alerts is damaged.", hint=f"Restore {FILE} in the folder alerts of BELFORT_DATA."
        )
    return Keys(secret)


def _make(folder: Path, path: Path) -> None:
    """Write a new key in one step; of two processes that do so at once the first wins."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f"{FILE}.{os.getpid()}.{secrets.token_hex(4)}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, secrets.token_bytes(_BYTES))
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    sync(folder)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii")
