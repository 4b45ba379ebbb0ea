"""A PostgreSQL server of the tests' own: a temporary folder, a free port on loopback, and gone at the end."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest

USER, PASSWORD = "extractor", "p@ss/w:rd"
POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)
_OWNER = "postgres"
"""The system's user that Debian's package makes; a server refuses to run as root."""


@dataclass(frozen=True)
class Server:
    """A server that runs, and the URLs of what is on it."""

    port: int
    password: str = PASSWORD.replace("@", "%40").replace("/", "%2F").replace(":", "%3A")
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str = "postgres", *, user: str = USER, password: str | None = None) -> str:
        """How a database on it is named."""
        return f"postgresql://{user}:{password or self.password}@127.0.0.1:{self.port}/{database}"

    def workspace(self) -> str:
        """The URL of an empty schema, for a workspace."""
        schema = f"test_{next(self._numbers)}"
        self.execute(f"CREATE SCHEMA {schema}")
        return f"{self.url()}?options=-csearch_path%3D{schema}"

    def execute(self, statement: str) -> None:
        """Runs a statement."""
        with closing(psycopg.connect(self.url(), autocommit=True)) as connection:
            connection.execute(statement.encode())


def binaries() -> Path | None:
    """Where the server's programs are; None where PostgreSQL is not installed."""
    asked = shutil.which("pg_config")
    said = [subprocess.run([asked, "--bindir"], capture_output=True, text=True, check=True).stdout] if asked else []
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    return next((path for path in (*map(Path, map(str.strip, said)), *debian) if (path / "initdb").exists()), None)


@contextmanager
def server(programs: Path) -> Iterator[Server]:
    """A server with an empty database; what it says it has written is on the disk."""
    with tempfile.TemporaryDirectory(prefix="postgres-") as name, free_port() as port:
        data, secret = Path(name, "data"), Path(name, "password")
        secret.write_text(PASSWORD)
        become = ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []  # it ends with the tests
        if os.geteuid() == 0:
            become += [f"--reuid={_OWNER}", f"--regid={_OWNER}", "--clear-groups"]
            for path in (Path(name), secret):
                shutil.chown(path, _OWNER, _OWNER)
        made: list[str | Path] = [
            "-D",
            data,
            "-U",
            USER,
            "-A",
            "scram-sha-256",
            f"--pwfile={secret}",
            "-E",
            "UTF8",
            "--no-locale",
        ]
        subprocess.run([*become, programs / "initdb", *made], cwd=name, check=True, stdout=subprocess.DEVNULL)
        options: list[str | Path] = [
            "-D",
            data,
            "-p",
            str(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
        ]
        command = [*become, programs / "postgres", *options]
        with subprocess.Popen(command, cwd=name, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr
            started = any("ready to accept connections" in line for line in process.stderr)
            assert started, f"no PostgreSQL server could be started in {name}"
            log = threading.Thread(target=process.stderr.read)  # a full pipe would stop the server
            log.start()
            try:
                yield Server(port)
            finally:
                process.send_signal(signal.SIGINT)
                log.join()


@contextmanager
def free_port() -> Iterator[int]:
    """A port on loopback on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    yield port
