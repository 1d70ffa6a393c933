"""Serves the page: `python examples/page/serve.py`, then open http://127.0.0.1:8090. Nothing but Python's own library is needed.

Environment: SOMLOS_GATEWAY (http://localhost:8080), IDPORTEN_ISSUER (http://localhost:8081/idporten), SOMLOS_PAGE_PORT (8090).
The gateway must know the page's origin (CORS_ORIGINS), and the issuer its redirect address; `make up` knows those of port 8090.
"""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

HOST, PORT = "127.0.0.1", 8090
FOLDER = Path(__file__).resolve().parent
PAGE = ("index.html", "text/html; charset=utf-8")
FILES = {
    "/": PAGE,
    "/callback": PAGE,
    "/logged-out": PAGE,
    "/page.css": ("page.css", "text/css; charset=utf-8"),
    "/page.js": ("page.js", "text/javascript; charset=utf-8"),
    "/texts.json": ("texts.json", "application/json"),
}


@dataclass(frozen=True)
class Config:
    """What the page must know of the world; it is public, like all of the page."""

    gateway: str
    issuer: str
    client_id: str = "somlos-page"
    logged_out: str = f"http://localhost:{PORT}/logged-out"  # as registered for the client

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Config":
        return cls(
            gateway=environment.get("SOMLOS_GATEWAY", "http://localhost:8080"),
            issuer=environment.get("IDPORTEN_ISSUER", "http://localhost:8081/idporten"),
        )

    def json(self) -> bytes:
        return json.dumps(vars(self)).encode()

    def headers(self) -> dict[str, str]:
        """Only our own script and style run, only the gateway and the issuer are asked, and no script can be written as text."""
        gateway, issuer, logged_out = (origin(each) for each in (self.gateway, self.issuer, self.logged_out))
        policy = {
            "default-src": "'none'",
            "script-src": "'self'",
            "style-src": "'self'",
            "img-src": "data:",
            "connect-src": f"'self' {gateway} {issuer}",
            "form-action": f"{issuer} {logged_out}",
            "base-uri": "'none'",
            "frame-ancestors": "'none'",
            "require-trusted-types-for": "'script'",
            "trusted-types": "'none'",
        }
        return {
            "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cache-Control": "no-store",
        }


def origin(address: str) -> str:
    """Scheme, host and port, as a policy names them."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


class Handler(BaseHTTPRequestHandler):
    """A fixed list of files; nothing else is on the disk for it."""

    server: "Server"

    def do_GET(self) -> None:
        """One file, or 404."""
        config, path = self.server.config, urlsplit(self.path).path
        if path == "/config.json":
            self._answer(HTTPStatus.OK, "application/json", config.json())
        elif path in FILES:
            name, kind = FILES[path]
            self._answer(HTTPStatus.OK, kind, (FOLDER / name).read_bytes())
        else:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"Not here.\n")

    def _answer(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        for name, value in {**self.server.config.headers(), "Content-Type": kind, "Content-Length": str(len(body))}.items():  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def version_string(self) -> str:
        return "page"

    def log_message(self, format: str, *values: object) -> None:
        """Nothing: the address of a callback holds a code."""


class Server(ThreadingHTTPServer):
    """On this machine only."""

    daemon_threads = True

    def __init__(self, port: int, config: Config) -> None:
        self.config = config
        super().__init__((HOST, port), Handler)


def main() -> int:
    port = int(os.environ.get("SOMLOS_PAGE_PORT", PORT))
    try:
        server = Server(port, Config.of(os.environ))
    except OSError as fault:
        print(f"Port {port} cannot be used: {fault.strerror}. Another one: SOMLOS_PAGE_PORT.", file=sys.stderr)
        return 1
    with server:
        print(f"The page is at http://{HOST}:{port} (Ctrl-C stops it).", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
