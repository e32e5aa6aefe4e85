"""A line that carries everything to the site and, while deaf, brings nothing back: it arrived, and nobody knows.

One without cookies carries none in either direction, and nobody is told.
"""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.browser.loopback import Quiet, listening

OF_ONE_HOP = {"connection", "transfer-encoding", "content-length", "server", "date"}


class Line:
    """`deaf`: how many of the next writes are carried there and not answered, if `about` is in them."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://localhost:{port}"
        self.deaf = 0
        self.about = b""
        self.cookies = True
        self.swallowed: list[str] = []

    def carries(self, name: str) -> bool:
        return self.cookies or name.lower() not in {"cookie", "set-cookie"}

    def swallows(self, method: str, path: str, body: bytes) -> bool:
        if method == "GET" or not self.deaf or self.about not in body:
            return False
        self.deaf -= 1
        self.swallowed.append(path)
        return True


@contextmanager
def line_to(site: str) -> Iterator[Line]:
    class Carry(Quiet):
        def carry(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            there = http.client.HTTPConnection(urlsplit(site).netloc)
            heads = {name: value for name, value in self.headers.items() if line.carries(name)}
            there.request(self.command, self.path, body, heads)
            reply = there.getresponse()
            content = reply.read()
            there.close()
            self.close_connection = True
            if line.swallows(self.command, self.path, body):
                return
            self.send_response(reply.status)
            for name, value in reply.getheaders():
                if line.carries(name) and name.lower() not in OF_ONE_HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = carry  # noqa: N815 (named by http.server)

    with listening(Carry) as port:
        line = Line(port)
        yield line
