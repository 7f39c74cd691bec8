"""What could be read as two requests by one server and as one by another is refused (ASVS 4.2.1).

Asked of the server that `onrecord serve` starts, over a bare socket: a proxy in front of it may
read such a request otherwise, and would hand somebody the answer to what somebody else hid in it.
"""

import socket

import pytest

from integration.project.test_serving import PATIENCE, a_home, serving

HIDDEN = b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
"""What is hidden in the body of another request; its answer says `ALIVE`."""
ALIVE = b'{"status": "live"}'
HEAD = b"POST /account/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"

TWO_IN_ONE = {
    "a length and chunks": HEAD + b"Content-Length: 5\r\n" + CHUNKED + b"\r\n0\r\n\r\n" + HIDDEN,
    "chunks and a length": HEAD + CHUNKED + b"Content-Length: 5\r\n\r\n0\r\n\r\n" + HIDDEN,
    "two lengths": HEAD + b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    "two lengths in one": HEAD + b"Content-Length: 0, %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    "a length with a sign": HEAD + b"Content-Length: +0\r\n\r\n" + HIDDEN,
    "a length in hexadecimal": HEAD + b"Content-Length: 0x0\r\n\r\n" + HIDDEN,
    "a space before the colon": HEAD + b"Content-Length : 0\r\n\r\n" + HIDDEN,
    "chunks by another name": HEAD + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "chunks that are not last": HEAD
    + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"
    + HIDDEN,
    "chunks twice": HEAD + CHUNKED + CHUNKED + b"\r\n0\r\n\r\n" + HIDDEN,
    "a line that goes on": HEAD + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a chunk's size with a sign": HEAD + CHUNKED + b"\r\n+0\r\n\r\n" + HIDDEN,
    "a chunk's size in words": HEAD + CHUNKED + b"\r\n0x0\r\n\r\n" + HIDDEN,
    "a chunk longer than it says": HEAD + CHUNKED + b"\r\n1\r\nab\r\n0\r\n\r\n" + HIDDEN,
    "a name with a line in it": HEAD + b"X-A: b\rContent-Length: 0\r\n\r\n" + HIDDEN,
    "an old version with chunks": HEAD.replace(b"1.1", b"1.0")
    + CHUNKED
    + b"\r\n0\r\n\r\n"
    + HIDDEN,
}


@pytest.fixture(scope="module")
def site():
    """One site for the module; nothing here changes it."""
    with a_home() as home, serving(home) as served:
        served.get("/health/ready")
        yield served


def answered(site, sent):
    """Return everything that comes back until the server has nothing more to say."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=PATIENCE) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        found = b""
        while some := connection.recv(65536):
            found += some
        return found


def statuses(found):
    return [int(part[:3]) for part in found.split(b"HTTP/1.1 ")[1:]]


def test_two_requests_sent_one_after_the_other_are_two(site):
    found = answered(site, HIDDEN + HIDDEN)
    assert statuses(found) == [200, 200], "else the tests below would prove nothing"
    assert found.count(ALIVE) == 2


@pytest.mark.parametrize("how", TWO_IN_ONE)
def test_a_request_that_could_be_two_is_refused_and_the_hidden_one_never_answered(site, how):
    found = answered(site, TWO_IN_ONE[how])
    assert ALIVE not in found
    # What is wrong within a body may come to light after the form itself was refused.
    assert statuses(found) in ([400], [501], [403, 400])
