"""Serve an edition to a browser on this machine."""

from __future__ import annotations

import errno
import socket
import sys
import threading
import webbrowser
from pathlib import Path

import uvicorn

from variorum.edition.file import EditionError
from variorum.edition.reading import Edition
from variorum.publishing.app import create_app
from variorum.publishing.guard import LOOPBACK

PORTS = 50
"""How many ports are tried, from the one that is asked for upwards."""


def serve(
    path: Path, host: str = "127.0.0.1", port: int = 8000, open_browser: bool = False, quiet: bool = False
) -> None:
    """Serve the edition at ``path`` until interrupted; say on standard error where, unless ``quiet``.

    A port that is taken is replaced by the next free one; port 0 takes any. Raises EditionError if the edition can't be
    opened, or with one line that names the address if nothing can be bound there.
    """
    Edition.open(path).close()
    bound = bind(host, port)
    address = f"http://{_in_url(host)}:{bound.getsockname()[1]}/"
    if not quiet:
        if port not in (0, bound.getsockname()[1]):
            print(f"Port {port} is taken.", file=sys.stderr)
        print(f"Serving {path} at {address} (Ctrl-C ends it).", file=sys.stderr, flush=True)
    hosts = LOOPBACK if host in LOOPBACK else None
    config = uvicorn.Config(create_app(path, hosts), log_level="error", access_log=False, server_header=False)
    server = uvicorn.Server(config)
    if open_browser:
        threading.Timer(0.5, webbrowser.open, [address]).start()
    try:
        server.run(sockets=[bound])
    except KeyboardInterrupt:
        pass
    finally:
        bound.close()


def bind(host: str, port: int) -> socket.socket:
    """Return a socket bound to ``host`` at ``port`` or the next free port above it.

    Raises EditionError if there is none.
    """
    for number in (port,) if port == 0 else range(port, min(port + PORTS, 65536)):
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(
                host, number, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]
            bound = socket.socket(family, kind, protocol)
        except OSError as error:
            raise EditionError(f"{host}: can't serve at this address: {error.strerror or error}") from error
        try:
            if sys.platform != "win32":
                bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind(address)
        except OSError as error:
            bound.close()
            if error.errno == errno.EADDRINUSE:
                continue
            raise EditionError(f"{host}: can't serve at port {number}: {error.strerror or error}") from error
        return bound
    raise EditionError(f"{host}: no free port from {port} on")


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else {"0.0.0.0": "127.0.0.1", "": "127.0.0.1"}.get(host, host)
