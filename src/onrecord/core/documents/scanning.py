"""Ask a scanner, where one is set up. One that does not answer is never taken for a yes."""

import socket
import struct
from enum import StrEnum
from pathlib import Path

from onrecord.core.documents.store import pieces_of

_PATIENCE = 30


class Scan(StrEnum):
    """What a scanner said of a file; without a scanner nothing is ever called clean."""

    NOT_SCANNED = "not_scanned"
    CLEAN = "clean_by_scanner"
    QUARANTINED = "quarantined"


def scan(path: Path, address: str) -> Scan:
    """Return what the scanner behind the socket `address` says; none is set up if it is empty."""
    if not address:
        return Scan.NOT_SCANNED
    try:
        answer = _asked(path, address)
    except OSError:
        return Scan.QUARANTINED
    return Scan.CLEAN if answer.strip(b"\0\n ") == b"stream: OK" else Scan.QUARANTINED


def _asked(path: Path, address: str) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(_PATIENCE)
        line.connect(address)
        line.sendall(b"zINSTREAM\0")
        for piece in pieces_of(path):
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := line.recv(4096)):
            answer += more
    return answer
