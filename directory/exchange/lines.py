"""Physical lines of a file, in bounded memory; what is no UTF-8 text is a faulty line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

LINE_BYTES_MOST = 1 << 20
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
TOO_LONG = "the line is longer than 1 MiB"
FOREIGN = (
    (b"\xff\xfe", "the file is UTF-16 or UTF-32; save it as UTF-8"),
    (b"\xfe\xff", "the file is UTF-16; save it as UTF-8"),
    (b"PK\x03\x04", "the file is a ZIP archive or a spreadsheet; save it as CSV in UTF-8"),
    (b"\x1f\x8b", "the file is compressed; unpack it first"),
)


@dataclass(frozen=True)
class Line:
    """One physical line.

    text: with its line end; broken characters are replaced, empty when it was too long to hold;
    fault: why the line cannot be used, else empty;
    last: whether the file ends without a line end here.
    """

    number: int
    text: str
    fault: str = ""
    last: bool = False

    @property
    def lost(self) -> bool:
        """Whether its text was not kept."""
        return self.fault == TOO_LONG


def foreign(head: bytes) -> str:
    """Why a file that begins with `head` is no UTF-8 text at all, else an empty string.

    Neither JSON nor CSV begins with a NUL byte near the front; UTF-16 without a mark does.
    """
    for signature, message in FOREIGN:
        if head.startswith(signature):
            return message
    return "the file is UTF-16 or no text; save it as UTF-8" if b"\0" in head[:4] else ""


def physical_lines(stream: BinaryIO) -> Iterator[Line]:
    """The lines of `stream` from its beginning; a byte order mark is taken off."""
    number = 0
    while raw := stream.readline(LINE_BYTES_MOST + 1):
        number += 1
        if len(raw) > LINE_BYTES_MOST and not raw.endswith(b"\n"):
            _skip_rest(stream)
            yield Line(number, "", TOO_LONG)
        else:
            yield _decoded(number, raw.removeprefix(BYTE_ORDER_MARK) if number == 1 else raw)


def _skip_rest(stream: BinaryIO) -> None:
    while part := stream.readline(LINE_BYTES_MOST):
        if part.endswith(b"\n"):
            return


def _decoded(number: int, raw: bytes) -> Line:
    last = not raw.endswith(b"\n")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        fault = (
            f"not UTF-8 (byte 0x{raw[error.start]:02X}, number {error.start + 1} of the line);"
            " save the file as UTF-8"
        )
        return Line(number, raw.decode("utf-8", "replace"), fault, last)
    fault = "the line holds a NUL byte, which no text has" if "\0" in text else ""
    return Line(number, text, fault, last)
