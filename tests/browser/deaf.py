"""A line that carries everything to the site and, while deaf, brings nothing back: it arrived, and nobody knows."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit


class Line:
    """`deaf`: how many of the next writes are carried there and not answered, if `about` is in them."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://localhost:{port}"
        self.deaf = 0
        self.about = b""
        self.swallowed: list[str] = []

    def swallows(self, method: str, path: str, body: bytes) -> bool:
        if method == "GET" or not self.deaf or self.about not in body:
            return False
        self.deaf -= 1
        self.swallowed.append(path)
        return True


@contextmanager
def line_to(site: str) -> Iterator[Line]:
    class Carry(BaseHTTPRequestHandler):
        def carry(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            there = http.client.HTTPConnection(urlsplit(site).netloc)
            there.request(self.command, self.path, body, dict(self.headers))
            reply = there.getresponse()
            content = reply.read()
            there.close()
            self.close_connection = True
            if line.swallows(self.command, self.path, body):
                return
            self.send_response(reply.status)
            for name, value in reply.getheaders():
                if name.lower() not in {"connection", "transfer-encoding", "content-length", "server", "date"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = carry  # noqa: N815 (named by http.server)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Carry)
    line = Line(server.server_address[1])
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield line
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
