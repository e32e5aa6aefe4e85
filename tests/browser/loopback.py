"""A small server of a test's own: on a port of this machine, in a thread, for as long as a block lasts."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Quiet(BaseHTTPRequestHandler):
    """Says nothing of what it is asked."""

    def log_message(self, *_arguments: object) -> None:
        pass


@contextmanager
def listening(answers: type[Quiet]) -> Iterator[int]:
    """The port on which it answers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), answers)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
