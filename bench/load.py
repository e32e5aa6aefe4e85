"""A small load generator: a few kept connections, each running one scenario again and again for some seconds.

A scenario is a generator that yields the bytes of a request and receives the bytes of the response (head and body).
"""

import selectors
import socket
import time
from collections.abc import Callable, Generator

Scenario = Generator[bytes, bytes, None]


class Connection:
    """One kept HTTP/1.1 connection with the scenario that runs on it."""

    def __init__(self, port: int, start: Callable[[], Scenario]) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.start = start
        self.scenario = start()
        self.received = b""
        self.cycles = 0

    def begin(self) -> None:
        self.socket.sendall(next(self.scenario))

    def read(self) -> None:
        part = self.socket.recv(262_144)
        if not part:
            raise ConnectionError("the server closed a kept connection")
        self.received += part
        if not whole(self.received):
            return
        response, self.received = self.received, b""
        try:
            request = self.scenario.send(response)
        except StopIteration:
            self.cycles += 1
            self.scenario = self.start()
            request = next(self.scenario)
        self.socket.sendall(request)


def whole(received: bytes) -> bool:
    """Whether a complete response has arrived (by Content-Length, or without a body)."""
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = received[:end].lower()
    mark = head.find(b"content-length:")
    if mark < 0:
        return b" 204 " in head[:16] or b" 304 " in head[:16] or received.endswith(b"0\r\n\r\n")
    length = int(head[mark + 15 :].split(b"\r\n", 1)[0])
    return len(received) >= end + 4 + length


def run(port: int, start: Callable[[], Scenario], *, connections: int = 8, seconds: float = 2.0) -> float:
    """Completed scenarios per second."""
    selector = selectors.DefaultSelector()
    opened = [Connection(port, start) for _ in range(connections)]
    for connection in opened:
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.begin()
    begun = time.perf_counter()
    while time.perf_counter() - begun < seconds:
        for key, _events in selector.select(timeout=1):
            key.data.read()
    elapsed = time.perf_counter() - begun
    for connection in opened:
        connection.socket.close()
    return sum(connection.cycles for connection in opened) / elapsed


def request(method: str, path: str, port: int, headers: dict[str, str] | None = None, body: bytes = b"") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if method != "GET":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def expect(response: bytes, *statuses: int) -> bytes:
    """The response, or an error that shows its beginning where the status is another one."""
    if int(response[9:12]) not in statuses:
        raise AssertionError(response[:600].decode(errors="replace"))
    return response
