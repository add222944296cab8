"""What a user has set once for all calls, from the environment or a file: their name for decisions, the workspace's address, a mail server.

The file is `dragoman/config.toml` in the folder for settings ($XDG_CONFIG_HOME, without it ~/.config), or the one that
DRAGOMAN_CONFIG names. It may hold `author = "Ada Holm"`, `address = "https://desk.example/"` (of the workspace, for links that go out)
and a table `[mail]` with `host`, `port`, `user`, `password`, `sender` and `security`. What is in the environment goes before the file.
"""

from __future__ import annotations

import getpass
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast, get_args

from dragoman.errors import InputError
from dragoman.reading.wording import one_line

AUTHOR, CONFIG = "DRAGOMAN_AUTHOR", "DRAGOMAN_CONFIG"
_LONGEST = 100
ADDRESS, MAIL = "DRAGOMAN_ADDRESS", "DRAGOMAN_MAIL_"
_KNOWN = frozenset({"author", "address"})
Security = Literal["starttls", "tls", "none"]
_PORTS: Mapping[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
_MAIL_FIELDS = ("host", "port", "user", "password", "sender", "security")
_SENDER = re.compile(r"(?:[^<>@\x00-\x1f\x7f]{0,100} ?<)?([A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,255})>?")


@dataclass(frozen=True)
class MailServer:
    """The server by which alerts are mailed. `sender` is the From of the mails, `envelope` its address alone.

    `security`: "starttls" or "tls" (from the first byte) encrypt; "none" is for a server in the house.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str
    envelope: str
    security: Security


def author() -> str | None:
    """Who decides: DRAGOMAN_AUTHOR, else `author` of the settings file, else the login name; None if there is none of these.

    Raises InputError where the settings file cannot be used.
    """
    name = os.environ.get(AUTHOR, "").strip() or settings().get("author", "") or _login()
    return one_line(name)[:_LONGEST] or None


def settings() -> dict[str, str]:
    """The settings file as it stands; empty if there is none. Raises InputError where it cannot be read or says something unknown."""
    return {name: value.strip() for name, value in _written().items() if isinstance(value, str)}


def address() -> str:
    """Where others reach the workspace, for the links of mails and webhooks: DRAGOMAN_ADDRESS, else `address`; "" if neither is set."""
    return os.environ.get(ADDRESS, "").strip() or settings().get("address", "")


def mail_server() -> MailServer | None:
    """The mail server that is set, None if there is none. Raises InputError where something of it lacks or makes no sense."""
    found = {
        **_written().get("mail", {}),
        **{name: os.environ[MAIL + name.upper()] for name in _MAIL_FIELDS if MAIL + name.upper() in os.environ},
    }
    if not found.get("host"):
        return None
    where = str(config_file())
    security, sender = str(found.get("security", "starttls")), str(found.get("sender", "")).strip()
    if security not in get_args(Security):
        raise InputError(where, f"mail security {security!r} is not known", f"write one of {', '.join(get_args(Security))}")
    if (matched := _SENDER.fullmatch(sender)) is None:
        raise InputError(where, f"the sender of mails is {sender!r}", 'write: sender = "alerts@desk.example"')
    known = cast(Security, security)
    port = str(found.get("port", _PORTS[known]))
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        raise InputError(where, f"the port of the mail server is {port!r}", "write a number from 1 to 65535")
    user, password = str(found.get("user", "")), str(found.get("password", ""))
    return MailServer(str(found["host"]).strip(), int(port), user, password, sender, matched[1], known)


def _written() -> dict[str, Any]:
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
        if name == "mail" and isinstance(value, dict) and set(value) <= set(_MAIL_FIELDS):
            continue
        if name not in _KNOWN or not isinstance(value, str):
            raise InputError(str(path), f"the setting {name!r} is not known, or is no text", 'write: author = "Ada Holm"')
    return written


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
