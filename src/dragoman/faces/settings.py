"""What a user has set once for all calls: their name for decisions, from the environment or a file.

The file is `dragoman/config.toml` in the folder for settings ($XDG_CONFIG_HOME, without it ~/.config), or the one that
DRAGOMAN_CONFIG names. It may hold `author = "Ada Holm"`. What is in the environment goes before the file.
"""

from __future__ import annotations

import getpass
import os
import tomllib
from pathlib import Path

from dragoman.errors import InputError
from dragoman.reading.wording import one_line

AUTHOR, CONFIG = "DRAGOMAN_AUTHOR", "DRAGOMAN_CONFIG"
_LONGEST = 100
_KNOWN = frozenset({"author"})


def author() -> str | None:
    """Who decides: DRAGOMAN_AUTHOR, else `author` of the settings file, else the login name; None if there is none of these.

    Raises InputError where the settings file cannot be used.
    """
    name = os.environ.get(AUTHOR, "").strip() or settings().get("author", "") or _login()
    return one_line(name)[:_LONGEST] or None


def settings() -> dict[str, str]:
    """The settings file as it stands; empty if there is none. Raises InputError where it cannot be read or says something unknown."""
    path = config_file()
    try:
        written = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        if os.environ.get(CONFIG):
            found = f"there is no such file that may be read, but {CONFIG} names it"
            raise InputError(str(path), found, f"make it, or unset {CONFIG}") from None
        return {}
    except (OSError, ValueError) as problem:
        raise InputError(str(path), f"the settings cannot be read ({problem})", 'write TOML, such as: author = "Ada Holm"') from None
    for name, value in written.items():
        if name not in _KNOWN or not isinstance(value, str):
            raise InputError(str(path), f"the setting {name!r} is not known, or is no text", 'write: author = "Ada Holm"')
    return {name: value.strip() for name, value in written.items()}


def config_file() -> Path:
    """Where the settings file is looked for."""
    if named := os.environ.get(CONFIG):
        return Path(named).expanduser()
    home = os.environ.get("XDG_CONFIG_HOME") or Path("~/.config").expanduser()
    return Path(home) / "dragoman" / "config.toml"


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
