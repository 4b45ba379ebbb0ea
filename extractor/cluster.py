"""A Dask cluster as the place where work is done: the one module that knows `distributed`.

Dask schedules the pieces, and gives those of a worker that is gone to another
one. What it is told of a piece is a random name.
"""

import logging
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeVar

from extractor.errors import ClusterError, ConfigurationError

if TYPE_CHECKING:
    from distributed import Client, Future

S = TypeVar("S")
R = TypeVar("R")

PATIENCE = 15
"""Seconds in which a scheduler has to answer, where nothing else is said."""
NEEDS = "a cluster needs {}: pip install 'meeting-extractor[cluster]'"
GROWTH = 5
"""Seconds between two looks for workers that have joined."""


class Cluster:
    """The workers behind a scheduler, as a `runner.Runner`. A piece takes one thread of a worker."""

    def __init__(self, client: "Client", address: str) -> None:
        self._client = client
        self._address = address

    @classmethod
    @contextmanager
    def at(cls, address: str, patience: float = PATIENCE) -> "Iterator[Cluster]":
        """The cluster whose scheduler has this address, such as `tcp://10.0.0.5:8786`, and answers in so many seconds.

        Raises:
            ConfigurationError: Dask or what else the work needs is not installed, or this is no address.
            ClusterError: no scheduler answers there.
        """
        try:
            from distributed import Client
            from distributed.comm.addressing import get_address_host_port
        except ImportError:
            raise ConfigurationError(NEEDS.format("Dask")) from None
        if missing := [name for name in ("duckdb", "scipy") if not find_spec(name)]:
            raise ConfigurationError(NEEDS.format(missing[0]))
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what it has to say is raised here
        try:
            get_address_host_port(address, strict=True)
            client = Client(address, timeout=patience, set_as_default=False)
        except ValueError as error:
            raise ConfigurationError(f"{address!r} is no address of a scheduler: write tcp://HOST:8786") from error
        except OSError as error:
            raise ClusterError(
                f"no Dask scheduler answers at {address}: start one (`dask scheduler`), or name another with --cluster"
            ) from error
        with client:
            yield cls(client, address)

    @property
    def threads(self) -> int:
        """Those of all workers that are there."""
        with self._translated():
            threads: dict[str, int] = self._client.nthreads()
        return sum(threads.values())

    @property
    def slots(self) -> int:
        """As the seam says; a scheduler without workers may be one that starts them when there is work."""
        return max(1, self.threads)

    def map(self, function: Callable[[S], R], pieces: Iterable[S | None]) -> Generator[R, None, None]:
        """As the seam says; one piece more than there are threads is ready, so that none stands idle.

        Raises:
            ClusterError: the scheduler is lost, or the pieces cannot be done over there.
        """
        coming = iter(pieces)
        under_way: set[Future[R]] = set()
        try:
            while True:
                slots = self.slots
                while len(under_way) <= slots and (piece := next(coming, None)) is not None:
                    under_way.add(self._submit(function, piece))
                if not under_way:
                    return
                done = self._done(under_way)
                under_way -= done
                yield from map(self._result, done)
        finally:
            with suppress(OSError, RuntimeError):  # a lost cluster has nothing left to cancel
                self._client.cancel(list(under_way))

    def _submit(self, function: Callable[[S], R], piece: S) -> "Future[R]":
        """Hands a piece to the scheduler, under a random name."""
        with warnings.catch_warnings():  # data in pieces stays with the scheduler, and is not lost with a worker
            warnings.filterwarnings("ignore", "Sending large graph")
            return self._client.submit(function, piece, pure=False)

    def _done(self, under_way: "set[Future[R]]") -> "set[Future[R]]":
        """Those that are done, as soon as there are any; none, where it is time to look for new workers."""
        from distributed import wait

        with self._client.as_current(), self._translated():
            try:
                return set(wait(under_way, timeout=GROWTH, return_when="FIRST_COMPLETED").done)
            except TimeoutError:
                return set()

    def _result(self, future: "Future[R]") -> R:
        with self._translated():
            return future.result()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Lets the errors of Dask be errors of ours. What the work itself raises stays what it is."""
        from distributed import KilledWorker

        try:
            yield
        except (OSError, CancelledError) as error:
            raise ClusterError(
                f"the Dask scheduler at {self._address} is lost; what is done is kept. Start it and run again"
            ) from error
        except KilledWorker as error:
            raise ClusterError(
                "one piece of the work brought down worker after worker; what is done is kept. "
                "Mostly memory is short: `dask worker --memory-limit`, or fewer --jobs"
            ) from error
        except RuntimeError as error:
            if "deserialization" not in str(error):
                raise
            raise ClusterError(
                "the workers cannot load the work: install the same Python and meeting-extractor[cluster] there as here"
            ) from error
