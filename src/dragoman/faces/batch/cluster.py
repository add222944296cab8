"""Ray, connected to a cluster that runs already, or started on this computer alone: the only door to the library.

What is started here listens to nobody else and ends with this process; nothing is told to the makers of Ray.
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
import os
import shutil
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from dragoman.errors import ClusterError, MissingLibrary
from dragoman.reading.wording import shortened

_STORE = 80_000_000  # bytes of Ray's own store at least; it refuses less
_SILENCE = {
    "RAY_USAGE_STATS_ENABLED": "0",  # nobody is told that it runs
    "RAY_DEDUP_LOGS_SKIP_REGEX": ".",  # else it prints a long line on standard output for each actor that ends; we tell it shorter
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # the opposite is warned of
}
_LOOPBACK = ("local", "127.", "[::1]")  # "localhost" among them
_LONGEST = 200
_PATIENCE = 10.0  # seconds
_SHARD = 40_000_000  # bytes of a shard in it, with some room


def check_installed() -> None:
    """Raises MissingLibrary without Ray."""
    if importlib.util.find_spec("ray") is None:
        raise MissingLibrary("--engine ray needs the library ray, which is not installed; run `pip install 'dragoman[archive,ray]'`")


def library() -> Any:
    """The module `ray`. Raises MissingLibrary without it."""
    check_installed()
    return importlib.import_module("ray")


@contextmanager
def connected(address: str | None, workers: int | None) -> Iterator[tuple[Any, int]]:
    """The module, connected, and how many actors are to work: `workers`, or as many as there are cores.

    `address` is that of a running cluster, "auto" for the one on this computer; without one, and without RAY_ADDRESS, Ray is started here.
    Raises ClusterError where there is no cluster or Ray cannot be started.
    """
    address = address or os.environ.get("RAY_ADDRESS") or "local"
    if address.startswith("ray://"):
        raise ClusterError(address, "is an address of Ray's client", "run the command on a node of the cluster, with --address auto")
    os.environ.update(_SILENCE)
    if address.startswith(_LOOPBACK):
        stay_at_home()
    with _ended_as_asked(), _started(workers) if address == "local" else _joined(address) as ray:
        yield ray, workers or max(1, int(ray.cluster_resources().get("CPU", 1)))


def stay_at_home() -> None:
    """From now on Ray takes 127.0.0.1 for the address of this computer, if it was not imported before."""
    os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # what it does on those two anyway


@contextmanager
def _joined(address: str) -> Iterator[Any]:
    """Ray on a cluster that runs already."""
    ray = library()
    if ray.is_initialized():  # by whoever calls
        yield ray
        return
    try:
        _check_answers(address)
        _quietly(ray, address=address)
    except Exception as problem:  # Ray raises many kinds
        found = f"no Ray cluster was found there ({_first(problem)})"
        raise ClusterError(
            f"--address {address}", found, "start one with `ray start --head`, and this command on one of its nodes"
        ) from None
    try:
        yield ray
    finally:
        ray.shutdown()


def _check_answers(address: str) -> None:
    """Raises OSError where nobody is at an address: Ray would try for many minutes."""
    host, colon, port = address.rpartition(":")
    if colon and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE).close()


@contextmanager
def _started(workers: int | None) -> Iterator[Any]:
    """Ray with processes of its own on this computer, which listen to no other; they end with this one."""
    ray = library()
    cores = workers or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    folder = tempfile.mkdtemp(prefix="dragoman-ray-", dir="/tmp" if os.path.isdir("/tmp") else None)  # sockets take short names only
    store = _STORE + (cores + 1) * _SHARD
    try:
        _start(ray, address="local", num_cpus=cores, include_dashboard=False, object_store_memory=store, _temp_dir=folder)
        if not ray.util.get_node_ip_address().startswith("127."):
            raise ClusterError("Ray", "would listen to other computers", "start a cluster yourself and name its --address")
        yield ray
    finally:
        ray.shutdown()
        shutil.rmtree(folder, ignore_errors=True)


def _start(ray: Any, **how: Any) -> None:
    """Ray gives its own processes fifteen seconds: a computer that has much else to do may need a second try."""
    for last in (False, True):
        try:
            _quietly(ray, **how)
        except Exception as problem:  # Ray raises many kinds
            if last:
                found = f"cannot be started on this computer ({_first(problem)})"
                raise ClusterError("Ray", found, "try again when it has less to do, or use --engine local") from None
            ray.shutdown()
        else:
            return


def _quietly(ray: Any, **how: Any) -> None:
    """Connects without Ray's own messages, and leaves the signals to those who had them."""
    before = signal.getsignal(signal.SIGTERM)
    ray.init(log_to_driver=False, logging_level=logging.ERROR, **how)
    if _is_main_thread():
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _ended_as_asked() -> Iterator[None]:
    """Has SIGTERM end the call as it would without Ray, which makes another end of every one that comes while it waits."""
    before = signal.getsignal(signal.SIGTERM)
    if not (_is_main_thread() and callable(before)):
        yield
        return
    asked: list[int] = []

    def terminated(number: int, frame: FrameType | None) -> Any:
        asked.append(number)
        return before(number, frame)

    signal.signal(signal.SIGTERM, terminated)
    try:
        yield
    except SystemExit:
        if asked:
            before(asked[0], None)
        raise
    finally:
        signal.signal(signal.SIGTERM, before)


def _is_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _first(problem: Exception) -> str:
    lines = (getattr(problem, "strerror", None) or str(problem)).strip().splitlines()
    return shortened(lines[0].rstrip("."), _LONGEST) if lines else type(problem).__name__
