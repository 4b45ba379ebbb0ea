"""The server: the page on a port of this machine alone, until interrupted."""

import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress

from extractor.errors import ConfigurationError
from extractor.review.app import app
from extractor.review.desk import Desk

LOOPBACK = "127.0.0.1"


def listening(port: int = 0) -> socket.socket:
    """A socket on loopback; port 0: any that is free.

    Raises:
        ConfigurationError: the port is taken.
    """
    try:
        return socket.create_server((LOOPBACK, port))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigurationError(f"port {port} cannot be had ({reason}): name another with --port") from error


def serve(desk: Desk, socket_: socket.socket, told: Callable[[str], None], *, browser: bool = True) -> None:
    """Serves the page until interrupted. `told` is given the address, which holds the key to it."""
    import uvicorn

    token, port = secrets.token_urlsafe(), socket_.getsockname()[1]
    address = f"http://{LOOPBACK}:{port}/?token={token}"
    config = uvicorn.Config(app(desk, token, port), log_level="warning", access_log=False, lifespan="off")
    told(address)
    if browser:  # beside the server: a browser in the terminal holds up who opens it
        threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[socket_])
