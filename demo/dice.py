"""Dice: numbers, choices and identifiers that follow from a seed and a key, the same on every Python version."""

import hashlib
import uuid
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A row of throws that depends on the seed and the key alone: `Dice(7, "raad", 3)`."""

    __slots__ = ("_count", "_key", "_pool", "_size")

    def __init__(self, *key: object) -> None:
        self._key = "/".join(str(part) for part in key).encode()
        self._count = self._pool = self._size = 0

    def below(self, end: int) -> int:
        """A number from 0 up to `end`, `end` not included; its bias is under 2⁻³²."""
        if self._size < end << 32:
            digest = hashlib.sha256(self._key + b"#" + str(self._count).encode()).digest()
            self._count += 1
            self._pool, self._size = int.from_bytes(digest), 1 << 256
        self._pool, throw = divmod(self._pool, end)
        self._size //= end
        return throw

    def between(self, low: int, high: int) -> int:
        """A number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred throws."""
        return self.below(100) < percent

    def pick(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.below(len(items))]

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """So many different items (all, if there are fewer), in a random order."""
        rest = list(items)
        return [rest.pop(self.below(len(rest))) for _ in range(min(count, len(rest)))]


def hex_id(*key: object) -> str:
    """64 hexadecimal digits that follow from the key."""
    return hashlib.sha256("/".join(str(part) for part in key).encode()).hexdigest()


def uuid_id(*key: object) -> str:
    """A uuid (in the form of version 4) that follows from the key."""
    return str(uuid.UUID(bytes=hashlib.sha256("/".join(str(part) for part in key).encode()).digest()[:16], version=4))
