"""Undoing content encodings within a size limit: memory stays bounded whatever the server sends."""

import zlib
from typing import IO, Protocol

from belfort.errors import FetchError, Refused

# What we ask for; a server that sends something else did not listen.
ACCEPTED = "gzip, deflate"

_PIECE = 256 * 2**10
_MAX_LAYERS = 2


class Sink(Protocol):
    """Takes bytes in pieces and says when the last one came."""

    def feed(self, data: bytes) -> None: ...

    def close(self) -> None: ...


class Body:
    """The end of the chain: collects at most `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.content = bytearray()

    def feed(self, data: bytes) -> None:
        """Add the bytes.

        Raises:
            Refused: reason `too_large`.
        """
        if len(self.content) + len(data) > self.limit:
            raise too_large(self.limit)
        self.content += data

    def close(self) -> None:
        """Nothing to do."""


class FileBody(Body):
    """The end of the chain: writes at most `limit` bytes to a file, from its beginning."""

    def __init__(self, limit: int, file: IO[bytes]) -> None:
        super().__init__(limit)
        self._file = file
        file.seek(0)
        file.truncate()

    def feed(self, data: bytes) -> None:
        """Write the bytes.

        Raises:
            Refused: reason `too_large`.
        """
        if self._file.tell() + len(data) > self.limit:
            raise too_large(self.limit)
        self._file.write(data)


class Inflate:
    """One layer of gzip or deflate; a gzip file may have several members."""

    def __init__(self, encoding: str, sink: Sink) -> None:
        self._gzip = encoding == "gzip"
        self._sink = sink
        self._fed = False
        self._inflater = zlib.decompressobj(31 if self._gzip else 15)

    def feed(self, data: bytes) -> None:
        """Decode in pieces, so that a bomb is noticed before it unfolds."""
        if not self._fed and data:
            self._fed = True
            if not self._gzip and not _has_zlib_head(data):
                self._inflater = zlib.decompressobj(-15)  # "deflate" without its head, as old servers send it
        while data:
            if self._inflater.eof:
                if not self._gzip or not data.startswith(b"\x1f\x8b"):
                    return  # padding, which browsers ignore too
                self._inflater = zlib.decompressobj(31)
            try:
                self._sink.feed(self._inflater.decompress(data, _PIECE))
            except zlib.error as error:
                raise FetchError(
                    f"The answer is not the {'gzip' if self._gzip else 'deflate'} data that it says it is: {error}.",
                    hint="The server must be repaired.",
                    reason="protocol",
                ) from None
            data = self._inflater.unconsumed_tail or self._inflater.unused_data

    def close(self) -> None:
        """Say that no more bytes come.

        Raises:
            FetchError: reason `truncated`, the end is missing.
        """
        if self._fed and not self._inflater.eof:
            # The last piece may have filled exactly _PIECE bytes with more output waiting inside the inflater.
            while rest := self._inflater.decompress(self._inflater.unconsumed_tail, _PIECE):
                self._sink.feed(rest)
            if not self._inflater.eof:
                raise truncated()
        self._sink.close()


def chain(encodings: str, body: Body) -> Sink:
    """The decoders for a Content-Encoding header, the last encoding first, ending in `body`.

    Raises:
        FetchError: reason `protocol`, an encoding that was not asked for, or too many of them.
    """
    names = [name.strip().lower().removeprefix("x-") for name in encodings.split(",")]
    names = [name for name in names if name not in ("", "identity")]
    unknown = next((name for name in names if name not in ("gzip", "deflate")), None)
    if unknown or len(names) > _MAX_LAYERS:
        raise FetchError(
            f"The answer is encoded as {encodings[:80]!r}, which was not asked for.",
            hint=f"The server must obey Accept-Encoding: {ACCEPTED}.",
            reason="protocol",
        )
    sink: Sink = body
    for name in names:
        sink = Inflate(name, sink)
    return sink


def too_large(limit: int) -> Refused:
    """The error for a body beyond the limit."""
    return Refused(
        f"The answer is larger than {limit / 2**20:g} MiB.",
        hint="If it should be, raise BELFORT_HTTP_MAX_BODY.",
        reason="too_large",
    )


def truncated() -> FetchError:
    """The error for a body that ends too early."""
    return FetchError("The answer was cut off before its end.", hint="Try again.", reason="truncated")


def _has_zlib_head(data: bytes) -> bool:
    return data[0] & 0x0F == 8 and (len(data) < 2 or (data[0] * 256 + data[1]) % 31 == 0)
