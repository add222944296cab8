"""A Ray cluster of several nodes on this computer, whose nodes can be killed: for the kill tests.

Every node has processes of its own (a raylet, two agents, workers) as on a computer of its own, and a loopback address.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from dragoman.faces.batch.cluster import stay_at_home

_AGENTS = ("metrics_agent_port", "metrics_export_port", "dashboard_agent_listen_port", "runtime_env_agent_port")
_TRIES = 6
_STORE = 80_000_000  # bytes of each node's store of objects


class Nodes:
    """The head, which is not killed, and `size` nodes of one core, which may be; to be closed by `with`."""

    def __init__(self, size: int, head_cores: int = 0) -> None:
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        os.environ.setdefault("RAY_worker_niceness", "0")  # else whatever runs beside takes the core from the actors
        stay_at_home()
        from ray.cluster_utils import Cluster  # an extra, and slow to import

        self._folder = os.environ["RAY_TMPDIR"] = tempfile.mkdtemp(prefix="nodes-", dir="/tmp")  # sockets take short names only
        self._cluster = Cluster()
        head = {"num_cpus": head_cores, "no_monitor": True, "include_dashboard": False}
        try:
            self._started(0, **head)
        except Exception:  # as below; what is left of it ends with this process
            self._cluster = Cluster()
            self._started(0, **head)
        self.nodes = [self.added() for _ in range(size)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for node in self.nodes:
            self.kill(node)
        self._cluster.shutdown()
        del os.environ["RAY_TMPDIR"]
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def address(self) -> str:
        """What `--address` takes."""
        return str(self._cluster.address)

    def added(self) -> Any:
        """One more node of one core."""
        return self._started(_TRIES, num_cpus=1)

    def replace(self, place: int) -> None:
        """Kills the node at this place and starts another one."""
        self.kill(self.nodes[place])
        self.nodes[place] = self.added()

    def processes(self, node: Any) -> list[int]:
        """All processes of a node."""
        started = [one.process.pid for several in node.all_processes.values() for one in several]
        return [*started, *(pid for one in started for pid in descendants(one))]

    def kill(self, node: Any) -> None:
        """SIGKILL for all processes of a node at once, as if its computer went dark."""
        _kill(self.processes(node))
        for started in node.all_processes.values():
            for one in started:
                one.process.wait()
        self._cluster.worker_nodes.discard(node)

    def kill_actor(self, chance: random.Random) -> bool:
        """SIGKILL for the process of one actor; tells whether there was one."""
        actors = [pid for node in self.nodes for pid in self.processes(node) if _is_actor(pid)]
        if actors:
            _kill([chance.choice(actors)])
        return bool(actors)

    def _started(self, again: int, **how: Any) -> Any:
        """A computer with much else to do may be too slow for the patience of Ray, half a minute; then it is tried `again`.

        Ports are named: a raylet that has to wait for its agents to find some gives up after half of that.
        """
        common = {"object_store_memory": _STORE, "node_ip_address": "127.0.0.1", "include_log_monitor": False}
        for left in range(again, -1, -1):
            ports = dict(zip(_AGENTS, free_ports(len(_AGENTS)), strict=True))
            before = set(descendants(os.getpid()))
            try:
                return self._cluster.add_node(wait=False, **common, **ports, **how)
            except Exception:  # Ray raises no kind of its own
                if not left:
                    raise
                _kill(set(descendants(os.getpid())) - before)
        raise AssertionError


def _kill(processes: Iterable[int]) -> None:
    for pid in processes:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def descendants(pid: int) -> list[int]:
    """All processes that a process started, and those that they did."""
    children: dict[int, list[int]] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it may be gone
            fields = place.read_text().rpartition(")")[2].split()
            children.setdefault(int(fields[1]), []).append(int(place.parent.name))
    found, waiting = [], [pid]
    while waiting:
        waiting += (more := children.get(waiting.pop(), []))
        found += more
    return found


def _is_actor(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().startswith(b"ray::Coder")
    except OSError:
        return False


def free_ports(number: int) -> list[int]:
    """Ports that nobody uses now."""
    sockets = [socket.socket() for _ in range(number)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]
    finally:
        for one in sockets:
            one.close()
