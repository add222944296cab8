"""A PostgreSQL server for the tests: in a folder of its own, reached through a socket in it, gone with the tests."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path
from urllib.parse import quote

USER = "postgres"  # PostgreSQL refuses to run as root; Debian's package makes this user
HOW = "needs PostgreSQL 15: `apt-get install postgresql` and `pip install 'dragoman[postgres]'`"
_NUMBERS = count(1)


def programs() -> Path | None:
    """The folder with initdb and postgres; Debian keeps them off the path."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


class PostgresServer:
    """Starts at once, stops with `stop()`."""

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self.folder = Path(tempfile.mkdtemp(prefix="dragoman-postgres-", dir="/tmp"))
        self._user = USER if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(self.folder, self._user)
        self._run("initdb", "-D", str(self.folder / "data"), "-U", USER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        settings = ["listen_addresses=", f"unix_socket_directories={self.folder}", "max_connections=40", "shared_buffers=64MB"]
        settings += ["fsync=off", "full_page_writes=off"]  # nothing of it outlives the tests
        options = [word for setting in settings for word in ("-c", setting)]
        self._process = subprocess.Popen(
            [str(binaries / "postgres"), "-D", str(self.folder / "data"), *options],
            user=self._user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "log").open("wb"),
        )
        self._wait()

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._binaries / program), *arguments]
        done = subprocess.run(command, user=self._user, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr}")

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while not (self.folder / ".s.PGSQL.5432").exists():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL did not start: {(self.folder / 'log').read_text()}")
            time.sleep(0.05)

    def url(self, database: str = "postgres", user: str = USER) -> str:
        """The URL of one of its databases."""
        return f"postgresql:///{database}?host={quote(str(self.folder), safe='')}&user={user}"

    def new_database(self) -> str:
        """The URL of a database with nothing in it."""
        name = f"case_{next(_NUMBERS)}"
        until = time.monotonic() + 30
        while True:  # the socket is there a moment before the server answers
            try:
                self._run("createdb", "-h", str(self.folder), "-U", USER, name)
                return self.url(name)
            except RuntimeError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def sql(self, url: str, script: Path) -> None:
        """Runs a script of SQL."""
        self._run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", url, "-f", str(script))

    def stop(self) -> None:
        """Ends the server and removes its folder."""
        self._process.send_signal(signal.SIGQUIT)  # nothing of it is needed any more
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
