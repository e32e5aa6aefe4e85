"""A client of the API on this computer: `python docs/client.py https://ask.example`, then open the address it prints.

Pages of other sites may not write at Toikake, so a browser alone cannot be a client; a program can. This one serves
client.html and carries the calls of that page, and of no other, to the site. Standard library only.
"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

FILES = {"/": ("client.html", "text/html"), "/client.js": ("client.js", "text/javascript")}
PASSED_ON = (
    "Content-Type",
    "X-Toikake-Token",
    "X-Toikake-Receipt",
    "Idempotency-Key",
    "If-None-Match",
    "Accept-Language",
)


class Client(BaseHTTPRequestHandler):
    site = ""

    def call(self) -> None:
        own = f"http://{self.server.server_address[0]}:{self.server.server_address[1]}"
        if f"http://{self.headers['Host']}" != own or self.headers.get("Origin", own) != own:
            self.answer(403, "text/plain", b"Only the page that lies here may call.")
        elif self.command == "GET" and self.path in FILES:
            name, kind = FILES[self.path]
            self.answer(200, f"{kind}; charset=utf-8", Path(__file__).with_name(name).read_bytes())
        elif self.path.startswith("/api/v1/"):
            self.carry()
        else:
            self.answer(404, "text/plain", b"")

    def carry(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)) or None
        headers = {name: self.headers[name] for name in PASSED_ON if name in self.headers}
        try:
            asked = Request(self.site + self.path, body, headers, method=self.command)  # noqa: S310 (as it was started)
            reply = urlopen(asked, timeout=20)  # noqa: S310
        except HTTPError as refusal:
            reply = refusal
        with reply:
            self.answer(reply.status, reply.headers["Content-Type"], reply.read())

    def answer(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = call  # noqa: N815 (named by http.server)


if __name__ == "__main__":
    Client.site = sys.argv[1].rstrip("/")
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2]) if len(sys.argv) > 2 else 0), Client)
    print(f"http://127.0.0.1:{server.server_address[1]}/", flush=True)
    server.serve_forever()
