"""Pages of a long list."""

from dataclasses import dataclass

from flask import request

from belfort.errors import UsageError


@dataclass(frozen=True)
class Paging:
    """Where in a list we are; `before` and `after` are addresses, empty at the ends."""

    page: int
    pages: int
    before: str
    after: str

    @classmethod
    def of(cls, total: int, page: int, per_page: int, address: str) -> "Paging":
        """Paging of a list; `address` ends where the page number goes."""
        pages = max(1, -(-total // per_page))
        return cls(
            page, pages, f"{address}{page - 1}" if page > 1 else "", f"{address}{page + 1}" if page < pages else ""
        )


def page_number() -> int:
    """The page that the request asks for.

    Raises:
        UsageError: it is no number from 1.
    """
    text = request.args.get("pagina", "1")
    if not (text.isdecimal() and text.isascii() and len(text) < 7 and int(text) > 0):
        raise UsageError("pagina is een getal vanaf 1.")
    return int(text)
