"""The processes that a benchmark runs: a mock model, who is measured, and the environments that peers live in."""

import contextlib
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

CHECKOUT = Path(__file__).parent.parent
ENVIRONMENTS = CHECKOUT / ".venv-peers"


@dataclass(frozen=True)
class Peer:
    """Who is measured. With `pins` it has an environment of its own; else it uses the project's, pins and all."""

    name: str
    module: str
    pins: str | None = None
    reply: str = "draft"
    """The form of the mock's replies that it reads."""


OURS = Peer("this project", "benchmarks.ours")
BARE = Peer("openai, bare", "benchmarks.peers.bare")
INSTRUCTOR = Peer("instructor", "benchmarks.peers.instructor_alone")
PEERS: Mapping[str, Peer] = {
    "ours": OURS,
    "bare": BARE,
    "instructor": INSTRUCTOR,
    "pydantic-ai": Peer("pydantic-ai", "benchmarks.peers.pydantic_ai_peer", "pydantic_ai"),
    "contextgem": Peer("contextgem", "benchmarks.peers.contextgem_peer", "contextgem", "contextgem"),
    "langextract": Peer("langextract", "benchmarks.peers.langextract_peer", "langextract", "langextract"),
}
"""By the name that `--peers` takes."""


class Spent(NamedTuple):
    """What a job took, as the process that did it says; see `benchmarks.peers.measure`."""

    articles: int
    ok: int
    wall_s: float
    cpu_s: float
    peak_mb: float | None
    grown_mb: float | None


@dataclass(frozen=True)
class MockServer:
    """A mock model that runs."""

    port: int

    @property
    def url(self) -> str:
        """Its endpoint."""
        return f"http://127.0.0.1:{self.port}/v1"

    def stats(self) -> dict[str, Any]:
        """What it counted since the last reset: see `benchmarks.mock.Stats`."""
        counts: dict[str, Any] = json.loads(self._request("GET", "/stats"))
        return counts

    def reset(self) -> None:
        """Zero the counts."""
        self._request("POST", "/reset")

    def _request(self, method: str, path: str) -> bytes:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(connection):
            connection.request(method, path)
            return connection.getresponse().read()


@contextlib.contextmanager
def mock(**behaviour: object) -> Iterator[MockServer]:
    """A mock model in a process of its own; arguments as `benchmarks.mock.Behaviour` has them."""
    flags = [part for name, value in behaviour.items() for part in (f"--{name}", str(value))]
    command = [sys.executable, "-m", "benchmarks.mock", *flags]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield MockServer(int(process.stdout.readline().split()[-1]))
        finally:
            process.terminate()


def run(peer: Peer, server: MockServer, *, jobs: int, warm: Path, inputs: Path) -> Spent:
    """One job in a new process.

    Raises:
        RuntimeError: it failed, or found no meetings in some articles.
    """
    where = ["--url", server.url, "--jobs", str(jobs), "--warm", str(warm), "--inputs", str(inputs)]
    spent = Spent(**json.loads(output([str(python(peer)), "-m", peer.module, *where]).splitlines()[-1]))
    if spent.ok != spent.articles:
        raise RuntimeError(f"{peer.name} found meetings in {spent.ok} articles of {spent.articles}")
    return spent


def output(command: list[str]) -> str:
    """What a command prints, run in the checkout without the keys and settings of whoever runs it.

    Raises:
        RuntimeError: it failed; the message holds the end of what it said.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith(("EXTRACTOR_", "OPENAI_"))}
    done = subprocess.run(command, cwd=CHECKOUT, env=own, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {done.stderr[-1000:]}")
    return done.stdout


def python(peer: Peer) -> Path:
    """The interpreter that a peer runs under; its environment is made where it is missing or its pins have changed."""
    if peer.pins is None:
        return Path(sys.executable)
    pins = CHECKOUT / "benchmarks" / "peers" / f"{peer.pins}.txt"
    home = ENVIRONMENTS / peer.pins
    interpreter, stamp = home / "bin" / "python", home / "pins.sha256"
    digest = hashlib.sha256(pins.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text("utf-8") != digest:
        print(f"installing {peer.name} into {home.relative_to(CHECKOUT)}", file=sys.stderr)
        output([sys.executable, "-m", "venv", "--clear", str(home)])
        output([str(interpreter), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(pins)])
        stamp.write_text(digest, "utf-8")
    return interpreter


def version(peer: Peer) -> str | None:
    """The version of a peer that has an environment of its own."""
    if peer.pins is None:
        return None
    names = [peer.name, f"{peer.name}-slim"]
    code = (
        f"from importlib import metadata as m; print([d.version for n in {names} for d in m.distributions(name=n)][0])"
    )
    return output([str(python(peer)), "-c", code]).strip()
