"""Every error that Belfort shows to a person, in one tree.

    BelfortError
    ├── UsageError        the caller asked for something that cannot be            exit 2, HTTP 400
    ├── SettingsError     a setting has a value that cannot work                   exit 2, HTTP 500
    ├── InvalidInput      a page, file or query that does not hold what it should  exit 3, HTTP 422
    ├── NotFound          no such source, entity or file                           exit 4, HTTP 404
    ├── FetchError        a server could not be reached, or answered unusably      exit 5, HTTP 502
    ├── Refused           the guard forbids it (address, size, query)              exit 6, HTTP 400
    ├── Damaged           stored data is not what was stored                       exit 7, HTTP 500
    ├── Busy              a port, lock or worker is taken                          exit 8, HTTP 503
    └── DeadlineExceeded  it took longer than it may                               exit 9, HTTP 504

An error says what is wrong, where, and what to do. On the command line it is one line and an exit code; over
HTTP it is `application/problem+json` (RFC 9457) with `slug` as the last part of its type.
"""

from typing import ClassVar


class BelfortError(Exception):
    """Root of the tree: a message for a person, a hint what to do, and facts for a machine."""

    slug: ClassVar[str] = "error"
    title: ClassVar[str] = "Er ging iets mis"
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1

    def __init__(self, detail: str, *, hint: str = "", **facts: object) -> None:
        super().__init__(detail)
        self.detail = detail
        self.hint = hint
        self.facts = facts

    def one_line(self) -> str:
        """The message as the command line shows it: detail, then what to do."""
        text = f"{self.detail} {self.hint}" if self.hint else self.detail
        return " ".join(text.split())


class UsageError(BelfortError):
    """The caller asked for something that cannot be."""

    slug, title, status, exit_code = "usage", "Ongeldige vraag", 400, 2


class SettingsError(BelfortError):
    """A setting has a value that cannot work."""

    slug, title, status, exit_code = "settings", "Ongeldige instelling", 500, 2


class InvalidInput(BelfortError):
    """A page, file or query does not hold what it should."""

    slug, title, status, exit_code = "invalid-input", "Ongeldige invoer", 422, 3


class NotFound(BelfortError):
    """There is no such source, entity or file."""

    slug, title, status, exit_code = "not-found", "Niet gevonden", 404, 4


class FetchError(BelfortError):
    """A server could not be reached, or answered something that cannot be used."""

    slug, title, status, exit_code = "fetch-failed", "Ophalen mislukt", 502, 5


class Refused(BelfortError):
    """A guard forbids it: an address, a size, a query."""

    slug, title, status, exit_code = "refused", "Geweigerd", 400, 6


class Damaged(BelfortError):
    """Stored data is not what was stored."""

    slug, title, status, exit_code = "damaged", "Beschadigde gegevens", 500, 7


class Busy(BelfortError):
    """A port, lock or worker is taken; trying again later may work."""

    slug, title, status, exit_code = "busy", "Even bezet", 503, 8


class DeadlineExceeded(BelfortError):
    """It took longer than it may."""

    slug, title, status, exit_code = "deadline", "Te lang bezig", 504, 9
